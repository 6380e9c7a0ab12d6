"""The conversation without a script: one page that shows all of it, and forms for whatever can be done.

What was typed comes back in the one answer to its post and is kept nowhere. So where something was taken out, was
only looked at, or could not be taken in, the answer is the page itself; else it is a redirect. A reload sends the same
again, and that changes nothing.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.consultation import OPEN, OVER, IllegalMove, RawText, Stage
from bot.desk.incoming import CLOSED, EMPTY
from bot.desk.people import Person
from bot.desk.ports import Message
from bot.desk.put_back import NOT_AS_TYPED, NoNames
from bot.web.door import Door, SignedIn, TheDoor
from bot.web.events import read_state
from bot.web.outward import StateOut
from bot.web.person_api import Act, doing
from bot.web.plain_box import in_the_box, keep_draft_again, looked_at
from bot.web.plain_given import GivenIn
from bot.web.plain_talk import TakenOut, places, turns
from bot.web.practice_pages import practised
from bot.web.refusals import NOT_ALLOWED, reason_of
from bot.web.removed import removed_line

router = APIRouter(prefix="/consultations/{consultation_id}/plain", include_in_schema=False)

_HELD = OPEN - {Stage.WAITING}
# The stage that an act leads to: where it is reached already, the act was pressed twice.
_LEADS_TO = {
    "ask": Stage.OFFERED,
    Act.WAIT: Stage.WAITING,
    Act.DECLINE: Stage.WITH_ASSISTANT,
    Act.WITHDRAW: Stage.WITH_ASSISTANT,
    Act.SETTLED: Stage.CLOSED,
    Act.AGAIN: Stage.WAITING,
    Act.CHANGED: Stage.WITH_ASSISTANT,
}


@dataclass(frozen=True, slots=True)
class Plain:
    """One DSL at the plain page of a consultation, and the request that brought them there."""

    request: Request
    door: Door
    person: Person
    consultation_id: str

    def back(self, place: str) -> Response:
        """Go to a place of the page."""
        return RedirectResponse(f"/consultations/{self.consultation_id}/plain#{place}", 303)

    async def page(self, status: int = 200, **given: Any) -> Response:
        """Return the page as things now stand. What is `given` are words of this one request."""
        consultation = await self.door.house.consultation(self.person, self.consultation_id)
        state = await read_state(self.door, self.person, consultation.id)
        messages = await self.door.house.conversation(self.person, consultation.id)
        own = [message.number for message in messages if message.utterance.speaker == "dsl"]
        shown = {
            "consultation": consultation,
            "practised": practised(self.door, consultation),
            "state": state,
            "turns": turns(messages, over=state.stage in OVER),
            "is_held": state.stage in _HELD,
            "is_read": state.seen >= max(own, default=0),
            "has_said": bool(own),
            "offer": await self._offer(state, bool(consultation.practice)),
        }
        nothing: dict[str, Any] = {"problem": "", "wrong": "", "ticked": (), "taken": None, "looked": None}
        nothing |= {"not_names": (), "still_out": ""}
        box = in_the_box(self.door, self.person, consultation.id, given.pop("text", ""))
        shown |= nothing | given | box
        return self.door.page(self.request, "plain.html", status, **shown, area=consultation.area)

    async def wrong(self, problem: str, where: str, status: int = 422, **given: Any) -> Response:
        """Return the page with what was wrong, and what was given. `where` is the id of the field to mend."""
        return await self.page(status, problem=problem, wrong=where, **given)

    async def _offer(self, state: StateOut, is_practice: bool) -> Any:
        """Return what to know before waiting, where that is what is open now."""
        if state.stage is not Stage.OFFERED or is_practice:
            return None
        return await self.door.house.asking.offer(self.person, self.consultation_id, self.door.clock())


@router.get("")
async def plain(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
    """Show the conversation. Whoever has it can see that it was read up to here."""
    at = Plain(request, door, person, consultation_id)
    messages = await door.house.conversation(person, consultation_id)
    stage = (await door.house.consultation(person, consultation_id)).stage
    if messages and stage in _HELD | OVER:
        await door.house.asking.seen(person, consultation_id, messages[-1].number, door.clock())
    return await at.page()


@router.post("")
async def take_in(
    request: Request, door: TheDoor, person: SignedIn, consultation_id: str, given: Annotated[GivenIn, Form()]
) -> Response:
    """Take in what a form sends."""
    at = Plain(request, door, person, consultation_id)
    if given.act:
        return await _act(at, given.act)
    if given.looks():
        return await _look(at, given)
    if given.put_back:
        return await _put_back(at, given)
    if given.ticks_of and not given.choice and (problem := await _wrong_ticks(at, given)):
        return await at.wrong(problem, f"ticks-{given.ticks_of}", ticked=given.ticks, not_names=given.words())
    return await _say(at, given)


async def _look(at: Plain, given: GivenIn) -> Response:
    """Show what would come of a text if it were sent. It is as typed in the box, and nothing of it is kept."""
    typed, words = given.typed(), given.words()
    if not typed.strip():
        return await at.wrong(at.door.sentence(EMPTY), "text", not_names=words)
    if (await at.door.house.consultation(at.person, at.consultation_id)).stage in OVER:
        return await at.wrong(at.door.sentence(CLOSED, at.person.area), "text", text=typed)
    now = at.door.clock()
    seen = await at.door.house.preview(at.person, at.consultation_id, RawText(typed), words, now)
    if seen.refusal:
        problem = at.door.sentence(seen.refusal, at.person.area)
        return await at.wrong(problem, "text", text=typed, not_names=words)
    return await at.page(looked=looked_at(at.door, seen, typed, words), text=typed, not_names=words)


async def _say(at: Plain, given: GivenIn) -> Response:
    typed, choice, words = given.typed(), given.chosen(), given.words()
    back = {"text": typed, "not_names": words}
    if not typed.strip() and not choice:
        return await at.wrong(at.door.sentence(EMPTY), "text", not_names=words)
    said = None if choice else RawText(typed)
    draft = at.door.house.talk.unsent(at.person, at.consultation_id)
    try:
        got = await at.door.house.receive(
            at.person, at.consultation_id, given.client_id(), said, choice, at.door.clock(), not_names=words
        )
    except NOT_ALLOWED as raised:
        return await at.wrong(at.door.sentence(reason_of(raised), at.person.area), "text", 409, **back)
    if got.refusal:
        return await at.wrong(at.door.sentence(got.refusal, at.person.area), "text", **back)
    unsent = typed if choice else ""  # it stood in the box when something else was chosen
    if draft and choice and (given.ticks_of or typed == draft.text):
        await keep_draft_again(at.door, at.person, at.consultation_id, draft.text, got.message.number, words)
    if not (words or got.removed or unsent.strip()):
        return at.back("newest")
    return await at.page(taken=_taken(at, got, typed, words), not_names=words, text=unsent)


async def _put_back(at: Plain, given: GivenIn) -> Response:
    """Put a word back. The second time, as by a reload, the message is already as it is to be."""
    word, before = given.put_back.get_secret_value(), given.words()
    after = tuple(dict.fromkeys((*before, word)))
    typed, back = given.typed(), {"text": given.typed(), "not_names": before}
    try:
        for sent_with in (before, after):
            said = NoNames((word,), sent_with)
            now = at.door.clock()
            got = await at.door.house.put_back(
                at.person, at.consultation_id, given.number, RawText(typed), said, now
            )
            if got.refusal != NOT_AS_TYPED:
                break
    except NOT_ALLOWED as raised:
        return await at.wrong(at.door.sentence(reason_of(raised), at.person.area), "text", 409, **back)
    if got.refusal:
        return await at.wrong(at.door.sentence(got.refusal, at.person.area), "text", **back)
    shown: dict[str, Any] = {"taken": _taken(at, got, typed, after), "not_names": after}
    if word.casefold() not in got.message.utterance.text.casefold():
        shown["still_out"] = at.door.sentence("utter_refused_still_out", at.person.area)
    return await at.page(**shown)


def _taken(at: Plain, got: Any, typed: str, words: tuple[str, ...]) -> TakenOut | None:
    """Return what was taken out of the message that was just sent; None where there was nothing."""
    if not got.removed:
        return None
    found = places(typed, got.removed, words)
    return TakenOut(got.message.number, typed, found, words, removed_line(got.removed, at.door.say) or "")


async def _wrong_ticks(at: Plain, given: GivenIn) -> str:
    """Return why ticks cannot be taken in as they are, or nothing."""
    if not given.ticks:
        return at.door.sentence("utter_refused_tick_one")
    messages = await at.door.house.conversation(at.person, at.consultation_id, given.ticks_of - 1)
    alone = [option["title"] for option in _options(messages) if option["alone"] and option["id"] in given.ticks]
    if alone and len(given.ticks) > 1:
        return at.door.sentence("utter_refused_tick_alone", title=alone[0])
    return ""


def _options(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    shown = [turn.out.card or {} for turn in turns(messages, over=False)]
    return [option for card in shown if card.get("kind") == "ticks" for option in card["options"]]


async def _act(at: Plain, act: Act | Literal["ask"]) -> Response:
    """Do something about a person."""
    asking = at.door.house.asking
    what = asking.offer if act == "ask" else doing(asking, act)
    try:
        await what(at.person, at.consultation_id, at.door.clock())
    except IllegalMove:
        stage = (await at.door.house.consultation(at.person, at.consultation_id)).stage
        if stage is not _LEADS_TO[act]:
            return await at.wrong(at.door.sentence("utter_door_moved_on_dsl"), "state", 409)
    return at.back("state")
