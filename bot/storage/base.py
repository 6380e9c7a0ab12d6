"""The common ground of all tables: how constraints are named and what a Python type is kept as."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from bot.storage.columns import AnyText, UtcDateTime


class Base(DeclarativeBase):
    """The common ground of all tables; every constraint has a name, so that migrations can find it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), str: AnyText(), dict[str, Any]: JSON(), list[Any]: JSON()}
