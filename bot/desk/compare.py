"""Comparing two areas for a DSL: the same facts there and here, with the rows that make the difference.

Facts carry over, sentences do not. A level is told only where both sides have one to tell; who cannot be told a
level here is not told one there either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.consultation import Assessment, Facts, MatchedIndicator, Outcome, Status
from bot.desk import cards
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.gathering import texts_of
from bot.desk.numbers import numbers
from bot.desk.places import Places, tells_of_moving
from bot.knowledge.model import Pack
from bot.thresholds.comparing import Comparison, compare

# More rows than this are no help in a conversation; all of them stand on the page.
_MOST_AREAS = 2
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """What two areas make of the same facts: for each a title and its rows, and whom to ring there."""

    first: "Side"
    second: "Side"
    verdict: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One area's answer, in words."""

    area: str
    name: str
    answer: str
    rows: tuple[Card, ...]
    front_door: Card


def other_areas(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> tuple[Pack, ...]:
    """Return the areas to compare with, if there is reason to: one asked about, those moved to, and the school's.

    At most two, those first that the child may come to live in.
    """
    here, places = counsel.pack(slots), counsel.places()
    meant = [*_moved_to(places, slots), slots.get("other_area")]
    if here is not None:
        meant.append(counsel.consultation(consultation_id).school_area)
    packs = (places.pack(area) for area in meant if area)
    others = {pack.code: pack for pack in packs if pack is not None and (here is None or pack.code != here.code)}
    return tuple(others.values())[:_MOST_AREAS]


def sections(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> list[tuple[str, list[Card], bool]]:
    """Return the parts of an outcome that say what would be different elsewhere; none where nothing calls for it."""
    say = counsel.wording.say
    return [
        (say("utter_heading_other_area", area=there.name), lines(counsel, slots, there, consultation_id), False)
        for there in other_areas(counsel, consultation_id, slots)
    ]


def lines(counsel: Counsel, slots: Mapping[str, Any], there: Pack, consultation_id: str = "") -> list[Card]:
    """Return what would be different there: the level, the rows that make the difference, whom to ring."""
    say, national = counsel.wording.say, counsel.national
    here = counsel.pack(slots) or national.floor
    told = [_front_door(counsel, there)]
    if here is None:
        return told
    comparison = compare(counsel.facts(slots), here, there, national, counsel.today())
    rows = (
        *_rows(counsel, comparison.only_second[:_MOST_ROWS], "utter_compare_there"),
        *_rows(counsel, comparison.only_first[:_MOST_ROWS], "utter_compare_here"),
    )
    verdict = cards.item(_verdict(counsel, comparison, here, there))
    has_page = consultation_id and here is not national.floor
    page = _page(here, there, consultation_id)
    more = [cards.link(say("utter_compare_more"), page, say("utter_compare_page"))] if has_page else []
    return [verdict, *rows, *told, *more]


def _page(here: Pack, there: Pack, consultation_id: str) -> str:
    return f"/compare?first={here.area}&second={there.area}&consultation={consultation_id}"


def _moved_to(places: Places, slots: Mapping[str, Any]) -> tuple[str, ...]:
    told = (text for text in texts_of(slots) if tells_of_moving(text))
    return tuple(area for text in told for area in places.named_in(text))


def _page_verdict(comparison: Comparison, here: Pack, there: Pack) -> str:
    if not (here.levels and there.levels):
        return "utter_compare_page_not_held"
    return "utter_compare_page_differs" if comparison.differs else "utter_compare_page_same"


def _verdict(counsel: Counsel, comparison: Comparison, here: Pack, there: Pack) -> str:
    say, first, second = counsel.wording.say, comparison.first, comparison.second
    if not there.levels:
        return say("utter_compare_not_held", area=there.name)
    is_held = here is not counsel.national.floor
    both = first.outcome is Outcome.LEVEL and second.outcome is Outcome.LEVEL
    if not is_held or not both or first.level is None or second.level is None:
        return say("utter_compare_person", area=there.name)
    blanks = {"there": there.name, "here": here.name, "name": second.level.name, "code": second.level.code}
    blanks |= {"here_name": first.level.name, "here_code": first.level.code}
    return say("utter_compare_differs" if comparison.differs else "utter_compare_same", **blanks)


def _rows(counsel: Counsel, rows: Iterable[MatchedIndicator], line: str) -> list[Card]:
    say, neutral = counsel.wording.say, neutral_levels(counsel)
    matched = (cards.matched(row, say, neutral) for row in rows)
    return [{**row, "text": say(line, row=row["text"])} for row in matched]


def neutral_levels(counsel: Counsel) -> tuple:
    """Return the levels of the national floor, which no council uses."""
    return counsel.national.floor.levels if counsel.national.floor else ()


def _front_door(counsel: Counsel, pack: Pack) -> Card:
    say, held = counsel.wording.say, pack.contacts.get("front_door")
    number = numbers(pack, counsel.national, say, counsel.today())["front_door"]
    return cards.item(
        say("utter_compare_front_door", area=pack.name, number=number), held.citation if held else None, say
    )


class Comparing:
    """The page: two areas, facts that are ticked or those of a consultation, and both answers."""

    def __init__(self, counsel: Counsel) -> None:
        self._counsel = counsel

    def areas(self) -> tuple[tuple[str, str], ...]:
        """Return the short names and names of all areas that can be compared, by name."""
        return tuple((pack.area, pack.name) for pack in self._counsel.places().packs)

    def groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Return the facts to tick, grouped under words for their category: ids with their words."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        for indicator in self._counsel.national.indicators.values():
            grouped.setdefault(indicator.category, []).append((indicator.id, indicator.words))
        say = self._counsel.wording.say
        return tuple((say(f"utter_category_{name}"), tuple(held)) for name, held in grouped.items())

    def age_bands(self) -> tuple[tuple[str, str], ...]:
        """Return the ages to choose from."""
        title_of = self._counsel.wording.title_of
        options = self._counsel.national.questions["age_band"].options
        return tuple((value, title_of("age_band", value) or value) for value in options)

    def ticked(self, ids: Iterable[str], age_band: str = "") -> Facts:
        """Return what was ticked as facts; what the vocabulary does not have is left out."""
        known = self._counsel.national
        indicators = {i: Status.PRESENT for i in ids if i in known.indicators}
        answers = {"age_band": age_band} if age_band in known.questions["age_band"].options else {}
        return Facts(indicators, answers)

    def in_words(self, facts: Facts) -> tuple[str, ...]:
        """Return what is so, or may be so, in words."""
        known, say = self._counsel.national.indicators, self._counsel.wording.say
        held = [(i, status) for i, status in facts.indicators.items() if status is not Status.ABSENT and i in known]
        return tuple(f"{say(f'utter_label_{status.value}')}: {known[i].words}" for i, status in held)

    def compared(self, first: str, second: str, facts: Facts) -> Compared | None:
        """Return what both areas make of the facts, or None if one of them is not held."""
        places, counsel = self._counsel.places(), self._counsel
        here, there = places.pack(first), places.pack(second)
        if here is None or there is None:
            return None
        comparison = compare(facts, here, there, counsel.national, counsel.today())
        return Compared(
            self._side(comparison.first, comparison.only_first, here),
            self._side(comparison.second, comparison.only_second, there),
            counsel.wording.say(_page_verdict(comparison, here, there)),
            comparison.differs,
        )

    def _side(self, found: Assessment, rows: tuple[MatchedIndicator, ...], pack: Pack) -> Side:
        counsel = self._counsel
        return Side(
            pack.area,
            pack.name,
            self._answer(found, pack),
            tuple(cards.matched(row, counsel.wording.say, neutral_levels(counsel)) for row in rows),
            _front_door(counsel, pack),
        )

    def _answer(self, found: Assessment, pack: Pack) -> str:
        say = self._counsel.wording.say
        if found.hard_exit is not None:
            return say("utter_compare_side_exit")
        if not pack.levels:
            return say("utter_compare_not_held", area=pack.name)
        if found.outcome is Outcome.LEVEL and found.level is not None:
            return say("utter_compare_side_level", name=found.level.name, code=found.level.code)
        return say("utter_compare_side_person")
