"""Re-scoring: rounds of practice cases, and where workers placed them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0018_rescoring"
down_revision = "0017_scrutiny"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rescoring_rounds",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "area")),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], ["workers.id"], name=f"fk_rescoring_rounds_{name}")
            for name in ("opened_by", "closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rescoring_rounds"),
    )
    op.create_index("ix_rescoring_rounds_area", "rescoring_rounds", ["area"])
    op.create_table(
        "rescoring_places",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("round_id", "practice", "worker_id", "level")),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rescoring_rounds.id"], name="fk_rescoring_places_round_id"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_rescoring_places_worker_id"),
        sa.PrimaryKeyConstraint("round_id", "practice", "worker_id", name="pk_rescoring_places"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("rescoring_places")
    op.drop_table("rescoring_rounds")
