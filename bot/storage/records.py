"""The records: every shelf in one piece, as the desk's port describes them."""

from bot.storage.access import AccessShelf
from bot.storage.at_once import AtOnceShelf
from bot.storage.attempts import AttemptShelf
from bot.storage.case_details import CaseDetailShelf
from bot.storage.clusters import ClusterShelf
from bot.storage.consultations import ConsultationShelf
from bot.storage.decisions import DecisionShelf
from bot.storage.ladders import LadderShelf
from bot.storage.marks import MarkShelf
from bot.storage.opening import OpeningShelf
from bot.storage.people import WeakAccessCode, WrongRole
from bot.storage.presence import PresenceShelf
from bot.storage.reading_marks import ReadingMarkShelf
from bot.storage.retention import RetentionShelf
from bot.storage.revisions import RevisionShelf
from bot.storage.rewording import RewordingShelf
from bot.storage.rounds import RoundShelf
from bot.storage.talking import TalkingShelf

__all__ = ["SqlRecords", "WeakAccessCode", "WrongRole"]


class SqlRecords(
    AccessShelf,
    AttemptShelf,
    ConsultationShelf,
    DecisionShelf,
    CaseDetailShelf,
    LadderShelf,
    RewordingShelf,
    RetentionShelf,
    RevisionShelf,
    MarkShelf,
    ReadingMarkShelf,
    TalkingShelf,
    RoundShelf,
    PresenceShelf,
    ClusterShelf,
    AtOnceShelf,
    OpeningShelf,
):
    """Keeps everything in an SQL database. Satisfies `bot.desk.ports.Records`,
    and `bot.desk.duty.ladder_records.LadderRecords`.

    Any number of threads and processes may use one database; one method is one transaction.
    """
