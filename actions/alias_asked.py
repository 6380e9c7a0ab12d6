"""What is heard while the school's alias is asked for, and what is told once it was given.

An alias itself never comes here: the door turned it into a mark and says that one was given.
"""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.consultation import Reading
from bot.desk import repeats
from bot.desk.alias import GIVEN, NONE, QUESTION
from bot.desk.consult import Counsel

_NOT_NOW = frozenset({"affirm", "deny", "unsure", "skip_question"})
_A_SENTENCE = 6  # words


def told(counsel: Counsel, dispatcher: CollectingDispatcher, consultation_id: str, answer: str) -> dict[str, Any]:
    """Tell of earlier consultations about the child, and return what they show for the slots."""
    if answer != GIVEN:
        return {QUESTION: NONE, "known_before": None}
    before, now = repeats.earlier(counsel.records, consultation_id), counsel.clock()
    dispatcher.utter_message(response="utter_alias_known" if before else "utter_alias_new")
    if before:
        dispatcher.utter_message(json_message=repeats.table(before, now, counsel.wording))
    return {QUESTION: GIVEN, "known_before": repeats.known_before(before, now) or None}


def something_else(text: str, intent: str, reading: Reading) -> Mapping[str, Any]:
    """Return what a text fills that is no alias: it is asked for no more, and a worry that was told is one."""
    is_told = intent == "describe_concern" or (intent not in _NOT_NOW and len(text.split()) >= _A_SENTENCE)
    return {QUESTION: NONE, "worry": text} if is_told or reading.concerns else {QUESTION: NONE}
