"""Scrutiny: what consultations come to when many are counted, and what of that may be published.

Facts of consultations go in, one by one, without text, name or id; fixed tables come out. Every table passes one place
(`releasing.py`) that takes out what is small, and what a small figure could be worked out from. Drift passes it too:
how a worker's level for the same facts moved. Pure: nothing is read, kept or asked the time here. May import:
bot.consultation; numpy in `drift.py`.
"""
