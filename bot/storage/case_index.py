"""The index of cases: cases of one area, open or not, by what may be looked for. It only reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.consultation import Stage
from bot.desk.case import Case
from bot.storage.case_rows import as_listed, case_of_row, listed
from bot.storage.shelf import Shelf
from bot.storage.tables import CaseRow, ConsultationRow


class CaseIndex(Shelf):
    """Looks cases up. Satisfies `bot.desk.duty.finding.CasesByArea`: there is no way to ask across areas."""

    def find_cases(
        self,
        area: str,
        *,
        reference: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        urgency: str = "",
        stage: Stage | None = None,
        most: int,
    ) -> tuple[Case, ...]:
        """Return up to `most` cases of the area that fit, newest first, as listed. `until`: the first moment after."""
        fits: list[Any] = [CaseRow.area == area]
        if reference:
            of_it = select(ConsultationRow.id).where(ConsultationRow.reference == reference)
            # By its consultation alone: the plus keeps the index on areas from being taken instead.
            fits = [CaseRow.area.concat("") == area, CaseRow.consultation_id.in_(of_it)]
        fits += [CaseRow.handed_over_at >= since] if since else []
        fits += [CaseRow.handed_over_at < until] if until else []
        fits += [CaseRow.urgency == urgency] if urgency else []
        fits += [CaseRow.stage == stage.value] if stage else []
        newest = listed(*fits).order_by(CaseRow.handed_over_at.desc(), CaseRow.id.desc())
        with self._read() as session:
            return tuple(as_listed(row) for row in session.execute(newest.limit(most)))

    def answered_since(self, area: str, moment: datetime) -> tuple[Case, ...]:
        """Return the cases of the area that were answered since a moment, newest answer first."""
        answered = select(CaseRow).where(
            CaseRow.area == area, CaseRow.outcome_level.is_not(None), CaseRow.answered_at >= moment
        )
        newest = answered.order_by(CaseRow.answered_at.desc(), CaseRow.id.desc())
        with self._read() as session:
            return tuple(case_of_row(row) for row in session.scalars(newest))
