"""A consultation of which a record is kept, with the real knowledge and wording, step by step as a test needs it."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from bot.consultation import Facts, Move, RawText, RedactedText, Redaction
from bot.desk.case import Step
from bot.desk.duty.settling import Agreed, Outcome, Settling
from bot.desk.outcome import Telling
from bot.desk.ports import Button, Utterance
from bot.desk.record import Keeping, Record
from tests.at_the_desk import make_counsel, wording
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords
from tests.fakes_ladder import FakeLadders

REFERENCE = "7K2M-9QXC-W4TD"
WORRY = "he is often hungry and wears a dirty uniform most days. His sister is well"
SLOTS: dict[str, Any] = {
    "child_area": "kent",
    "worry": WORRY,
    "in_danger": "no",
    "goes_home": "this_week",
    "about_staff": "no",
    "red_flag_list": ["none"],
    "open_case": "no",
    "age_band": "5_9",
    "injury": "none",
    "sexual": "none",
    "how_often": "weekly",
    "trend": "same",
    "effect": "some",
    "baby_at_home": "no",
    "parents_know": "agree",
    "tried": ["nothing_yet"],
}
ADVICE, REASON, STEP = "Ask for support this week", "Basics have been missing for months", "Meet mum and offer food"


async def as_typed(typed: RawText) -> Redaction:
    """Take nothing out: what a worker types here needs it not."""
    text = RedactedText(typed.reveal())
    return Redaction(text, (), text)


class AtTheRecord:
    """One consultation of one DSL, and what is done with it."""

    def __init__(self, **consultation: Any) -> None:
        self.records, self.ladders, self.now = FakeRecords(), FakeLadders(), NOW
        self.dsl, self.worker = create_dsl(self.records), create_worker(self.records)
        self.counsel = make_counsel(self.records, lambda: self.now)
        create_consultation(self.records, self.dsl, reference=REFERENCE, **consultation)
        self.keeping = Keeping(self.records, self.ladders, self.counsel)

    def later(self, minutes: int = 5) -> datetime:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def says(self, text: str) -> None:
        """Let the DSL say something that has been through the door."""
        self.records.add_incoming("c1", f"client-{self.later()}", from_dsl(text), self.now)

    def assessed(self, **but: Any) -> None:
        """Have the questions answered and the outcome told, by a card or at a red flag without one."""
        slots = {**SLOTS, **but}
        self.says(slots["worry"])
        self.later()
        found = self.counsel.assessment("c1", slots)
        if found.hard_exit is None:
            card = Telling(self.counsel, found, slots, REFERENCE, "c1").card()
            self.records.add_outgoing("c1", [Utterance("assistant", card=card)], self.now, unless_held=False)

    def views(self, view: str) -> None:
        """Have the DSL asked whether it matches, and let them press a button."""
        buttons = tuple(Button(title, payload) for title, payload in wording().buttons("utter_ask_view"))
        asked = Utterance("assistant", wording().say("utter_ask_view"), buttons)
        self.records.add_outgoing("c1", [asked], self.now, unless_held=False)
        self.says(next(button.title for button in buttons if f'"{view}"' in button.payload))

    def asked(self, **case: Any) -> None:
        """Have a person asked for."""
        self.records.hand_over(make_case(handed_over_at=self.later(), due_at=self.now + timedelta(days=1), **case))

    def answered(self, level: str = "2", **outcome: Any) -> None:
        """Have a duty worker answer."""
        given = {"referral_advised": False, "review_on": date(2026, 12, 7)} | outcome
        self.records.step("case-1", Step(Move.CLAIM, self.worker, self.later()))
        settling = Settling(
            self.records,
            as_typed,
            wording().say,
            self.counsel.pack({"child_area": "kent"}).levels,
            self.counsel.numbers({"child_area": "kent"}),
        )
        actions = (Agreed(RawText(STEP), "school", date(2026, 11, 27)),)
        filled = Outcome(level=level, reason=RawText(REASON), advice=RawText(ADVICE), actions=actions, **given)
        asyncio.run(settling.settle("case-1", self.worker, filled, self.later()))

    def record(self, person: Any = None) -> Record:
        """Return the record that the DSL, or whoever else asks, gets now."""
        return asyncio.run(self.keeping.of(person or self.dsl, "c1", self.later()))

    def facts_now(self, facts: Facts) -> None:
        """Let other facts stand from now on."""
        self.records.save_facts("c1", facts, self.later())


def words_of(record: Record, name: str) -> str:
    """Return what stands in a part, in one line; nothing if there is no such part."""
    part = record.part(name)
    lines = [one for line in part.lines for one in (line.text, *line.under)] if part else []
    return " ".join(lines)
