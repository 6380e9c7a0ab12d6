"""Thresholds measured: published rows at their published level, published cases, speed, and how cost grows.

Knows the thresholds through the same doors as everybody: facts or a text go in, an assessment comes out.
"""
