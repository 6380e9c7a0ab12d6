"""Copies: a consultation that was held, many times over, to see what a house does with a hundred thousand of them.

The rows are those that the shelves write: sealed by a key of each copy's own, and noted in the audit chain, which stays
whole. Written many at once, because one at a time would take a night. It is a shelf beside the records, as others are
(`records.beside(Copying)`), but lies here: only measuring asks for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, inspect, select
from sqlalchemy.orm import Session

from bot.storage import KeyGone
from bot.storage.audit import AuditShelf, head_seal
from bot.storage.base import Base
from bot.storage.sealed_columns import SEALED, all_opened, place_of
from bot.storage.tables import AuditHead, AuditLine, ConsultationRow

AT_ONCE = 200
APART = timedelta(minutes=1)
type Row = dict[str, Any]
type Changes = Mapping[str, Mapping[str, Any]]
type Copy = tuple[dict[str, list[Row]], list[Row]]  # its rows, its audit lines


@dataclass(frozen=True, slots=True)
class Original:
    """A consultation as it stands: its id, the rows of each table with nothing sealed, its own ids, its audit lines."""

    id: str
    rows: Mapping[str, Sequence[Row]]
    ids: tuple[str, ...]
    lines: Sequence[Row]


class Copying(AuditShelf):
    """Copies consultations of a house."""

    def original(self, consultation_id: str) -> Original:
        """Return a consultation to copy. Raises KeyGone when nobody can read it."""
        with self._read() as session:
            rows = {table.name: list(_opened_rows(session, table, consultation_id)) for table in _tables()}
            if not rows[ConsultationRow.__tablename__]:
                raise KeyGone
            ids = (consultation_id, *(row["id"] for row in rows["cases"]))
            of_it = select(AuditLine).where(AuditLine.subject.in_(ids)).order_by(AuditLine.number)
            lines = [_as_row(line) for line in session.scalars(of_it)]
        return Original(consultation_id, rows, ids, lines)

    def copy(
        self, original: Original, count: int, new_reference: Callable[[], str], changes: Changes | None = None
    ) -> Iterator[int]:
        """Make so many copies, each a minute older than the one before; yield how many there are by now.

        `changes` are values that the copies have in a table instead of the original's.
        """
        done = 0
        while done < count:
            numbers = range(done + 1, min(done + AT_ONCE, count) + 1)
            each = [({old: self._new_id() for old in original.ids}, number) for number in numbers]
            self.keys.make_many([ids[original.id] for ids, _ in each])
            self._put([self._one(original, ids, new_reference(), number, changes or {}) for ids, number in each])
            done += len(each)
            yield done

    def _one(self, original: Original, ids: Mapping[str, str], reference: str, number: int, changes: Changes) -> Copy:
        own, rows = ids[original.id], {}
        for table, of_it in original.rows.items():
            for row in of_it:
                fresh = _moved(row, ids, number) | dict(changes.get(table, {}))
                if table == ConsultationRow.__tablename__:
                    fresh["reference"] = reference
                rows.setdefault(table, []).append(self._sealed(own, table, fresh))
        return rows, [_moved(line, ids, number) for line in original.lines]

    def _sealed(self, own: str, table: str, row: Row) -> Row:
        sealing = SEALED.get(table)
        for column in sealing.columns if sealing else ():
            if row[column] is not None:
                row[column] = self.keys.seal(own, place_of(table, column, row[sealing.row]), row[column])
        return row

    def _put(self, copies: Sequence[Copy]) -> None:
        with self._write() as session:
            for table in _tables():
                rows = [row for of_copy, _ in copies for row in of_copy.get(table.name, ())]
                if rows:
                    session.execute(insert(table), rows)
            self._go_on(session, [line for _, lines in copies for line in lines])

    def _go_on(self, session: Session, lines: Sequence[Row]) -> None:
        """Go on with the audit chain, as the shelf does for one line."""
        head = session.get_one(AuditHead, 1)
        number, previous, rows = head.number, head.hash, []
        for line in lines:
            number += 1
            hashed = self._line_hash(number, line["at"], line["what"], line["who"], line["subject"], previous)
            rows.append(line | {"number": number, "previous": previous, "hash": hashed})
            previous = hashed
        if rows:
            session.execute(insert(AuditLine.__table__), rows)
            head.number, head.hash = number, previous
            head.seal = head_seal(self._pepper, number, previous)


def _tables() -> list[Table]:
    """Return the tables that hold something of a consultation, those that others name first."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name == ConsultationRow.__tablename__ or "consultation_id" in table.columns
    ]


def _opened_rows(session: Session, table: Table, consultation_id: str) -> Iterator[Row]:
    kind = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    own = kind.id if table.name == ConsultationRow.__tablename__ else kind.consultation_id
    for row in session.scalars(select(kind).where(own == consultation_id)):
        yield _as_row(row) | (all_opened(row) if table.name in SEALED else {})


def _as_row(row: Base) -> Row:
    """Return a row without a number that the database draws by itself."""
    columns = inspect(row).mapper.column_attrs
    drawn = {"id"} if isinstance(getattr(row, "id", None), int) else set()
    return {column.key: getattr(row, column.key) for column in columns if column.key not in drawn}


def _moved(row: Row, ids: Mapping[str, str], number: int) -> Row:
    """Return a row with the copy's ids, and so many minutes earlier."""
    moved, earlier = dict(row), number * APART
    for column, value in row.items():
        if isinstance(value, datetime):
            moved[column] = value - earlier
        elif isinstance(value, str) and value in ids:
            moved[column] = ids[value]
    return moved
