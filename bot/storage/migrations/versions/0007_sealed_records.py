"""Sealed records: the audit chain's end is sealed and its lines stay; holds; words are sealed with keys of their own.

The words that stand there from before are sealed here and now, in one transaction: from then on nothing reads a
plain one, so that nobody who can write to the database can slip one in. Their keys are written first, to their
own database; if this is broken off they are there already when it runs again.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from bot.storage.audit import head_seal
from bot.storage.audit_tables import KEPT_AS_IT_IS, LET_GO
from bot.storage.columns import UtcDateTime
from bot.storage.keys import KeyGone

revision = "0007"
down_revision = "0006_access"
branch_labels = None
depends_on = None

_JSON, _TEXT = sa.JSON(none_as_null=True), sa.Text()
# table: the column of the consultation, the column that tells its rows apart, and what is sealed
_SEALED = {
    "consultations": ("id", "id", {"facts": _JSON}),
    "messages": ("consultation_id", "number", {"text": _TEXT, "buttons": _JSON, "card": _JSON}),
    "facts_history": ("consultation_id", "at", {"facts": _JSON}),
    "assessments": ("consultation_id", "at", {"facts": _JSON, "result": _JSON}),
    "cases": (
        "consultation_id",
        "id",
        {"dsl_reason": _TEXT, "outcome_reason": _TEXT, "outcome_advice": _TEXT, "actions": _JSON},
    ),
    "case_moves": ("consultation_id", "at", {"reason": _TEXT}),
}
_TYPES = {"at": UtcDateTime(), "number": sa.Integer()}


class NoKeys(Exception):
    """Tried to bring a database that holds consultations to another shape without the keys to its words."""


def upgrade() -> None:
    """Make room, seal what is there as it is found, and let nobody change a line of the chain from here on."""
    op.add_column("audit_head", sa.Column("seal", sa.Text(), nullable=True))
    op.create_index("ix_audit_subject", "audit", ["subject"])
    _seal_head()
    for statement in KEPT_AS_IT_IS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("consultation_id", "who", "reason")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name="fk_holds_consultation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
    )
    op.create_index("ix_holds_consultation_id", "holds", ["consultation_id"])
    _rewrite(_sealed)


def downgrade() -> None:
    """Open all words again and take the rest away. Lines can then be changed; the chain still shows it."""
    _rewrite(_opened)
    op.drop_index("ix_holds_consultation_id", table_name="holds")
    op.drop_table("holds")
    for statement in LET_GO[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_index("ix_audit_subject", table_name="audit")
    op.drop_column("audit_head", "seal")


def _seal_head() -> None:
    pepper = context.config.attributes.get("pepper")
    if pepper is None:
        return  # an end without a seal is told as broken
    heads = sa.table("audit_head", sa.column("id"), sa.column("number"), sa.column("hash"), sa.column("seal"))
    for head in op.get_bind().execute(sa.select(heads)).all():
        seal = head_seal(pepper.encode(), head.number, head.hash)
        op.get_bind().execute(sa.update(heads).where(heads.c.id == head.id).values(seal=seal))


def _rewrite(anew: Callable[[Any, str, str, Any], Any]) -> None:
    """Put `anew(keys, consultation, place, value)` in place of every value that is sealed."""
    keys, bind = context.config.attributes.get("keys"), op.get_bind()
    for name, (of, told_by, columns) in _SEALED.items():
        names = dict.fromkeys(("id", of, told_by))
        table = sa.table(
            name, *(sa.column(one, _TYPES.get(one)) for one in names), *(sa.column(*one) for one in columns.items())
        )
        for row in bind.execute(sa.select(table)).mappings().all():
            if keys is None:
                raise NoKeys
            places = {column: _place(name, column, row[told_by]) for column in columns if row[column] is not None}
            values = {column: anew(keys, row[of], place, row[column]) for column, place in places.items()}
            bind.execute(sa.update(table).where(table.c.id == row["id"]).values(values))


def _sealed(keys: Any, consultation_id: str, place: str, value: Any) -> str:
    try:
        return keys.seal(consultation_id, place, value)
    except KeyGone:
        keys.make(consultation_id)
        return keys.seal(consultation_id, place, value)


def _opened(keys: Any, consultation_id: str, place: str, value: Any) -> Any:
    return keys.open(consultation_id, place, value)


def _place(table: str, column: str, told_by: Any) -> str:
    told = told_by.astimezone(UTC).isoformat() if isinstance(told_by, datetime) else str(told_by)
    return f"{table}.{column}\0{told}"
