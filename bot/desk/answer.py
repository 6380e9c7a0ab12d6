"""Answer: what a duty worker who holds a case says to the DSL."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import Finding, RawText, Redaction
from bot.desk.claim import case_for
from bot.desk.ports import Message, Person, Records, Utterance

type Redact = Callable[[RawText], Awaitable[Redaction]]


class NotYourCase(Exception):
    """Tried to answer or move a case that somebody else holds, or nobody."""


class NothingSaid(ValueError):
    """Tried to send an answer with nothing in it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A duty worker's message as it was stored, and what was taken out of it first."""

    message: Message
    findings: tuple[Finding, ...]
    consultation_id: str


async def answer(
    records: Records,
    case_id: str,
    worker: Person,
    client_id: str,
    typed: RawText,
    now: datetime,
    *,
    redact: Redact,
) -> Answered:
    """Redact and store what the worker typed, for the DSL to read. The same client id again stores nothing.

    Raises NoSuchCase, NotYourCase, NothingSaid and, from the store, UncleanWrite. Whatever goes
    wrong in the redaction stops it here with nothing stored. What is stored is the record: words that
    are in no vocabulary of ours are left out.
    """
    case = case_for(records, case_id, worker)
    redaction = await redact(typed)
    if not redaction.record.strip():
        raise NothingSaid
    said = Utterance(speaker="duty_worker", text=redaction.record)
    # Who holds the case is settled by the store as it writes: by now somebody else may.
    stored = records.say_as_holder(case_id, worker, client_id, said, now)
    if stored is None:
        raise NotYourCase
    return Answered(stored[0], redaction.findings + redaction.left_out, case.consultation_id)
