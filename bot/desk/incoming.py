"""Incoming: a message on its way in, what comes of it, and why one is turned away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.anonymiser.placeholders import words_left
from bot.anonymiser.wordlists import fold
from bot.consultation import Finding, RedactedText, Redaction, Stage
from bot.desk.payloads import no_command, payload
from bot.desk.ports import Message

EMPTY, TOO_LONG, NOT_READ, NOT_SAFE, NO_SUCH_CHOICE, CLOSED = (
    f"utter_refused_{why}" for why in ("empty", "too_long", "script", "not_safe", "choice", "closed")
)
PUT_BACK = "message.put_back"  # the event that words stand in a message because the DSL says they are no names
LONGEST = 4000  # characters of one message


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a message. With a `refusal` (an id of wording) nothing was stored."""

    message: Message | None
    replies: tuple[Message, ...]
    removed: tuple[Finding, ...]
    stage: Stage
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message ready to be stored: what is written down, what the dialogue gets, what is read for red flags.

    `read` is None for a button, which the form reads. `unheard` are danger signs whose words were taken out.
    `alias` is what the school calls the child, on its way to become a mark; it stands in nothing else.
    """

    text: RedactedText
    for_dialogue: str
    read: RedactedText | None = None
    removed: tuple[Finding, ...] = ()
    unheard: frozenset[str] = frozenset()
    alias: str = field(default="", repr=False)

    def says_again(self, not_names: Sequence[str]) -> bool:
        """Say whether a word that the DSL says is no name stands in what is written down."""
        words = {fold(word) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", self.text)}
        return any(fold(word) in words for word in not_names)


class Refusal(Exception):
    """Tried to take in a message that cannot be. Holds an id of wording and nothing of the message."""


def incoming_of(redaction: Redaction) -> Incoming:
    """Return the message that is left of a typed text, or raise Refusal when nothing is."""
    plain = no_command(redaction.record)
    if not plain:
        raise Refusal(EMPTY)
    known, unknown = words_left(plain)
    if known < unknown:
        plain = payload("nlu_fallback", {})  # "[word] [word] vrt" is nothing that the dialogue could understand
    return Incoming(redaction.record, plain, redaction.text, taken_out(redaction), redaction.unheard)


def taken_out(redaction: Redaction) -> tuple[Finding, ...]:
    """Return everything that is not in the record of a text, in order of place and none inside another."""
    apart: list[Finding] = []
    for finding in sorted((*redaction.findings, *redaction.left_out), key=lambda f: (f.start, -f.end)):
        if not apart or finding.end > apart[-1].end:
            apart.append(finding)
    return tuple(apart)
