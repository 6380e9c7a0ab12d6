"""Keeping a record: the use-case, for the DSL whose consultation it is, and for the desk that answers in it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk import readings
from bot.desk.case import Case
from bot.desk.claim import consultation_for
from bot.desk.consult import Counsel
from bot.desk.duty.ladder import Disagreement
from bot.desk.own_questions import wording_of
from bot.desk.ports import Consultation, NotKept, Person, Records, Role
from bot.desk.record.contents import Record
from bot.desk.record.kept import kept_of
from bot.desk.record.quoting import quotes_of
from bot.desk.record.telling import told
from bot.desk.record.voice import Voice, sources_of


class Disagreements(Protocol):
    """What is asked of the place where disagreements are kept."""

    def disagreements_of(self, consultation_id: str) -> Sequence[Disagreement]: ...


@dataclass(frozen=True, slots=True)
class Keeping:
    """Makes records to keep, from what the records hold."""

    records: Records
    disagreements: Disagreements
    counsel: Counsel

    async def of(self, dsl: Person, consultation_id: str, now: datetime) -> Record:
        """Return the record of the DSL's own consultation, and note that it was taken. Raises NotKept for any other."""
        consultation = consultation_for(self.records, consultation_id, dsl)
        if consultation.person_id != dsl.id or dsl.role != Role.DSL:
            raise NotKept("consultation")
        self.records.note_once("consultation.record_taken", dsl.id, consultation.id, now, readings.ONE_READING)
        return await self._made(consultation, now)

    async def at_desk(self, worker: Person, case_id: str, now: datetime) -> tuple[Case, Record]:
        """Return a case with the very record that the DSL gets, and note who read it. Raises NoSuchCase and NotKept."""
        case, consultation = readings.of_the_record(self.records, case_id, worker, now)
        return case, await self._made(consultation, now)

    async def _made(self, consultation: Consultation, now: datetime) -> Record:
        every = self.disagreements.disagreements_of(consultation.id)
        pack = self.counsel.pack({"child_area": consultation.area})
        messages = self.records.messages(consultation.id)
        # Reading a long talk takes a while, and others are talking meanwhile.
        quotes = await asyncio.to_thread(quotes_of, self.counsel, messages)
        kept = kept_of(self.counsel, consultation, messages, quotes, every, now)
        sources = sources_of(kept.decision.result) if kept.decision else ()
        return told(kept, Voice(wording_of(self.counsel.wording, pack), self.counsel.national.asked_in(pack), sources))
