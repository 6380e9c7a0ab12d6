"""What the assistant's actions have at hand: counsel, answers in words, and the way to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.desk.answers import AnswerReader
from bot.desk.consult import Counsel
from bot.desk.ports import Case


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A consultation in the queue: the case, and the blanks for telling the DSL honestly. Practice makes no case."""

    case: Case | None
    blanks: Mapping[str, str]


class HandOver(Protocol):
    """Put a consultation in the duty queue unless it is practice, or return None where no desk answers for the area."""

    def __call__(self, consultation_id: str, slots: Mapping[str, Any], now: datetime) -> HandedOver | None: ...


class PassOn(Protocol):
    """Pass on what was written in a staff talk to the DSL, once. Raises UncleanWrite and NotKept."""

    def __call__(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class AtHand:
    """Given to every action when it is made."""

    counsel: Counsel
    answers: AnswerReader
    hand_over: HandOver
    pass_on: PassOn
