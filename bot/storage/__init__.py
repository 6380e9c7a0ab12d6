"""Storage: what is kept, in SQL, and a chain that shows if it was tampered with.

Keeps consultations, messages, facts, assessments, the duty queue, people and their sessions for the
desk, in SQLite by default and in PostgreSQL by the same code. Access codes and session tokens
are kept as digests alone, times in UTC, and what a person wrote is looked at a second time before
it is stored. May import: bot.consultation, bot.desk.ports, bot.desk.revisions,
sqlalchemy, alembic.
"""

from bot.storage.engine import make_engine
from bot.storage.migrate import is_migrated, migrate, unmigrate
from bot.storage.records import SqlRecords, WeakAccessCode
from bot.storage.shelf import Scan, Strict
from bot.storage.tracker import Tracker

__all__ = [
    "Scan",
    "SqlRecords",
    "Strict",
    "Tracker",
    "WeakAccessCode",
    "is_migrated",
    "make_engine",
    "migrate",
    "unmigrate",
]
