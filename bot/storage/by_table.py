"""By table: what every turn reads and writes, without putting rows into objects.

An object for each row, with a session that watches over it, takes longer than all that is asked of the database. What
is asked at every turn goes by the tables; all else goes by objects, as before. What is sealed is sealed here too.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Table, bindparam, insert, select

from bot.desk.ports import NotKept
from bot.storage.base import Base
from bot.storage.sealed_columns import KEYS, SEALED, place_of
from bot.storage.tables import ConsultationRow
from bot.storage.turns import BOTH

WRITTEN = "written"  # under which a transaction has what it changes of consultations, and what it says in them


class Transaction(Protocol):
    """What a session has, and a transaction by table too."""

    info: dict[Any, Any]

    def connection(self) -> Connection: ...


@dataclass(frozen=True, slots=True)
class ByTable:
    """A transaction that goes by the tables alone."""

    bound: Connection
    info: dict[Any, Any]

    def connection(self) -> Connection:
        """Return the connection on which it runs."""
        return self.bound


def table_of(rows: type[Base]) -> Table:
    """Return the table in which rows of a kind are kept."""
    return Base.metadata.tables[rows.__tablename__]


_CONSULTATIONS = table_of(ConsultationRow)
_LOCK = select(_CONSULTATIONS).where(_CONSULTATIONS.c.id == bindparam("id")).with_for_update()
_INSERT = {name: insert(Base.metadata.tables[name]) for name in SEALED}


def locked_row(transaction: Transaction, consultation_id: str, changing: frozenset[str] = BOTH) -> Row[Any]:
    """Return the consultation's row, locked, as `shelf.locked` does. Raises NotKept when there is none."""
    row = transaction.connection().execute(_LOCK, {"id": consultation_id}).one_or_none()
    if row is None:
        raise NotKept("consultation")
    note_written(transaction, consultation_id, changing)
    return row


def note_written(transaction: Transaction, consultation_id: str, changing: frozenset[str]) -> None:
    """Note what a transaction may change of a consultation that it has locked."""
    written = transaction.info[WRITTEN]
    before, said = written.get(consultation_id, (frozenset(), ()))
    written[consultation_id] = before | changing, said


def put(transaction: Transaction, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows of a sealed table, each with every one of its columns that is sealed. None of them stays plain."""
    told = [{**row, **sealed_in(transaction, table, row)} for row in rows]
    transaction.connection().execute(_INSERT[table], told)


def sealed_in(transaction: Transaction, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return what is to stand in the sealed columns of a row that is about to be written."""
    sealing, keys = SEALED[table], transaction.info[KEYS]
    consultation, which = row[sealing.consultation], row[sealing.row]
    return {
        column: None if row[column] is None else keys.seal(consultation, place_of(table, column, which), row[column])
        for column in sealing.columns
    }


def opened_in(transaction: Transaction, table: str, row: Row[Any], column: str) -> Any:
    """Return what stands in a sealed column of a row that was read. Raises KeyGone and NotOpened."""
    held = getattr(row, column)
    if held is None:
        return None
    sealing = SEALED[table]
    place = place_of(table, column, getattr(row, sealing.row))
    return transaction.info[KEYS].open(getattr(row, sealing.consultation), place, held)
