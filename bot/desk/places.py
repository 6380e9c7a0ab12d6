"""Places: the areas whose packs are held, and how people name them.

A council is recognised by its name, its short name and whatever else its own pack says people call it, in any
case. England is no council: its pack stands in where none is held, and nobody can choose it.
"""

import re
from collections.abc import Iterable, Iterator

from bot.desk.plain_words import plainly
from bot.knowledge.model import Pack

_ARTICLE = "the "
# "We are in Kent but she lives in Medway" names two; it is the child's that is asked for.
_DENIED = re.compile(r"\b(?:not|isnt|never|outside|no longer|nor) (?:in |from |under |with )?(?:the )?$")
_MOVES = re.compile(r"\b(?:move|moves|moved|moving|relocat\w+)\b", re.IGNORECASE)
_LIVES = re.compile(r"(?:\blives?|\bliving|\bresident|\bhome is) (?:in |under |with )?(?:the )?$")


class Places:
    """The held areas, by name."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(sorted(packs, key=lambda pack: pack.name))
        held: dict[str, list[str]] = {}
        for name, area in ((name, pack.area) for pack in self.packs for name in _names_of(pack)):
            # A name that two areas have names both, so that nobody is taken for the one or the other.
            if area not in held.setdefault(name, []):
                held[name].append(area)
        # A longer name says more: "kent and medway" is looked for before "kent".
        self._names = sorted(held.items(), key=lambda named: (-len(named[0]), named[0]))

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the areas that a text names and does not deny, in the order of the text, each once."""
        return tuple(dict.fromkeys(area for _, area in self._found(plainly(text))))

    def only_one_in(self, text: str) -> str | None:
        """Return the area that a text says somebody lives in, or the only one it names; None if that is not clear."""
        plain = plainly(text)
        found = self._found(plain)
        homes = {area for start, area in found if _LIVES.search(plain[:start])}
        named = homes or {area for _, area in found}
        return named.pop() if len(named) == 1 else None

    def _found(self, plain: str) -> list[tuple[int, str]]:
        """Return where each area is named, in order."""
        found: list[tuple[int, str]] = []
        for name, areas in self._names:
            whole = re.compile(rf"(?<!\S){re.escape(name)}(?!\S)")
            places = (match.start() for match in whole.finditer(plain))
            found += [(start, area) for start in places if not _DENIED.search(plain[:start]) for area in areas]
            # Its letters are gone for shorter names, and every other word stays in its place.
            plain = whole.sub("_" * len(name), plain)
        return sorted(found)

    def pack(self, area: str | None) -> Pack | None:
        """Return the pack of an area by its short name or its code."""
        return next((pack for pack in self.packs if area in (pack.area, pack.code)), None)


def _names_of(pack: Pack) -> Iterator[str]:
    for called in dict.fromkeys((pack.name, pack.area.replace("-", " "), *pack.also_called)):
        plain = plainly(called).removeprefix(_ARTICLE)
        if plain:
            yield plain


def tells_of_moving(text: str) -> bool:
    """Whether a text speaks of somebody who moves, so that an area it names may be where they go."""
    return bool(_MOVES.search(text))
