"""Beside: our whole house and the starter in one run, in turns (starter, ours, starter, ours), by the same client."""

import contextlib
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.bench import quantile
from evaluation.results import table
from evaluation.speed import processes, starter
from evaluation.speed.crowd import asked
from evaluation.speed.own_house import dsls, fresh, own_house

AT_ONCE = (1, 20)
STARTER, OURS = "starter", "ours"
WANTED = 2.0


@dataclass(frozen=True, slots=True)
class Ready:
    """Something that answers: where, its process, after how long, and the people who may talk to it."""

    url: str
    pid: int
    seconds: float
    tokens: tuple[str, ...] = ()


@dataclass(slots=True)
class Figures:
    """What came of one of the two, over all its runs. `by` is by how many talked at once."""

    ready: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    by: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, at_once: int, came: dict[str, Any], computed: float) -> None:
        """Add what came of a crowd, and the seconds that the assistant computed for it."""
        there = self.by.setdefault(at_once, {"seconds": [], "wall": 0.0, "computed": 0.0, "turns": 0, "wrong": {}})
        there["seconds"] += came["seconds"]
        there["wall"] += came["wall"]
        there["computed"] += computed
        there["turns"] += len(came["seconds"]) + len(came["warm"])
        for kind, times in came["wrong"].items():
            there["wrong"][kind] = there["wrong"].get(kind, 0) + times
        self.warm += came["warm"][:1]


@contextlib.contextmanager
def the_starter(bench: Path) -> Iterator[Ready]:
    """The starter, served as it says."""
    with starter.served(starter.made(bench), bench) as there:
        yield Ready(there.url, there.pid, there.seconds)


@contextlib.contextmanager
def our_house(bench: Path) -> Iterator[Ready]:
    """Our house, by `./noname up`."""
    with own_house(fresh(bench / "house")) as there:
        yield Ready(there.url, there.service, there.seconds, tuple(dsls(there.settings, max(AT_ONCE))))


def measure(bench: Path, turns: int, warm: int, rounds: int = 2) -> dict[str, Figures]:
    """Return what came of each, `turns` a crowd and a run. Raises what starting them raises."""
    kinds: dict[str, Callable[[Path], AbstractContextManager[Ready]]] = {STARTER: the_starter, OURS: our_house}
    figures = {name: Figures() for name in kinds}
    starter.made(bench)
    for _ in range(rounds):
        for name, start in kinds.items():
            with start(bench) as there:
                _one_run(figures[name], there, turns, warm)
    return figures


def _one_run(figures: Figures, there: Ready, turns: int, warm: int) -> None:
    figures.ready.append(there.seconds)
    for at_once in AT_ONCE:
        before = processes.computed(processes.family(there.pid))
        what = {"url": there.url, "tokens": there.tokens, "at_once": at_once, "turns": turns, "warm": warm}
        came = asked(what)
        figures.add(at_once, came, processes.computed(processes.family(there.pid)) - before)
    figures.megabytes.append(processes.held(processes.family(there.pid)))


def report(figures: dict[str, Figures]) -> str:
    """Return the section for RESULTS.md: each figure of both, and how many times better ours is."""
    ours, other = figures[OURS], figures[STARTER]
    rows: list[Sequence[object]] = []
    for at_once in AT_ONCE:
        a, b = other.by[at_once], ours.by[at_once]
        who = "one person" if at_once == 1 else f"{at_once} at once"
        rows.append(_times(f"turn, {who}: median", _ms(statistics.median, a), _ms(statistics.median, b), "ms"))
        rows.append(_times(f"turn, {who}: 95 in 100 within", _ms(_most, a), _ms(_most, b), "ms"))
        rate = [len(one["seconds"]) / one["wall"] for one in (a, b)]
        rows.append((f"turns a second, {who}", f"{rate[0]:.1f}", f"{rate[1]:.1f}", f"{rate[1] / rate[0]:.1f}"))
        each = [1000 * one["computed"] / one["turns"] for one in (a, b)]
        rows.append(_times(f"computed for a turn, {who}", *each, "ms"))
        rows.append((f"turns that went wrong, {who}", _wrong(a), _wrong(b), ""))
    rows.append(_times("first turn of a run", *(1000 * statistics.median(one.warm) for one in (other, ours)), "ms"))
    rows.append(_times("from the command to ready", *(statistics.median(one.ready) for one in (other, ours)), "s"))
    rows.append(_times("memory held by all its processes", *(max(one.megabytes) for one in (other, ours)), "MB"))
    counted = len(ours.by[AT_ONCE[0]]["seconds"])
    return "\n\n".join(
        (
            "The starter is what `rasa init --no-prompt` makes, with the Rasa of our own room, trained with its own "
            "pipeline and served by `rasa run`. Ours is the whole house as `./noname up` starts it: redaction, a "
            "sealed store, Rasa and our actions. Both ran in turns on the same machine, asked by the same client in a "
            f"process of its own: {counted} turns for each line, after a warm-up that is not counted.",
            table(("figure", "starter", "ours", "times better"), rows),
            verdict(figures),
        )
    )


def verdict(figures: dict[str, Figures]) -> str:
    """Return in a sentence whether what was wanted was met, whichever it is."""
    gains = []
    for at_once in AT_ONCE:
        a, b = figures[STARTER].by[at_once], figures[OURS].by[at_once]
        gains.append(statistics.median(a["seconds"]) / statistics.median(b["seconds"]))
        gains.append((len(b["seconds"]) / b["wall"]) / (len(a["seconds"]) / a["wall"]))
    met = "met" if min(gains) >= WANTED else "not met"
    least = f"The least of the four gains: {min(gains):.2f} times."
    return f"Wanted was twice as fast with twice the turns a second: {met}. {least}"


def _times(name: str, starter_took: float, ours_took: float, unit: str) -> tuple[str, str, str, str]:
    digits = 1 if unit == "s" else 0
    shown = (f"{one:.{digits}f} {unit}" for one in (starter_took, ours_took))
    return (name, *shown, f"{starter_took / ours_took:.1f}" if ours_took else "")


def _ms(middle: Callable[[Sequence[float]], float], of: dict[str, Any]) -> float:
    return 1000 * middle(of["seconds"])


def _most(seconds: Sequence[float]) -> float:
    return quantile(seconds, 0.95)


def _wrong(of: dict[str, Any]) -> str:
    return ", ".join(f"{kind}: {times}" for kind, times in sorted(of["wrong"].items())) or "0"
