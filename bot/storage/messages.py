"""Messages: what was said, numbered without gaps."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select

from bot.consultation import Stage
from bot.desk.ports import Button, Message, NotKept, Utterance
from bot.storage.audit import AuditShelf
from bot.storage.by_table import Transaction, locked_row, opened_in, put, table_of
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked, said_in
from bot.storage.tables import CaseRow, MessageRow, UnsentRow
from bot.storage.turns import NOTHING

# What these people say is looked at a second time; the assistant's and the service's wording is ours.
_PEOPLE = ("dsl", "duty_worker")

# Every turn asks for these: put together once.
_SAID = table_of(MessageRow)
_OF_IT = _SAID.c.consultation_id == bindparam("consultation")
_LAST = select(func.max(_SAID.c.number)).where(_OF_IT)
_ONCE = select(_SAID).where(_OF_IT, _SAID.c.client_id == bindparam("client"))
_SINCE = select(_SAID).where(_OF_IT, _SAID.c.number > bindparam("after")).order_by(_SAID.c.number)
_UNSENT = delete(table_of(UnsentRow)).where(UnsentRow.consultation_id == bindparam("consultation"))
_WITH_A_PERSON = (Stage.CLAIMED.value, Stage.TRANSFERRED.value, Stage.ANSWERED.value)


class MessageShelf(AuditShelf):
    """Keeps messages in order."""

    def add_incoming(
        self, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool]:
        """Store what the DSL said. False when that client id was stored before (then the first)."""
        self._refuse_unclean_utterances([utterance])
        with self._write_by_table() as session:
            locked_row(session, consultation_id, NOTHING)
            message, is_new = add_once(session, consultation_id, client_id, utterance, now)
            if is_new:
                forget_unsent(session, consultation_id)
                self._append(session, "message.said", utterance.speaker, consultation_id, now)
            return message, is_new

    def add_outgoing(
        self,
        consultation_id: str,
        utterances: Sequence[Utterance],
        now: datetime,
        *,
        unless_held: bool,
        held_by: str | None = None,
    ) -> tuple[Message, ...]:
        """Store and number what is said. With `unless_held`, drop it if a person holds the case.

        With `held_by`, drop it unless that worker holds the case. What is dropped returns (), and that the
        assistant was silenced is noted.
        """
        self._refuse_unclean_utterances(utterances)
        with self._write_by_table() as session:
            consultation = locked_row(session, consultation_id, NOTHING)
            if unless_held and consultation.held:
                if any(said.speaker == "assistant" for said in utterances):
                    # What came too late is not said, and that it was not can be found out later.
                    self._append(session, "assistant.silenced", "service", consultation_id, now)
                return ()
            if held_by is not None and _holder(session, consultation_id) != held_by:
                return ()
            said = say(session, consultation_id, utterances, now)
            if said:
                self._append(session, "message.said", held_by or said[0].utterance.speaker, consultation_id, now)
            return said

    def rewrite_message(
        self,
        consultation_id: str,
        number: int,
        text: str,
        now: datetime,
        event: str,
        *,
        put_back: Collection[str] = (),
    ) -> Message:
        """Replace the text of a message of the DSL's, and note `event` of the consultation in the audit chain.

        `put_back` are words that the DSL says are no names. A message of anybody else's raises NotKept.
        """
        self._refuse_unclean(text, put_back=put_back)
        with self._write() as session:
            consultation = locked(session, consultation_id)
            row = session.scalar(
                select(MessageRow).where(
                    MessageRow.consultation_id == consultation_id,
                    MessageRow.number == number,
                    MessageRow.speaker == "dsl",
                )
            )
            if row is None:
                raise NotKept("message")
            seal(session, row, text=str(text))
            self._append(session, event, consultation.person_id, consultation_id, now)
            kept = {column: opened(row, column) for column in ("text", "buttons", "card")}
            return _message(row.number, row.at, row.speaker, kept)

    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]:
        """Return the messages with a number greater than `after`, in order."""
        held = self._turns.messages(consultation_id, lambda: self._messages(consultation_id, 0))
        if held is None:
            return self._messages(consultation_id, after)
        return tuple(message for message in held if message.number > after)

    def _messages(self, consultation_id: str, after: int) -> tuple[Message, ...]:
        with self._read_by_table() as reading:
            rows = reading.connection().execute(_SINCE, {"consultation": consultation_id, "after": after})
            return tuple(_read(reading, row) for row in rows)

    def has_said(self, consultation_id: str, client_id: str) -> bool:
        """Whether something was stored under that client id."""
        of_it = (MessageRow.consultation_id == consultation_id, MessageRow.client_id == client_id)
        with self._read() as session:
            return session.scalar(select(MessageRow.number).where(*of_it)) is not None

    def replies_to(self, consultation_id: str, number: int) -> tuple[Message, ...]:
        """Return what was said after message `number` and before the DSL's next message."""
        replies = []
        for message in self.messages(consultation_id, number):
            if message.utterance.speaker == "dsl":
                break
            replies.append(message)
        return tuple(replies)

    def offered_buttons(self, consultation_id: str) -> tuple[Button, ...]:
        """Return every button offered so far: the newest message's first, as they stood in it."""
        newest_first = reversed(self.messages(consultation_id))
        return tuple(button for message in newest_first for button in message.utterance.buttons)

    def _refuse_unclean_utterances(self, utterances: Sequence[Utterance]) -> None:
        for said in utterances:
            if said.speaker in _PEOPLE and not said.pressed:
                self._refuse_unclean(said.text, put_back=said.put_back)


