"""Desk: private notes on cases."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0008_desk"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what colleagues at a desk write for each other."""
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name="fk_case_notes_consultation_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_notes_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_notes"),
    )
    op.create_index("ix_case_notes_consultation_id", "case_notes", ["consultation_id"])
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id"])


def downgrade() -> None:
    """Take them away with all that was written."""
    op.drop_index("ix_case_notes_case_id", table_name="case_notes")
    op.drop_index("ix_case_notes_consultation_id", table_name="case_notes")
    op.drop_table("case_notes")
