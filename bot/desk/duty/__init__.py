"""The duty desk's own rules: who may move a case and what becomes of it, in which order cases stand, what was
promised, and what a duty worker leaves behind. Pure where it can be; what is kept goes through the desk's ports.
"""
