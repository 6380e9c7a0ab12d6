"""The line that tells people what was taken out of what they typed."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.consultation import Finding

_TOLD_APART = frozenset({"NAME", "SCHOOL"})


def removed_line(findings: Sequence[Finding], say: Callable[..., str]) -> str | None:
    """Return such as "I took out 1 name, shown as [parent 1]", or None if nothing was."""
    if not findings:
        return None
    # A person or school named twice has one placeholder and is counted once; two dates share theirs.
    once = {f.shown if f.kind in _TOLD_APART else f"{f.start}": f.kind for f in findings}
    shown = list(dict.fromkeys(finding.shown for finding in findings))
    counted = Counter(once.values())
    what = [
        say(f"utter_door_kind_{kind.lower()}_{'one' if count == 1 else 'many'}", count=count)
        for kind, count in counted.items()
    ]
    return say("utter_door_removed", what=listed(what, say), shown=listed(shown, say))


def listed(things: Sequence[str], say: Callable[..., str]) -> str:
    """Return the things as a person would list them, the last two joined by "and"."""
    *first, last = things
    return say("utter_door_and", first=", ".join(first), last=last) if first else last
