"""Systems as they are run: a command that answers line by line, timed, and its memory read while it lives.

Ours is the `redact` command itself; the others run in the baselines' room. Each is started, asked one
message at a time, and measured in the same way.
"""

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from evaluation.bench import quantile

HOUSE = Path(__file__).resolve().parents[2]
_BASELINES = (str(HOUSE / ".venv/baselines/bin/python"), "-P", str(Path(__file__).with_name("baselines.py")))
FIRST = "He was hungry again on Monday."  # asked once at the start, so that everything is loaded
_WARM_UP = 20
Clock = Callable[[], float]


class SystemFailed(Exception):
    """Tried to have a system answer messages, and it stopped; the message says which."""


@dataclass(frozen=True, slots=True)
class System:
    """A redactor to be measured: its short name, the command that starts it, where its answers hold the text."""

    name: str
    command: tuple[str, ...]
    field: str = "redacted"


OURS = System("ours", (str(HOUSE / "noname"), "redact"))
RECORD = System("ours, written down", (*OURS.command, "--record"), "record")
BASELINES = (
    System("Presidio", (*_BASELINES, "presidio")),
    System("Presidio UK", (*_BASELINES, "presidio-uk")),
    System("spaCy", (*_BASELINES, "spacy")),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a system takes: seconds until the first answer, ms a message, MB at its most."""

    start: float
    median: float
    p95: float
    megabytes: float | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The redacted texts in the order asked, how many were refused, and what it took."""

    redacted: tuple[str, ...]
    refused: int
    cost: Cost


def ask(system: System, texts: Sequence[str], clock: Clock = time.perf_counter) -> Answered:
    """Have a system redact every text; of one that it refuses nothing is left. Raises SystemFailed."""
    with _running(system):
        pass  # once before, so that no start is measured with a cold disk
    begun = clock()
    with _running(system) as process:
        start = clock() - begun
        rows, taken = [], []
        for text in texts:
            begun = clock()
            rows.append(_answer(system, process, text))
            taken.append(1000 * (clock() - begun))
        most = _most_megabytes(process.pid)
    refused = sum(system.field not in row for row in rows)
    return Answered(tuple(row.get(system.field, "") for row in rows), refused, Cost(start, *_middle(taken), most))


def called(build: Callable[[], Callable[[str], str]], texts: Sequence[str], clock: Clock = time.perf_counter) -> Cost:
    """Return what a redactor takes that is built and called in our own process; memory is not told apart."""
    begun = clock()
    redact = build()
    redact(FIRST)
    start, taken = clock() - begun, []
    for text in texts:
        begun = clock()
        redact(text)
        taken.append(1000 * (clock() - begun))
    return Cost(start, *_middle(taken), None)


def _middle(taken: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile, the first few left out where there are enough."""
    warm = taken[_WARM_UP:] if len(taken) > 2 * _WARM_UP else taken
    return statistics.median(warm), quantile(warm, 0.95)


@contextmanager
def _running(system: System) -> Iterator[subprocess.Popen]:
    """Start a system, have it answer once, and end it by closing its input."""
    env = dict(os.environ, OMP_NUM_THREADS="1")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    try:
        process = subprocess.Popen(system.command, cwd=HOUSE, env=env, **pipes)
    except OSError as problem:
        raise SystemFailed(f"Tried to start {system.name}: {problem}") from problem
    try:
        if system.field not in _answer(system, process, FIRST):
            raise SystemFailed(f"Tried to have {system.name} redact a message, and it refused.")
        yield process
    finally:
        with suppress(BrokenPipeError):  # one that has died takes nothing more
            process.stdin.close()
        process.stdout.close()
        process.wait(timeout=60)


def _answer(system: System, process: subprocess.Popen, text: str) -> dict:
    try:
        process.stdin.write(json.dumps({"text": text}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())
    except (OSError, ValueError) as problem:
        raise SystemFailed(f"Tried to have {system.name} redact a message, and it did not answer.") from problem


def _most_megabytes(pid: int) -> float | None:
    """Return the most memory a process has held since it began, or None where the system does not say."""
    # Not the resource usage of children, which counts what a child shared with us before it began.
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)
