"""Clusters: schools that share link workers."""

import sqlalchemy as sa
from alembic import op

revision = "0011_clusters"
down_revision = "0010_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.add_column("schools", sa.Column("cluster", sa.Text(), nullable=True))
    op.create_table(
        "link_workers",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_link_workers_worker_id"),
        sa.PrimaryKeyConstraint("area", "cluster", "worker_id", name="pk_link_workers"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("link_workers")
    op.drop_column("schools", "cluster")
