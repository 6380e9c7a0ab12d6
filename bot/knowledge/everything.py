"""Everything at once: the national part and the packs of all areas, each file read once."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.knowledge.area import areas, load_area
from bot.knowledge.errors import NotInForce
from bot.knowledge.model import National, Pack
from bot.knowledge.national import FLOOR, load_national
from bot.knowledge.shared import shared


def load_everything(root: Path, on: date) -> tuple[National, dict[str, Pack]]:
    """Return the national part, and the packs of all areas by their slug, leaving out those not in force yet.

    Raises PackError, and NotInForce on a day before the national part starts.
    """
    held = shared(root)
    national = load_national(root, on, held)
    packs = {FLOOR: national.floor} if national.floor else {}
    for area in areas(root):
        if area.slug not in packs:
            with suppress(NotInForce):
                packs[area.slug] = load_area(root, area.slug, on, held)
    return national, packs
