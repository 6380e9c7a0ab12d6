"""The first tables: people, consultations, messages, the duty queue and the audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "audit_head",
    "audit",
    "cases",
    "assessments",
    "messages",
    "facts_history",
    "consultations",
    "sessions",
    "workers",
    "people",
    "schools",
)


def upgrade() -> None:
    """Make every table, and the head from which the audit chain grows."""
    _make_people()
    _make_consultations()
    _make_messages()
    _make_cases()
    _make_audit()


def downgrade() -> None:
    """Take every table away, those that refer to others first."""
    for table in _TABLES:
        op.drop_table(table)


def _text(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=f"pk_{table}")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _make_people() -> None:
    op.create_table("schools", _text("id"), _text("name"), _text("area"), _key("schools"))
    op.create_table(
        "people",
        *map(_text, ("id", "school_id", "name", "telephone", "code_digest")),
        _refers("people", "school_id", "schools"),
        _key("people"),
        _unique("people", "code_digest"),
    )
    op.create_table(
        "workers",
        *map(_text, ("id", "login", "name", "area", "password_hash", "totp_secret")),
        _number("last_step", nullable=True),
        _key("workers"),
        _unique("workers", "login"),
    )
    op.create_table(
        "sessions",
        *map(_text, ("token_hash", "person_id", "role")),
        _moment("started_at"),
        _moment("seen_at"),
        _number("idle_seconds", nullable=True),
        _moment("expires_at"),
        _key("sessions", "token_hash"),
    )


def _make_consultations() -> None:
    op.create_table(
        "consultations",
        *map(_text, ("id", "reference", "designation", "person_id", "school", "school_area")),
        _text("area", nullable=True),
        _text("stage"),
        _moment("opened_at"),
        _json("facts"),
        _refers("consultations", "person_id", "people"),
        _key("consultations"),
        _unique("consultations", "reference"),
    )
    _index("consultations", "person_id")
    op.create_table(
        "facts_history",
        _number("id"),
        _text("consultation_id"),
        _moment("at"),
        _json("facts"),
        _refers("facts_history", "consultation_id", "consultations"),
        _key("facts_history"),
    )
    _index("facts_history", "consultation_id")
    op.create_table(
        "assessments",
        _number("id"),
        _text("consultation_id"),
        _moment("at"),
        _text("pack_version"),
        _json("facts"),
        _json("result"),
        _refers("assessments", "consultation_id", "consultations"),
        _key("assessments"),
    )
    _index("assessments", "consultation_id")


def _make_messages() -> None:
    op.create_table(
        "messages",
        _number("id"),
        _text("consultation_id"),
        _number("number"),
        _text("client_id", nullable=True),
        _moment("at"),
        *map(_text, ("speaker", "text")),
        _json("buttons"),
        _json("card", nullable=True),
        _refers("messages", "consultation_id", "consultations"),
        _key("messages"),
        _unique("messages", "consultation_id", "number"),
        _unique("messages", "consultation_id", "client_id"),
    )


def _make_cases() -> None:
    handed_over = ("urgency", "reason", "goes_home", "goes_home_time", "dsl_view", "dsl_reason")
    op.create_table(
        "cases",
        *map(_text, ("id", "consultation_id", "designation", "area", *handed_over)),
        _moment("handed_over_at"),
        _moment("due_at"),
        _text("stage"),
        _text("claimed_by", nullable=True),
        _text("claimed_by_name", nullable=True),
        _moment("claimed_at", nullable=True),
        _moment("closed_at", nullable=True),
        *(_text(name, nullable=True) for name in ("outcome_level", "outcome_reason", "outcome_advice")),
        sa.Column("referral_advised", sa.Boolean(), nullable=True),
        _refers("cases", "consultation_id", "consultations"),
        _key("cases"),
    )
    _index("cases", "consultation_id")
    _index("cases", "area", "stage")
    is_open = sa.text("stage IN ('waiting', 'claimed')")
    op.create_index(
        "one_open_case",
        "cases",
        ["consultation_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at"),
        *map(_text, ("what", "who", "subject", "previous", "hash")),
        _key("audit", "number"),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _number("number"),
        _text("hash"),
        _key("audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
