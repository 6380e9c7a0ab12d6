"""Kits of areas: from an area and a day to the bytes of a document or a calendar file."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.knowledge import closed_days
from bot.knowledge.bank_holidays import calendar_ends
from bot.knowledge.early_help import LeadPractitioner, lead_practitioner
from bot.knowledge.model import Pack
from bot.lead_kit import calendar_file, document
from bot.lead_kit.contents import Say, kit
from bot.lead_kit.days import Milestone, milestones


@dataclass(frozen=True, slots=True)
class LeadKits:
    """What makes kits. `pack_of` gives an area's pack on a day, and raises UnknownArea or NotInForce."""

    pack_of: Callable[[str, date], Pack]
    lead_of: Callable[[Pack, date], LeadPractitioner | None]
    say: Say
    closed: Set[date]
    known_until: date
    new_id: Callable[[], str]

    def document(self, area: str, starts: date, on: date) -> bytes:
        """Return the area's kit, made on a day for a plan that starts on another, as a .docx file."""
        pack = self.pack_of(area, on)
        lead = self.lead_of(pack, on)
        return document.write(kit(pack, lead, self._days(starts), starts, on, self.say))

    def calendar(self, area: str, starts: date, now: datetime) -> bytes:
        """Return the days of a plan as an .ics file. The area only has to be one."""
        self.pack_of(area, now.date())
        return calendar_file.write(self._days(starts), now, self.say, self.new_id)

    def _days(self, starts: date) -> tuple[Milestone, ...]:
        return milestones(starts, self.closed, self.known_until)


def open_kits(root: Path, pack_of: Callable[[str, date], Pack], say: Say, new_id: Callable[[], str]) -> LeadKits:
    """Return kits from the knowledge base at `root`. Raises PackError if the bank holidays cannot be read."""

    def lead_of(pack: Pack, on: date) -> LeadPractitioner | None:
        return lead_practitioner(root, pack, on)

    return LeadKits(pack_of, lead_of, say, closed_days(root), calendar_ends(root), new_id)
