"""Rounds: following up, ringing back, and who is at the desk."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0010_rounds"
down_revision = "0009_ladder"
branch_labels = None
depends_on = None

_NEW = {
    "follow_up_asked_at": UtcDateTime(),
    "follow_up": sa.Text(),
    "call_back_at": UtcDateTime(),
    "call_back_safe": sa.Text(),
}


def upgrade() -> None:
    """Make room."""
    for name, kind in _NEW.items():
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    op.create_table(
        "presence",
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_presence_worker_id"),
        sa.PrimaryKeyConstraint("worker_id", name="pk_presence"),
    )
    op.create_index("ix_presence_area", "presence", ["area"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_presence_area", table_name="presence")
    op.drop_table("presence")
    for name in reversed(_NEW):
        op.drop_column("cases", name)
