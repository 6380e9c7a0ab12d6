"""How words are meant that are often written in other ways: `reading/words/spelling.yml`."""

from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.entry import read


def reading_spelling(root: Path) -> Mapping[str, str]:
    """Return what is meant by what is written (`hungrey` to `hungry`).

    Raises PackError if the file is wrong or a word is said to mean two things.
    """
    file = root / "national" / "england" / "reading" / "words" / "spelling.yml"
    meant: dict[str, str] = {}
    for right, entry in read(file).fields(("spelling",))["spelling"].members().items():
        for written in entry.texts():
            if written in meant:
                entry.fail(f"{written!r} is said to mean {meant[written]!r} already")
            meant[written] = right
    return meant
