"""Telegram: updates that were handled, and what is to be delivered."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0013_telegram"
down_revision = "0012_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "telegram_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_telegram_updates"),
    )
    op.create_table(
        "telegram_outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_telegram_outbox"),
        sa.UniqueConstraint("once", name="uq_telegram_outbox_once"),
    )
    op.create_index("ix_telegram_outbox_state_link_id", "telegram_outbox", ["state", "link_id"])
    op.create_index("ix_telegram_outbox_link_id_message_id", "telegram_outbox", ["link_id", "message_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("telegram_outbox")
    op.drop_table("telegram_updates")
