"""Scrutiny: what was published, who asked for a sample, and what the report counts that nobody had written down."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0017_scrutiny"
down_revision = "0016_for_searches"
branch_labels = None
depends_on = None

_OF_A_CASE = ("lead", "early_help", "early_help_taken", "meeting")


def upgrade() -> None:
    """Make the tables, and room for what is chosen from lists."""
    op.create_table(
        "releases",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("published", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_releases"),
    )
    _requests()
    for name in _OF_A_CASE:
        op.add_column("cases", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("came", sa.JSON(), nullable=True))
    op.add_column("schools", sa.Column("phase", sa.Text(), nullable=True))


def _requests() -> None:
    workers = (("asked_by", "workers"), ("decided_by", "workers"))
    op.create_table(
        "sample_requests",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "area")),
        sa.Column("year", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "asked_by")),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        *(sa.Column(name, UtcDateTime(), nullable=True) for name in ("decided_at", "ends_at")),
        *(
            sa.ForeignKeyConstraint([name], [f"{there}.id"], name=f"fk_sample_requests_{name}")
            for name, there in workers
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sample_requests"),
    )
    for name in ("area", "asked_by"):
        op.create_index(f"ix_sample_requests_{name}", "sample_requests", [name])


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("schools", "phase")
    op.drop_column("cases", "came")
    for name in reversed(_OF_A_CASE):
        op.drop_column("cases", name)
    op.drop_table("sample_requests")
    op.drop_table("releases")
