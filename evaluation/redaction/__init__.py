"""Redaction: how much of what identifies a child is taken out, ours measured beside what others use.

Sets of marked messages (`sets`, from `markup` and `templates`) in four spellings (`variants`) go through
systems that answer line by line (`systems`, `baselines`); `scoring` compares what comes out with what was
marked and `report` says it in tables. `python -m evaluation.redaction SET` prints what was missed.
"""
