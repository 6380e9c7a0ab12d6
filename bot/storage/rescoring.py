"""Re-scoring kept: rounds, and where workers placed practice cases. Every change is a line of the audit chain."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.desk.rescoring import AlreadyAnswered, NoSuchRound, Placed, Reason, Round, RoundClosed, RoundOpen
from bot.storage.audit import AuditShelf
from bot.storage.tables import RescoringPlaceRow, RescoringRoundRow


class RescoringShelf(AuditShelf):
    """Keeps rounds and what was placed in them."""

    def open_round(self, made: Round) -> None:
        """Keep a round that has begun. Raises RoundOpen where another of the area is open."""
        is_open = select(RescoringRoundRow.id).where(
            RescoringRoundRow.area == made.area, RescoringRoundRow.closed_at.is_(None)
        )
        with self._write() as session:
            if session.scalar(is_open.limit(1)) is not None:
                raise RoundOpen
            kept = {"id": made.id, "area": made.area, "cases": dict(made.cases), "opened_at": made.opened_at}
            session.add(RescoringRoundRow(**kept, opened_by=made.opened_by))
            self._append(session, "rescoring.opened", made.opened_by, made.id, made.opened_at)

    def close_round(self, round_id: str, who: str, now: datetime) -> None:
        """Close a round. Raises NoSuchRound, and RoundClosed of one that was closed before."""
        with self._write() as session:
            row = _open(session.get(RescoringRoundRow, round_id, with_for_update=True))
            row.closed_by, row.closed_at = who, now
            self._append(session, "rescoring.closed", who, round_id, now)

    def place(self, placed: Placed) -> None:
        """Keep where a worker placed a case of an open round. Raises NoSuchRound, RoundClosed and AlreadyAnswered."""
        key = (placed.round_id, placed.case_id, placed.worker_id)
        try:
            with self._write() as session:
                _open(session.get(RescoringRoundRow, placed.round_id, with_for_update=True))
                if session.get(RescoringPlaceRow, key) is not None:
                    raise AlreadyAnswered
                names = ("round_id", "practice", "worker_id")
                kept = dict(zip(names, key, strict=True)) | {"level": placed.level, "at": placed.at}
                session.add(RescoringPlaceRow(**kept, reasons=[one.value for one in placed.reasons]))
                self._append(session, "rescoring.placed", placed.worker_id, placed.round_id, placed.at)
        except IntegrityError:  # two at once
            raise AlreadyAnswered from None

    def rescoring_round(self, round_id: str) -> Round | None:
        """Return a round by id."""
        with self._read() as session:
            row = session.get(RescoringRoundRow, round_id)
            return _round(row) if row else None

    def rescoring_rounds(self, area: str) -> tuple[Round, ...]:
        """Return the rounds of an area, the newest first."""
        of_area = select(RescoringRoundRow).where(RescoringRoundRow.area == area)
        newest = (RescoringRoundRow.opened_at.desc(), RescoringRoundRow.id)
        with self._read() as session:
            return tuple(_round(row) for row in session.scalars(of_area.order_by(*newest)))

    def placed(self, round_id: str) -> tuple[Placed, ...]:
        """Return all that was placed in a round, in an order that tells nothing of when."""
        of_round = select(RescoringPlaceRow).where(RescoringPlaceRow.round_id == round_id)
        order = (RescoringPlaceRow.practice, RescoringPlaceRow.worker_id)
        with self._read() as session:
            return tuple(_placed(row) for row in session.scalars(of_round.order_by(*order)))


def _open(row: RescoringRoundRow | None) -> RescoringRoundRow:
    if row is None:
        raise NoSuchRound
    if row.closed_at is not None:
        raise RoundClosed
    return row


def _round(row: RescoringRoundRow) -> Round:
    return Round(row.id, row.area, row.cases, row.opened_by, row.opened_at, row.closed_at)


def _placed(row: RescoringPlaceRow) -> Placed:
    reasons = tuple(Reason(one) for one in row.reasons)
    return Placed(row.round_id, row.practice, row.worker_id, row.level, reasons, row.at)
