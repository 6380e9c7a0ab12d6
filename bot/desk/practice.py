"""Practice: a consultation about a made-up case, and what there is to see when it is over.

It goes through the same door and the same questions as any other. Nobody at a council sees it: it is never
handed over and never counted, and the purge deletes it (bot/desk/purging.py).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.consultation import Assessment, Facts, Outcome, Status
from bot.desk import cards, reasons
from bot.desk.cards import Card
from bot.desk.compare import neutral_levels
from bot.desk.consult import Counsel
from bot.desk.numbers import Say
from bot.knowledge.practice import PracticeCase, Said
from bot.thresholds import assess, resolve
from bot.thresholds.unheld import assess_unheld

CASES, IN_EARNEST = "/practise", "/"

_UNKNOWN = "unknown"
_NOT_COMPARED = ("text", "scale")


def is_practice(counsel: Counsel, consultation_id: str) -> bool:
    """Say whether a consultation is practice, and no child is behind it."""
    return bool(counsel.consultation(consultation_id).practice)


def case_of(counsel: Counsel, consultation_id: str) -> PracticeCase | None:
    """Return the case that a consultation practises, or None if it is in earnest or the case has gone."""
    return counsel.practice.get(counsel.consultation(consultation_id).practice)


def if_asked(counsel: Counsel, case: PracticeCase) -> list[Card]:
    """Return what a DSL in the case's story would know if they were asked, question by question."""
    wording = counsel.wording
    answered = ((question, value) for question, value in case.facts.answers.items() if not _says_nothing(value))
    return [
        cards.item(_answer(counsel, "utter_practice_answer", question, held=cards.shown(question, value, wording)))
        for question, value in answered
    ]


def known_card(counsel: Counsel, case: PracticeCase) -> Card:
    """Return the card that opens practice: what is known if asked, folded away for whoever would rather guess."""
    say = counsel.wording.say
    part = (say("utter_practice_heading_if_asked"), if_asked(counsel, case), True)
    return cards.sections(case.title, None, [part])


