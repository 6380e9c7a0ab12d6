"""Pages: what axe, a ruler and Lighthouse find on every state of them, as a report and as a statement for readers.

The words of the statement stand in `accessibility_statement.md`; figures, date and faults are put into it.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.results import Provenance, table

WORDS = Path(__file__).resolve().parent / "accessibility_statement.md"
STATEMENT = Path(__file__).resolve().parents[1] / "docs" / "ACCESSIBILITY.md"
_HEADS = ("page", "performance", "accessibility", "best practices")


def report(found: Mapping[str, Any]) -> str:
    """Return how many states pass, what fails where, and Lighthouse's scores."""
    faults = faults_of(found)
    lines = [f"{_passing(found)} of {len(found['states'])} states pass axe and every measure of layout."]
    if faults:
        lines.append(table(("fault", "states"), sorted(faults.items())))
    if scored := found["lighthouse"]:
        rows = [(name, *("none" if one is None else one for one in scores.values())) for name, scores in scored.items()]
        lines.append("Lighthouse, of 100, in its phone with a slow network:\n\n" + table(_HEADS, rows))
    return "\n\n".join(lines)


def faults_of(found: Mapping[str, Any]) -> Counter[str]:
    """Return on how many states each rule of axe and each measure of layout fails."""
    return Counter(fault for state in found["states"].values() for fault in _named(state))


def write_statement(found: Mapping[str, Any], by: Provenance, to: Path = STATEMENT) -> None:
    """Write the statement with these figures."""
    to.write_text(statement(found, by), encoding="utf-8")


def statement(found: Mapping[str, Any], by: Provenance) -> str:
    """Return the statement with these figures."""
    faults = faults_of(found)
    known = [f"- {fault}: on {count} of the states." for fault, count in sorted(faults.items())]
    filled = {
        "on": f"{by.on.day} {by.on:%B %Y}",
        "commit": by.commit,
        "states": len(found["states"]),
        "passing": _passing(found),
        "faults": "\n".join(known) or "- The automatic tests found no fault on that day.",
        "how_far": "partially conforms" if faults else "conforms, as far as automatic tests can say,",
    }
    return WORDS.read_text(encoding="utf-8").format(**filled)


def _passing(found: Mapping[str, Any]) -> int:
    return sum(not _named(state) for state in found["states"].values())


def _named(state: Mapping[str, Any]) -> list[str]:
    return [f"axe rule {rule}" for rule in state["axe"]] + [f"measure of layout, {name}" for name in state["layout"]]
