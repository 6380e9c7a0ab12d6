"""Access: roles, who may sign in no more, and attempts that outlast a restart."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0006_access"
down_revision = "0005_lives"
branch_labels = None
depends_on = None

# Nobody could have had these before; what the earlier code does not know must not become a duty worker there.
_KNOWN_BEFORE = "('duty_worker', 'manager', 'knowledge_editor')"


def upgrade() -> None:
    """Make room for roles, and give everybody the one that they have."""
    # Not made anew, as tables that others refer to cannot be dropped while they hold rows.
    for table, since in (("people", "revoked_at"), ("workers", "disabled_at")):
        op.add_column(table, sa.Column("role", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column(since, UtcDateTime(), nullable=True))
    op.execute("UPDATE people SET role = 'dsl'")
    op.execute("UPDATE workers SET role = CASE WHEN edits THEN 'knowledge_editor' ELSE 'duty_worker' END")
    op.drop_column("workers", "edits")
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_key_digest_at", "attempts", ["key_digest", "at"])


def downgrade() -> None:
    """Take them away. Who had other rights than a duty worker, an editor or a DSL, or none any more, is shut out."""
    op.drop_index("ix_attempts_key_digest_at", table_name="attempts")
    op.drop_table("attempts")
    op.execute("DELETE FROM sessions")
    op.execute("UPDATE people SET code_digest = 'revoked ' || id WHERE role <> 'dsl' OR revoked_at IS NOT NULL")
    op.execute(
        "UPDATE workers SET password_hash = 'disabled' "
        f"WHERE role NOT IN {_KNOWN_BEFORE} OR disabled_at IS NOT NULL"
    )
    op.add_column("workers", sa.Column("edits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE workers SET edits = (role = 'knowledge_editor')")
    for table, since in (("people", "revoked_at"), ("workers", "disabled_at")):
        op.drop_column(table, since)
        op.drop_column(table, "role")
