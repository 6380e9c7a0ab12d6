"""What the records hold of one consultation, gathered for whoever keeps a record of it.

Decisions are as they were made at the time, by the pack version that stands in them; cards are as they were shown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation import Decision
from bot.desk import corrections, repeats
from bot.desk.cards import Card
from bot.desk.case import Case
from bot.desk.consult import Counsel
from bot.desk.duty.ladder import Disagreement
from bot.desk.numbers import whom_to_ring
from bot.desk.ports import Consultation, Message
from bot.desk.record.quoting import Quotes

_VIEW = '/answer{"view"'


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything a record is made from. `told` is the card of the outcome, `settled` cards of the desk by their case.

    `answered` are the cases with an answer, oldest first; `case` is the newest, answered or not. `view` is what the DSL
    said of the level (`agree`, `higher`, `lower`, `person` or nothing). `quotes` are the DSL's words by indicator.
    """

    consultation: Consultation
    area: str
    decision: Decision | None
    told: Card | None
    case: Case | None
    answered: tuple[Case, ...]
    settled: Mapping[str, Card]
    view: str
    disagreements: tuple[Disagreement, ...]
    quotes: Quotes
    changed: tuple[str, ...]
    earlier: tuple[str, ...]
    numbers: Mapping[str, Any]
    blanks: Mapping[str, str]
    at: datetime


def kept_of(
    counsel: Counsel,
    consultation: Consultation,
    messages: Sequence[Message],
    quotes: Quotes,
    disagreements: Sequence[Disagreement],
    now: datetime,
) -> Kept:
    """Return what is kept of a consultation, with what was said in it and what of that is quoted."""
    records, say = counsel.records, counsel.wording.say
    cases = records.cases_of(consultation.id)
    decisions = records.decisions_of(consultation.id)
    area = {"child_area": consultation.area}
    pack = counsel.pack(area)
    answered = tuple(case for case in cases if case.outcome_level)
    earlier = repeats.lines(repeats.earlier(records, consultation.id), now, counsel.wording)
    told = corrections.told(records, consultation.id, counsel.national.asked_in(pack), counsel.wording)
    return Kept(
        consultation,
        counsel.numbers(area)["area"],
        decisions[-1] if decisions else None,
        _outcome_card(messages, say("utter_heading_next"), decisions[-1] if decisions else None),
        cases[-1] if cases else None,
        answered,
        {case.id: card for case in answered if (card := _card_of(case, messages))},
        _view(messages) or (cases[-1].dsl_view if cases else ""),
        tuple(disagreements),
        quotes,
        tuple(one["text"] for one in told),
        tuple(earlier),
        whom_to_ring(pack, counsel.national),
        counsel.numbers(area),
        now,
    )


def _outcome_card(messages: Sequence[Message], heading: str, decision: Decision | None) -> Card | None:
    """Return the card on which the last decision was told; a red flag is told without one."""
    if decision is None or decision.result["exit"]:
        return None
    level = decision.result["local_name"] or ""
    for message in reversed(messages):
        said = message.utterance
        is_outcome = said.speaker == "assistant" and any(p["heading"] == heading for p in _parts(said.card))
        if is_outcome and said.card and level in said.card["title"]:
            return said.card
    return None


def _parts(card: Card | None) -> Sequence[Card]:
    return (card or {}).get("sections") or ()


def _card_of(case: Case, messages: Sequence[Message]) -> Card | None:
    """Return the card with which a case was answered: it was said in the moment of the answer."""
    said = (m.utterance for m in messages if m.at == case.answered_at and m.utterance.speaker == "service")
    return next((one.card for one in said if _parts(one.card)), None)


def _view(messages: Sequence[Message]) -> str:
    """Return the last thing that the DSL said of the level when they were asked."""
    titles: dict[str, str] = {}
    view = ""
    for message in messages:
        said = message.utterance
        if said.speaker == "dsl":
            view = titles.get(said.text, view)
        held = [button for button in said.buttons if button.payload.startswith(_VIEW)]
        titles = {b.title: json.loads(b.payload.removeprefix("/answer"))["view"] for b in held} or titles
    return view
