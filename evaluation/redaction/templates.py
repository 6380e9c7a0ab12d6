"""Messages from templates: names, schools, streets and numbers put into the slots of typical sentences.

The names come from twelve groups, as many messages for each, so that no group's names weigh more than another's.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from evaluation.redaction.markup import BadMarkup, Message, parse

LISTS = {
    "school": "schools", "address": "streets", "handle": "handles", "email": "emails", "phone": "phones",
    "postcode": "postcodes", "nhs": "nhs", "nino": "nino", "upn": "upn", "plate": "plates",
    "caseref": "caserefs", "dob": "dobs",
}  # fmt: skip
FIRST = ("first", "first2", "kinfirst")  # three people with one name each
LAST = ("last", "last2")  # last is of the same person as first, last2 another adult's
A_GROUP = 40  # messages with names of one group
_SLOT = re.compile(r"\{(?P<slot>[a-z]+2?)\}")


def expand(data: Mapping, chance: random.Random, a_group: int = A_GROUP) -> list[Message]:
    """Return the messages of a file of templates: so many for each group, then the harmless ones as they are.

    `data` holds `names` (by group, `first` and perhaps `last`), the lists, `templates` and `harmless`. A
    group without last names gets no template that asks for one. Raises BadMarkup.
    """
    values = _Values(data, chance)
    used: Counter[str] = Counter()
    found = []
    # Groups that not every template suits choose first, so that in the end all are used equally often.
    for group in sorted(data["names"], key=lambda group: "last" in data["names"][group]):
        for number, template in enumerate(_choose(data, group, used, a_group, chance), 1):
            found.append(parse(f"{group}-{number:02}", values.fill(template, group)))
    harmless = [parse(f"harmless-{number:02}", text) for number, text in enumerate(data["harmless"], 1)]
    return found + harmless


def _choose(data: Mapping, group: str, used: Counter[str], most: int, chance: random.Random) -> Iterator[str]:
    """Yield templates for a group, those first that were used least."""
    fitting = [t for t in data["templates"] if "last" in data["names"][group] or not _asks_for_last(t)]
    for _ in range(most):
        least = min(used[template] for template in fitting)
        template = chance.choice([t for t in fitting if used[t] == least])
        used[template] += 1
        yield template


def _asks_for_last(template: str) -> bool:
    return not {"last", "full"}.isdisjoint(_SLOT.findall(template))


class _Values:
    """What is put into slots: every list shuffled once and gone through over and over."""

    def __init__(self, data: Mapping, chance: random.Random) -> None:
        self._lists = {slot: self._shuffled(data[name], chance) for slot, name in LISTS.items()}
        self._names = {
            (group, part): self._shuffled(names, chance)
            for group, parts in data["names"].items()
            for part, names in parts.items()
        }
        self._with_last = cycle([group for group, parts in data["names"].items() if "last" in parts])

    @staticmethod
    def _shuffled(values: Sequence[object], chance: random.Random) -> Iterator[str]:
        return cycle(chance.sample([str(value) for value in values], len(values)))

    def fill(self, template: str, group: str) -> str:
        """Return a template with its slots marked and filled; the same slot twice is the same value."""
        given = {slot: self._marked(slot, group) for slot in dict.fromkeys(_SLOT.findall(template))}
        return _SLOT.sub(lambda match: given[match["slot"]], template)

    def _marked(self, slot: str, group: str) -> str:
        if slot in self._lists:
            return f"{{{slot.upper()}:{next(self._lists[slot])}}}"
        if slot in FIRST:
            return f"{{NAME:{self._name(group, 'first')}|{group}}}"
        if slot == "full":
            return f"{{NAME:{self._name(group, 'first')} {self._name(group, 'last')}|{group}}}"
        if slot in LAST:
            owner = group if (group, "last") in self._names else next(self._with_last)
            return f"{{NAME:{self._name(owner, 'last')}|{owner}}}"
        raise BadMarkup(f"Tried to fill a template: there is nothing to put into {{{slot}}}.")

    def _name(self, group: str, part: str) -> str:
        return next(self._names[group, part])
