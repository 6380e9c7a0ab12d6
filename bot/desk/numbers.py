"""Whom to ring, in words, each with the day it was last checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from bot.knowledge.model import Contact, National, Pack


class Say(Protocol):
    """Words by the name of a response, with its blanks filled in."""

    def __call__(self, name: str, **values: str) -> str: ...


# National numbers that responses name.
_HELPLINES = ("childline", "nspcc", "samaritans", "domestic_abuse", "education_support")


def numbers(pack: Pack | None, national: National, say: Say, on: date) -> dict[str, str]:
    """Return the blanks that responses may use for people to ring.

    A contact that the area has not published says so and points to the council; one past its
    review date is shown as such, never hidden.
    """
    local: Mapping[str, Contact] = pack.contacts if pack else {}
    front_door = _number(local.get("front_door"), say, on)
    out_of_hours = _number(local.get("out_of_hours"), say, on)
    area = pack.name if pack else say("utter_this_area")
    return {
        "area": area,
        "front_door": front_door,
        "out_of_hours": out_of_hours,
        "lado": _number(local.get("lado"), say, on),
        "front_door_line": say("utter_line_front_door", area=area, number=front_door),
        "out_of_hours_line": say("utter_line_out_of_hours", area=area, number=out_of_hours),
        **{name: _number(national.contacts.get(name), say, on) for name in _HELPLINES},
    }


def in_words(day: date) -> str:
    """Return a day as people write it: 2 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def shown_contact(contact: Contact | None) -> Mapping[str, Any] | None:
    """Return a contact as a door shows it, or None where the area has published none."""
    if contact is None:
        return None
    return {
        "label": contact.label,
        "value": contact.value,
        "hours": contact.hours,
        "checked": contact.citation.verified,
    }


def whom_to_ring(pack: Pack | None, national: National) -> Mapping[str, Any]:
    """Return the numbers that a page keeps in view: 999, and the area's own where it has published them."""
    local: Mapping[str, Contact] = pack.contacts if pack else {}
    return {
        "in_danger": national.contacts["emergency"].value,
        "front_door": shown_contact(local.get("front_door")),
        "out_of_hours": shown_contact(local.get("out_of_hours")),
    }


def _number(contact: Contact | None, say: Say, on: date) -> str:
    if contact is None:
        return say("utter_number_missing")
    name = "utter_number" if on <= contact.review_by else "utter_number_past_review"
    return say(name, value=contact.value, checked=in_words(contact.citation.verified))
