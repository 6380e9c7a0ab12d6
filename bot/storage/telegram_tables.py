"""The tables of Telegram: which updates were handled, and what is to be delivered."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class TelegramUpdate(Base):
    """An update that was handled: one that stands here is not handled again."""

    __tablename__ = "telegram_updates"

    update_id: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class OutboxRow(Base):
    """Something to be done in the chat of a link. A body that is not needed any more is let go of."""

    __tablename__ = "telegram_outbox"
    __table_args__ = (
        Index("ix_telegram_outbox_state_link_id", "state", "link_id"),
        Index("ix_telegram_outbox_link_id_message_id", "link_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[str]
    once: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    body: Mapped[str | None]
    at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int]
    state: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(BigInteger())
    sent_at: Mapped[datetime | None]
