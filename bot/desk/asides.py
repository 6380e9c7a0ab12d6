"""Asides: what belongs to the answer of a question along the way, beyond a sentence.

Who rings whom, what a level means here, and what it would be in another area. The area is read from the text by
its name; nothing is worked out before the questions are done, because half of an answer misleads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.desk import area_cards, cards, challenge, compare, levels_told, showing, terms_told
from bot.desk.cards import Card
from bot.desk.coming_back import HERE, UNKNOWN
from bot.desk.consult import Counsel
from bot.desk.numbers import in_words
from bot.knowledge.model import Pack

_QUESTIONS = "consultation_form"
_EXIT = "exit_form"


@dataclass(frozen=True, slots=True)
class Told:
    """What came with a question along the way.

    `back_to` is where a reference that was typed leads; `is_set_aside` says that the text tells of somebody else.
    """

    text: str = ""
    back_to: str = ""
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said (`utter_about_<answer>`, or after the act), with what blanks, shown and remembered."""

    answer: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)
    card: Card | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)


def beside(
    counsel: Counsel, consultation_id: str, slots: Mapping[str, Any], act: str, told: Told, form: str | None
) -> Aside:
    """Return what belongs to an act's answer. `form` is the one that is open, if any."""
    pack = counsel.pack(slots)
    if act == "ask_who_to_ring":
        return Aside(card=area_cards.whos_who(pack, counsel.wording, counsel.today()) if pack else None)
    if act == "ask_other_area":
        return _other_area(counsel, consultation_id, slots, told.text, form)
    if act == "ask_level_meaning":
        blanks = levels_told.one(counsel, pack, told.text)
        return Aside("level_meaning_one", blanks) if blanks else Aside()
    if act == "ask_what_is_term":
        blanks = terms_told.named(counsel, told.text)
        return Aside("term", blanks) if blanks else Aside()
    if act == "ask_how_to_escalate":
        heading = counsel.wording.say("utter_heading_challenge_steps")
        steps = challenge.steps(pack, counsel.wording.say)
        return Aside(card=cards.sections(heading, None, [(heading, steps)]) if steps else None)
    if act == "write_challenge":
        card = challenge.letter(counsel, consultation_id, slots)
        return Aside("" if pack and pack.escalation else "write_challenge_no_steps", card=card)
    if act in ("another_child", "staff_writing"):
        card = _another_child(counsel, consultation_id) if act == "another_child" else None
        return Aside(f"{act}_told" if told.is_set_aside else "", card=card)
    return _led_back(counsel, told.back_to) if act == "came_back" else Aside()


def _another_child(counsel: Counsel, consultation_id: str) -> Card:
    say = counsel.wording.say
    line = say("utter_another_child_link", reference=showing.reference(counsel, consultation_id))
    title = say("utter_another_child_title")
    return cards.sections(title, None, [(title, [cards.link(line, "/another", say("utter_another_child_open"))])])


def _led_back(counsel: Counsel, back_to: str) -> Aside:
    if back_to == HERE:
        return Aside("came_back_here")
    found = counsel.records.consultation(back_to) if back_to != UNKNOWN else None
    if found is None:
        return Aside("came_back_unknown")
    say = counsel.wording.say
    title, line = say("utter_came_back_title"), say("utter_came_back_link", opened=in_words(found.opened_at.date()))
    link = cards.link(line, f"/consultations/{found.id}", say("utter_came_back_open"))
    return Aside("came_back", card=cards.sections(title, None, [(title, [link])]))


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
