"""Staff: codes and links of chats outside, where they lead, and what was passed on."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0012_staff"
down_revision = "0011_clusters"
branch_labels = None
depends_on = None

_OPEN = sa.text("ended_at IS NULL")
_OPEN_FOR_NOTICES = sa.text("ended_at IS NULL AND kind = 'notices'")


def _texts(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, UtcDateTime(), nullable=nullable) for name in names]


def _points(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{there}.id"], name=f"fk_{table}_{name}") for name, there in to.items()
    ]


def _indexed(table: str, *names: str) -> None:
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    """Make the tables."""
    _links()
    _codes()
    _passed_on()
    op.create_table(
        "notice_marks",
        *_texts("link_id", "consultation_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_moments("at"),
        *_points("notice_marks", link_id="chat_links", consultation_id="consultations"),
        sa.PrimaryKeyConstraint("link_id", "consultation_id", name="pk_notice_marks"),
    )


def _links() -> None:
    op.create_table(
        "chat_links",
        *_texts("id", "chat", "kind", "person_id", "school_id", "made_by"),
        *_moments("linked_at", "ends_at"),
        *_texts("talk", nullable=True),
        *_moments("staff_told_at", "ended_at", nullable=True),
        *_texts("ended_why", nullable=True),
        *_points("chat_links", person_id="people", school_id="schools", made_by="people"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_links"),
    )
    _indexed("chat_links", "person_id", "school_id", "made_by")
    for name, column, where in (
        ("one_open_link_of_a_chat", "chat", _OPEN),
        ("one_open_link_for_notices", "person_id", _OPEN_FOR_NOTICES),
    ):
        op.create_index(name, "chat_links", [column], unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "chat_addresses",
        *_texts("link_id", "address"),
        *_points("chat_addresses", link_id="chat_links"),
        sa.PrimaryKeyConstraint("link_id", name="pk_chat_addresses"),
    )


def _codes() -> None:
    op.create_table(
        "link_codes",
        *_texts("id", "code_digest", "kind", "label", "school_id", "made_by"),
        *_moments("made_at", "expires_at"),
        *_moments("ends_at", "used_at", nullable=True),
        *_texts("link_id", nullable=True),
        *_points("link_codes", school_id="schools", made_by="people", link_id="chat_links"),
        sa.PrimaryKeyConstraint("id", name="pk_link_codes"),
        sa.UniqueConstraint("code_digest", name="uq_link_codes_code_digest"),
    )
    _indexed("link_codes", "school_id", "made_by")


def _passed_on() -> None:
    op.create_table(
        "passed_on",
        *_texts("id", "consultation_id", "school_id", "person_id", "designation"),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        *_texts("words"),
        *_moments("at"),
        *_moments("seen_at", nullable=True),
        *_texts("seen_by", "taken_up", "taken_by", nullable=True),
        *_moments("told_at", nullable=True),
        *_points("passed_on", consultation_id="consultations", school_id="schools", person_id="people"),
        sa.PrimaryKeyConstraint("id", name="pk_passed_on"),
    )
    _indexed("passed_on", "consultation_id", "school_id", "person_id", "taken_up")


def downgrade() -> None:
    """Take them away."""
    for table in ("notice_marks", "passed_on", "link_codes", "chat_addresses", "chat_links"):
        op.drop_table(table)
