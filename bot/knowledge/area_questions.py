"""An area's own questions: asked beside the national ones, from its pack alone.

The id begins with the area's short name, so that it can never be taken for a national question or another
area's. What an option tells of indicators counts as with a national question; a row may rest on it under `given`.
"""

from collections.abc import Mapping
from datetime import date

from bot.knowledge.dated import held_lines
from bot.knowledge.entry import Entry, checked_id
from bot.knowledge.rule_model import AreaQuestion, Option, Question
from bot.knowledge.sources import CITED, Source, cite
from bot.knowledge.vocabulary import known_indicators

UNKNOWN = "unknown"

_QUESTION = (("words", "in_other_words", "why", "label", "after", "options", *CITED), ("red_flag",))
_OPTION = (("title",), ("present", "absent", "unsure", "said"))


def load_area_questions(
    entry: Entry | None, slug: str, indicators: Mapping[str, object], sources: Mapping[str, Source], on: date
) -> tuple[AreaQuestion, ...]:
    """Return an area's own questions of the day, in the order of the file; none where the file has none."""

    def make(name: str, held: dict[str, Entry], at: Entry) -> AreaQuestion:
        if not name.startswith(f"{slug}-"):
            at.fail(f"{name!r} is a question of this area's own: its id begins with {slug + '-'!r}")
        options = held["options"].members()
        if UNKNOWN not in options:
            held["options"].fail("'unknown' must always be an answer")
        read = {value: _option_fields(value, option) for value, option in options.items()}
        return AreaQuestion(
            question=Question(
                id=name,
                kind="choice",
                core=False,
                red_flag="red_flag" in held and held["red_flag"].yes_or_no(),
                options={value: _option(value, said, indicators) for value, said in read.items()},
            ),
            words=_spoken(held["words"]),
            in_other_words=_spoken(held["in_other_words"]),
            why=_spoken(held["why"]),
            label=_spoken(held["label"]),
            after=held["after"].text(),
            titles=_titles(read, held["options"]),
            said={value: said["said"].texts() if "said" in said else () for value, said in read.items()},
            citation=cite(held, sources),
        )

    return tuple(held_lines(entry, _QUESTION, make, on)) if entry is not None else ()


def _option_fields(value: str, entry: Entry) -> dict[str, Entry]:
    checked_id(value, entry)
    return entry.fields(*_OPTION)


def _option(value: str, held: Mapping[str, Entry], indicators: Mapping) -> Option:
    told = {status: held[status] for status in ("present", "absent", "unsure") if status in held}
    return Option(value, **{status: known_indicators(entry, indicators) for status, entry in told.items()})


def _titles(read: Mapping[str, Mapping[str, Entry]], at: Entry) -> dict[str, str]:
    titles = {value: _spoken(held["title"]) for value, held in read.items()}
    if len(set(titles.values())) < len(titles):
        at.fail("two answers have the same title")
    return titles


def _spoken(entry: Entry) -> str:
    """Return words that are said to people: a brace would be taken for a blank to fill in."""
    words = entry.text()
    if "{" in words or "}" in words:
        entry.fail("no { or } in words that are said to people")
    return words
