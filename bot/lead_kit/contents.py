"""What stands in the kit, as plain data: sections of paragraphs, points and tables, and the sources at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.knowledge.early_help import LeadPractitioner
from bot.knowledge.model import Pack
from bot.lead_kit import local
from bot.lead_kit.days import Milestone, in_words

_PLAN_LINES = 6


class Say(Protocol):
    """Words by the name of a response, with its blanks filled in."""

    def __call__(self, name: str, /, **values: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of words."""

    words: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points; `numbered` if their order counts."""

    words: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings. Empty cells are for a pen. `caption` tells a screen reader what it is.

    `widths` are those of the columns in centimetres; without them all are alike.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    parts: tuple[Paragraph | Points | Table, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """The whole document: its title, what stands before the first heading, and its sections."""

    title: str
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    on: date


def kit(pack: Pack, lead: LeadPractitioner | None, days: Iterable[Milestone], starts: date, on: date, say: Say) -> Kit:
    """Return the kit of an area for a plan that starts on a day. `on` is the day it is made."""
    meeting = lead.meeting if lead else say("utter_kit_event_first_meeting").partition(",")[0]
    front_door, out_of_hours = (local.number(pack, place, on, say) for place in ("front_door", "out_of_hours"))
    opening = say(
        "utter_kit_lead", on=in_words(on), version=pack.version, front_door=front_door, out_of_hours=out_of_hours
    )
    sections = (
        _section(say, "role", Points(_lines(say("utter_kit_role"))), *_called(pack, lead, on, say)),
        _dates(pack, meeting, days, starts, say),
        _section(say, "invite", Points(_lines(say("utter_kit_invite"))), Paragraph(say("utter_kit_invite_care"))),
        Section(
            say("utter_kit_agenda_heading", meeting=meeting), (Points(_lines(say("utter_kit_agenda")), numbered=True),)
        ),
        _consent(pack, say),
        _plan(say),
        _section(say, "minutes", Paragraph(say("utter_kit_minutes_lead")), _form(say, "minutes")),
        _section(say, "absent", Points(_lines(say("utter_kit_absent")), numbered=True)),
        _section(say, "disagree", Paragraph(say("utter_kit_disagree_lead")), Points(local.steps(pack, say))),
        _section(say, "refused", Points(_lines(say("utter_kit_refused")))),
        _section(say, "step_up", Points(_lines(say("utter_kit_step_up")))),
        Section(say("utter_kit_help_heading", area=pack.name), (Points(local.options(pack, on, say)),)),
        _section(say, "sources", Paragraph(say("utter_kit_sources_lead")), Points(local.sources(pack, lead, on, say))),
    )
    return Kit(say("utter_kit_title", area=pack.name), _paragraphs(opening), sections, on)


def note(day: Milestone, say: Say) -> str:
    """Return what is said of a day of the plan."""
    unsure = "" if day.is_sure else say("utter_kit_note_unsure")
    return local.together(say(f"utter_kit_note_{day.name}"), unsure)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line) for line in _lines(text))


def _section(say: Say, name: str, *parts: Paragraph | Points | Table) -> Section:
    return Section(say(f"utter_kit_{name}_heading"), parts)


def _called(pack: Pack, lead: LeadPractitioner | None, on: date, say: Say) -> tuple[Paragraph, ...]:
    if lead is None:
        return ()
    name = "utter_kit_role_local" if lead.is_local else "utter_kit_role_national"
    due = local.due(lead.review_by, on, say)
    words = [local.together(say(name, area=pack.name, called=lead.called, meeting=lead.meeting), due)]
    if lead.first_meeting:
        words.append(say("utter_kit_role_first_meeting", area=pack.name, first_meeting=lead.first_meeting))
    return tuple(Paragraph(one) for one in words)


def _dates(pack: Pack, meeting: str, days: Iterable[Milestone], starts: date, say: Say) -> Section:
    rows = tuple((say(f"utter_kit_date_{day.name}", meeting=meeting), in_words(day.on), note(day, say)) for day in days)
    table = Table(say("utter_kit_dates_caption"), _lines(say("utter_kit_dates_header")), rows)
    lead = _paragraphs(say("utter_kit_dates_lead", starts=in_words(starts), area=pack.name))
    return _section(say, "dates", *lead, table)


def _consent(pack: Pack, say: Say) -> Section:
    lead = _paragraphs(say("utter_kit_consent_lead"))
    published = tuple(Paragraph(words) for words in local.consent(pack, say))
    return _section(say, "consent", *lead, _form(say, "consent"), *published)


def _plan(say: Say) -> Section:
    header = _lines(say("utter_kit_plan_header"))
    empty = tuple(("",) * len(header) for _ in range(_PLAN_LINES))
    table = Table(say("utter_kit_plan_caption"), header, empty)
    return _section(say, "plan", Paragraph(say("utter_kit_plan_lead")), table)


def _form(say: Say, name: str) -> Table:
    rows = tuple((line, "") for line in _lines(say(f"utter_kit_{name}_rows")))
    return Table(say(f"utter_kit_{name}_caption"), _lines(say(f"utter_kit_{name}_header")), rows)
