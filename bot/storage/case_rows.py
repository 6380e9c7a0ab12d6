"""Case rows: a case as the desk knows it, and as a row of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import object_session

from bot.consultation import Stage
from bot.desk.case import AgreedAction, CallBackSafe, Case, FollowUp, NameState, Owner, ReferralResult
from bot.storage.sealed_columns import SEALED, all_opened, seal
from bot.storage.sealing import NotOpened
from bot.storage.tables import CaseRow

_CHOSEN = {
    "name_state": NameState,
    "referral_result": ReferralResult,
    "follow_up": FollowUp,
    "call_back_safe": CallBackSafe,
}
_WORDLESS = {"dsl_reason": "", "outcome_reason": None, "outcome_advice": None, "actions": None}
_LISTED = tuple(field.name for field in fields(Case) if field.name not in SEALED[CaseRow.__tablename__].columns)


def columns(case: Case) -> Mapping[str, Any]:
    """Return a case by column."""
    values = {field.name: getattr(case, field.name) for field in fields(Case)}
    agreed = [{"what": one.what, "owner": one.owner.value, "by": one.by.isoformat()} for one in case.actions]
    return {**values, "stage": case.stage.value, "actions": agreed or None, "came": list(case.came) or None}


def put(row: CaseRow, case: Case) -> None:
    """Put a case into its row: what is sealed anew, what has changed of the rest."""
    session = object_session(row)
    if session is None:
        raise NotOpened
    values = dict(columns(case))
    sealed = {name: values.pop(name) for name in SEALED[CaseRow.__tablename__].columns}
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    before = all_opened(row)
    if changed := {name: value for name, value in sealed.items() if before[name] != value}:
        seal(session, row, **changed)


def case_of_row(row: CaseRow) -> Case:
    """Return the case of a row, opened, while its session is."""
    return _case({field.name: getattr(row, field.name) for field in fields(Case)} | all_opened(row))


def listed(*fits: Any) -> Select[Any]:
    """Return what chooses cases for a list; `as_listed` reads its rows."""
    return select(*(getattr(CaseRow, name) for name in _LISTED)).where(*fits)


def as_listed(row: Sequence[Any]) -> Case:
    """Return a case as lists have it: without its words, which stay sealed. It is never to be written back."""
    return _case(dict(zip(_LISTED, row, strict=True)) | _WORDLESS)


def _case(values: dict[str, Any]) -> Case:
    values["stage"] = Stage(values["stage"])
    values["actions"] = tuple(_agreed(one) for one in values["actions"] or ())
    values["came"] = tuple(values["came"] or ())
    for name, kind in _CHOSEN.items():
        if values[name] is not None:
            values[name] = kind(values[name])
    return Case(**values)


def _agreed(kept: Mapping[str, str]) -> AgreedAction:
    return AgreedAction(kept["what"], Owner(kept["owner"]), date.fromisoformat(kept["by"]))
