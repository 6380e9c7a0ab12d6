"""Consult: what the assistant may ask of the thresholds and the record, for one consultation.

The dialogue's actions call this and hand-over, and nothing else of the desk. It gathers facts,
keeps them, looks for hard exits and works out the assessment.
"""

import logging
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.consultation import Assessment, Facts
from bot.desk.gathering import Gathering
from bot.desk.numbers import numbers
from bot.desk.own_answers import facts_with_own
from bot.desk.places import Places
from bot.desk.ports import Consultation, NotKept, Records, UncleanWrite
from bot.desk.working_time import ENGLAND
from bot.knowledge.errors import NotInForce, PackError, UnknownArea
from bot.knowledge.model import National, Pack, RedFlag
from bot.knowledge.practice import PracticeCase
from bot.knowledge.wording import Wording
from bot.thresholds import assess, resolve, to_record
from bot.thresholds.conditions import flags_that_hold
from bot.thresholds.unheld import AREA_NOT_HELD, assess_unheld

__all__ = ["AREA_NOT_HELD", "Counsel"]

log = logging.getLogger("noname.consult")

# Questions of the form that are not facts about the child.
_BESIDE_FACTS = ("child_area", "school_alias", "understood", "answers_checked", "goes_home_time")


@dataclass(frozen=True, slots=True)
class Counsel:
    """The thresholds, the wording and the record, at the assistant's hand.

    `pack_of(area, on)` gives an area's pack or raises UnknownArea; `clock` gives the present. `areas` are
    the short names of all that the knowledge base holds, England among them; `practice` are the practice cases.
    """

    records: Records
    gathering: Gathering
    national: National
    pack_of: Callable[[str, date], Pack]
    wording: Wording
    clock: Callable[[], datetime]
    areas: tuple[str, ...] = ()
    practice: Mapping[str, PracticeCase] = field(default_factory=dict)

    @property
    def questions(self) -> frozenset[str]:
        """The ids of everything the consultation's form may fill."""
        return frozenset((*self.national.questions, *_BESIDE_FACTS))

    def pack(self, slots: Mapping[str, Any]) -> Pack | None:
        """Return the pack of the child's area, or None where we hold none."""
        area = slots.get("child_area")
        if not area or self._is_england(str(area)):
            return None
        try:
            return self.pack_of(str(area), self.today())
        except UnknownArea:
            return None
        except (NotInForce, PackError, OSError) as broken:
            # An area that cannot be read is one that we do not hold: the national floor, 999 and a person stand in.
            log.error("pack_unreadable kind=%s", type(broken).__name__)
            return None

    def places(self) -> Places:
        """Return the areas that can be named, as they stand today. England is none of them."""
        packs = []
        for area in self.areas:
            # One area that cannot be read must not keep the others from being named: it counts as not held.
            with suppress(UnknownArea, NotInForce, PackError):
                packs += [] if self._is_england(area) else [self.pack_of(area, self.today())]
        return Places(packs)

    def area_in_words(self, area: str) -> str:
        """Return an area as people read it: its name, or what was said instead of one."""
        pack = self.pack({"child_area": area})
        return pack.name if pack else self.wording.title_of("child_area", area) or area

    def _is_england(self, area: str) -> bool:
        floor = self.national.floor
        return floor is not None and area in (floor.area, floor.code)

    def today(self) -> date:
        """Return the day of the assessment, as England reckons it."""
        return self.clock().astimezone(ENGLAND).date()

    def consultation(self, consultation_id: str) -> Consultation:
        """Return the record of the consultation, or raise NotKept."""
        consultation = self.records.consultation(consultation_id)
        if consultation is None:
            raise NotKept("consultation")
        return consultation

    def numbers(self, slots: Mapping[str, Any]) -> dict[str, str]:
        """Return whom to ring for the child's area, as blanks for responses."""
        return numbers(self.pack(slots), self.national, self.wording.say, self.today())

    def facts(self, slots: Mapping[str, Any]) -> Facts:
        """Return the facts that the slots hold, with what the area's own questions tell."""
        return facts_with_own(self.gathering.facts(slots), self.pack(slots), slots)

    def keep(self, consultation_id: str, slots: Mapping[str, Any]) -> Facts:
        """Store the facts as they now stand, with the area once it is known; return them."""
        facts = self.facts(slots)
        if slots.get("child_area"):
            self.records.set_area(consultation_id, str(slots["child_area"]), self.clock())
        try:
            self.records.save_facts(consultation_id, facts, self.clock(), is_followed=True)
        except UncleanWrite:
            # The store may refuse a word it does not trust: what was read and ticked is kept without the words.
            with suppress(UncleanWrite):
                self.records.save_facts(consultation_id, self._without_words(facts), self.clock())
        return facts

    def _without_words(self, facts: Facts) -> Facts:
        texts = {question.id for question in self.national.questions.values() if question.kind == "text"}
        answers = {q: value for q, value in facts.answers.items() if q not in texts}
        # What is not kept cannot be read again: whoever works this decision out once more must not think it was.
        return Facts(facts.indicators, answers, unread=facts.unread or len(answers) < len(facts.answers))

    def flags(self, facts: Facts) -> tuple[RedFlag, ...]:
        """Return the red flags that hold, most urgent first. Any one ends the consultation."""
        return flags_that_hold(resolve(facts, self.national), self.national)

    def disputed(self, slots: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Return what a DSL who says "you misunderstood" takes back, and the questions to ask again.

        Indicators that were read become doubts; answers that were ticked are asked afresh, the area's own among them.
        """
        facts = self.facts(slots)
        flags = self.flags(facts)
        behind = frozenset(i for flag in flags for i in flag.indicators)
        struck = set(slots.get("struck") or ())
        # Also what goes unsaid beside something more particular: a bruise is an injury too.
        for indicator in facts.present():
            if self._raises(indicator, behind):
                struck.add(indicator)
        # By what stands, ticked or read from words: both would raise the flag again.
        reopened = {question for flag in flags for question in flag.answers if facts.answers.get(question) is not None}
        for question in self.national.asked_in(self.pack(slots)).questions.values():
            ticked = facts.answers.get(question.id)
            values = ticked if isinstance(ticked, list | tuple) else [ticked]
            options = (question.options[v] for v in values if v in question.options)
            if any(self._raises(indicator, behind) for option in options for indicator in option.present):
                reopened.add(question.id)
        # An age is not taken back because of what was concluded from it.
        return sorted(struck), sorted(reopened - {"age_band", "baby_at_home"})

    def _raises(self, indicator: str, behind: Set[str]) -> bool:
        """Whether a flag that rests on `behind` holds by this indicator, or by what it implies."""
        return not behind.isdisjoint({indicator, *self.national.indicators[indicator].implies})

    def assessment(self, consultation_id: str, slots: Mapping[str, Any]) -> Assessment:
        """Work out and store the assessment of what the slots hold."""
        facts = self.keep(consultation_id, slots)
        pack = self.pack(slots)
        if pack is None:
            area = str(slots.get("child_area") or "unknown")
            worked_out = assess_unheld(facts, area, self.national, self.today())
        else:
            worked_out = assess(facts, pack, self.national, self.today())
        record = to_record(worked_out)
        try:
            self.records.save_assessment(consultation_id, record, facts, self.clock())
        except UncleanWrite:
            with suppress(UncleanWrite):
                self.records.save_assessment(consultation_id, record, self._without_words(facts), self.clock())
        return worked_out
