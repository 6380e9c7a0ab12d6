"""Sealed columns: which they are, and the one pair of functions that puts words into them and takes them out.

A value is bound to its table, column, consultation and row, so that none can be put in another's place. A column
keeps its type: text holds sealed text, and JSON holds it as a string. What is None stays None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from bot.storage.base import Base
from bot.storage.sealing import MARK, NotOpened

KEYS = "keys"  # under which a session has the keys


class Plain(Exception):
    """Tried to write something into a sealed column without sealing it. It carries nothing."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a table is sealed: which column names the consultation, which tells its rows apart, and what is sealed."""

    consultation: str
    row: str
    columns: tuple[str, ...]


SEALED: Mapping[str, Sealing] = {
    "consultations": Sealing("id", "id", ("facts",)),
    "messages": Sealing("consultation_id", "number", ("text", "buttons", "card")),
    "facts_history": Sealing("consultation_id", "at", ("facts",)),
    "assessments": Sealing("consultation_id", "at", ("facts", "result")),
    "cases": Sealing("consultation_id", "id", ("dsl_reason", "outcome_reason", "outcome_advice", "actions")),
    "case_moves": Sealing("consultation_id", "at", ("reason",)),
    "case_notes": Sealing("consultation_id", "id", ("text",)),
    "disagreements": Sealing("consultation_id", "id", ("learning",)),
    "disagreement_steps": Sealing("consultation_id", "number", ("answer",)),
    "good_practice": Sealing("consultation_id", "id", ("words",)),
    "passed_on": Sealing("consultation_id", "id", ("words",)),
    "unsent": Sealing("consultation_id", "consultation_id", ("text",)),
    "chat_addresses": Sealing("link_id", "link_id", ("address",)),  # by the key of its link
    "telegram_outbox": Sealing("link_id", "id", ("body",)),
}


def place_of(table: str, column: str, row: Any) -> str:
    """Return the place to which a value is bound; `row` is what tells a consultation's rows in that table apart."""
    told = row.astimezone(UTC).isoformat() if isinstance(row, datetime) else str(row)
    return f"{table}.{column}\0{told}"


def seal[Row: Base](session: Session, row: Row, **values: Any) -> Row:
    """Put values into sealed columns of a row, and return it. Without values, seal what stands in all of them."""
    sealing = SEALED[row.__tablename__]
    if not values:
        values = {column: getattr(row, column) for column in sealing.columns}
    for column, value in values.items():
        place = place_of(row.__tablename__, column, getattr(row, sealing.row))
        held = None if value is None else session.info[KEYS].seal(getattr(row, sealing.consultation), place, value)
        setattr(row, column, held)
    return row


def opened(row: Base, column: str) -> Any:
    """Return what stands in a sealed column of a row, while its session is open. Raises KeyGone and NotOpened."""
    sealing, held = SEALED[row.__tablename__], getattr(row, column)
    if held is None:
        return None
    session = object_session(row)
    if session is None:
        raise NotOpened
    place = place_of(row.__tablename__, column, getattr(row, sealing.row))
    return session.info[KEYS].open(getattr(row, sealing.consultation), place, held)


def all_opened(row: Base) -> dict[str, Any]:
    """Return what stands in the sealed columns of a row, by column."""
    return {column: opened(row, column) for column in SEALED[row.__tablename__].columns}


def _refuse_plain(_mapper: Any, _connection: Any, row: Base) -> None:
    """Let nothing plain into a sealed column, whoever forgot to seal it."""
    for column in SEALED[row.__tablename__].columns if row.__tablename__ in SEALED else ():
        held = getattr(row, column)
        if held is not None and not (isinstance(held, str) and held.startswith(MARK)):
            raise Plain


for _moment in ("before_insert", "before_update"):
    event.listen(Base, _moment, _refuse_plain, propagate=True)
