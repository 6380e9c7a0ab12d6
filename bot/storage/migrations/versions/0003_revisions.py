"""Revisions: changes of an area's knowledge on their way to being in force, and who may edit."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let no worker edit until somebody says so."""
    op.create_table(
        "revisions",
        *(_text(name) for name in ("id", "area", "state", "digest", "based_on", "made_by")),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("written_by", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        _text("reason"),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_area", "revisions", ["area"])
    with _workers() as workers:
        workers.add_column(sa.Column("edits", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take them away."""
    with _workers() as workers:
        workers.drop_column("edits")
    op.drop_index("ix_revisions_area", table_name="revisions")
    op.drop_table("revisions")


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _workers():
    # SQLite writes a new column behind the constraints; made anew, the table is as the code would make it.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table("workers", recreate="always" if is_sqlite else "never")
