"""Disagreements kept in memory, with the manners of the database, and areas with ladders of their own."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import yaml

from bot.consultation import RawText, RedactedText, Redaction
from bot.desk.consult import Counsel
from bot.desk.duty.disagreeing import Disagreeing
from bot.desk.duty.ladder import Disagreement, GoodPractice, LadderMove, moved
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import NotKept
from bot.desk.sentences import sentences
from bot.desk.watch import Watch
from bot.knowledge import closed_days, load_area
from bot.knowledge.model import Pack
from tests.at_the_desk import ROOT, make_counsel, pack_of
from tests.fakes import FakeRecords
from tests.testshire import HERE, SLUG

ROLES = (
    "you and the worker who decided",
    "the two managers",
    "the heads of both",
    "the partnership",
    "the independent scrutineer",
)


def steps(days: Iterable[str]) -> list[dict[str, str]]:
    """Return the stages of an area, as its file has them; empty days are not published."""
    return [
        {"stage": str(n), "role": role, "within": f"{told} working days" if told else "not published"}
        | ({"days": told} if told else {})
        for n, (role, told) in enumerate(zip(ROLES, days, strict=False), start=1)
    ]


def pack_with(root: Any, days: Iterable[str], on: date) -> Pack:
    """Write a ladder into Testshire's file and return the pack as it is read from there."""
    file = root / "areas" / HERE / "area.yml"
    held = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # as written: "yes" is a word there
    held["escalation"]["steps"] = steps(days)
    file.write_text(yaml.safe_dump(held, sort_keys=False), "utf-8")
    return load_area(root, SLUG, on)


class FakeLadders:
    """Disagreements in memory. `events` lists what the audit chain would say."""

    def __init__(self) -> None:
        self.held: dict[str, Disagreement] = {}
        self.practice: list[GoodPractice] = []
        self.events: list[tuple[str, str, str]] = []

    def open_disagreement(self, disagreement: Disagreement) -> Disagreement:
        there = [one for one in self.disagreements_of(disagreement.consultation_id) if one.is_open]
        if there:
            return there[0]
        self.held[disagreement.id] = disagreement
        self.events.append(("disagreement.opened", disagreement.opened_by, disagreement.id))
        return disagreement

    def move_disagreement(self, disagreement_id: str, move: LadderMove) -> Disagreement:
        if disagreement_id not in self.held:
            raise NotKept("disagreement")
        now_it_is = self.held[disagreement_id] = moved(self.held[disagreement_id], move)
        event = move.resolution.value if move.resolution else "answered"
        self.events.append((f"disagreement.{event}", move.by.id, disagreement_id))
        return now_it_is

    def disagreement(self, disagreement_id: str) -> Disagreement | None:
        return self.held.get(disagreement_id)

    def disagreements_of(self, consultation_id: str) -> tuple[Disagreement, ...]:
        return tuple(one for one in self.held.values() if one.consultation_id == consultation_id)

    def open_disagreements(self, area: str) -> tuple[Disagreement, ...]:
        return tuple(one for one in self.held.values() if one.area == area and one.is_open)

    def keep_good_practice(self, practice: GoodPractice) -> None:
        self.practice.insert(0, practice)
        self.events.append(("good_practice.recorded", practice.by, practice.id))

    def good_practice(self, area: str) -> tuple[GoodPractice, ...]:
        return tuple(one for one in self.practice if one.area == area)


async def without_zumbatron(typed: RawText) -> Redaction:
    """Take out one name, which is all that a fake has to know."""
    text = RedactedText(typed.reveal().replace("Zumbatron", "[name]"))
    return Redaction(text, (), text)


def make_disagreeing(records: FakeRecords, kept: Any = None, packs: dict[str, Pack] | None = None) -> Disagreeing:
    """Return the use-cases over real knowledge, with the packs of some areas in place of the real ones."""
    held, ids = packs or {}, count(1)
    real = make_counsel(records)

    def of(area: str, on: date) -> Pack:
        return held.get(area) or pack_of(area, on)

    counsel = Counsel(records, real.gathering, real.national, of, real.wording, real.clock, real.areas, real.practice)
    desks = DutyDesks(counsel, records.desks, closed_days(ROOT), lambda: f"case-of-{next(ids)}")
    new_id = count(1)
    return Disagreeing(
        records,
        FakeLadders() if kept is None else kept,
        desks,
        without_zumbatron,
        sentences(counsel),
        Watch(),
        lambda: f"d{next(new_id)}",
    )
