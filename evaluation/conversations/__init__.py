"""Conversations measured: a simulated DSL holds many, and judges look at every turn of every one.

`dsl` is who talks: a case, an area and a temperament drawn from a number. `phrases.yml` is how they say it.
`walk` holds one consultation through the widget's door, `heard` tells by the wording what was asked, `judges`
say what went wrong, `report` counts. May import: bot; needs a running house.
"""
