"""Labels: the closed lists that a number may be told by. Whatever stands on none of them is counted as `other`."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.lifecycle import OPEN
from bot.desk.incoming import CLOSED, EMPTY, NO_SUCH_CHOICE, NOT_READ, NOT_SAFE, TOO_LONG

OTHER = "other"
STAGES = tuple(sorted(stage.value for stage in OPEN))
STEPS = ("redact", "store", "rasa", "actions", "whole")
WAYS = ("code", "password", "council")
WHYS = ("wrong", "locked_out")
OUTBOX = ("waiting", "sending", "unsure", "given_up")
_REFUSED = "utter_refused_"
TURN_REFUSALS = tuple(
    name.removeprefix(_REFUSED) for name in (EMPTY, TOO_LONG, NOT_READ, NOT_SAFE, NO_SUCH_CHOICE, CLOSED)
)


class Outcome(StrEnum):
    """What came of a turn. Without the dialogue: it was stored, and the service itself said the numbers."""

    ANSWERED = "answered"
    WITH_A_PERSON = "with_a_person"
    REFUSED = "refused"
    WITHOUT_DIALOGUE = "without_dialogue"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Labels:
    """The lists that differ between houses: areas by short name, and ids of the doors' own refusals."""

    areas: Collection[str]
    door_refusals: Collection[str]

    def area(self, area: str) -> str:
        """Return an area that is known, or `other`."""
        return area if area in self.areas else OTHER

    def door_refusal(self, error: str) -> str:
        """Return a refusal that is known, or `other`."""
        return error if error in self.door_refusals else OTHER


def turn_refusal(refusal: str) -> str:
    """Return why a message was not taken in, as a label."""
    reason = refusal.removeprefix(_REFUSED)
    return reason if reason in TURN_REFUSALS else OTHER
