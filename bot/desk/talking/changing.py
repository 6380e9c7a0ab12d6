"""Changing what is understood: an id says which answer or which worry, and here is found what the dialogue gets for it.

As everywhere, no payload comes from outside: an id counts only for what is in the facts.
"""

import re

from bot.consultation import RedactedText
from bot.desk.choosing import NoSuchChoice, chosen
from bot.desk.consult import Counsel
from bot.desk.own_questions import wording_of
from bot.desk.payloads import payload
from bot.desk.ports import Consultation

ANSWER, WORRY = "q", "i"
_AREA = "child_area"
_ID = re.compile(r"([qi])\.([a-z0-9_-]{1,60})")


def change_id(kind: str, about: str) -> str:
    """Return the id by which a row can be changed."""
    return f"{kind}.{about}"


def chosen_in(counsel: Counsel, consultation_id: str, choice: str) -> tuple[RedactedText, str]:
    """Return what a choice shows and its payload: of what is understood, or of a message. Raises NoSuchChoice."""
    change = counsel.wording.say("utter_label_change")
    found = _ID.fullmatch(choice)
    if found is None:
        return chosen(counsel.records.messages(consultation_id), choice, change)
    kind, about = found.groups()
    consultation = counsel.consultation(consultation_id)
    if consultation.held:
        raise NoSuchChoice
    label, carried = (_worry if kind == WORRY else _answer)(counsel, consultation, about)
    return RedactedText(f"{change}: {label}"), carried


def _worry(counsel: Counsel, consultation: Consultation, indicator: str) -> tuple[str, str]:
    if indicator not in consultation.facts.indicators or indicator not in counsel.national.indicators:
        raise NoSuchChoice
    return counsel.national.indicators[indicator].words, payload("not_so", {"indicator": indicator})


def _answer(counsel: Counsel, consultation: Consultation, question: str) -> tuple[str, str]:
    if question not in consultation.facts.answers and not (question == _AREA and consultation.area):
        raise NoSuchChoice
    wording = wording_of(counsel.wording, counsel.pack({_AREA: consultation.area}))
    return wording.say(f"utter_label_{question}"), payload("change_answer", {"question": question})
