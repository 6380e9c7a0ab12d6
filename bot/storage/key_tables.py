"""The table of keys. It is kept in a database of its own: who has a copy of the records has no key to them."""

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class KeyBase(DeclarativeBase):
    """The ground of the keys' own database."""

    metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})
    type_annotation_map = {str: Text()}


class ConsultationKey(KeyBase):
    """The key of a consultation, sealed by the master key whose number is `master`."""

    __tablename__ = "consultation_keys"

    consultation_id: Mapped[str] = mapped_column(primary_key=True)
    master: Mapped[str] = mapped_column(index=True)
    wrapped: Mapped[str]