def say(
    transaction: Transaction,
    consultation_id: str,
    utterances: Sequence[Utterance],
    now: datetime,
    client_id: str | None = None,
) -> tuple[Message, ...]:
    """Number and store utterances of a consultation whose row the transaction has locked."""
    if not utterances:
        return ()
    last = transaction.connection().execute(_LAST, {"consultation": consultation_id}).scalar()
    of_all = {"consultation_id": consultation_id, "client_id": client_id, "at": now}
    kept = [
        {
            "number": number,
            "speaker": utterance.speaker,
            "text": str(utterance.text),
            "buttons": [{"title": button.title, "payload": button.payload} for button in utterance.buttons],
            "card": _as_kept(utterance.card),
        }
        for number, utterance in enumerate(utterances, start=(last or 0) + 1)
    ]
    put(transaction, "messages", [of_all | row for row in kept])
    said = tuple(_message(row["number"], now, row["speaker"], row) for row in kept)
    said_in(transaction, consultation_id, said)
    return said


def add_once(
    transaction: Transaction, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
) -> tuple[Message, bool]:
    """Store an utterance under a client id. False when that id was stored before (then the first)."""
    asked = {"consultation": consultation_id, "client": client_id}
    first = transaction.connection().execute(_ONCE, asked).one_or_none()
    if first is not None:
        return _read(transaction, first), False
    (message,) = say(transaction, consultation_id, [utterance], now, client_id)
    return message, True


def forget_unsent(transaction: Transaction, consultation_id: str) -> bool:
    """Delete what was typed in a consultation and not sent; say whether there was any."""
    gone = transaction.connection().execute(_UNSENT, {"consultation": consultation_id})
    return bool(gone.rowcount)


def _as_kept(card: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a card as it will be read: what is a tuple now will be a list then."""
    return None if card is None else json.loads(json.dumps(card))


def _holder(transaction: Transaction, consultation_id: str) -> str | None:
    theirs = (CaseRow.consultation_id == consultation_id, CaseRow.stage.in_(_WITH_A_PERSON))
    return transaction.connection().execute(select(CaseRow.claimed_by).where(*theirs)).scalar()


def _read(transaction: Transaction, row: Row[Any]) -> Message:
    kept = {column: opened_in(transaction, "messages", row, column) for column in ("text", "buttons", "card")}
    return _message(row.number, row.at, row.speaker, kept)


def _message(number: int, at: datetime, speaker: str, kept: dict[str, Any]) -> Message:
    buttons = tuple(Button(**button) for button in kept["buttons"])
    return Message(number, at, Utterance(speaker, kept["text"], buttons, kept["card"]))
