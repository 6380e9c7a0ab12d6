"""An area's own questions in a consultation: which is open, what was answered, how it reads, and what it tells.

The dialogue knows one question for all of them (`area_question`) and one slot for their answers (`area_answers`, by
question). What they say comes from the pack, so that an area adds a question without training.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.desk.cards import source_of
from bot.desk.consult import Counsel
from bot.desk.needed import OWN as SLOT
from bot.desk.needed import form_order
from bot.desk.own_answers import ANSWERS, own_answers
from bot.desk.payloads import payload
from bot.knowledge.area_wording import AreaWording
from bot.knowledge.model import AreaQuestion, National, Pack
from bot.knowledge.wording import Wording

_BETWEEN = "="
_LAST = "answers_checked"
_LIKE = "in_danger"


def open_question(counsel: Counsel, slots: Mapping[str, Any]) -> AreaQuestion | None:
    """Return the area's own question that is to be asked next, or None."""
    asked = form_order(counsel.national)
    pack = counsel.pack(slots)
    given = slots.get(ANSWERS) or {}
    own = [one for one in pack.questions if one.id not in given] if pack else []
    return min(own, key=lambda one: asked.index(_after(one, asked)), default=None)


def with_own(counsel: Counsel, slots: Mapping[str, Any], needed: Sequence[str]) -> list[str]:
    """Return the questions that are needed, with the area's own in its place if one is open."""
    one, asked = open_question(counsel, slots), form_order(counsel.national)
    without = [question for question in needed if question != SLOT]
    if one is None or not without:
        return without
    behind = asked[asked.index(_after(one, asked)) + 1 :]
    place = next((at for at, question in enumerate(without) if question in behind), len(without))
    return [*without[:place], SLOT, *without[place:]]


def buttons(one: AreaQuestion) -> list[dict[str, str]]:
    """Return the buttons that answer a question of an area's own."""
    carried = {value: payload("answer", {SLOT: f"{one.id}{_BETWEEN}{value}"}) for value in one.titles}
    return [{"title": title, "payload": carried[value]} for value, title in one.titles.items()]


def why_button(wording: Wording) -> list[dict[str, str]]:
    """Return the button that asks why, as other questions have it."""
    said = wording.buttons(f"utter_ask_{_LIKE}")
    return [{"title": title, "payload": carried} for title, carried in said if not carried.startswith("/answer")]


def carried_answer(counsel: Counsel, slots: Mapping[str, Any], value: object) -> dict[str, str]:
    """Return what a button carried, by question: nothing if the area does not ask that (any more)."""
    question, _, answer = str(value).partition(_BETWEEN)
    pack = counsel.pack(slots)
    held = next((one for one in pack.questions if one.id == question), None) if pack else None
    return {question: answer} if held and answer in held.titles else {}


def flat(counsel: Counsel, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slots with the answers to the area's own questions beside the others."""
    return {**slots, **own_answers(counsel.pack(slots), slots)}


def known_in(counsel: Counsel, area: str) -> tuple[National, Wording]:
    """Return the national part and the wording with the questions that an area asks of its own."""
    pack = counsel.pack({"child_area": area})
    return counsel.national.asked_in(pack), wording_of(counsel.wording, pack)


def wording_of(wording: Wording, pack: Pack | None) -> Wording:
    """Return the wording with what an area's own questions, answers and labels are called."""
    return AreaWording(wording, pack.questions) if pack and pack.questions else wording


def asked_by(counsel: Counsel, slots: Mapping[str, Any], one: AreaQuestion) -> str:
    """Return in words who asks this and where that is published."""
    source = source_of(one.citation, counsel.wording.say)
    return counsel.wording.say("utter_asked_by_area", area=counsel.numbers(slots)["area"], source=source)


def _after(one: AreaQuestion, asked: Sequence[str]) -> str:
    return one.after if one.after in asked else asked[asked.index(_LAST) - 1]
