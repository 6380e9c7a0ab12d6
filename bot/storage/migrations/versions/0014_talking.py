"""Talking: what was typed and not sent, and whether the reference is kept."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0014_talking"
down_revision = "0013_telegram"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    for table, column in (("unsent", "text"), ("reference_marks", "mark")):
        op.create_table(
            table,
            sa.Column("consultation_id", sa.Text(), nullable=False),
            sa.Column(column, sa.Text(), nullable=False),
            sa.Column("at", UtcDateTime(), nullable=False),
            sa.ForeignKeyConstraint(
                ["consultation_id"], ["consultations.id"], name=f"fk_{table}_consultation_id"
            ),
            sa.PrimaryKeyConstraint("consultation_id", name=f"pk_{table}"),
        )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("reference_marks")
    op.drop_table("unsent")
