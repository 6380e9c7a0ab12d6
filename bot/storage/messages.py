"""Messages: what was said, numbered without gaps."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from bot.consultation import Stage
from bot.desk.ports import Button, Message, NotKept, Utterance
from bot.storage.audit import AuditShelf
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked, said_in
from bot.storage.tables import CaseRow, ConsultationRow, MessageRow, UnsentRow
from bot.storage.turns import NOTHING

# What these people say is looked at a second time; the assistant's and the service's wording is ours.
_PEOPLE = ("dsl", "duty_worker")

# Every turn asks for these: put together once.
_OF_IT = MessageRow.consultation_id == bindparam("consultation")
_LAST = select(func.max(MessageRow.number)).where(_OF_IT)
_ONCE = select(MessageRow).where(_OF_IT, MessageRow.client_id == bindparam("client"))
_SINCE = select(MessageRow).where(_OF_IT, MessageRow.number > bindparam("after")).order_by(MessageRow.number)
_UNSENT = delete(cast(Any, UnsentRow.__table__)).where(UnsentRow.consultation_id == bindparam("consultation"))


class MessageShelf(AuditShelf):
    """Keeps messages in order."""

    def add_incoming(
        self, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool]:
        """Store what the DSL said. False when that client id was stored before (then the first)."""
        self._refuse_unclean_utterances([utterance])
        with self._write() as session:
            locked(session, consultation_id, NOTHING)
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
        with self._write() as session:
            consultation = locked(session, consultation_id, NOTHING)
            if unless_held and consultation.held:
                if any(said.speaker == "assistant" for said in utterances):
                    # What came too late is not said, and that it was not can be found out later.
                    self._append(session, "assistant.silenced", "service", consultation_id, now)
                return ()
            if held_by is not None and _holder(session, consultation) != held_by:
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
            return _message(row)

    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]:
        """Return the messages with a number greater than `after`, in order."""
        held = self._turns.messages(consultation_id, lambda: self._messages(consultation_id, 0))
        if held is None:
            return self._messages(consultation_id, after)
        return tuple(message for message in held if message.number > after)

    def _messages(self, consultation_id: str, after: int) -> tuple[Message, ...]:
        with self._read() as session:
            rows = session.scalars(_SINCE, {"consultation": consultation_id, "after": after})
            return tuple(_message(row) for row in rows)

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
    session: Session,
    consultation_id: str,
    utterances: Sequence[Utterance],
    now: datetime,
    client_id: str | None = None,
) -> tuple[Message, ...]:
    """Number and store utterances of a consultation whose row the session has locked."""
    last = session.scalar(_LAST, {"consultation": consultation_id})
    rows = [
        MessageRow(
            consultation_id=consultation_id,
            number=number,
            client_id=client_id,
            at=now,
            speaker=utterance.speaker,
            text=str(utterance.text),
            buttons=[asdict(button) for button in utterance.buttons],
            card=utterance.card,
        )
        for number, utterance in enumerate(utterances, start=(last or 0) + 1)
    ]
    session.add_all(seal(session, row) for row in rows)
    session.flush()
    said = tuple(_message(row) for row in rows)
    said_in(session, consultation_id, said)
    return said


def add_once(
    session: Session, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
) -> tuple[Message, bool]:
    """Store an utterance under a client id. False when that id was stored before (then the first)."""
    first = session.scalar(_ONCE, {"consultation": consultation_id, "client": client_id})
    if first is not None:
        return _message(first), False
    (message,) = say(session, consultation_id, [utterance], now, client_id)
    return message, True


def forget_unsent(session: Session, consultation_id: str) -> bool:
    """Delete what was typed in a consultation and not sent; say whether there was any."""
    gone = session.connection().execute(_UNSENT, {"consultation": consultation_id})
    return bool(gone.rowcount)


def _holder(session: Session, consultation: ConsultationRow) -> str | None:
    with_a_person = (Stage.CLAIMED.value, Stage.TRANSFERRED.value, Stage.ANSWERED.value)
    return session.scalar(
        select(CaseRow.claimed_by).where(
            CaseRow.consultation_id == consultation.id, CaseRow.stage.in_(with_a_person)
        )
    )


def _message(row: MessageRow) -> Message:
    return Message(
        number=row.number,
        at=row.at,
        utterance=Utterance(
            speaker=row.speaker,
            text=opened(row, "text"),
            buttons=tuple(Button(**button) for button in opened(row, "buttons")),
            card=opened(row, "card"),
        ),
    )
