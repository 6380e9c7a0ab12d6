"""Lives of a case: who moves it where, passing it on, asking again; and whether the assistant is silent."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0005_lives"
down_revision = "0004"
branch_labels = None
depends_on = None

# By name and kind: a column belongs to one table for good.
_NEW = {
    "transferred_to": sa.Text(),
    "transferred_to_name": sa.Text(),
    "transferred_area": sa.Text(),
    "answered_at": UtcDateTime(),
    "reopens": sa.Text(),
    "actions": sa.JSON(),
    "review_on": sa.Date(),
    "name_state": sa.Text(),
    "referral_result": sa.Text(),
}
_OPEN_BEFORE = sa.text("stage IN ('waiting', 'claimed')")
_OPEN = sa.text("stage IN ('waiting', 'claimed', 'transferred', 'answered')")


def upgrade() -> None:
    """Make room; whoever has a consultation now has silenced the assistant."""
    op.add_column("consultations", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    taken = sa.text("UPDATE consultations SET held = :yes WHERE stage IN ('claimed', 'closed')")
    op.execute(taken.bindparams(yes=True))
    op.drop_index("one_open_case", table_name="cases")
    for name, kind in _NEW.items():
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    op.execute("UPDATE cases SET answered_at = closed_at WHERE stage = 'closed'")
    op.create_index("ix_cases_transferred_area", "cases", ["transferred_area"])
    _one_open_case(_OPEN)
    op.create_table(
        "case_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("what", "who", "here", "there", "reason")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name="fk_case_moves_consultation_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_moves_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_moves"),
    )
    op.create_index("ix_case_moves_consultation_id", "case_moves", ["consultation_id"])
    op.create_index("ix_case_moves_case_id", "case_moves", ["case_id"])
    op.create_table(
        "reading_marks",
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name="fk_reading_marks_consultation_id"),
        sa.PrimaryKeyConstraint("consultation_id", "side", name="pk_reading_marks"),
    )


def downgrade() -> None:
    """Take it away. What has been answered counts as closed, what is being passed on as claimed."""
    op.drop_table("reading_marks")
    op.drop_index("ix_case_moves_case_id", table_name="case_moves")
    op.drop_index("ix_case_moves_consultation_id", table_name="case_moves")
    op.drop_table("case_moves")
    op.drop_index("one_open_case", table_name="cases")
    op.drop_index("ix_cases_transferred_area", table_name="cases")
    for table in ("cases", "consultations"):
        op.execute(f"UPDATE {table} SET stage = 'closed' WHERE stage IN ('answered', 'abandoned')")
        op.execute(f"UPDATE {table} SET stage = 'claimed' WHERE stage = 'transferred'")
    op.execute("UPDATE consultations SET stage = 'with_assistant' WHERE stage = 'offered'")
    op.execute("UPDATE cases SET stage = 'closed' WHERE stage = 'with_assistant'")
    for name in reversed(_NEW):
        op.drop_column("cases", name)
    _one_open_case(_OPEN_BEFORE)
    op.drop_column("consultations", "held")


def _one_open_case(still_open: sa.TextClause) -> None:
    op.create_index(
        "one_open_case",
        "cases",
        ["consultation_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
