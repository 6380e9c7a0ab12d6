"""The tables: what is kept, in one list. What may go in, and in which order, is decided on the shelves."""

from bot.storage.audit_tables import AuditHead, AuditLine
from bot.storage.base import Base
from bot.storage.consultation_tables import AssessmentRow, ChildMark, ConsultationRow, FactsRow, MessageRow
from bot.storage.duty_tables import CaseRow
from bot.storage.knowledge_tables import PackVersion, RevisionRow
from bot.storage.people_tables import Dsl, School, SignedIn, Worker

__all__ = [
    "AssessmentRow",
    "AuditHead",
    "AuditLine",
    "Base",
    "CaseRow",
    "ChildMark",
    "ConsultationRow",
    "Dsl",
    "FactsRow",
    "MessageRow",
    "PackVersion",
    "RevisionRow",
    "School",
    "SignedIn",
    "Worker",
]
