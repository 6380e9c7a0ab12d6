"""What a service that is killed in mid-chat leaves behind: every page compared with what was sent, and the report.

A page is what one reader saw, in the order in which it came: (number, speaker, text). `sent` are the texts of each
speaker in the order in which they were sent; every text is another.
"""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, NamedTuple

from evaluation.results import table


class Said(NamedTuple):
    """A message as somebody saw it."""

    number: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What went wrong, counted. `missing` are numbers left out, `differing` pages that are not as the first."""

    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    missing: int = 0
    differing: int = 0
    not_answered_once: int = 0
    broken_seals: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `cut` are requests whose answer never came, `cut_when_kept` those whose message was stored already.

    `pace` is how long the pages wait before they try again, beside what they wait in a browser. `longest` and `median`
    are seconds from the first press of Send until the other side had it on their page.
    """

    seed: int
    messages: int
    kills: int
    pace: float
    cut: int
    cut_when_kept: int
    refused: int
    longest: float
    median: float
    seconds: float
    found: Found


def compare(sent: Mapping[str, Sequence[str]], pages: Mapping[str, Sequence[Said]], heard: int, broken: bool) -> Found:
    """Return what is wrong with the pages. The first `heard` texts of the DSL were said to the assistant.

    `broken`: whether the seals of the audit chain do not hold.
    """
    wrong: Counter[str] = Counter()
    first = [*next(iter(pages.values()))]
    for page in pages.values():
        wrong["missing"] += len({*range(1, len(first) + 1)} ^ {said.number for said in page})
        wrong["out_of_order"] += sum(after.number <= said.number for said, after in pairwise(page))
        wrong["differing"] += [*page] != first
    for speaker, texts in sent.items():
        kept = [said.text for said in first if said.speaker == speaker]
        wrong["lost"] += len({*texts} - {*kept})
        wrong["doubled"] += len(kept) - len({*kept})
        places = {text: place for place, text in enumerate(texts)}
        seen = [places.get(text, -1) for text in dict.fromkeys(kept)]
        wrong["out_of_order"] += sum(after <= before for before, after in pairwise(seen))
    wrong["not_answered_once"] = sum(replies != 1 for replies in _replies(first, sent["dsl"][:heard]))
    return Found(**wrong, broken_seals=int(broken))


def _replies(page: Sequence[Said], heard: Sequence[str]) -> list[int]:
    """Return how often each of these was answered before the DSL's next message or the hand-over."""
    counts = dict.fromkeys(heard, 0)
    last = None
    for said in page:
        if said.speaker == "dsl":
            last = said.text
        elif last in counts and (said.text.endswith(last) or said.speaker == "service"):
            counts[last] += 1
    return [*counts.values()]


def figures(runs: Sequence[Run]) -> dict[str, Any]:
    """Return the sums of all runs as plain values, to be written to a file."""
    return {
        "runs": len(runs),
        "seeds": [run.seed for run in runs],
        **{name: sum(getattr(run, name) for run in runs) for name in ("messages", "kills", "cut", "cut_when_kept")},
        "refused": sum(run.refused for run in runs),
        "at_pace": {
            f"{pace:g}": {
                "runs": sum(run.pace == pace for run in runs),
                "longest": max(run.longest for run in runs if run.pace == pace),
                "median": statistics.median(run.median for run in runs if run.pace == pace),
            }
            for pace in sorted({run.pace for run in runs})
        },
        "seconds": sum(run.seconds for run in runs),
        "found": {field.name: sum(asdict(run.found)[field.name] for run in runs) for field in fields(Found)},
    }


ABOUT = (
    "The real doors, desk and records on a file; the anonymiser and the dialogue are invented and quick, so that a "
    "start takes a fifth of a second. A DSL and a duty worker write to each other as their pages do: one message after "
    "another, each with an id that stays until it is answered for, sent again after a lost connection. Both follow the "
    "events and come back by themselves. Meanwhile the process is killed (SIGKILL) at random moments: at rest, between "
    "the arrival of a message and its answer, while it starts. Then both pages, a fresh reader and the records are "
    "compared. Seeds {first} to {last}."
)
_WORDS = {
    "lost": "messages lost",
    "doubled": "messages doubled",
    "out_of_order": "messages out of order",
    "missing": "numbers left out on a page",
    "differing": "pages that saw something else",
    "not_answered_once": "messages to the assistant not answered exactly once",
    "broken_seals": "runs with a broken audit chain",
}


def report(counted: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    about = ABOUT.format(first=min(counted["seeds"]), last=max(counted["seeds"]))
    rows = [
        ("runs", counted["runs"]),
        ("messages of people", counted["messages"]),
        ("kills", counted["kills"]),
        ("requests whose answer never came", counted["cut"]),
        ("of these, with the message stored already", counted["cut_when_kept"]),
        *((words, counted["found"][name]) for name, words in _WORDS.items()),
        ("messages refused for a moment and sent again", counted["refused"]),
    ]
    waits = [
        (pace, of["runs"], f"{of['longest']:.1f}", f"{of['median']:.2f}") for pace, of in counted["at_pace"].items()
    ]
    heads = ("pages' waits, beside a browser's", "runs", "longest from Send to the other's page (s)", "median (s)")
    return "\n\n".join([about, table(("figure", "value"), rows), table(heads, waits)])
