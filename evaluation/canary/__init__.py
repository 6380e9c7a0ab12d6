"""Canary: five hundred invented identifiers, in every spelling, and a search that finds what became of them.

`planting` draws them from the lists of the redaction set and puts them into sentences, `spelling` writes
them as people do and as people hide them, `searching` looks for them in whatever the house keeps or answers, and
`report` tells of it. What types them at every door of a running house is a test: `tests/journeys/test_canary.py`.
"""
