"""Five hundred invented identifiers of every kind, each of which can be told from all that the house says itself.

Values come from the lists of the redaction set's templates; only addresses of pages are made here. A value is
drawn only if no part of it that is looked for stands in our own wording, or in another value.
"""

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import yaml

from evaluation.canary.searching import Needle, folded
from evaluation.canary.spelling import SPELLINGS
from evaluation.redaction.sets import FOLDER
from evaluation.redaction.templates import LISTS

PLANTED = 500
SEED = 20261122
_SHORTEST, _SHORTEST_NUMBER, _SHORTEST_PART = 6, 8, 5  # letters or digits of what is looked for
_KINDS = {**{slot: slot.upper() for slot in LISTS}, "name": "NAME", "url": "URL"}
_SENTENCES = {
    "NAME": (
        "mum {} is late most days", "his name is {}", "{} was there as well", "a boy called {} told me",
        "dad {} came to the office", "she plays with {}", "Mrs {} rang", "I spoke to {} today",
    ),
    "SCHOOL": ("he was at {} before", "the sister goes to {}"),
    "ADDRESS": ("they live at {}", "the new address is {}"),
    "HANDLE": ("her snapchat is {}", "he writes as {}"),
    "EMAIL": ("mail {}", "she writes from {}"),
    "PHONE": ("ring her on {}", "her mobile is {}"),
    "POSTCODE": ("the postcode is {}", "near {}"),
    "NHS": ("NHS number {}",),
    "NINO": ("NI number {}",),
    "UPN": ("UPN {}",),
    "PLATE": ("car reg {}", "picked up in a {}"),
    "CASEREF": ("case ref {}", "their case number is {}"),
    "DOB": ("dob {}", "born {}"),
    "URL": ("see {}", "his page is {}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canary:
    """An identifier. `parts` are what is looked for, as written: the whole, and each name of a full name."""

    kind: str
    value: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """An identifier in one spelling, the sentence that is typed, and what is looked for afterwards."""

    canary: Canary
    spelling: str
    value: str
    sentence: str
    needles: frozenset[Needle]


def canaries(own_words: Iterable[str], most: int = PLANTED, seed: int = SEED) -> list[Canary]:
    """Return the identifiers, every kind as often as its list is long, and names of all groups for the rest.

    `own_words` are texts of the house: what stands in them could not be told from a canary.
    """
    chance = random.Random(seed)
    data = yaml.load((FOLDER / "templates.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    ours = "\n".join(map(folded, own_words))
    taken: list[Canary] = []
    for drawn in chain(_numbers(data, chance), _names(data["names"], chance)):
        looked_for = [folded(part) for part in drawn.parts]
        if len(taken) < most and _can_be_told(looked_for[0], ours) and not _is_in(looked_for, taken):
            told = [part for part in drawn.parts[1:] if _can_be_told(folded(part), ours, _SHORTEST_PART)]
            taken.append(replace(drawn, parts=(drawn.value, *told)))
    return taken


def planted(canary: Canary, spelling: str, number: int, seed: int = SEED) -> Planted:
    """Return an identifier in one spelling, in the sentence of that number."""
    chance = random.Random(f"{seed} {canary.value} {spelling}")
    spelt = SPELLINGS[spelling](canary.value, chance)
    parts = canary.parts if spelling != "one slip" else (spelt, *_unslipped(canary, spelt))
    sentences = _SENTENCES[canary.kind]
    sentence = sentences[number % len(sentences)].format(spelt)
    return Planted(canary, spelling, spelt, sentence, frozenset(Needle(folded(part)) for part in parts))


def house_words(root: Path) -> Iterator[str]:
    """Yield what the house says and is made of, as far as it could be kept, logged or answered."""
    for folder in ("nlu_data/responses", "knowledge_base", "bot/web/templates", "bot/web/static"):
        for file in sorted((root / folder).rglob("*.*")):
            if file.suffix in (".yml", ".html", ".js", ".css"):
                yield file.read_text("utf-8")
    for file in (*sorted((root / "bot").rglob("*.py")), *sorted((root / "actions").glob("*.py")), root / "domain.yml"):
        yield file.read_text("utf-8")


def _numbers(data: Mapping[str, Any], chance: random.Random) -> Iterator[Canary]:
    for slot, name in LISTS.items():
        for value in chance.sample(list(map(str, data[name])), len(data[name])):
            yield Canary(_KINDS[slot], value, (value,))
    for number in range(20):
        host = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(5))
        value = f"https://{host}.example.net/{('p', 'profile', 'u')[number % 3]}/{chance.randrange(10**5, 10**6)}"
        yield Canary("URL", value, (value, host))


def _names(groups: Mapping[str, Mapping[str, Sequence[str]]], chance: random.Random) -> Iterator[Canary]:
    """Yield names of all groups in turn: first name and surname, and first name alone where there are no more."""
    drawn = [list(_names_of(parts, chance)) for parts in groups.values()]
    for row in zip_longest(*drawn):
        yield from (name for name in row if name is not None)


def _names_of(parts: Mapping[str, Sequence[str]], chance: random.Random) -> Iterator[Canary]:
    first = chance.sample(list(parts["first"]), len(parts["first"]))
    last = chance.sample(list(parts.get("last", ())), len(parts.get("last", ())))
    # A full name is looked for whole and by each half that is long enough to be told.
    for one, other in zip_longest(first, last[: len(last) // 2]):
        value = f"{one} {other}" if one and other else one or other
        yield Canary("NAME", value, tuple(dict.fromkeys([value, *(p for p in (one, other) if p and other)])))
    for one in last[len(last) // 2 :]:
        yield Canary("NAME", one, (one,))


def _unslipped(canary: Canary, spelt: str) -> tuple[str, ...]:
    """Return the parts of a name that its slip did not touch."""
    return tuple(part for part in canary.parts[1:] if part in spelt)


def _can_be_told(looked_for: str, ours: str, shortest: int = _SHORTEST) -> bool:
    shortest = _SHORTEST_NUMBER if looked_for.isdecimal() else shortest
    return len(looked_for) >= shortest and looked_for not in ours


def _is_in(looked_for: Sequence[str], taken: Collection[Canary]) -> bool:
    """Whether part of it stands in one that was taken already, or the other way round."""
    others = [folded(part) for canary in taken for part in canary.parts]
    return any(part in other or other in part for part in looked_for for other in others)
