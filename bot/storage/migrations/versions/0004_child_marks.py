"""Child marks: keyed hashes that link consultations about one child; and which consultations are practice."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and room for the practice case that a consultation is about."""
    op.create_table(
        "child_marks",
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name="fk_child_marks_consultation_id"),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_child_marks"),
    )
    op.create_index("ix_child_marks_mark", "child_marks", ["mark"])
    # Not made anew, as a table that others refer to cannot be dropped while they hold rows.
    op.add_column("consultations", sa.Column("practice", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("consultations", "practice")
    op.drop_index("ix_child_marks_mark", table_name="child_marks")
    op.drop_table("child_marks")
