"""Row copies: every row of a database as lines of JSON, a file for each table, and back into another database.

The lines are the same for both engines, so that a house may move from one to the other. What is sealed stays sealed.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, DateTime, Engine, LargeBinary, MetaData, Table, insert, text

from bot.storage.engine import make_engine

_AT_ONCE = 500
_NOT_COPIED = "alembic_version"  # the shape is made by migrations, not copied


def plain_engine(database_url: str) -> Engine:
    """Return an engine that leaves JSON as the text that it is."""
    return make_engine(database_url, json_serializer=lambda written: written, json_deserializer=_as_text)


def copy_out(connection: Connection, folder: Path) -> dict[str, int]:
    """Write every table into a file of the folder; return the rows of each file. The connection sees one moment."""
    written = {}
    for table in _tables(connection):
        name = f"{table.name}.jsonl"
        (folder / name).touch(mode=0o600, exist_ok=False)
        with (folder / name).open("w", encoding="utf-8") as lines:
            written[name] = 0
            rows = connection.execute(table.select().order_by(*table.primary_key)).yield_per(_AT_ONCE)
            for row in rows.mappings():
                said = {column.name: _told(row[column.name]) for column in table.columns}
                lines.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")
                written[name] += 1
    return written


def copy_in(connection: Connection, folder: Path) -> None:
    """Put the rows of a folder's files into tables that have just been made."""
    tables = _tables(connection)
    for table in reversed(tables):
        if table.name != "audit":  # it lets nothing go, and is empty
            connection.execute(table.delete())
    for table in tables:
        for rows in _batches(folder / f"{table.name}.jsonl", table):
            connection.execute(insert(table), rows)
    if connection.dialect.name == "postgresql":
        _count_on(connection, tables)


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are there, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return [table for table in metadata.sorted_tables if table.name != _NOT_COPIED]


def _batches(file: Path, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            rows.append({name: _read(value, table.columns[name]) for name, value in json.loads(line).items()})
            if len(rows) == _AT_ONCE:
                yield rows
                rows = []
    if rows:
        yield rows


def _told(value: Any) -> Any:
    match value:
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode("ascii")
    return value


def _read(value: Any, column: Column[Any]) -> Any:
    match value, column.type:
        case None, _:
            return None
        case _, DateTime():
            return datetime.fromisoformat(value)
        case _, Date():
            return date.fromisoformat(value)
        case _, LargeBinary():
            return b64decode(value)
    return value


def _as_text(read: str | bytes | memoryview) -> str:
    return read if isinstance(read, str) else bytes(read).decode()


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """Let numbers that the database draws go on after those that were put in."""
    for table in tables:
        for column in table.primary_key:
            own = {"table": f'"{table.name}"', "column": column.name}
            drawn = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), own)
            if drawn is not None:
                newest = f'SELECT coalesce(max("{column.name}"), 0) + 1 FROM "{table.name}"'
                connection.execute(text(f"SELECT setval(:drawn, ({newest}), false)"), {"drawn": drawn})
