"""Measures of the pages: every state that a person can meet, and what axe, a ruler, keys and a screen reader find.

`states.py` lists the states and how each is reached; the tests and `./noname look` go through the same list. The doors
are the real ones. The house behind them is invented: a state is reached in a moment and looks the same each time.
"""
