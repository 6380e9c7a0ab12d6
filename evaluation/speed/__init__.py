"""Speed: how fast the house is, beside others and under load, and what that costs.

Each measurement starts a house of its own below `var/bench/`, never the one that serves. A client in a process of its
own (`crowd`) takes the times, so that its computing is not counted as the house's. Every module gives one section
of RESULTS.md.
"""
