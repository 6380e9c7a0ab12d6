"""The outbox: what is to be delivered to chats, in the order in which it was said, and which updates were handled.

A shelf of its own beside the records: it holds copies on their way, never the record itself. What has been settled is
let go of after a few days. Lines of a link's whose key is gone open nowhere, and are let fall.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from bot.desk.outbox import Body, Errand, Letter, Outgoing
from bot.storage.keys import KeyGone
from bot.storage.sealed_columns import opened, seal
from bot.storage.sealing import NotOpened
from bot.storage.shelf import Shelf
from bot.storage.tables import OutboxRow, TelegramUpdate

WAITING, SENDING, SENT, UNSURE, GIVEN_UP = "waiting", "sending", "sent", "unsure", "given_up"
_UNDER_WAY = (WAITING, SENDING)
_NOTE, _DELETED = "unsure:", "gone:"
_NOTE_TRIES = 5  # a note may be said twice: that nobody was told would be worse


class OutboxShelf(Shelf):
    """Keeps what is to be delivered. Satisfies `bot.desk.outbox.Outbox`."""

    def is_done(self, update_id: int) -> bool:
        """Whether an update has been handled before."""
        with self._read() as session:
            return session.get(TelegramUpdate, update_id) is not None

    def put(self, outgoing: Sequence[Outgoing], now: datetime, update_id: int | None = None) -> bool:
        """Keep what is to be done, each thing once, and that an update is done. False where it was done before."""
        with self._write() as session:
            if update_id is not None:
                if session.get(TelegramUpdate, update_id) is not None:
                    return False
                session.add(TelegramUpdate(update_id=update_id, at=now))
            for one in outgoing:
                _add(session, one, now)
            return True

    def take(self, now: datetime, busy: Collection[str], most: int) -> tuple[Letter, ...]:
        """Return what is due, oldest first and one of each link, and mark it as being sent."""
        due = _due(now, busy).limit(most)
        with self._read() as session:
            if session.scalar(due) is None:
                return ()
        with self._write() as session:
            letters = []
            for row in session.scalars(due).all():
                try:
                    body = opened(row, "body")
                except (KeyGone, NotOpened):
                    row.state, row.body = GIVEN_UP, None
                    continue
                row.state, row.attempts = SENDING, row.attempts + 1
                letters.append(Letter(row.id, row.link_id, row.once, Errand(row.kind), body, row.attempts, row.at))
            return tuple(letters)

    def sent(self, letter_id: int, message_id: int, now: datetime, delete_at: datetime | None) -> None:
        """Keep that a message arrived, and when it is to be deleted again."""
        with self._write() as session:
            row = session.get(OutboxRow, letter_id)
            if row is None:  # the link was forgotten meanwhile
                return
            row.state, row.message_id, row.sent_at = SENT, message_id, now
            if delete_at is not None:
                body = {"message_id": message_id, "ours": True}
                _add(session, Outgoing(row.link_id, _DELETED + row.once, Errand.DELETE, body, delete_at), now)

    def done(self, letter_id: int) -> None:
        """Keep that a message was edited or deleted. What was deleted is let go of here too."""
        with self._write() as session:
            row = session.get(OutboxRow, letter_id)
            if row is None:
                return
            body = _body(row)
            if body is not None and row.kind == Errand.DELETE:
                for gone in session.scalars(_message(row.link_id, body["message_id"])):
                    gone.body = None
            row.state, row.body = SENT, None

    def again(self, letter_id: int, not_before: datetime, *, counts: bool = True) -> None:
        """Let it be tried again; what `counts` for nothing was no attempt."""
        with self._write() as session:
            row = session.get(OutboxRow, letter_id)
            if row is not None:
                row.state, row.not_before = WAITING, not_before
                row.attempts -= 0 if counts else 1

    def unsure(self, letter_id: int, note: Body, now: datetime) -> None:
        """Keep that nobody knows whether a message arrived, and put the note in."""
        with self._write() as session:
            row = session.get(OutboxRow, letter_id)
            if row is not None:
                _unsure(session, row, note, now, now + timedelta(seconds=2**row.attempts))

    def give_up(self, letter_id: int, now: datetime, instead: Body | None = None) -> None:
        """Keep that it is not to be done any more, and put in what is said instead."""
        with self._write() as session:
            row = session.get(OutboxRow, letter_id)
            if row is not None:
                row.state, row.body = GIVEN_UP, None
                if instead is not None:
                    _add_note(session, row, instead, now)

    def forget(self, link_id: str) -> None:
        """Delete all that is kept for a link."""
        with self._write() as session:
            forget_link(session, link_id)

    def recover(self, note: Body, now: datetime) -> int:
        """Settle what was being sent when the house fell; return how much that was."""
        with self._write() as session:
            fallen = session.scalars(select(OutboxRow).where(OutboxRow.state == SENDING)).all()
            for row in fallen:
                if row.kind == Errand.SEND:
                    _unsure(session, row, note, now, now)
                else:
                    row.state = WAITING
            return len(fallen)

    def standing(self, link_id: str, since: datetime) -> tuple[int, ...]:
        """Return the ids of the messages that were sent since a moment and not deleted."""
        sent = (OutboxRow.link_id == link_id, OutboxRow.message_id.is_not(None), OutboxRow.sent_at >= since)
        with self._read() as session:
            there = select(OutboxRow.message_id).where(*sent, OutboxRow.body.is_not(None)).order_by(OutboxRow.id)
            return tuple(session.scalars(there))

    def body_of(self, link_id: str, message_id: int) -> Body | None:
        """Return what was sent as a message, while it is kept."""
        with self._read() as session:
            row = session.scalars(_message(link_id, message_id)).first()
            return None if row is None else _body(row)

    def change(self, link_id: str, which: Callable[[Body], bool], to: Callable[[Body], Body]) -> Body | None:
        """Change the newest message that fits, and return what it then is; None where none fits."""
        theirs = select(OutboxRow).where(OutboxRow.link_id == link_id, OutboxRow.kind == Errand.SEND.value)
        with self._write() as session:
            for row in session.scalars(theirs.order_by(OutboxRow.id.desc())):
                body = _body(row)
                if body is not None and which(body):
                    changed = dict(to(body))
                    seal(session, row, body=changed)
                    return changed
            return None

    def let_go(self, before: datetime) -> int:
        """Delete what was done and settled before a moment; return how much that was."""
        settled = (OutboxRow.state.not_in(_UNDER_WAY), OutboxRow.at < before)
        with self._write() as session:
            done = session.execute(delete(TelegramUpdate).where(TelegramUpdate.at < before)).rowcount
            return done + session.execute(delete(OutboxRow).where(*settled)).rowcount


def forget_link(session: Session, link_id: str) -> None:
    """Delete all that is kept for a link, where its key is about to go."""
    session.execute(delete(OutboxRow).where(OutboxRow.link_id == link_id))


def _due(now: datetime, busy: Collection[str]) -> Select[tuple[OutboxRow]]:
    """Return what picks the first of each link: one that waits to be tried again holds back what was said later."""
    begun = or_(OutboxRow.attempts > 0, OutboxRow.not_before <= now)
    under_way = or_(OutboxRow.state == SENDING, and_(OutboxRow.state == WAITING, begun))
    first = select(func.min(OutboxRow.id)).where(under_way).group_by(OutboxRow.link_id)
    ready = (OutboxRow.state == WAITING, OutboxRow.not_before <= now, OutboxRow.link_id.not_in(busy))
    return select(OutboxRow).where(OutboxRow.id.in_(first), *ready).order_by(OutboxRow.id)


def _message(link_id: str, message_id: int) -> Select[tuple[OutboxRow]]:
    return select(OutboxRow).where(OutboxRow.link_id == link_id, OutboxRow.message_id == message_id)


def _body(row: OutboxRow) -> Any:
    try:
        return opened(row, "body")
    except (KeyGone, NotOpened):
        return None


def _add(session: Session, one: Outgoing, now: datetime) -> None:
    if session.scalar(select(OutboxRow.id).where(OutboxRow.once == one.once)) is not None:
        return
    row = OutboxRow(
        link_id=one.link_id,
        once=one.once,
        kind=one.errand.value,
        body=None,
        at=now,
        not_before=one.not_before or now,
        attempts=0,
        state=WAITING,
    )
    session.add(row)
    session.flush()  # what is sealed is bound to the id
    try:
        seal(session, row, body=dict(one.body))
    except KeyGone:
        session.delete(row)


def _unsure(session: Session, row: OutboxRow, note: Body, now: datetime, later: datetime) -> None:
    """Keep that a message may have arrived or not, and put the note in; a note itself is tried again `later`."""
    if row.once.startswith(_NOTE) and row.attempts < _NOTE_TRIES:
        row.state, row.not_before = WAITING, later
        return
    row.state = UNSURE
    _add_note(session, row, note, now)


def _add_note(session: Session, row: OutboxRow, note: Body, now: datetime) -> None:
    if row.once.startswith(_NOTE):
        return
    waits = (OutboxRow.link_id == row.link_id, OutboxRow.state == WAITING, OutboxRow.once.startswith(_NOTE))
    if session.scalar(select(OutboxRow.id).where(*waits)) is None:
        _add(session, Outgoing(row.link_id, _NOTE + row.once, Errand.SEND, note), now)
