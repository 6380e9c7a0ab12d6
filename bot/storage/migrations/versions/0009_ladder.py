"""The ladder: disagreements, the stages they went through, and good practice."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0009_ladder"
down_revision = "0008_desk"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _of_a_consultation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["consultation_id"], ["consultations.id"], name=f"fk_{table}_consultation_id")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "disagreements",
        *(_text("id"), _text("consultation_id"), _text("case_id", nullable=True), _text("area")),
        *(_moment("opened_at"), _text("opened_by"), _text("about"), _text("resolution", nullable=True)),
        *(_text("learning"), _moment("closed_at", nullable=True), _text("closed_by", nullable=True)),
        _of_a_consultation("disagreements"),
        sa.PrimaryKeyConstraint("id", name="pk_disagreements"),
    )
    op.create_index("ix_disagreements_consultation_id", "disagreements", ["consultation_id"])
    op.create_index("ix_disagreements_area_closed_at", "disagreements", ["area", "closed_at"])
    where = {"sqlite_where": _OPEN, "postgresql_where": _OPEN}
    op.create_index("one_open_disagreement", "disagreements", ["consultation_id"], unique=True, **where)
    op.create_table(
        "disagreement_steps",
        *(_text("disagreement_id"), sa.Column("number", sa.Integer(), nullable=False), _text("consultation_id")),
        *(_text("stage"), _text("role"), _moment("started_at"), _moment("due_at", nullable=True)),
        *(_moment("answered_at", nullable=True), _text("answered_by", nullable=True)),
        *(_text("answered_by_name", nullable=True), _text("answer"), _text("ended", nullable=True)),
        sa.ForeignKeyConstraint(
            ["disagreement_id"], ["disagreements.id"], name="fk_disagreement_steps_disagreement_id"
        ),
        _of_a_consultation("disagreement_steps"),
        sa.PrimaryKeyConstraint("disagreement_id", "number", name="pk_disagreement_steps"),
    )
    op.create_index("ix_disagreement_steps_consultation_id", "disagreement_steps", ["consultation_id"])
    op.create_table(
        "good_practice",
        *(_text("id"), _text("consultation_id"), _text("area"), _moment("at"), _text("by"), _text("side")),
        _text("words"),
        _of_a_consultation("good_practice"),
        sa.PrimaryKeyConstraint("id", name="pk_good_practice"),
    )
    op.create_index("ix_good_practice_consultation_id", "good_practice", ["consultation_id"])
    op.create_index("ix_good_practice_area", "good_practice", ["area"])


def downgrade() -> None:
    """Take the tables away, with what is in them."""
    for table in ("good_practice", "disagreement_steps", "disagreements"):
        op.drop_table(table)
