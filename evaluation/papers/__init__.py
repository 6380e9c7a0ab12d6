"""Papers: what a council needs on paper before it offers the service, with every fact taken from what runs.

The papers stand in `docs/papers/` in plain words. What they state about the service stands between marks and is made
here from the settings, tables, rights, knowledge and models (`facts.py`); what the council has to decide is a blank
`[council: ...]`. `writing.py` renews the papers or writes those of a running house, `quick_guide.py` sets the one page
for DSLs, and `review_pack.py` (with `marking.py` and `stories.py`) makes the document that a duty social worker marks
up. Words of the tables stand in `words.yml`, those of the review pack in `review_pack.yml`.
"""
