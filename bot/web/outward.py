"""What leaves through the widget's door: messages and states, with every payload kept back.

A button is served as `{id, title}` with the id `<message number>.<index>`, and so is an option to tick,
which is a button of a message that has a card of ticks. A row of a table that can be changed is served
as `<message number>.r<index>`. The house finds the payload again by that id, so that a browser can never
send a payload of its own making.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from bot.anonymiser.placeholders import spans
from bot.consultation import OPEN, Stage
from bot.desk.ports import Button, Case, Consultation, Message

_ANSWER = "/answer"
_UNANSWERED = OPEN - {Stage.ANSWERED}
# Options that cannot be ticked beside others.
_ALONE = frozenset({"none", "nothing_yet"})


class ButtonOut(BaseModel):
    """A quick reply that can be chosen."""

    id: str
    title: str


class MessageOut(BaseModel):
    """One turn of the conversation. `shown` are the placeholders of what was taken out of it."""

    number: int
    at: datetime
    speaker: Literal["dsl", "assistant", "duty_worker", "service"]
    text: str
    buttons: list[ButtonOut] = []
    card: dict[str, Any] | None = None
    shown: list[str] = []


class ContactOut(BaseModel):
    """A number to ring, with the day on which it was last checked."""

    label: str
    value: str
    hours: str = ""
    checked: date | None = None


class EmergencyOut(BaseModel):
    """The numbers that stay in view."""

    in_danger: str
    front_door: ContactOut | None = None
    out_of_hours: ContactOut | None = None


class StepOut(BaseModel):
    """Where in the questions a talk is: a step counted from 1, in words, and about how many questions are left."""

    number: int
    of: int
    title: str
    left: int


class StateOut(BaseModel):
    """Who has the consultation now, by when an answer is due, and the numbers to ring.

    `place` is where it stands in the queue while it waits, `has_it` who has it since, `seen` the last message
    that the other side has read, and `was_held` whether a person has had it and let it go again.
    `staff_urgent_at` is when a colleague of the DSL's passed on something urgent that nobody has seen. `step` is there
    as long as the assistant asks; `understood` is another number as soon as something else is understood.
    `keep_reference` is `ask` when the DSL should show that they have kept theirs, `remind` at the end, else empty.
    """

    stage: Stage
    area: str | None
    due_at: datetime | None = None
    place: int | None = None
    has_it: str | None = None
    seen: int = 0
    was_held: bool = False
    staff_urgent_at: datetime | None = None
    step: StepOut | None = None
    understood: int = 0
    keep_reference: Literal["", "ask", "remind"] = ""
    emergency: EmergencyOut


class ConsultationOut(StateOut):
    """A consultation as its DSL sees it. `practice` is the id of the made-up case it is about, if it is practice."""

    id: str
    reference: str
    opened_at: datetime
    practice: str | None = None


def message_out(message: Message) -> MessageOut:
    """Return the message as a browser may have it."""
    said = message.utterance
    ids = {f"{message.number}.{place}": button for place, button in enumerate(said.buttons)}
    ticked = {key: button for key, button in ids.items() if _is_tick(button)} if _has_ticks(said.card) else {}
    pressed = [ButtonOut(id=key, title=button.title) for key, button in ids.items() if key not in ticked]
    card = _ticks_out(ticked) if ticked else card_out(said.card, message.number)
    return MessageOut(
        number=message.number,
        at=message.at,
        speaker=said.speaker,
        text=said.text,
        buttons=pressed,
        card=card,
        shown=placeholders(said.text),
    )


def placeholders(text: str) -> list[str]:
    """Return the placeholders that stand in a text for what was taken out, each once."""
    return list(dict.fromkeys(text[start:end] for start, end in spans(text)))


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the pieces of a text in order, and of each whether it stands for something that was taken out."""
    cut = [0, *(edge for span in spans(text) for edge in span), len(text)]
    return [(text[cut[i] : cut[i + 1]], i % 2 == 1) for i in range(len(cut) - 1) if cut[i] < cut[i + 1]]


def card_out(card: dict[str, Any] | None, number: int) -> dict[str, Any] | None:
    """Return the card with ids for payloads. Only known keys go out, so that nothing slips along."""
    match card:
        case {"kind": "table"}:
            rows = [_row_out(row, f"{number}.r{place}") for place, row in enumerate(card["rows"])]
            return {"kind": "table", "title": card.get("title", ""), "rows": rows}
        case {"kind": "sections"}:
            return {key: card.get(key) for key in ("kind", "title", "lead", "sections", "copy")}
    return None


def _has_ticks(card: dict[str, Any] | None) -> bool:
    return card is not None and card.get("kind") == "ticks"


def _is_tick(button: Button) -> bool:
    """Whether a button gives an answer; one that asks why stays a button."""
    return button.payload.startswith(_ANSWER + "{")


def _ticks_out(ticked: dict[str, Button]) -> dict[str, Any]:
    # The question is the text of the message itself.
    options = [{"id": key, "title": b.title, "alone": _is_alone(b)} for key, b in ticked.items()]
    return {"kind": "ticks", "question": "", "options": options}


def _is_alone(button: Button) -> bool:
    answer = json.loads(button.payload.removeprefix(_ANSWER))
    return not _ALONE.isdisjoint(map(str, answer.values()))


def _row_out(row: dict[str, Any], row_id: str) -> dict[str, Any]:
    # A row that is not changed by answering anew says what pressing it does.
    named = {"change_label": row["change_label"]} if row.get("change_label") else {}
    return {
        **named,
        "label": row["label"],
        "value": row.get("value", ""),
        "words": list(row.get("words") or ()),
        "change": row_id if row.get("change") else None,
    }


def state_out(
    consultation: Consultation,
    case: Case | None,
    emergency: dict[str, Any],
    *,
    place: int | None,
    seen: int,
    staff_urgent_at: datetime | None = None,
    talk: Mapping[str, Any] | None = None,
) -> StateOut:
    """Return who has the consultation now. `talk` is what `talk_out` returns for its DSL."""
    unanswered = case if case and consultation.stage in _UNANSWERED else None
    return StateOut(
        stage=consultation.stage,
        area=consultation.area,
        due_at=unanswered.due_at if unanswered else None,
        place=place,
        has_it=case.claimed_by_name if case and consultation.stage in OPEN else None,
        seen=seen,
        was_held=consultation.held,
        staff_urgent_at=staff_urgent_at,
        **(talk or {}),
        emergency=EmergencyOut.model_validate(emergency),
    )