def looked_back(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> Card | None:
    """Return what was told and what it came to, beside all the facts of the case and what they come to.

    None where the case has gone from the knowledge base meanwhile.
    """
    case = case_of(counsel, consultation_id)
    if case is None:
        return None
    area = str(slots.get("child_area") or counsel.consultation(consultation_id).area or _UNKNOWN)
    return LookingBack(counsel, case, area, counsel.facts(slots)).card()


def came_to(found: Assessment, say: Say) -> str:
    """Return an assessment in one sentence, as a DSL who practises reads it."""
    if found.hard_exit:
        return say("utter_practice_exit", exit=say(f"utter_practice_exit_{found.hard_exit.value}"))
    if found.outcome is Outcome.LEVEL and found.level:
        return say("utter_practice_level", name=found.level.name, code=found.level.code)
    return say("utter_practice_person")


class LookingBack:
    """Puts what was told beside a case, in one area."""

    def __init__(self, counsel: Counsel, case: PracticeCase, area: str, told: Facts) -> None:
        self._counsel = counsel
        self._case = case
        self._area = area
        self._say = counsel.wording.say
        self._told, self._held = resolve(told, counsel.national), resolve(case.facts, counsel.national)
        self._by_told, self._by_case = assessed(counsel, told, area), assessed(counsel, case.facts, area)

    def card(self) -> Card:
        """Return the card."""
        say, case = self._say, self._case
        is_same = self.came_to(self._by_told) == self.came_to(self._by_case)
        parts = [
            (say("utter_practice_heading_told"), [cards.item(self.came_to(self._by_told))], False),
            (say("utter_practice_heading_case", area=self._named()), self._whole(), False),
            (say("utter_practice_heading_not_told"), [*self._not_told(), *self._answered_otherwise()], False),
            (say("utter_practice_heading_not_in_case"), list(self._not_in_case()), True),
            (say("utter_practice_heading_notice"), [self._said(point) for point in case.notice], False),
            (say("utter_practice_heading_published"), [self._said(case.published)] if case.published else [], False),
            (say("utter_practice_heading_elsewhere"), list(self._elsewhere()), False),
            (say("utter_practice_heading_next"), self._next(), False),
        ]
        lead = say("utter_practice_lead_same" if is_same else "utter_practice_lead_differs")
        return cards.sections(say("utter_practice_title", title=case.title), lead, parts)

    def came_to(self, found: Assessment) -> str:
        """Return an assessment in one sentence."""
        return came_to(found, self._say)

    def _whole(self) -> list[Card]:
        """Return what all the facts come to in the area, with the reasons."""
        found, neutral = self._by_case, neutral_levels(self._counsel)
        rows = [cards.matched(row, self._say, neutral) for row in found.because]
        return [cards.item(self.came_to(found)), *rows, *reasons.lines(self._counsel, found.reasons)]

    def _not_told(self) -> Iterator[Card]:
        for indicator, status in self._case.facts.indicators.items():
            if status is Status.PRESENT and indicator not in self._told.present:
                is_unsure = indicator in self._told.unsure
                line = "utter_practice_told_unsure" if is_unsure else "utter_practice_not_told"
                yield cards.item(self._say(line, words=self._words(indicator)))

    def _answered_otherwise(self) -> Iterator[Card]:
        """Yield answers that were not given, or given otherwise. What a red flag cut off is left out."""
        is_cut_off = self._by_told.outcome is Outcome.EXIT
        for question, value in self._case.facts.answers.items():
            kind = self._counsel.national.questions[question].kind
            if kind in _NOT_COMPARED or _says_nothing(value):
                continue
            told, held = self._told.answers.get(question, frozenset()), self._held.answers[question]
            shown = cards.shown(question, value, self._counsel.wording)
            if told - {_UNKNOWN} and told != held:
                said = cards.shown(question, sorted(told), self._counsel.wording)
                line = _answer(self._counsel, "utter_practice_answer_differs", question, held=shown, said=said)
                yield cards.item(line)
            elif not told - {_UNKNOWN} and not is_cut_off:
                yield cards.item(_answer(self._counsel, "utter_practice_answer_open", question, held=shown))

    def _not_in_case(self) -> Iterator[Card]:
        """Yield what was understood and is not in the case: told too much, or misread."""
        for indicator in sorted(self._told.told - self._held.present):
            yield cards.item(self._words(indicator))

    def _elsewhere(self) -> Iterator[Card]:
        for area in self._case.areas:
            pack = self._counsel.pack({"child_area": area}) if area != self._area else None
            if pack is not None:
                found = assessed(self._counsel, self._case.facts, area)
                yield cards.item(self._say("utter_practice_elsewhere", area=pack.name, what=self.came_to(found)))

    def _next(self) -> list[Card]:
        say = self._say
        return [
            cards.link(say("utter_practice_another"), CASES, say("utter_practice_another_page")),
            cards.link(say("utter_practice_real"), IN_EARNEST, say("utter_practice_real_page")),
        ]

    def _said(self, said: Said) -> Card:
        return cards.item(said.words, said.citation, self._say)

    def _words(self, indicator: str) -> str:
        words = self._counsel.national.indicators[indicator].words
        return words[:1].upper() + words[1:]

    def _named(self) -> str:
        return self._counsel.area_in_words(self._area)


def assessed(counsel: Counsel, facts: Facts, area: str) -> Assessment:
    """Return what facts amount to. Nothing of it is kept."""
    pack, today = counsel.pack({"child_area": area}), counsel.today()
    if pack is None:
        return assess_unheld(facts, area, counsel.national, today)
    return assess(facts, pack, counsel.national, today)


def _answer(counsel: Counsel, line: str, question: str, **blanks: str) -> str:
    return counsel.wording.say(line, label=counsel.wording.say(f"utter_label_{question}"), **blanks)


def _says_nothing(value: str | tuple[str, ...]) -> bool:
    return value == _UNKNOWN or value == (_UNKNOWN,)
