"""Storage: what is kept, in SQL, and a chain that shows if it was tampered with.

Keeps consultations, messages, facts, assessments, the duty queue, people and their sessions for the
desk, in SQLite by default and in PostgreSQL by the same code. Access codes and session tokens
are kept as digests alone, times in UTC, and what a person wrote is looked at a second time before
it is stored. Private notes and the index of cases are shelves of their own beside the records: only the desk's
console is given them. So is what belongs to a school's staff. May import: bot.consultation, bot.desk's ports
and types, sqlalchemy, alembic, cryptography.
"""

from bot.storage.audit_heads import NotAHead, NotedHead, note_daily, note_head, noted_heads
from bot.storage.case_index import CaseIndex
from bot.storage.counting import CountShelf, time_statements
from bot.storage.engine import NotReached, libpq_address, make_engine
from bot.storage.keys import KeyGone, Keys
from bot.storage.migrate import is_migrated, migrate, migration_of, unmigrate
from bot.storage.notes import NoteShelf
from bot.storage.outbox import OutboxShelf
from bot.storage.records import SqlRecords, WeakAccessCode, WrongRole
from bot.storage.releases import ReleaseShelf
from bot.storage.rescoring import RescoringShelf
from bot.storage.scrutiny import ScrutinyShelf
from bot.storage.sealing import NotOpened
from bot.storage.shelf import Scan, Strict
from bot.storage.staff import StaffShelf
from bot.storage.tracker import Tracker

__all__ = [
    "CaseIndex",
    "CountShelf",
    "KeyGone",
    "Keys",
    "NotAHead",
    "NotOpened",
    "NotReached",
    "NoteShelf",
    "NotedHead",
    "OutboxShelf",
    "ReleaseShelf",
    "RescoringShelf",
    "Scan",
    "ScrutinyShelf",
    "SqlRecords",
    "StaffShelf",
    "Strict",
    "Tracker",
    "WeakAccessCode",
    "WrongRole",
    "is_migrated",
    "libpq_address",
    "make_engine",
    "migrate",
    "migration_of",
    "note_daily",
    "note_head",
    "noted_heads",
    "time_statements",
    "unmigrate",
]
