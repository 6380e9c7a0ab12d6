"""Redactors: how long our anonymiser takes for a text, beside Presidio and spaCy, on the same texts in one run."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from evaluation.redaction.in_process import redactor
from evaluation.redaction.sets import messages
from evaluation.redaction.systems import BASELINES, OURS, RECORD, Answered, Cost, System, ask, called
from evaluation.results import table

SET = "practice"


def measure(most: int | None, on: date, ask: Callable[[System, Sequence[str]], Answered] = ask) -> str:
    """Return the section for RESULTS.md. Raises SystemFailed and RedactorShut."""
    texts = [message.text for message in messages(SET) if message.variant == "normal"][:most]
    costs = {system.name: ask(system, texts).cost for system in (OURS, RECORD, *BASELINES)}
    costs["ours, within the service"] = called(partial(redactor, on), texts)
    return report(costs, len(texts))


def report(costs: dict[str, Cost], texts: int) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        (name, f"{cost.start:.1f} s", f"{cost.median:.1f} ms", f"{cost.p95:.1f} ms", _held(cost.megabytes))
        for name, cost in costs.items()
    ]
    return "\n\n".join(
        (
            f"The same {texts} messages, one at a time, each system a process of its own that reads lines and writes "
            "lines, on one thread. Memory is the most that it held. What each finds and misses stands under "
            "*Redaction, beside what others use*.",
            table(("system", "until the first answer", "median", "95 in 100 within", "memory"), rows),
        )
    )


def _held(megabytes: float | None) -> str:
    return f"{megabytes:.0f} MB" if megabytes else ""
