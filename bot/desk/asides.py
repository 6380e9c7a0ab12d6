"""Asides: what belongs to the answer of a question along the way, beyond a sentence.

Who rings whom, and what it would be in another area. The area is read from the text by its name; nothing is
worked out before the questions are done, because half of an answer misleads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.desk import area_cards, cards, compare
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.knowledge.model import Pack

_QUESTIONS = "consultation_form"
_EXIT = "exit_form"


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said (`utter_about_<answer>`, or after the act), with what blanks, shown and remembered."""

    answer: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)
    card: Card | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)


def beside(
    counsel: Counsel, consultation_id: str, slots: Mapping[str, Any], act: str, text: str, form: str | None
) -> Aside:
    """Return what belongs to an act's answer. `form` is the one that is open, if any."""
    if act == "ask_who_to_ring":
        pack = counsel.pack(slots)
        return Aside(card=area_cards.whos_who(pack, counsel.wording, counsel.today()) if pack else None)
    if act == "ask_other_area":
        return _other_area(counsel, consultation_id, slots, text, form)
    return Aside()


def _other_area(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any], text: str, form: str | None) -> Aside:
    there = _named(counsel, slots, text)
    if there is None:
        return Aside()
    blanks = {"other": there.name, "number": counsel.numbers({"child_area": there.area})["front_door"]}
    remembered = {"other_area": there.area}
    if form == _EXIT:
        return Aside("other_area_at_exit", blanks, None, remembered)
    if form == _QUESTIONS:
        return Aside("other_area_later", blanks, area_cards.how_it_works(there, counsel.wording), remembered)
    lines = compare.lines(counsel, slots, there, consultation_id)
    heading = counsel.wording.say("utter_heading_other_area", area=there.name)
    return Aside("other_area", blanks, cards.sections(heading, None, [(heading, lines, False)]), remembered)


def _named(counsel: Counsel, slots: Mapping[str, Any], text: str) -> Pack | None:
    """Return the area that a text names beside the child's own."""
    places = counsel.places()
    packs = (places.pack(area) for area in places.named_in(text))
    return next((pack for pack in packs if pack is not None and pack.area != slots.get("child_area")), None)
