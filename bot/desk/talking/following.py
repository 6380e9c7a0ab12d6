"""Following: what was asked in a talk, and what was taken out of it, looked at once as it is said.

The state of a talk is told many times a minute. Only what was said since the last time is read again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.anonymiser.placeholders import spans
from bot.desk.ports import Message, Records
from bot.desk.reopening import asked_in

HELD = 5000  # talks


@dataclass(frozen=True, slots=True)
class Followed:
    """The questions of a talk in the order they were asked, the last one open, and how much was taken out of it."""

    upto: int = 0
    asked: tuple[str, ...] = ()
    taken_out: int = 0


@dataclass(frozen=True, slots=True)
class Following:
    """Knows what was followed, in memory; `started_again` are the words after which the questions begin anew."""

    records: Records
    started_again: str
    _held: dict[str, Followed] = field(default_factory=dict)

    def of(self, consultation_id: str) -> Followed:
        """Return what was asked and taken out up to now."""
        before = self._held.pop(consultation_id, Followed())
        new = self.records.messages(consultation_id, before.upto)
        now = _with(before, new, lambda text: text == self.started_again) if new else before
        if len(self._held) >= HELD:
            del self._held[next(iter(self._held))]
        self._held[consultation_id] = now
        return now


def _with(before: Followed, new: Sequence[Message], starts_again: Callable[[str], bool]) -> Followed:
    asked, taken_out = list(before.asked), before.taken_out
    for message in new:
        said = message.utterance
        if said.speaker == "dsl":
            taken_out += len(spans(said.text))
        elif said.speaker == "assistant" and starts_again(said.text):
            asked = []
        asked += asked_in([message])
    return Followed(new[-1].number, tuple(asked), taken_out)
