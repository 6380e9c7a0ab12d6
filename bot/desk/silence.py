"""Silence: once in a consultation, when nobody has written for a while, it is said that all is kept.

Said by the service and never by a person, only while a question is open, and not once a person holds the case or
the DSL has said that they stop for now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.consultation import Stage
from bot.desk.consult import Counsel
from bot.desk.ports import Consultation, Message, Utterance
from bot.desk.staff.talk import is_staff_talk

EVENT = "consultation.silence"
# After this long nobody is waiting at the page any more.
LATEST = timedelta(hours=2)


class SilentRecords(Protocol):
    """What the records tell of consultations in which nothing is said (bot.storage)."""

    def last_said_between(self, since: datetime, until: datetime) -> Collection[str]:
        """Return the consultations with the assistant in which the last word was said in that time."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Looks for silent consultations. `after` is how long nothing was said."""

    silent: SilentRecords
    counsel: Counsel
    after: timedelta

    def look(self, now: datetime) -> int:
        """Say it where it is due, and return how often it was."""
        ids = self.silent.last_said_between(now - LATEST, now - self.after)
        return sum(self._say(consultation_id, now) for consultation_id in ids)

    def _say(self, consultation_id: str, now: datetime) -> bool:
        records = self.counsel.records
        consultation = records.consultation(consultation_id)
        if consultation is None or consultation.practice or consultation.stage is not Stage.WITH_ASSISTANT:
            return False
        if is_staff_talk(records, consultation):  # nobody has the page open that it would stand on
            return False
        if records.times_noted(EVENT, consultation_id) or not self._is_open(consultation):
            return False
        blanks = self.counsel.numbers({"child_area": consultation.area or consultation.school_area})
        text = self.counsel.wording.say("utter_still_here", reference=consultation.reference, **blanks)
        said = records.add_outgoing(consultation_id, [Utterance("service", text)], now, unless_held=True)
        if said:
            records.note(EVENT, "service", consultation_id, now)
        return bool(said)

    def _is_open(self, consultation: Consultation) -> bool:
        """Whether a question of the assistant's is the last word, and the DSL has not said that they stop for now."""
        lately: list[Message] = []
        for message in reversed(self.counsel.records.messages(consultation.id)):
            if message.utterance.speaker == "dsl":
                break
            lately.append(message)
        if not lately or lately[0].utterance.speaker != "assistant":
            return False
        said = [message.utterance.text for message in lately]
        if any(text.startswith(self._first_words("utter_stopped_for_now")) for text in said):
            return False
        return bool(lately[0].utterance.buttons) or "?" in said[0] or bool(lately[0].utterance.card)

    def _first_words(self, response: str) -> str:
        """Return how a response begins, as far as nothing is filled in."""
        empty = dict.fromkeys((*self.counsel.numbers({}), "reference"), "\0")
        return self.counsel.wording.say(response, **empty).split("\0")[0]
