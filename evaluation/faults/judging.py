"""One talk judged: what was acknowledged to its people beside what the records hold of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import pairwise
from typing import Any, NamedTuple


class Kept(NamedTuple):
    """A message as the records hold it. `client_id` is the id under which somebody sent it, empty for all others."""

    number: int
    speaker: str
    client_id: str


@dataclass(slots=True)
class Talk:
    """One consultation as its people saw it.

    `sent` are the ids under which the DSL sent something and `acknowledged` those that were answered for, `written`
    and `replies` the same of the duty worker, all in order. `held_after` is the last message that stood there when
    the worker had claimed it, 0 before that. `silent` counts messages to the assistant that got no word back.
    """

    consultation: str
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    held_after: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What went wrong, counted."""

    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    missing: int = 0
    over_a_person: int = 0
    silent: int = 0
    differing: int = 0
    broken_seals: int = 0
    identifiers: int = 0

    def __add__(self, other: "Found") -> "Found":
        ours, theirs = asdict(self), asdict(other)
        return Found(**{name: ours[name] + theirs[name] for name in ours})


def judged(talk: Talk, kept: Sequence[Kept], page: Sequence[int]) -> Found:
    """Return what is wrong with a talk. `page` are the numbers that a fresh page shows, in their order."""
    numbers = [one.number for one in kept]
    wrong: Counter[str] = Counter(silent=talk.silent, differing=int([*page] != numbers))
    wrong["missing"] = len({*range(1, len(kept) + 1)} ^ {*numbers})
    for told, sent, speaker in (
        (talk.acknowledged, talk.sent, "dsl"), (talk.replies, talk.written, "duty_worker"),
    ):  # fmt: skip
        ids = [one.client_id for one in kept if one.speaker == speaker]
        wrong["lost"] += len({*told} - {*ids})
        # What nobody sent under that id was made twice out of one.
        wrong["doubled"] += len(ids) - len({*ids} & {*sent})
        places = {client_id: place for place, client_id in enumerate(sent)}
        wrong["out_of_order"] += _falling(places[one] for one in ids if one in places)
    if talk.held_after:
        said_late = [one for one in kept if one.speaker == "assistant" and one.number > talk.held_after]
        wrong["over_a_person"] = len(said_late)
    return Found(**wrong)


def _falling(places: Iterable[int]) -> int:
    return sum(after < before for before, after in pairwise(places))


@dataclass(frozen=True, slots=True)
class Run:
    """What was done to one house: kills by process, and what its people did meanwhile.

    `cut` are requests whose answer never came, and `seconds` how long it all took.
    """

    seed: int
    kills: Mapping[str, int]
    talks: int
    claimed: int
    messages: int
    cut: int
    papers: int
    searched: int
    seconds: float
    found: Found


def figures(run: Run) -> dict[str, Any]:
    """Return a run as plain values, to be written to a file."""
    plain = {one.name: getattr(run, one.name) for one in fields(run)}
    return plain | {"kills": dict(run.kills), "found": asdict(run.found)}
