"""The duty desk behind a fake house: the real use-cases, over records in memory and with no knowledge to load.

`DESK_OPENS` is what every desk says of itself; an answer is always due four hours after it was asked for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from bot.consultation import Finding, Level, Neutral, RawText, RedactedText, Redaction
from bot.desk.brief import Brief
from bot.desk.brief_section import Section
from bot.desk.claim import case_for
from bot.desk.duty.asking import Asking
from bot.desk.duty.board import Board
from bot.desk.duty.desk import DutyDesk
from bot.desk.duty.routing import Routing
from bot.desk.hand_over import DutyDesks
from bot.desk.people import Person, Role
from bot.desk.ports import Consultation
from bot.desk.promise import Promise, Wish
from bot.desk.sentences import sentences
from bot.desk.watch import Follower, Watch
from bot.desk.working_time import WorkingTime
from tests.fakes import FakeRecords

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
ANSWERED_WITHIN = timedelta(hours=4)
DESK_OPENS = "Somebody is likely to be at the desk."

DANA = Person("dsl-1", Role.DSL, "Dana Okoro", "kent", "Elm Road Primary")
BEA = Person("dsl-2", Role.DSL, "Bea Flint", "buckinghamshire", "Chiltern High")
ANN = Person("worker-1", Role.DUTY_WORKER, "Ann Field", "kent")
BOB = Person("worker-2", Role.DUTY_WORKER, "Bob Lee", "kent")
CAT = Person("worker-3", Role.DUTY_WORKER, "Cat Moss", "buckinghamshire")
MEL = Person("worker-4", Role.MANAGER, "Mel Hart", "kent")
WORKERS = {"ann": ANN, "bob": BOB, "cat": CAT, "mel": MEL}

LEVELS = tuple(
    Level(str(rank), name, rank, (Neutral(rank),))
    for rank, name in enumerate(("Universal", "Additional", "Intensive", "Specialist"), start=1)
)
NUMBERS = {
    "kent": {
        "in_danger": "999",
        "front_door": {
            "label": "Kent front door",
            "value": "03000 411111",
            "hours": "Monday to Friday, 8:30am to 5pm",
            "checked": date(2026, 11, 2),
        },
        "out_of_hours": {
            "label": "Out of hours in Kent",
            "value": "03000 419191",
            "hours": "",
            "checked": date(2026, 11, 2),
        },
    }
}
NOBODY = {"in_danger": "999", "front_door": None, "out_of_hours": None}
_SAID_BY = (
    "talking", "doors", "refusals", "desk", "duty", "editing", "handing_over", "assessment", "staff", "areas", "embed",
    "reports", "rescoring",
)  # fmt: skip
_BRIEF = (
    Section("What was told", ("Age: 8 or 9", "Told: often hungry, or hides food", "Injury or mark: none")),
    Section("What the assistant made of it", ("Kent, level 3: Intensive.", "Next nearest: level 2")),
    Section("Not known", ("Growth and weight", "Whether the baby is affected")),
)


def wording(root: Path = ROOT) -> dict[str, str]:
    """Return the sentences that the doors and the desk can say, by name."""
    said: dict[str, str] = {}
    for name in _SAID_BY:
        file = root / "nlu_data" / "responses" / f"{name}.yml"
        entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["responses"]
        said |= {key: variants[0].get("text", "") for key, variants in entries.items()}
    return said


_SAID = wording()


def say(name: str, /, **values: object) -> str:
    """Return a sentence with its blanks filled; a name or a blank that is missing raises KeyError."""
    return re.sub(r"\{([a-z_]+)\}", lambda blank: str(values[blank[1]]), _SAID[name])


def redact(typed: str, not_names: Sequence[str] = ()) -> tuple[str, tuple[Finding, ...]]:
    """Take out Sharon, Zumbatron and long numbers, which is all that a fake has to know."""
    findings: list[Finding] = []

    def gone(found: re.Match[str]) -> str:
        if found[0] in not_names:
            return found[0]
        word = {"Sharon": ("NAME", "[parent 1]"), "Zumbatron": ("OTHER", "[word]")}
        kind, shown = word.get(found[0], ("PHONE", "[phone]"))
        findings.append(Finding(*found.span(), kind, shown))
        return shown

    return re.sub(r"Sharon|Zumbatron|\d{9,}", gone, typed), tuple(findings)


async def _redaction(typed: RawText) -> Redaction:
    text, findings = redact(typed.reveal())
    return Redaction(RedactedText(text), findings, RedactedText(text))


class Bells(Watch):
    """The watch of a house. `waiting` shows who waits just now."""

    @property
    def waiting(self) -> set[Follower]:
        """Return them."""
        followers = set().union(*self._followers.values())
        return {follower for follower in followers if follower._rung._waiters}


class Remembering:
    """A dialogue that only remembers what it was told to forget."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []
        self.works = True

    def forget(self, consultation_id: str) -> None:
        """Note it."""
        self.forgotten.append(consultation_id)

    async def is_healthy(self) -> bool:
        """Whether it works."""
        return self.works


