"""Belongings: which rows of which tables belong to a consultation, read from the tables themselves.

A table that is made later and refers to a consultation, or to one of its cases, or to a row of such a table,
is in it by itself: nobody has to remember to add it to a list.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, select

from bot.storage.tables import Base, CaseRow, ConsultationRow

_CONSULTATIONS: Table = ConsultationRow.__table__
_CASES: Table = CaseRow.__table__


def belongings(consultation_id: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield each table with what picks a consultation's rows in it: those that refer to others first, itself last."""
    found: dict[Table, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        picks = _of(table, consultation_id, found)
        if picks is not None:
            found[table] = picks
    yield from reversed(found.items())


def _of(table: Table, consultation_id: str, found: dict[Table, ColumnElement[bool]]) -> ColumnElement[bool] | None:
    if table is _CONSULTATIONS:
        return table.c.id == consultation_id
    if "consultation_id" in table.c:
        return table.c.consultation_id == consultation_id
    if "case_id" in table.c:
        return table.c.case_id.in_(select(_CASES.c.id).where(_CASES.c.consultation_id == consultation_id))
    for key in table.foreign_keys:
        parent = key.column.table
        if parent in found:
            return key.parent.in_(select(key.column).where(found[parent]))
    return None
