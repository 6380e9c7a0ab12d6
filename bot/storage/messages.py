"""Messages: what was said, numbered without gaps."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.consultation import Stage
from bot.desk.ports import Button, Message, NotKept, Utterance
from bot.storage.audit import AuditShelf
from bot.storage.shelf import locked
from bot.storage.tables import CaseRow, ConsultationRow, MessageRow

# What these people say is looked at a second time; the assistant's and the service's wording is ours.
_PEOPLE = ("dsl", "duty_worker")


class MessageShelf(AuditShelf):
    """Keeps messages in order."""

    def add_incoming(
        self, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool]:
        """Store what the DSL said. False when that client id was stored before (then the first)."""
        self._refuse_unclean_utterances([utterance])
        with self._write() as session:
            locked(session, consultation_id)
            first = session.scalar(
                select(MessageRow).where(
                    MessageRow.consultation_id == consultation_id, MessageRow.client_id == client_id
                )
            )
            if first is not None:
                return _message(first), False
            (message,) = say(session, consultation_id, [utterance], now, client_id)
            return message, True

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

        With `held_by`, drop it unless that worker holds the case. What is dropped returns ().
        """
        self._refuse_unclean_utterances(utterances)
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if unless_held and is_held(consultation):
                return ()
            if held_by is not None and _holder(session, consultation) != held_by:
                return ()
            return say(session, consultation_id, utterances, now)

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
            row.text = str(text)
            self._append(session, event, consultation.person_id, consultation_id, now)
            return _message(row)

    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]:
        """Return the messages with a number greater than `after`, in order."""
        with self._read() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(MessageRow.consultation_id == consultation_id, MessageRow.number > after)
                .order_by(MessageRow.number)
            )
            return tuple(_message(row) for row in rows)

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


def is_held(consultation: ConsultationRow) -> bool:
    """Whether a person has the consultation, so that the assistant is silent: from claim on, for good."""
    return consultation.stage in (Stage.CLAIMED, Stage.CLOSED)


def say(
    session: Session,
    consultation_id: str,
    utterances: Sequence[Utterance],
    now: datetime,
    client_id: str | None = None,
) -> tuple[Message, ...]:
    """Number and store utterances of a consultation whose row the session has locked."""
    last = session.scalar(
        select(func.max(MessageRow.number)).where(MessageRow.consultation_id == consultation_id)
    )
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
    session.add_all(rows)
    session.flush()
    return tuple(_message(row) for row in rows)


def _holder(session: Session, consultation: ConsultationRow) -> str | None:
    return session.scalar(
        select(CaseRow.claimed_by).where(
            CaseRow.consultation_id == consultation.id, CaseRow.stage == Stage.CLAIMED.value
        )
    )


def _message(row: MessageRow) -> Message:
    return Message(
        number=row.number,
        at=row.at,
        utterance=Utterance(
            speaker=row.speaker,
            text=row.text,
            buttons=tuple(Button(**button) for button in row.buttons),
            card=row.card,
        ),
    )
