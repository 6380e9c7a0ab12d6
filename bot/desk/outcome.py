"""The outcome as a DSL reads it: the card of an assessment and the wording for their own record."""

from collections.abc import Mapping
from typing import Any

from bot.consultation import Assessment, Outcome
from bot.desk import cards
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.numbers import in_words
from bot.early_help import match, must_not_hear
from bot.knowledge.model import Pack


class Telling:
    """Puts one assessment into the words of a card. Every line carries where it comes from."""

    def __init__(self, counsel: Counsel, assessment: Assessment, slots: Mapping[str, Any], reference: str) -> None:
        self._counsel = counsel
        self._assessment = assessment
        self._slots = slots
        self._reference = reference
        self._pack: Pack | None = counsel.pack(slots)
        self._say = counsel.wording.say
        self._blanks = counsel.numbers(slots)

    def card(self) -> Card:
        """Return the card that is shown after check-your-answers."""
        title, lead, because = self._headline()
        found = self._assessment
        parts = [
            (self._say(because), [cards.matched(row, self._say) for row in found.because]),
            (self._say("utter_heading_reasons"), self._reasons()),
            (self._say("utter_heading_would_change"), [cards.matched(row, self._say) for row in found.would_change]),
            (self._say("utter_heading_not_ruled_out"), [cards.matched(row, self._say) for row in found.not_ruled_out]),
            (self._say("utter_heading_unknown"), self._unknown()),
            (self._say("utter_heading_runner_up"), self._runner_up()),
            (self._say("utter_heading_next"), self._next()),
            (self._say("utter_heading_consent"), self._consent()),
            *self._early_help(),
            (self._say("utter_heading_missing"), self._missing()),
        ]
        return cards.sections(title, lead, parts, copy=self._record_wording())

    def _headline(self) -> tuple[str, str, str]:
        level = self._assessment.level
        if self._assessment.outcome is Outcome.LEVEL and level:
            blanks = {"area": self._blanks["area"], "name": level.name, "code": level.code}
            title, lead = "utter_assessment_title", "utter_assessment_lead"
            return self._say(title, **blanks), self._say(lead, **blanks), "utter_heading_because"
        title, lead = "utter_assessment_person_title", "utter_assessment_person_lead"
        return self._say(title), self._say(lead), "utter_heading_so_far"

    def _reasons(self) -> list[Card]:
        adjustments = {a.id: a for a in self._counsel.national.adjustments}
        lines = []
        for reason in self._assessment.reasons:
            if reason in adjustments:
                lines.append(cards.item(adjustments[reason].words, adjustments[reason].citation, self._say))
            elif f"utter_reason_{reason}" in self._counsel.wording.names():
                lines.append(cards.item(self._say(f"utter_reason_{reason}")))
        return lines

    def _unknown(self) -> list[Card]:
        return [cards.item(self._say(f"utter_label_{question}")) for question in self._assessment.unknown]

    def _runner_up(self) -> list[Card]:
        level = self._assessment.runner_up
        return [cards.item(self._say("utter_line_runner_up", name=level.name, code=level.code))] if level else []

    def _next(self) -> list[Card]:
        found = self._assessment
        is_top = bool(self._pack and found.level == self._pack.levels[-1])
        lines = []
        if is_top:
            lines.append(self._say("utter_next_refer", **self._blanks))
        elif found.outcome is Outcome.PERSON:
            lines.append(self._say("utter_next_person", **self._blanks))
        if found.outcome is Outcome.LEVEL and found.level and found.level.route:
            lines.append(self._say("utter_next_route", route=found.level.route))
        lines += [self._say("utter_next_record"), self._say("utter_next_anyway")]
        return [cards.item(line) for line in lines]

    def _consent(self) -> list[Card]:
        facts = self._counsel.gathering.facts(self._slots)
        if must_not_hear(facts, self._counsel.national):
            return [cards.item(self._say("utter_consent_silence"))]
        known = str(self._slots.get("parents_know") or "unknown")
        lines = [self._say(f"utter_consent_{known}")]
        level = self._assessment.level
        if self._assessment.outcome is Outcome.LEVEL and level and level.consent:
            lines.append(self._say("utter_consent_local", consent=level.consent))
        return [cards.item(line) for line in lines]

    def _early_help(self) -> list[tuple[str, list[Card]]]:
        if self._pack is None:
            return []
        facts = self._counsel.gathering.facts(self._slots)
        options = match(self._assessment, facts, self._pack, self._counsel.national)
        now = [o for o in options if o.school_can_do_now]
        later = [o for o in options if not o.school_can_do_now]
        return [
            (self._say("utter_heading_early_help"), [cards.item(o.what, o.citation, self._say) for o in later]),
            (self._say("utter_heading_now"), [cards.item(o.what, o.citation, self._say) for o in now]),
        ]

    def _missing(self) -> list[Card]:
        return [cards.item(line) for line in self._pack.missing] if self._pack else []

    def _record_wording(self) -> str:
        """Return what a DSL may paste into the school's own record. Nameless, as everything here."""
        found = self._assessment
        result = "utter_record_result_person"
        blanks = {"version": found.pack_version, "name": "", "code": ""}
        if found.outcome is Outcome.LEVEL and found.level:
            result = "utter_record_result_level"
            blanks |= {"name": found.level.name, "code": found.level.code}
        facts = [
            f"{self._say(f'utter_label_{q}')}: {cards.shown(q, self._slots[q], self._counsel.wording)}."
            for q in self._counsel.national.questions
            if self._slots.get(q) is not None
        ]
        return self._say(
            "utter_record_wording",
            on=in_words(found.on),
            reference=self._reference,
            area=self._blanks["area"],
            result=self._say(result, **blanks),
            facts=" ".join(facts),
            advice=" ".join(line["text"] for line in self._next()),
        )
