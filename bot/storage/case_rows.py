"""Case rows: a case as the desk knows it, and as a row of the table."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import object_session

from bot.consultation import Stage
from bot.desk.case import AgreedAction, CallBackSafe, Case, FollowUp, NameState, Owner, ReferralResult
from bot.storage.sealed_columns import SEALED, all_opened, seal
from bot.storage.sealing import NotOpened
from bot.storage.tables import CaseRow


def columns(case: Case) -> Mapping[str, Any]:
    """Return a case by column."""
    values = {field.name: getattr(case, field.name) for field in fields(Case)}
    agreed = [{"what": one.what, "owner": one.owner.value, "by": one.by.isoformat()} for one in case.actions]
    return {**values, "stage": case.stage.value, "actions": agreed or None}


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
    values = {field.name: getattr(row, field.name) for field in fields(Case)} | all_opened(row)
    values |= {
        "stage": Stage(row.stage),
        "actions": tuple(_agreed(one) for one in values["actions"] or ()),
        "name_state": NameState(row.name_state) if row.name_state else None,
        "referral_result": ReferralResult(row.referral_result) if row.referral_result else None,
        "follow_up": FollowUp(row.follow_up) if row.follow_up else None,
        "call_back_safe": CallBackSafe(row.call_back_safe) if row.call_back_safe else None,
    }
    return Case(**values)


def _agreed(kept: Mapping[str, str]) -> AgreedAction:
    return AgreedAction(kept["what"], Owner(kept["owner"]), date.fromisoformat(kept["by"]))
