"""Marking: tables in which every line has a place to tick and room to write, and forms to fill in."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.lead_kit.contents import Table

WORDS = Path(__file__).with_name("review_pack.yml")
_MARKS = (1.9, 3.6)  # centimetres of 17: the boxes, and room to write
_ROOM = 17.0 - sum(_MARKS)


@cache
def words() -> dict[str, Any]:
    """Return the words of the pack itself."""
    return yaml.safe_load(WORDS.read_text("utf-8"))


def to_mark(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Table:
    """Return a table with a place to mark and one to write behind every row. `shares` part the room for the rest."""
    said, whole = words(), sum(shares)
    widths = (*(round(_ROOM * share / whole, 2) for share in shares), *_MARKS)
    marked = tuple((*row, said["mark"], "") for row in rows)
    return Table(caption, (*header, said["mark_head"], said["comment_head"]), marked, widths)


def form(held: Mapping[str, Any], **blanks: str) -> Table:
    """Return a table of two columns, of which the second is empty."""
    # A header has words in every cell: a screen reader tells columns apart by them.
    header = tuple(cell or held["caption"].format(**blanks) for cell in held["header"])
    return Table(held["caption"].format(**blanks), header, tuple((row, "") for row in held["rows"]), (6.0, 11.0))
