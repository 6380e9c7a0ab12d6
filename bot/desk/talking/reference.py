"""The reference: when a DSL is asked to show that they have kept it, and what shows it."""

from enum import StrEnum

from bot.consultation import OVER, Stage
from bot.desk.ports import Consultation
from bot.desk.talking.records import ReferenceMark

_AT_THE_RESULT = ("view", "view_reason")
_IN_THE_TALK = "reference_kept"
_LAST = "anything_else"


class Asks(StrEnum):
    """What the page does about the reference: nothing, ask for it once, or remind of it at the end."""

    NOTHING = ""
    ASK = "ask"
    REMIND = "remind"


def asks(consultation: Consultation, mark: ReferenceMark | None, open_question: str) -> Asks:
    """Return what the page does about the reference now. Practice has none to keep."""
    if consultation.practice or mark is ReferenceMark.KEPT:
        return Asks.NOTHING
    with_assistant = consultation.stage is Stage.WITH_ASSISTANT
    if consultation.stage in OVER or (with_assistant and open_question == _LAST):
        return Asks.REMIND
    # The assistant asks by itself: one of the two is enough.
    wanted = not with_assistant or open_question in _AT_THE_RESULT
    is_asked = mark is not None or open_question == _IN_THE_TALK
    return Asks.ASK if wanted and not is_asked else Asks.NOTHING


def is_last_group(consultation: Consultation, typed: str) -> bool:
    """Say whether what was typed is the last group of the reference, or all of it, however it is written."""
    said = "".join(c for c in typed.upper() if c.isalnum())
    whole = consultation.reference.replace("-", "").upper()
    return said in (whole, consultation.reference.rsplit("-", 1)[-1].upper())
