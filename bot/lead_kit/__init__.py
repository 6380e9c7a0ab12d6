"""The lead practitioner's kit: what a school needs to lead early help, as a document and as calendar dates.

Works out days (`days.py`), says what stands in the kit as plain data (`contents.py`, `local.py`), writes it
as a document (`document.py`) and as a calendar file (`calendar_file.py`), and does both for an area
(`kits.py`). No name of a child goes in or comes out. May import: bot.consultation, bot.knowledge,
python-docx, icalendar.
"""

from bot.lead_kit.days import Milestone, milestones
from bot.lead_kit.kits import LeadKits, open_kits

__all__ = ["LeadKits", "Milestone", "milestones", "open_kits"]
