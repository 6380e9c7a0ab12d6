"""The statutory routes: duties in law that stand beside any level, each with a switch and a date.

A duty is `on` only where somebody has confirmed, from a document, that it is in force: `confirmed` says what
is known of it and who has to confirm it, `confirmed_by` names the document. A duty that nobody has
confirmed stays in the file, switched off, so that it can be switched on from a day without any code.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.consultation import HardExit
from bot.knowledge.dated import held_lines
from bot.knowledge.entry import Entry, read
from bot.knowledge.model import Indicator, Question, StatutoryRoute
from bot.knowledge.rules import condition
from bot.knowledge.sources import CITED, Source, cite

SWITCH = ("on", "off")

_REQUIRED = ("name", "switch", "confirmed", "who", "must", "within", "never", "when", *CITED)
_OPTIONAL = ("confirmed_by", "exit")


def load_routes(
    file: Path,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
    on: date,
) -> tuple[StatutoryRoute, ...]:
    """Return the statutory routes of the day, those switched off included, in the order of the file."""
    fields = read(file).fields(("routes",), ("defaults",))

    def make(name: str, held: dict[str, Entry], at: Entry) -> StatutoryRoute:
        lines = held["when"].items() or held["when"].fail("say under 'when' what it applies to")
        return StatutoryRoute(
            id=name,
            name=held["name"].text(),
            is_on=_is_on(held, sources),
            confirmed=held["confirmed"].text(),
            who=held["who"].text(),
            must=held["must"].text(),
            within=held["within"].text(),
            never=held["never"].text(),
            when=tuple(condition(line, indicators, questions) for line in lines),
            citation=cite(held, sources),
            exit=HardExit(held["exit"].one_of([e.value for e in HardExit])) if "exit" in held else None,
        )

    return held_lines(fields["routes"], (_REQUIRED, _OPTIONAL), make, on, fields.get("defaults"))


def _is_on(held: Mapping[str, Entry], sources: Mapping[str, Source]) -> bool:
    """Return whether the duty is on. One that no document confirms cannot be."""
    is_on = held["switch"].one_of(SWITCH) == "on"
    if is_on and "confirmed_by" not in held:
        held["switch"].fail("a duty that nobody has confirmed stays off: name the document under 'confirmed_by'")
    if not is_on and "confirmed_by" in held:
        held["confirmed_by"].fail(
            "a duty that is off is not confirmed by anything: say under 'confirmed' what is known"
        )
    if "confirmed_by" in held:
        held["confirmed_by"].one_of(sources)
    return is_on
