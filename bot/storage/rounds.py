"""What the clock looks at: open cases of every area, and those to look at again."""

from datetime import date, datetime

from bot.consultation import OPEN, Stage
from bot.desk.case import Case
from bot.storage.audit import AuditShelf
from bot.storage.case_rows import as_listed, listed
from bot.storage.tables import CaseRow

_ANSWERED = (Stage.ANSWERED.value, Stage.CLOSED.value)


class RoundShelf(AuditShelf):
    """Tells the clock what there is."""

    def open_cases(self) -> tuple[Case, ...]:
        """Return every open case of every area, as listed."""
        with self._read() as session:
            rows = session.execute(listed(CaseRow.stage.in_([stage.value for stage in OPEN])))
            return tuple(as_listed(row) for row in rows)

    def to_look_at_again(self, today: date) -> tuple[Case, ...]:
        """Return answered or closed cases whose review day has come and that were not asked about, as listed."""
        due = (CaseRow.stage.in_(_ANSWERED), CaseRow.review_on <= today, CaseRow.follow_up_asked_at.is_(None))
        with self._read() as session:
            return tuple(as_listed(row) for row in session.execute(listed(*due)))

    def follow_up_asked(self, case_id: str, now: datetime) -> None:
        """Keep that the DSL was asked whether things improved."""
        with self._write() as session:
            session.get_one(CaseRow, case_id).follow_up_asked_at = now
            self._append(session, "case.follow_up_asked", "service", case_id, now)
