"""An area's own cards: how a no-name consultation works there, and who is who.

Everything with its source and the day it was checked. What the area has not published is said plainly, and what
is past its check is marked and never hidden.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.desk import cards
from bot.desk.cards import Card
from bot.desk.numbers import in_words
from bot.knowledge.model import Contact, Pack, ProfileLine
from bot.knowledge.profile import NOT_PUBLISHED
from bot.knowledge.wording import Wording

_FIRST = ("no_name_allowed", "name_needed_when", "order_to_ring")
_FOLDED = ("recorded", "consent_to_consult")

# In the order in which somebody is rung: who takes a worry first, then who advises, then everybody else.
_TO_RING = ("front_door", "mash", "duty_team", "link_worker", "out_of_hours")
_BESIDE = ("lado", "education_safeguarding", "early_help")


def how_it_works(pack: Pack, say: Wording) -> Card:
    """Return how a consultation without a name works in the area, in a few lines."""
    silent = [key for key in (*_FIRST, *_FOLDED) if _is_silent(pack.profile.get(key))]
    unsaid = [cards.item(say.say("utter_profile_not_published", what=_listed(silent, say)))] if silent else []
    parts = [
        (say.say("utter_profile_heading"), [*_told(_FIRST, pack, say), *unsaid], False),
        (say.say("utter_profile_more"), _told(_FOLDED, pack, say), True),
    ]
    return cards.sections(say.say("utter_profile_title", area=pack.name), None, parts)


def whos_who(pack: Pack, say: Wording, on: date) -> Card:
    """Return the area's contacts in the order in which they are rung; nobody is left out."""
    order = pack.profile.get("order_to_ring")
    lead = None if order is None or _is_silent(order) else say.say("utter_who_lead", order=order.value)
    everybody = list(pack.contacts.values())
    rest = [contact for contact in everybody if contact.role not in (*_TO_RING, *_BESIDE)]
    unsaid = [cards.item(say.say(f"utter_role_{role}")) for role in pack.roles_not_published]
    parts = [
        (say.say("utter_who_to_ring"), _people(_of(_TO_RING, everybody), pack, say, on), False),
        (say.say("utter_who_beside"), _people(_of(_BESIDE, everybody), pack, say, on), False),
        (say.say("utter_who_rest"), _people(rest, pack, say, on), True),
        (say.say("utter_who_not_published"), unsaid, True),
    ]
    return cards.sections(say.say("utter_who_title", area=pack.name), lead, parts)


def _told(keys: Iterable[str], pack: Pack, say: Wording) -> list[Card]:
    lines = ((key, pack.profile.get(key)) for key in keys)
    return [
        cards.item(say.say(f"utter_profile_{key}", value=line.value), line.citation, say.say)
        for key, line in lines
        if line is not None and not _is_silent(line)
    ]


def _is_silent(line: ProfileLine | None) -> bool:
    return line is None or line.value == NOT_PUBLISHED


def _listed(keys: Iterable[str], say: Wording) -> str:
    return "; ".join(say.say(f"utter_profile_what_{key}") for key in keys)


def _of(roles: tuple[str, ...], contacts: Iterable[Contact]) -> list[Contact]:
    held = [contact for contact in contacts if contact.role in roles]
    return sorted(held, key=lambda contact: roles.index(contact.role))


def _people(contacts: Iterable[Contact], pack: Pack, say: Wording, on: date) -> list[Card]:
    return [cards.item(" ".join(_said_of(contact, pack, say, on)), contact.citation, say.say) for contact in contacts]


def _said_of(contact: Contact, pack: Pack, say: Wording, on: date) -> Iterator[str]:
    yield say.say("utter_contact", label=contact.label, value=contact.value, hours=contact.hours)
    if contact.cluster:
        yield say.say("utter_contact_cluster", cluster=contact.cluster)
    if contact.deputy in pack.contacts:
        yield say.say("utter_contact_deputy", deputy=_in_short(pack.contacts[contact.deputy]))
    if contact.answers_to in pack.contacts:
        yield say.say("utter_contact_above", above=_in_short(pack.contacts[contact.answers_to]))
    if on > contact.review_by:
        yield say.say("utter_contact_past_check", review_by=in_words(contact.review_by))


def _in_short(contact: Contact) -> str:
    return f"{contact.label}, {contact.value}"
