"""Cards: what the assistant shows beside what it says, as plain structures a door can draw.

Two shapes and no more. A `table` has rows of label, value, the DSL's own words and a payload to
change the row. `sections` have headings and items with their source; one that is `folded` is opened by whoever
wants it. All wording is in them.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

from bot.consultation import Citation, Level, MatchedIndicator, Status
from bot.desk.gathering import Spoken
from bot.desk.numbers import Say, in_words
from bot.desk.payloads import payload
from bot.findability import Reason
from bot.knowledge.model import National
from bot.knowledge.wording import Wording

Card = dict[str, Any]
# A heading, its items, and whether it is shown folded; open if nothing is said of it.
Part = tuple[str, list[Card]] | tuple[str, list[Card], bool]
_TYPED = ("goes_home_time",)
# Told along the way, and never asked.
_BESIDE = ("referrals",)


def understood(spoken: Iterable[Spoken], answers: Mapping[str, Any], national: National, say: Wording) -> Card:
    """Return the table of what was read from the worry, each row with the words that said so."""
    rows = [_answer_row(question, value, say) for question, value in answers.items()]
    for held in spoken:
        indicator = national.indicators[held.concern.indicator]
        row = _row(say.say(f"utter_label_{held.concern.status.value}"), indicator.words)
        rows.append(row | {"words": [held.words], "change": f'/not_so{{"indicator":"{indicator.id}"}}'})
    return {"kind": "table", "title": say.say("utter_understood_title"), "rows": rows}


def answers(slots: Mapping[str, Any], spoken: Iterable[Spoken], national: National, say: Wording, title: str) -> Card:
    """Return check-your-answers: every question answered so far, and every concern understood."""
    asked = ("child_area", *national.questions, *_BESIDE)
    given = {q: slots[q] for q in asked if slots.get(q) is not None}
    rows = [_answer_row(question, value, say) for question, value in given.items()]
    for held in spoken:
        if held.concern.status is Status.ABSENT:
            continue
        indicator = national.indicators[held.concern.indicator]
        row = _row(say.say(f"utter_label_{held.concern.status.value}"), indicator.words)
        rows.append(row | {"words": [held.words], "change": f'/not_so{{"indicator":"{indicator.id}"}}'})
    return {"kind": "table", "title": say.say(title), "rows": rows}


def findable(grade: str, reasons: Iterable[Reason], can_change: Container[str], say: Wording) -> list[Card]:
    """Return the rows on how easily the child could be found; those of rules in `can_change` can be made vaguer."""
    rows = [_row(say.say("utter_label_findable"), grade)]
    for reason in reasons:
        vaguer = "; ".join(dict.fromkeys(place.vaguer for place in reason.places))
        if not reason.places:
            rows.append(_row(reason.rule.label, say.say("utter_findable_by_answer", why=reason.rule.why)))
            continue
        words = {"words": list(dict.fromkeys(place.words for place in reason.places))}
        if reason.rule.id not in can_change:
            rows.append(_row(reason.rule.label, say.say("utter_findable_own_words", why=reason.rule.why)) | words)
            continue
        row = _row(reason.rule.label, say.say("utter_findable_vaguer", why=reason.rule.why, vaguer=vaguer))
        change = payload("use_vaguer", {"rule": reason.rule.id})
        rows.append(row | words | {"change": change, "change_label": say.say("utter_use_vaguer")})
    return rows


def sections(title: str, lead: str | None, parts: Iterable[Part], copy: str | None = None) -> Card:
    """Return a card of headed lists; a heading with nothing under it is left out."""
    shown = [{"heading": heading, "items": items, "folded": any(folded)} for heading, items, *folded in parts if items]
    return {"kind": "sections", "title": title, "lead": lead, "sections": shown, "copy": copy}


def item(text: str, citation: Citation | None = None, say: Say | None = None) -> Card:
    """Return one line of a section, with its source in words where it has one."""
    source = source_of(citation, say) if citation and say else None
    return {"text": text, "source": source, "url": citation.url or None if citation else None}


def link(text: str, path: str, label: str) -> Card:
    """Return one line of a section that leads to a page or a document of our own."""
    return {"text": text, "source": label, "url": path}


def matched(row: MatchedIndicator, say: Say, neutral: Container[Level] = ()) -> Card:
    """Return a row that holds: its words, its level and on what basis, its source.

    `neutral` are the levels of the national floor: they are told by their names, as no council uses their codes.
    """
    level = row.level
    if not level.code:
        return item(row.words, row.citation, say)
    line = "utter_line_indicator_neutral" if level in neutral else f"utter_line_indicator_{row.basis}"
    return item(say(line, words=row.words, code=level.code, name=level.name), row.citation, say)


def source_of(citation: Citation, say: Say) -> str:
    """Return document, section and dates in one line."""
    return say(
        "utter_source",
        title=citation.title,
        section=citation.section,
        dated=citation.dated,
        checked=in_words(citation.verified),
    )


def shown(question: str, value: Any, say: Wording) -> str:
    """Return an answer as a DSL reads it: the title of its button, or their own words."""
    if isinstance(value, list | tuple):
        return "; ".join(shown(question, one, say) for one in value)
    if isinstance(value, date):
        return in_words(value)
    return say.title_of(question, str(value)) or (say.say("utter_label_unknown") if value == "unknown" else str(value))


def _answer_row(question: str, value: Any, say: Wording) -> Card:
    row = _row(say.say(f"utter_label_{question}"), shown(question, value, say))
    change = None if question in _TYPED else f'/change_answer{{"question":"{question}"}}'
    return row | {"change": change}


def _row(label: str, value: str) -> Card:
    return {"label": label, "value": value, "words": [], "change": None}
