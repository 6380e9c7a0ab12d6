"""The tables of the audit chain: its lines, which the database itself lets nobody change, and where it ends."""

from datetime import datetime

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class AuditLine(Base):
    """A line of the audit chain; `hash` covers the line and the hash before it."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    what: Mapped[str]
    who: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """Where the chain ends. One row, locked to append, so that lines queue up and none is cut off unseen.

    `seal` is keyed and covers the other two.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]
    seal: Mapped[str | None]


# What makes a database refuse to change or take out a line, and what makes it do so again, by its dialect.
KEPT_AS_IT_IS = {
    "sqlite": (
        "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END",
        "CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'the audit chain only grows'; END $$",
        "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
    ),
}
LET_GO = {
    "sqlite": ("DROP TRIGGER audit_is_not_changed", "DROP TRIGGER audit_is_not_deleted"),
    "postgresql": ("DROP TRIGGER audit_only_grows ON audit", "DROP FUNCTION audit_only_grows()"),
}

for _dialect, _statements in KEPT_AS_IT_IS.items():
    for _statement in _statements:
        event.listen(AuditLine.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
