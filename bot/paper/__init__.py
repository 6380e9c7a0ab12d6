"""Paper: a record as a tagged PDF that a screen reader can follow (PDF/UA-1), set by Typst.

What comes in is plain text in headed parts, as values that JSON knows; it reaches Typst as data and is never read as
mark-up. Each paper is set in a process of its own (`press.py`) that gets the record on its standard input and a sheet
of ours (`record.typ` or `report.typ`), fetches nothing, and has so much time and memory and no more. May import:
nothing of ours.
"""

from bot.paper.printing import PaperFailed, Printing

__all__ = ["PaperFailed", "Printing"]
