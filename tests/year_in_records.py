"""A year that never was, put into a database as the service itself would have kept it, only faster."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched, count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.scrutiny.seen import Seen, SeenCase
from bot.storage import Keys, SqlRecords
from bot.storage.key_tables import ConsultationKey
from bot.storage.keys import newest
from bot.storage.sealed_columns import place_of
from bot.storage.sealing import KEY_BYTES
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

_PHASES = (None, "primary", "secondary", "special", "early_years", "post_16")
_TABLES = (ConsultationRow, ChildMark, AssessmentRow, CaseRow, DisagreementRow, DisagreementStepRow)
type Rows = dict[type, list[dict[str, Any]]]


def put(records: SqlRecords, year: Iterable[Seen], areas: Iterable[str], named: str = "c") -> None:
    """Keep a year's consultations, with schools and DSLs for them in `areas`."""
    with Session(records._writing) as session, session.begin():
        for area in areas:
            for phase in _PHASES:
                school = f"school-{area}-{phase}"
                session.add(School(id=school, name="Oak Tree", area=area, phase=phase))
                session.flush()
                who = {"telephone": "", "name": "Ann Example", "school_id": school}
                session.add(Dsl(id=f"dsl-{area}-{phase}", code_digest=school, role="dsl", **who))
    numbers = count(1)
    for some in batched(year, 2000, strict=False):
        _put(records, [row for seen in some for row in _with_earlier(seen, f"{named}{next(numbers)}")])


def _put(records: SqlRecords, held: list[tuple[str, Seen, str | None]]) -> None:
    rows: Rows = {table: [] for table in _TABLES}
    keys = records.keys
    _make_keys(keys, [id for id, _, _ in held])
    for id, seen, mark in held:
        _one(keys, rows, id, seen, mark)
    with Session(records._writing) as session, session.begin():
        for table, values in rows.items():
            if values:
                session.execute(insert(table), values)


def _with_earlier(seen: Seen, name: str) -> Iterator[tuple[str, Seen, str | None]]:
    """Yield a consultation after those about the same child that came before it, all of them before the year."""
    mark = None if seen.earlier is None else f"mark-{name}"
    for before in range(seen.earlier or 0):
        at = datetime(2025, 1, 10, 9, tzinfo=UTC) + before * timedelta(days=1)
        yield f"{name}-{before}", Seen(area=seen.area, opened_at=at), mark
    yield name, seen, mark


def _make_keys(keys: Keys, ids: list[str]) -> None:
    master = newest(keys._masters())
    cipher = keys._master(master)
    wrapped = {id: cipher.seal(f"key\0{id}", keys._draw(KEY_BYTES)) for id in ids}
    made = [{"consultation_id": id, "master": master, "wrapped": held} for id, held in wrapped.items()]
    with Session(keys._writing) as session, session.begin():
        session.execute(insert(ConsultationKey), made)
    for some in batched(ids, 400, strict=False):
        keys.bring(some)


def _one(keys: Keys, rows: Rows, id: str, seen: Seen, mark: str | None) -> None:
    def sealed(table: str, column: str, row: object, value: Any) -> Any:
        return None if value is None else keys.seal(id, place_of(table, column, row), value)

    dsl = f"dsl-{seen.area}-{seen.phase}"
    told = dict.fromkeys(seen.told, "present") | {"never_told": "absent"}
    facts = {"indicators": told, "answers": dict(seen.answers)}
    if mark:
        rows[ChildMark].append({"consultation_id": id, "mark": mark})
    rows[ConsultationRow].append({
        "id": id, "reference": f"R-{id}", "designation": "amber heron", "person_id": dsl, "school": "Oak Tree",
        "school_area": seen.area, "area": seen.area, "stage": "closed", "opened_at": seen.opened_at,
        "facts": sealed("consultations", "facts", id, facts), "practice": None, "held": False,
    })  # fmt: skip
    for one in seen.decisions:
        result = {"outcome": one.outcome, "neutral": list(one.neutral), "pack_version": "v"}
        rows[AssessmentRow].append({
            "consultation_id": id, "at": one.at, "pack_version": "v",
            "facts": sealed("assessments", "facts", one.at, facts),
            "result": sealed("assessments", "result", one.at, result),
        })  # fmt: skip
    for number, case in enumerate(seen.cases):
        rows[CaseRow].append(_case(id, f"{id}-case-{number}", seen.area, case, sealed))
    if seen.disagreement:
        _disagreement(id, seen, rows, sealed)


def _case(consultation: str, id: str, area: str, case: SeenCase, sealed: Any) -> dict[str, Any]:
    by = case.handed_over_at.date().isoformat()
    actions = [{"what": "ring", "owner": owner, "by": by} for owner in sorted(case.owners)] or None
    return {
        "id": id, "consultation_id": consultation, "designation": "amber heron", "area": area, "urgency": "green",
        "reason": "asked", "goes_home": "", "goes_home_time": "", "dsl_view": "",
        "dsl_reason": sealed("cases", "dsl_reason", id, ""), "handed_over_at": case.handed_over_at,
        "due_at": case.handed_over_at, "stage": "closed" if case.answered_at else "abandoned",
        "answered_at": case.answered_at, "outcome_level": case.level, "referral_advised": case.referral_advised,
        "referral_result": case.referral, "actions": sealed("cases", "actions", id, actions),
        "lead": case.lead, "early_help": case.early_help, "early_help_taken": case.taken_up,
        "meeting": case.meeting, "came": sorted(case.came) or None,
    }  # fmt: skip


def _disagreement(id: str, seen: Seen, rows: Rows, sealed: Any) -> None:
    last, ended = seen.disagreement or (1, None)
    own = f"{id}-dispute"
    at = seen.opened_at + timedelta(days=2)
    rows[DisagreementRow].append({
        "id": own, "consultation_id": id, "area": seen.area, "opened_at": at, "opened_by": "dsl", "about": "level",
        "resolution": ended, "learning": sealed("disagreements", "learning", own, ""),
        "closed_at": at if ended else None,
    })  # fmt: skip
    for number in range(1, last + 1):
        rows[DisagreementStepRow].append({
            "disagreement_id": own, "number": number, "consultation_id": id, "stage": f"{number}", "role": "manager",
            "started_at": at, "answer": sealed("disagreement_steps", "answer", number, ""),
            "ended": ended if number == last else "moved_up",
        })  # fmt: skip
