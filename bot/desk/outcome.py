"""The outcome as a DSL reads it: the card of an assessment and the wording for their own record."""

from collections.abc import Mapping
from typing import Any

from bot.consultation import Assessment, Neutral, Outcome
from bot.desk import cards, compare, corrections, reasons, repeats
from bot.desk.cards import Card
from bot.desk.consult import AREA_NOT_HELD, Counsel
from bot.desk.hand_over import NoDesk, desk_of
from bot.desk.numbers import in_words
from bot.desk.outcome_beside import Beside
from bot.desk.own_questions import flat, wording_of
from bot.desk.referrals import SLOT
from bot.early_help import must_not_hear
from bot.knowledge.model import Pack
from bot.thresholds.assessing import LEVELS_NOT_HELD, NATIONAL_FLOOR, TOP_LEVEL_ANYWAY

# These say that the area's own levels are not held: with nothing else in doubt the neutral reading can be told.
_UNHELD = frozenset({AREA_NOT_HELD, LEVELS_NOT_HELD})
_NO_DOUBT = _UNHELD | {NATIONAL_FLOOR, TOP_LEVEL_ANYWAY}


class Telling:
    """Puts one assessment into the words of a card. Every line carries where it comes from."""

    def __init__(
        self,
        counsel: Counsel,
        assessment: Assessment,
        slots: Mapping[str, Any],
        reference: str,
        consultation_id: str = "",
    ) -> None:
        self._counsel = counsel
        self._assessment = assessment
        self._slots = slots
        self._reference = reference
        self._id = consultation_id
        self._pack: Pack | None = counsel.pack(slots)
        self._words = wording_of(counsel.wording, self._pack)
        self._say = self._words.say
        self._blanks = counsel.numbers(slots)
        self._neutral = compare.neutral_levels(counsel)

    def card(self) -> Card:
        """Return the card that is shown after check-your-answers."""
        title, lead, because = self._headline()
        found = self._assessment
        beside = Beside(self._counsel, found, self._slots, self._pack)
        weightiest, milder = self._by_height()
        parts = [
            # What to do comes first: who is tired reads no further.
            (self._say("utter_heading_next"), self._next(), False),
            (self._say(because), self._rows(weightiest), False),
            (self._say("utter_heading_because_too"), self._rows(milder), True),
            (self._say("utter_heading_reasons"), reasons.lines(self._counsel, found.reasons), False),
            (self._say("utter_heading_changed"), self._changed(), False),
            (self._say("utter_heading_earlier"), [cards.item(line) for line in self._earlier()], True),
            (self._say("utter_heading_tips"), beside.tips(), False),
            (self._say("utter_heading_would_change"), self._rows(self._would_change()), False),
            (self._say("utter_heading_not_ruled_out"), self._rows(found.not_ruled_out), False),
            (self._say("utter_heading_unknown"), self._unknown(), False),
            (self._say("utter_heading_runner_up"), self._runner_up(), False),
            (self._say("utter_heading_protective"), self._rows(found.protective, plain=True), False),
            (self._say("utter_heading_routes"), beside.routes(), False),
            (self._say("utter_heading_consent"), self._consent(), False),
            *beside.early_help(),
            *(compare.sections(self._counsel, self._id, self._slots) if self._id else []),
            (self._say("utter_heading_moving_on"), beside.moving_on(), True),
            (self._say("utter_heading_kit"), beside.kit(), True),
            (self._say("utter_keep_heading_link"), self._record_to_keep(), False),
            (self._say("utter_heading_challenge"), beside.challenge(), True),
            (self._say("utter_heading_missing"), self._missing(), True),
        ]
        return cards.sections(title, lead, parts, copy=self._record_wording())

    def _headline(self) -> tuple[str, str, str]:
        level, reasons = self._assessment.level, frozenset(self._assessment.reasons)
        if self._assessment.outcome is Outcome.LEVEL and level:
            blanks = {"area": self._blanks["area"], "name": level.name, "code": level.code}
            title, lead = "utter_assessment_title", "utter_assessment_lead"
            return self._say(title, **blanks), self._say(lead, **blanks), "utter_heading_because"
        title, lead, name = "utter_assessment_person_title", "utter_assessment_person_lead", ""
        if reasons & _UNHELD:
            is_told = level is not None and not self._doubts()
            lead = "utter_assessment_unheld_lead" if is_told else "utter_assessment_unheld_in_doubt_lead"
            name = level.name if level else ""
        return self._say(title), self._say(lead, area=self._blanks["area"], name=name), "utter_heading_so_far"

    def _changed(self) -> list[Card]:
        """Return what the DSL changed and what was worked out before: both stay in the record."""
        national = self._counsel.national.asked_in(self._pack)
        return corrections.told(self._counsel.records, self._id, national, self._words) if self._id else []

    def _doubts(self) -> frozenset[str]:
        """Return why a person is needed, besides that the area's levels are not held."""
        moved = {a.id for a in self._counsel.national.adjustments if a.kind != "person"}
        return frozenset(self._assessment.reasons) - _NO_DOUBT - moved

    def _rows(self, rows: Any, *, plain: bool = False) -> list[Card]:
        if plain:
            return [cards.item(row.words, row.citation, self._say) for row in rows]
        return [cards.matched(row, self._say, self._neutral) for row in rows]

    def _by_height(self) -> tuple[tuple, tuple]:
        """Return the rows that reach the level, and those below it, which need not be read first."""
        rows, level = self._assessment.because, self._assessment.level
        top = tuple(row for row in rows if level is None or not row.level.code or row.level.rank >= level.rank)
        # A raise or a floor may lift the level above every row.
        return (top, tuple(row for row in rows if row not in top)) if top else (rows, ())

    def _would_change(self) -> tuple:
        """Return what would change it, without the one fact that has a place of its own."""
        return tuple(row for row in self._assessment.would_change if row != self._assessment.tips)

    def _unknown(self) -> list[Card]:
        return [cards.item(self._words.say(f"utter_label_{question}")) for question in self._assessment.unknown]

    def _runner_up(self) -> list[Card]:
        level = self._assessment.runner_up
        if level is None or self._assessment.tips or self._assessment.outcome is not Outcome.LEVEL:
            return []
        return [cards.item(self._say("utter_line_runner_up", name=level.name, code=level.code))]

    def _next(self) -> list[Card]:
        found = self._assessment
        is_weighty = found.level is not None and max(found.level.neutral) >= Neutral.N3
        lines = []
        if self._is_at_the_top():
            lines.append(self._say("utter_next_refer", **self._blanks))
        elif found.outcome is Outcome.PERSON:
            line = "utter_next_person" if self._has_desk() else "utter_next_person_no_desk"
            lines.append(self._say(line, **self._blanks))
        elif is_weighty:
            lines.append(self._say("utter_next_ring", **self._blanks))
        if is_weighty and self._slots.get("goes_home") == "today":
            lines.append(self._say("utter_next_before_home"))
        if found.outcome is Outcome.LEVEL and found.level and found.level.route:
            lines.append(self._say("utter_next_route", route=found.level.route))
        lines += [self._say("utter_next_record"), self._say("utter_next_anyway")]
        return [*self._find_council(), *(cards.item(line) for line in lines)]

    def _find_council(self) -> list[Card]:
        """Return where the number of a council is found whose pack is not held."""
        floor = self._counsel.national.floor
        contact = floor.contacts.get("front_door") if floor and self._pack is None else None
        if contact is None:
            return []
        line = self._say("utter_next_find_council", label=contact.label, value=contact.value)
        return [cards.item(line, contact.citation, self._say)]

    def _is_at_the_top(self) -> bool:
        """Whether it reached the area's highest level, or significant harm where its levels are not known."""
        level = self._assessment.level
        levels = self._pack.levels if self._pack and self._pack.levels else self._neutral
        return level is not None and bool(levels) and level == levels[-1] and Neutral.N4 in level.neutral

    def _has_desk(self) -> bool:
        """Whether a duty desk answers here; without a record to ask, that is never promised."""
        consultation = self._counsel.records.consultation(self._id) if self._id else None
        try:
            return bool(consultation and desk_of(consultation, self._counsel.records.desks()))
        except NoDesk:
            return False

    def _consent(self) -> list[Card]:
        facts = self._counsel.facts(self._slots)
        if must_not_hear(facts, self._counsel.national):
            return [cards.item(self._say("utter_consent_silence"))]
        known = str(self._slots.get("parents_know") or "unknown")
        lines = [self._say(f"utter_consent_{known}")]
        level = self._assessment.level
        if self._assessment.outcome is Outcome.LEVEL and level and level.consent:
            lines.append(self._say("utter_consent_local", consent=level.consent))
        return [cards.item(line) for line in lines]

    def _earlier(self) -> list[str]:
        """Return the earlier consultations about the same child, how many there were first."""
        if not self._id:
            return []
        before = repeats.earlier(self._counsel.records, self._id)
        return repeats.lines(before, self._counsel.clock(), self._counsel.wording)

    def _missing(self) -> list[Card]:
        return [cards.item(line) for line in self._pack.missing] if self._pack else []

    def _record_to_keep(self) -> list[Card]:
        """Return where the whole of it stands, to take away."""
        path = f"/consultations/{self._id}/record"
        return [cards.link(self._say("utter_keep_link"), path, self._say("utter_keep_link_page"))] if self._id else []

    def _record_wording(self) -> str:
        """Return what a DSL may paste into the school's own record. Nameless, as everything here."""
        found = self._assessment
        result = "utter_record_result_person"
        blanks = {"version": found.pack_version, "name": "", "code": ""}
        if found.outcome is Outcome.LEVEL and found.level:
            result = "utter_record_result_level"
            blanks |= {"name": found.level.name, "code": found.level.code}
        given = flat(self._counsel, self._slots)
        facts = [
            f"{self._say(f'utter_label_{q}')}: {cards.shown(q, given[q], self._words)}."
            for q in (*self._counsel.national.asked_in(self._pack).questions, SLOT)
            if given.get(q) is not None
        ]
        return self._say(
            "utter_record_wording",
            on=in_words(found.on),
            reference=self._reference,
            area=self._blanks["area"],
            result=self._say(result, **blanks),
            facts=" ".join([*facts, *self._earlier()[:1]]),
            advice=" ".join(line["text"] for line in self._next()),
        )
