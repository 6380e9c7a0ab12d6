"""What scrutiny may see of consultations: one query door. Rows leave here without a text, a name or an id."""

import hmac
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import batched
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.consultation import Status
from bot.desk.people import Role
from bot.scrutiny.seen import Seen, SeenCase, SeenDecision
from bot.storage.base import Base
from bot.storage.sealed_columns import opened
from bot.storage.shelf import Shelf
from bot.storage.tables import (
    AssessmentRow,
    CaseRow,
    ChildMark,
    ConsultationRow,
    DisagreementRow,
    DisagreementStepRow,
    Dsl,
    School,
)

SAME_CHILD = timedelta(days=731)  # 24 months
_AT_ONCE = 400
# Answers that are chosen from a list. Whatever else was answered may be somebody's words.
_CHOSEN = ("age_band", "dsl_view")


class ScrutinyShelf(Shelf):
    """Reads consultations for counting; it writes nothing."""

    def seen(self, since: datetime, until: datetime) -> Iterator[Seen]:
        """Yield what is counted of each consultation opened from `since` on and before `until`, in no order.

        Practice, and talks of a DSL's colleagues, are none.
        """
        with self._read() as session:
            earlier = self._earlier(session, since, until)
            ids = session.scalars(_opened(since, until, ConsultationRow.id)).all()
        for some in batched(ids, _AT_ONCE, strict=False):
            with self._read() as session:
                self._keys.bring(some)
                yield from _seen(session, some, earlier)

    def sample(self, drawn_by: str, area: str, since: datetime, until: datetime, many: int) -> tuple[Seen, ...]:
        """Return some consultations of an area: of one request always the same, in an order that tells nothing.

        The draw is keyed, so that nobody outside can make one request after another until a certain record comes up.
        """
        own_area = func.coalesce(func.nullif(ConsultationRow.area, "unknown"), ConsultationRow.school_area)
        key = hmac.new(self._pepper, b"sample", sha256).digest()

        def lot(consultation: str) -> str:
            return hmac.new(key, f"{drawn_by}\0{consultation}".encode(), sha256).hexdigest()

        with self._read() as session:
            ids = session.scalars(_opened(since, until, ConsultationRow.id).where(own_area == area))
            drawn = sorted(ids, key=lot)[:many]
            self._keys.bring(drawn)
            return tuple(seen for id in drawn for seen in _seen(session, [id], {}))

    def _earlier(self, session: Session, since: datetime, until: datetime) -> Mapping[str, int]:
        """Return by consultation how many there had been about the same child; those without an alias are left out."""
        marked = _opened(since - SAME_CHILD, until, ChildMark.mark, ConsultationRow.opened_at, ConsultationRow.id)
        marked = marked.join(ChildMark, ChildMark.consultation_id == ConsultationRow.id)
        times: dict[str, list[datetime]] = defaultdict(list)
        found: dict[str, int] = {}
        for mark, at, consultation in session.execute(marked.order_by(ConsultationRow.opened_at, ConsultationRow.id)):
            found[consultation] = len(times[mark]) - bisect_left(times[mark], at - SAME_CHILD)
            times[mark].append(at)
        return found


def _opened(since: datetime, until: datetime, *columns: Any):
    in_earnest = func.coalesce(ConsultationRow.practice, "") == ""
    by_a_dsl = select(*columns).select_from(ConsultationRow).join(Dsl, Dsl.id == ConsultationRow.person_id)
    within = (ConsultationRow.opened_at >= since, ConsultationRow.opened_at < until)
    return by_a_dsl.where(in_earnest, Dsl.role == Role.DSL.value, *within)


def _seen(session: Session, ids: Sequence[str], earlier: Mapping[str, int]) -> Iterator[Seen]:
    decisions = _by_consultation(session, AssessmentRow, ids, AssessmentRow.id)
    cases = _by_consultation(session, CaseRow, ids, CaseRow.handed_over_at)
    disputes, steps = _disputes(session, ids)
    of_school = select(ConsultationRow, School.phase).join(Dsl, Dsl.id == ConsultationRow.person_id)
    of_school = of_school.join(School, School.id == Dsl.school_id).where(ConsultationRow.id.in_(ids))
    for row, phase in session.execute(of_school):
        facts = opened(row, "facts")
        yield Seen(
            area=row.area if row.area and row.area != "unknown" else row.school_area,
            opened_at=row.opened_at,
            told=frozenset(one for one, status in facts["indicators"].items() if status != Status.ABSENT.value),
            answers={name: str(facts["answers"][name]) for name in _CHOSEN if name in facts["answers"]},
            decisions=tuple(_decision(one) for one in decisions[row.id]),
            cases=tuple(_case(one) for one in cases[row.id]),
            disagreement=_last(disputes[row.id], steps),
            earlier=earlier.get(row.id),
            phase=phase,
        )


def _by_consultation(session: Session, table: type[Base], ids: Collection[str], order: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.scalars(select(table).where(table.consultation_id.in_(ids)).order_by(order)):
        found[row.consultation_id].append(row)
    return found


def _disputes(session: Session, ids: Collection[str]) -> tuple[dict[str, list[Any]], dict[str, int]]:
    disputes = _by_consultation(session, DisagreementRow, ids, DisagreementRow.opened_at)
    last = select(DisagreementStepRow.disagreement_id, func.max(DisagreementStepRow.number))
    last = last.where(DisagreementStepRow.consultation_id.in_(ids)).group_by(DisagreementStepRow.disagreement_id)
    return disputes, dict(session.execute(last).all())


def _decision(row: AssessmentRow) -> SeenDecision:
    result = opened(row, "result")
    return SeenDecision(row.at, result["outcome"], tuple(result["neutral"]))


def _case(row: CaseRow) -> SeenCase:
    return SeenCase(
        handed_over_at=row.handed_over_at,
        answered_at=row.answered_at,
        level=row.outcome_level,
        referral_advised=row.referral_advised,
        referral=row.referral_result,
        owners=frozenset(one["owner"] for one in opened(row, "actions") or ()),
        lead=row.lead,
        early_help=row.early_help,
        taken_up=row.early_help_taken,
        meeting=row.meeting,
        came=frozenset(row.came or ()),
    )


def _last(disputes: Iterable[DisagreementRow], steps: Mapping[str, int]) -> tuple[int, str | None] | None:
    """Return the stage and the end of the newest disagreement."""
    newest = max(disputes, key=lambda one: (one.opened_at, one.id), default=None)
    return (steps.get(newest.id, 1), newest.resolution if newest.closed_at else None) if newest else None
