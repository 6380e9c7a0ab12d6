"""Load: two hundred schools and thirty desks at once, and what a turn takes then."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.bench import milliseconds, quantile
from evaluation.results import table
from evaluation.speed import processes
from evaluation.speed.crowd import asked
from evaluation.speed.own_house import desks, dsls, fresh, own_house
from evaluation.speed.working_day import LATE_SECONDS, LOOKS_SECONDS, THINKS_SECONDS

SCHOOLS, DESKS = 200, 30
WANTED_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Load:
    """What came: as `working_day` tells it, with what our two processes computed and held, over so many seconds."""

    schools: int
    desks: int
    seconds: float
    came: dict[str, Any]
    service: float
    rasa: float
    megabytes: float


def measure(bench: Path, schools: int, at_desks: int, seconds: float, seed: int = 1) -> Load:
    """Return what came of a crowd that lasted so long. Raises HouseDidNotStart and CrowdFailed."""
    with own_house(fresh(bench / "house")) as there:
        tokens = {"schools": dsls(there.settings, schools), "desks": desks(there.settings, at_desks)}
        ours, rasa = (there.service,), processes.family(there.rasa) if there.rasa else ()
        before = _computed(ours, rasa)
        what = {"who": "evaluation.speed.working_day", "url": there.url, "seconds": seconds, "seed": seed, **tokens}
        came = asked(what)
        computed = [now - then for now, then in zip(_computed(ours, rasa), before, strict=True)]
        held = processes.held((*ours, *rasa))
    return Load(schools, at_desks, seconds, came, *computed, held)


def _computed(*groups: Sequence[int]) -> list[float]:
    return [processes.computed(group) for group in groups]


def report(load: Load) -> str:
    """Return the section for RESULTS.md."""
    came = load.came
    minutes = range(int(load.seconds // 60) + 1)
    rows = [row for minute in minutes if (row := _of_minute(minute, came))]
    taken = [seconds for _, seconds in came["turns"]]
    desk_rows = [
        (name, len(of_it), milliseconds(statistics.median(of_it)), milliseconds(quantile(of_it, 0.95)))
        for name in ("queue", "rows", "claim", "brief", "reply")
        if (of_it := [seconds for _, what, seconds in came["desks"] if what == name])
    ]
    parts = [
        f"{load.schools} DSLs and {load.desks} desks at once for {load.seconds / 60:.1f} min. "
        f"A DSL thinks {THINKS_SECONDS:.0f} s on average between turns, a desk looks at its "
        f"queue every {LOOKS_SECONDS:.0f} s; every page holds its stream open, and a desk's asks for the rows of its "
        "queue when that has changed.",
        table(("minute", "turns", "median", "95 in 100 within", "went wrong"), rows),
        table(("at the desk", "times", "median", "95 in 100 within"), desk_rows),
        table(("figure", "value"), _figures(load)),
        verdict(taken, came["kinds"]),
    ]
    return "\n\n".join(part for part in parts if part)


def _figures(load: Load) -> list[tuple[str, str]]:
    came, turns = load.came, len(load.came["turns"])
    return [
        ("turns in all", str(turns)),
        ("turns a second", f"{turns / load.seconds:.1f}"),
        ("the service computed", f"{100 * load.service / load.seconds:.0f} % of a core"),
        ("Rasa computed", f"{100 * load.rasa / load.seconds:.0f} % of a core"),
        ("the client computed, apart", f"{100 * came['computed'] / load.seconds:.0f} % of a core"),
        ("the client was late by, at most", f"{milliseconds(came['late'])}{_in_doubt(came['late'])}"),
        ("both processes held", f"{load.megabytes:.0f} MB"),
        ("claims that another desk had made", str(came["taken_by_another"])),
        ("went wrong, by kind", _kinds(came["kinds"])),
    ]


def verdict(taken: Sequence[float], kinds: dict[str, int]) -> str:
    """Return in a sentence whether what was wanted was met, whichever it is."""
    most = quantile(taken, 0.95)
    met = "met" if most < WANTED_SECONDS and not kinds else "not met"
    return f"Wanted was 95 in 100 turns under {milliseconds(WANTED_SECONDS)} and no error: {met}."


def _of_minute(minute: int, came: dict[str, Any]) -> tuple[object, ...] | None:
    taken = [seconds for at, seconds in came["turns"] if at // 60 == minute]
    wrong = sum(at // 60 == minute for at, _ in came["wrong"])
    if not taken:
        return (minute + 1, 0, "", "", wrong) if wrong else None
    return (minute + 1, len(taken), milliseconds(statistics.median(taken)), milliseconds(quantile(taken, 0.95)), wrong)


def _in_doubt(late: float) -> str:
    return " (too late to be sure of single turns)" if late > LATE_SECONDS else ""


def _kinds(kinds: dict[str, int]) -> str:
    return ", ".join(f"{kind}: {times}" for kind, times in sorted(kinds.items())) or "nothing"
