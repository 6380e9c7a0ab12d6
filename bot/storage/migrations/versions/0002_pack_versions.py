"""Pack versions: what a decision was made by is kept beside the decision."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pack_versions",
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("content", name="pk_pack_versions"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("pack_versions")
