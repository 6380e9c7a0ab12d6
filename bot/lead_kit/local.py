"""What the kit takes from an area's pack: numbers, consent, steps of disagreement, help there is, and sources."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.consultation import Citation, Neutral
from bot.knowledge.early_help import LeadPractitioner
from bot.knowledge.model import EarlyHelpOption, Pack

if TYPE_CHECKING:
    from bot.lead_kit.contents import Say


def number(pack: Pack, place: str, on: date, say: "Say") -> str:
    """Return whom to ring, with when that was checked, or that the area has published nobody."""
    contact = pack.contacts.get(place)
    if contact is None:
        return say("utter_kit_number_missing", what=say(f"utter_kit_what_{place}"), area=pack.name)
    words = say(
        "utter_kit_number",
        label=contact.label,
        value=contact.value,
        hours=contact.hours,
        checked=short(contact.citation.verified),
    )
    return together(words, due(contact.review_by, on, say))


def consent(pack: Pack, say: "Say") -> tuple[str, ...]:
    """Return what the area says of consent at each level that early help may be at."""
    levels = [level for level in pack.levels if level.consent and Neutral.N2 in level.neutral]
    return tuple(
        say("utter_kit_consent_local", area=pack.name, code=level.code, name=level.name, consent=level.consent)
        for level in levels
    )


def steps(pack: Pack, say: "Say") -> tuple[str, ...]:
    """Return the steps of a disagreement, or that they are not known."""
    known = ("stage", "role", "within")
    found = tuple(
        say("utter_kit_disagree_step", **{key: step.get(key, "") for key in known}) for step in pack.escalation
    )
    return found or (say("utter_kit_disagree_missing", area=pack.name),)


def options(pack: Pack, on: date, say: "Say") -> tuple[str, ...]:
    """Return the area's own early help in words, or that none is known."""
    found = tuple(_option(option, on, say) for option in _early(pack))
    return found or (say("utter_kit_help_missing", area=pack.name),)


def sources(pack: Pack, lead: LeadPractitioner | None, on: date, say: "Say") -> tuple[str, ...]:
    """Return every source that the kit rests on, each once, with its date and when it was checked."""
    found = [lead.citation] if lead else []
    found += [pack.contacts[place].citation for place in ("front_door", "out_of_hours") if place in pack.contacts]
    found += [option.citation for option in _early(pack)]
    told = [_source(citation, say) for citation in found]
    told += [_source_of_steps(step, say) for step in pack.escalation[:1]]
    told.append(say("utter_kit_sources_levels", area=pack.name, version=pack.version, on=short(pack.on)))
    return tuple(dict.fromkeys(told))


def due(review_by: date | None, on: date, say: "Say") -> str:
    """Return a warning if something is past its check on the day, and nothing otherwise."""
    if review_by is None or on <= review_by:
        return ""
    return say("utter_kit_due", review_by=short(review_by))


def short(day: date) -> str:
    """Return a day as people write it: 2 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def together(*sentences: str) -> str:
    """Return the sentences that there are as one text."""
    return " ".join(sentence for sentence in sentences if sentence)


def _early(pack: Pack) -> Iterator[EarlyHelpOption]:
    early = {level.code for level in pack.levels if min(level.neutral) < Neutral.N3} | {"N1", "N2"}
    return (option for option in pack.early_help if option.levels & early)


def _option(option: EarlyHelpOption, on: date, say: "Say") -> str:
    return together(
        say("utter_kit_help_line", name=option.name, what=option.what, access=option.access),
        say("utter_kit_help_hours", hours=option.hours) if option.hours else "",
        say("utter_kit_help_cost", cost=option.cost) if option.cost else "",
        say("utter_kit_help_source", source=_source(option.citation, say)),
        due(option.review_by, on, say),
    )


def _source(citation: Citation, say: "Say") -> str:
    return say(
        "utter_kit_source",
        title=citation.title,
        section=citation.section,
        dated=citation.dated,
        checked=short(citation.verified),
    )


def _source_of_steps(step: Mapping[str, str], say: "Say") -> str:
    checked = short(date.fromisoformat(step["checked"]))
    return say("utter_kit_sources_steps", title=step["source"], section=step["section"], checked=checked)
