"""Searches and the purge find their rows without walking through all that there ever was."""

from alembic import op

revision = "0016_for_searches"
down_revision = "0015_for_the_clock"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indices."""
    op.create_index("ix_consultations_opened_at", "consultations", ["opened_at"])
    op.create_index("ix_cases_area_stage_handed_over_at", "cases", ["area", "stage", "handed_over_at"])
    op.drop_index("ix_cases_area_stage", "cases")
    op.create_index("ix_cases_area_handed_over_at", "cases", ["area", "handed_over_at"])
    op.create_index("ix_cases_area_answered_at", "cases", ["area", "answered_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_cases_area_answered_at", "cases")
    op.drop_index("ix_cases_area_handed_over_at", "cases")
    op.create_index("ix_cases_area_stage", "cases", ["area", "stage"])
    op.drop_index("ix_cases_area_stage_handed_over_at", "cases")
    op.drop_index("ix_consultations_opened_at", "consultations")
