"""What people are told of what was taken out of what they typed: a line, and each place by itself."""

from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import BaseModel

from bot.anonymiser.placeholders import PLACE, WORD
from bot.consultation import Finding

_TOLD_APART = frozenset({"NAME", "SCHOOL"})
# What may be put back is a word that was taken for a name, or that no list knows. Never a number, a date, a
# contact or an address.
_SHOWN_OF_WORDS = {WORD: "word", PLACE: "place"}
_A_BIRTH = "[date of birth"


class RemovedOut(BaseModel):
    """A place in the typed text (half-open, in characters), what it was taken for, and what stands there now.

    `restorable` where the DSL may say that it was no name.
    """

    start: int
    end: int
    kind: str
    shown: str
    restorable: bool


def removed_out(findings: Sequence[Finding]) -> list[RemovedOut]:
    """Return the places as a browser gets them."""
    return [
        RemovedOut(start=f.start, end=f.end, kind=f.kind, shown=f.shown, restorable=is_restorable(f)) for f in findings
    ]


def is_restorable(finding: Finding) -> bool:
    """Whether whoever typed it may say that it was no name."""
    return finding.kind == "NAME" or (finding.kind == "OTHER" and finding.shown in _SHOWN_OF_WORDS)


def removed_line(
    findings: Sequence[Finding], say: Callable[..., str], name: str = "utter_door_removed"
) -> str | None:
    """Return such as "I took out 1 name, shown as [parent 1]", or None if nothing was. `name` is the response's."""
    if not findings:
        return None
    shown = list(dict.fromkeys(finding.shown for finding in findings))
    return say(name, what=what_was_removed(findings, say), shown=listed(shown, say))


def what_was_removed(findings: Sequence[Finding], say: Callable[..., str]) -> str:
    """Return such as "1 name and 2 dates". There is at least one finding."""
    # A person or school named twice has one placeholder and is counted once; two dates share theirs.
    once = {f.shown if f.kind in _TOLD_APART else f"{f.start}": _what(f) for f in findings}
    counted = Counter(once.values())
    what = [
        say(f"utter_door_kind_{kind}_{'one' if count == 1 else 'many'}", count=count) for kind, count in counted.items()
    ]
    return listed(what, say)


def _what(finding: Finding) -> str:
    if finding.kind == "OTHER":
        return _SHOWN_OF_WORDS.get(finding.shown, "other")
    if finding.kind == "DATE_OF_BIRTH" and not finding.shown.startswith(_A_BIRTH):
        return "date"
    return finding.kind.lower()


def listed(things: Sequence[str], say: Callable[..., str]) -> str:
    """Return the things as a person would list them, the last two joined by "and"."""
    *first, last = things
    return say("utter_door_and", first=", ".join(first), last=last) if first else last
