"""The desk's back office behind a fake house: the real use-cases, with notes and cases in memory."""

from collections.abc import Collection
from datetime import datetime
from itertools import count

import httpx
from starlette.routing import Mount

from bot.consultation import Stage
from bot.desk.case import Case
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.notes import CaseNote, Notes
from bot.knowledge.desk_settings import DeskSettings
from bot.lead_kit import open_kits
from bot.web.app import create_app
from tests import at_the_desk
from tests.fakes import FakeRecords
from tests.fakes_web import RASA_TOKEN, FakeHouse, say
from tests.unit.web.visitor import Visitor

HERE = "http://testserver"


class NotesInMemory:
    """Keeps notes, once each, with the line of the audit chain."""

    def __init__(self, records: FakeRecords) -> None:
        self.records, self.kept = records, {}

    def keep_note(self, note: CaseNote) -> CaseNote:
        """Keep it, unless it is there."""
        if note.id not in self.kept:
            self.records.note("case.noted", note.who, note.case_id, note.at)
        return self.kept.setdefault(note.id, note)

    def notes_of(self, case_ids: Collection[str]) -> tuple[CaseNote, ...]:
        """Return them, oldest first."""
        return tuple(note for note in self.kept.values() if note.case_id in case_ids)


class CasesInMemory:
    """Looks cases up among those of the fake records."""

    def __init__(self, records: FakeRecords) -> None:
        self.records = records

    def _of(self, area: str) -> list[Case]:
        cases = (case for kept in self.records._kept for case in self.records.cases_of(kept))
        return sorted((case for case in cases if case.area == area), key=lambda c: c.handed_over_at, reverse=True)

    def find_cases(
        self,
        area: str,
        *,
        reference: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        urgency: str = "",
        stage: Stage | None = None,
        most: int,
    ) -> list[Case]:
        """Return those that fit."""
        return [
            case
            for case in self._of(area)
            if (not reference or self.records.consultation(case.consultation_id).reference == reference)
            and (since is None or case.handed_over_at >= since)
            and (until is None or case.handed_over_at < until)
            and (not urgency or case.urgency == urgency)
            and (stage is None or case.stage is stage)
        ][:most]

    def answered_since(self, area: str, moment: datetime) -> list[Case]:
        """Return those that were answered."""
        return [case for case in self._of(area) if case.answered_at and case.answered_at >= moment]


def make_back_office(house: FakeHouse, settings: DeskSettings | None = None) -> BackOffice:
    """Return a back office of the desk of a fake house, whose settings are the same for every area."""
    ids, desks = count(1), house.asking.desks
    if settings:
        object.__setattr__(desks, "settings_of", lambda area, on: settings)
    notes = Notes(house.records, NotesInMemory(house.records), house.duty.redact, lambda: f"note-{next(ids)}")
    cases = CasesInMemory(house.records)
    return BackOffice(house.records, notes, cases, house.duty.counsel, desks, house.emergency)


class AtTheConsole(Visitor):
    """A visitor at doors behind which a back office is, and the lead practitioner's kit with real knowledge."""

    def __init__(self, settings: DeskSettings | None = None) -> None:
        super().__init__()
        self.back_office = make_back_office(self.house, settings)
        kits = open_kits(at_the_desk.ROOT, at_the_desk.pack_of, at_the_desk.wording().say, lambda: "uid")
        self.app = create_app(
            self.house,
            say,
            clock=lambda: self.house.clock(),
            base_url=HERE,
            rasa_token=RASA_TOKEN,
            kits=kits,
            back_office=self.back_office,
        )
        transport = httpx.ASGITransport(self.app, client=("192.0.2.7", 1234))
        self._client = httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Origin": HERE})

    def apps(self) -> dict[str, object]:
        """Return the apps by where they are mounted."""
        return {route.path: route.app for route in self.app.routes if isinstance(route, Mount)}
