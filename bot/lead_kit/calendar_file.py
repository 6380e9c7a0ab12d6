"""The days of a plan as a calendar file: whole days, with no name, nobody invited and no place."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.lead_kit.contents import Say, note
from bot.lead_kit.days import Milestone

_MADE_BY = "-//noname//lead practitioner kit//EN"


def write(days: Iterable[Milestone], now: datetime, say: Say, new_id: Callable[[], str]) -> bytes:
    """Return the bytes of an .ics file. `now` has its zone.

    Each event has an id of its own from `new_id`: two plans that start on one day must not become one
    in somebody's calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("utter_kit_calendar_name"))
    for day in days:
        calendar.add_component(_event(day, now, say, new_id()))
    return calendar.to_ical()


def _event(day: Milestone, now: datetime, say: Say, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", say(f"utter_kit_event_{day.name}"))
    event.add("description", say("utter_kit_event_words", note=note(day, say)))
    event.add("class", "PRIVATE")
    # A latest day, and not a day that is taken.
    event.add("transp", "TRANSPARENT")
    return event
