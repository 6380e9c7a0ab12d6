"""The records: every shelf in one piece, as the desk's port describes them."""

from bot.storage.consultations import ConsultationShelf
from bot.storage.decisions import DecisionShelf
from bot.storage.marks import MarkShelf
from bot.storage.people import PeopleShelf, WeakAccessCode
from bot.storage.queue import QueueShelf
from bot.storage.retention import RetentionShelf
from bot.storage.revisions import RevisionShelf
from bot.storage.rewording import RewordingShelf

__all__ = ["SqlRecords", "WeakAccessCode"]


class SqlRecords(
    PeopleShelf,
    ConsultationShelf,
    DecisionShelf,
    QueueShelf,
    RewordingShelf,
    RetentionShelf,
    RevisionShelf,
    MarkShelf,
):
    """Keeps everything in an SQL database. Satisfies `bot.desk.ports.Records`.

    Any number of threads and processes may use one database; one method is one transaction.
    """
