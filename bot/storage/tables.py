"""The tables: what is kept, in one list. What may go in, and in which order, is decided on the shelves."""

from bot.storage.audit_tables import AuditHead, AuditLine
from bot.storage.base import Base
from bot.storage.consultation_tables import (
    AssessmentRow,
    ChildMark,
    ConsultationRow,
    FactsRow,
    MessageRow,
    ReadingMark,
)
from bot.storage.duty_tables import CaseMoveRow, CaseNoteRow, CaseRow, PresenceRow
from bot.storage.knowledge_tables import PackVersion, RevisionRow
from bot.storage.ladder_tables import DisagreementRow, DisagreementStepRow, GoodPracticeRow
from bot.storage.people_tables import Attempt, Dsl, LinkWorker, School, SignedIn, Worker
from bot.storage.rescoring_tables import RescoringPlaceRow, RescoringRoundRow
from bot.storage.retention_tables import Hold
from bot.storage.scrutiny_tables import ReleaseRow, SampleRequestRow
from bot.storage.staff_tables import ChatAddressRow, ChatLinkRow, LinkCodeRow, NoticeMark, PassedOnRow
from bot.storage.talking_tables import ReferenceMarkRow, UnsentRow
from bot.storage.telegram_tables import OutboxRow, TelegramUpdate

__all__ = [
    "AssessmentRow",
    "Attempt",
    "AuditHead",
    "AuditLine",
    "Base",
    "CaseMoveRow",
    "CaseNoteRow",
    "CaseRow",
    "ChatAddressRow",
    "ChatLinkRow",
    "ChildMark",
    "ConsultationRow",
    "DisagreementRow",
    "DisagreementStepRow",
    "Dsl",
    "FactsRow",
    "GoodPracticeRow",
    "Hold",
    "LinkCodeRow",
    "LinkWorker",
    "MessageRow",
    "NoticeMark",
    "OutboxRow",
    "PackVersion",
    "PassedOnRow",
    "PresenceRow",
    "ReadingMark",
    "ReferenceMarkRow",
    "ReleaseRow",
    "RescoringPlaceRow",
    "RescoringRoundRow",
    "RevisionRow",
    "SampleRequestRow",
    "School",
    "SignedIn",
    "TelegramUpdate",
    "UnsentRow",
    "Worker",
]