@dataclass(frozen=True)
class FakeCounsel:
    """As much of counsel as the desk's use-cases ask for."""

    records: FakeRecords
    clock: Callable[[], datetime]

    @property
    def wording(self) -> SimpleNamespace:
        """Return what says the sentences."""
        return SimpleNamespace(say=say)

    @property
    def national(self) -> SimpleNamespace:
        """Return all that there is to be hungry for."""
        return SimpleNamespace(indicators={"hungry": SimpleNamespace(category="neglect")})

    def pack(self, slots: dict[str, Any]) -> SimpleNamespace:
        """Return the levels, which are the same everywhere."""
        return SimpleNamespace(levels=LEVELS)

    def area_in_words(self, area: str) -> str:
        """Return an area's name."""
        return area.title()

    def numbers(self, slots: dict[str, Any]) -> dict[str, str]:
        """Return whom to ring, as blanks."""
        held = NUMBERS.get(slots.get("child_area") or "", NOBODY)
        told = {name: held[name]["value"] if held[name] else "none held" for name in ("front_door", "out_of_hours")}
        lines = {f"{name}_line": f"{name.replace('_', ' ').capitalize()}: {value}." for name, value in told.items()}
        return {"area": self.area_in_words(slots.get("child_area") or "this area"), **told, **lines}


class FakeDesks(DutyDesks):
    """Desks that promise the same to everybody."""

    def promised(self, consultation: Consultation, area: str, wish: Wish, now: datetime) -> Promise:
        return Promise("amber", now + ANSWERED_WITHIN)

    def hours_of(self, area: str, now: datetime) -> WorkingTime:
        return WorkingTime()

    def who_is_there(self, area: str | None, now: datetime) -> str:
        return DESK_OPENS


class FakeDuty(DutyDesk):
    """The duty desk with a brief that does not ask what is known."""

    async def brief(self, worker: Person, case_id: str) -> Brief:
        case = case_for(self.records, case_id, worker)
        return Brief(case, _BRIEF, self.records.messages(case.consultation_id))


def make_records() -> FakeRecords:
    """Return records that know everybody here by the ids they have above."""
    records = FakeRecords()
    records._people |= {person.id: person for person in (DANA, BEA, *WORKERS.values())}
    records._school_of |= {person.id: person.school for person in (DANA, BEA)}
    records._workers |= {login: (worker, "", "") for login, worker in WORKERS.items()}
    return records


def make_desk(
    records: FakeRecords, clock: Callable[[], datetime], bells: Bells, dialogue: Remembering
) -> tuple[FakeDuty, Asking]:
    """Return both sides of the duty desk."""
    counsel, ids = FakeCounsel(records, clock), count(1)
    # Where the clock stands still, ids say what came later: these sort behind `case-...`.
    desks = FakeDesks(counsel, records.desks, frozenset(), lambda: f"later-{next(ids)}")
    given = {"records": records, "dialogue": dialogue, "watch": bells}
    board = Board(records, Routing(records, records, desks), bells)
    duty = FakeDuty(presence=records, counsel=counsel, redact=_redaction, board=board, **given)
    return duty, Asking(desks=desks, sentence=sentences(counsel), board=board, **given)
