"""What the clock looks at: open cases of every area, and those to look at again."""

from datetime import date, datetime

from sqlalchemy import select

from bot.consultation import OPEN, Stage
from bot.desk.case import Case
from bot.storage.audit import AuditShelf
from bot.storage.case_rows import case_of_row
from bot.storage.tables import CaseRow

_ANSWERED = (Stage.ANSWERED.value, Stage.CLOSED.value)


class RoundShelf(AuditShelf):
    """Tells the clock what there is."""

    def open_cases(self) -> tuple[Case, ...]:
        """Return every open case of every area."""
        with self._read() as session:
            rows = session.scalars(select(CaseRow).where(CaseRow.stage.in_([stage.value for stage in OPEN])))
            return tuple(case_of_row(row) for row in rows)

    def to_look_at_again(self, today: date) -> tuple[Case, ...]:
        """Return answered or closed cases whose review day has come and that were not asked about."""
        due = (CaseRow.stage.in_(_ANSWERED), CaseRow.review_on <= today, CaseRow.follow_up_asked_at.is_(None))
        with self._read() as session:
            return tuple(case_of_row(row) for row in session.scalars(select(CaseRow).where(*due)))

    def follow_up_asked(self, case_id: str, now: datetime) -> None:
        """Keep that the DSL was asked whether things improved."""
        with self._write() as session:
            session.get_one(CaseRow, case_id).follow_up_asked_at = now
            self._append(session, "case.follow_up_asked", "service", case_id, now)
