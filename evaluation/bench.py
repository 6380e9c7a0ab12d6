"""Bench: how long starts and turns take, and how much memory the two processes hold.

Turns are measured as a DSL meets them: from posting a message at the door to having the replies,
redaction, storage, Rasa and our actions included.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from evaluation.results import table

MOST_TURNS = 60
WORRY = "He says he is often hungry and takes food from other children, and he has been quieter for weeks."
TYPED = "He lives with his mum and a younger sister, and his nan helps at weekends."

# What is chosen where it is offered; otherwise the first that is. These lead through the whole consultation.
LAST = "No, thank you"
CHOSEN = (
    *("That is right", "Kent", "No", "None", "None of these", "Not that I know of", "Once"),
    *("It is in our record", LAST),
)
STEPS = {
    "install": "installing both rooms",
    "migrate": "database",
    "seed": "demo",
    "train": "training",
    "start": "both processes up",
    "ready": "from the command to ready",
}


class Client(Protocol):
    """What bench asks of a house (bot.commands.widget_client.WidgetClient)."""

    def open(self, area: str | None) -> dict[str, Any]: ...
    def messages(self, consultation: str, after: int) -> list[dict[str, Any]]: ...
    def say(self, consultation: str, **said: Any) -> dict[str, Any]: ...


def turns(client: Client, consultations: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Hold so many consultations and return the seconds of every turn."""
    return [seconds for _ in range(consultations) for seconds in _consult(client, clock)]


def _consult(client: Client, clock: Callable[[], float]) -> Iterator[float]:
    consultation = client.open("kent")["id"]
    replies = client.messages(consultation, 0)
    for turn in range(MOST_TURNS):
        offered = offered_by(replies)
        begun = clock()
        came = client.say(consultation, **said_to(offered, WORRY if turn < MOST_TURNS // 4 else TYPED))
        yield clock() - begun
        replies = came["replies"]
        was_last = any(option["title"] == LAST for option in offered["options"])
        if was_last or came["stage"] != "with_assistant" or not replies:
            return


def offered_by(replies: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the `options` of the last reply and whether they are `ticked`."""
    last = replies[-1] if replies else {}
    ticks = (last.get("card") or {}).get("options") or []
    buttons = [b for b in last.get("buttons") or [] if b["title"] != "Why do you ask?"]
    return {"options": ticks or buttons, "ticked": bool(ticks)}


def said_to(offered: Mapping[str, Any], typed: str) -> dict[str, Any]:
    """Return what to say: one of the options where there are some, else a text."""
    options = offered["options"]
    if not options:
        return {"text": typed}
    best = next((o["id"] for title in CHOSEN for o in options if o["title"] == title), options[0]["id"])
    return {"choices": [best]} if offered["ticked"] else {"choice": best}


def quantile(seconds: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed (nearest rank)."""
    ranked = sorted(seconds)
    return ranked[min(len(ranked) - 1, max(0, -(-int(share * 100) * len(ranked) // 100) - 1))]


def milliseconds(seconds: float) -> str:
    """Return seconds as a report shows them."""
    return f"{1000 * seconds:.0f} ms"


def resident_megabytes(pid: int) -> float | None:
    """Return the memory that a process holds now, or None where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)


def report(
    starts: Mapping[str, Mapping[str, float]],
    seconds: Sequence[float],
    consultations: int,
    memory: Mapping[str, float | None],
) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        (words, *(_seconds(starts.get(which, {}).get(step)) for which in ("first", "latest")))
        for step, words in STEPS.items()
    ]
    turn_rows = [
        ("median", milliseconds(statistics.median(seconds))),
        ("95 in 100 within", milliseconds(quantile(seconds, 0.95))),
        ("longest", milliseconds(max(seconds))),
    ]
    memory_rows = [(name, f"{held:.0f} MB" if held else "not known") for name, held in memory.items()]
    return "\n\n".join(
        (
            "Seconds of a start (the first one installs and trains):",
            table(("step", "first", "latest"), rows),
            f"From posting a message to the replies ({len(seconds)} turns in {consultations} consultations):",
            table(("turn", "time"), turn_rows),
            "Memory held after that:",
            table(("process", "resident"), memory_rows),
        )
    )


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
