"""What the clock looks for every minute is found without walking through all that there ever was."""

from alembic import op

revision = "0015_for_the_clock"
down_revision = "0014_talking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indices."""
    op.create_index("ix_messages_at_consultation_id", "messages", ["at", "consultation_id"])
    op.create_index("ix_cases_stage_review_on", "cases", ["stage", "review_on"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_messages_at_consultation_id", "messages")
    op.drop_index("ix_cases_stage_review_on", "cases")
