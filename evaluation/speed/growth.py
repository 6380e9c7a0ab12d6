"""Growth: what a turn and the desk's pages take, and how large the database is, with ever more consultations and areas.

Consultations are copies of two that were held through the door (`copying`); each size is made once and kept
below `var/bench/`. Areas are copies of ours in a checkout of its own. The queue keeps as many open cases as a desk has.
"""

import secrets
import shutil
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.chat import demo_code
from bot.commands.widget_client import WidgetClient
from bot.consultation.reference import make_reference
from bot.settings import ROOT, Settings
from evaluation import bench
from evaluation.bench import milliseconds, quantile
from evaluation.results import table
from evaluation.speed import processes
from evaluation.speed.copying import Copying
from evaluation.speed.desk_pages import PAGES, page_seconds
from evaluation.speed.many_areas import checkout
from evaluation.speed.own_house import desks, own_house, records
from evaluation.speed.talks import WANTS_A_PERSON

OPEN_CASES = 30
TIMES_OPENED = 30  # each page
TOLD_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How far it grows: consultations kept, areas held, and how many consultations are held to take times."""

    consultations: tuple[int, ...]
    areas: tuple[int, ...]
    held: int


WHOLE = Sizes((10, 1_000, 100_000), (2, 18, 150), 3)
QUICK = Sizes((10, 500), (), 1)


@dataclass(frozen=True, slots=True)
class Grown:
    """What came at one size: seconds of turns and of each page, megabytes on disk and in memory, seconds to start."""

    name: str
    turns: Sequence[float]
    pages: Mapping[str, Sequence[float]]
    disk: float
    held: float
    start: float


def measure(folder: Path, sizes: Sizes) -> list[Grown]:
    """Return what came at each size. Raises HouseDidNotStart."""
    found = []
    for count in sizes.consultations:
        var = seeded(folder, count)
        found.append(_taken(f"{count:,} consultations", var, sizes.held))
    for count in sizes.areas:
        with checkout(folder, count) as root:
            found.append(_taken(f"{count} areas", folder / f"areas-{count}", sizes.held, root))
    return found


def seeded(folder: Path, count: int) -> Path:
    """Return the folder of a house that keeps so many consultations, made now if it is not there."""
    var = folder / f"grown-{count}-{_made_by()}"
    if var.is_dir():
        return var
    draft = folder / ".grown"
    shutil.rmtree(draft, ignore_errors=True)
    settings, originals = _two_held(draft)
    with records(settings) as kept:
        copying = kept.beside(Copying)
        ended, asked = (copying.original(one) for one in originals)
        now = datetime.now(UTC)
        closed = {"consultations": {"stage": "closed"}, "cases": {"stage": "closed", "closed_at": now}}
        opened = min(OPEN_CASES, count // 3)
        for original, share, changes in (
            (asked, opened, {}),
            (asked, count // 2 - opened, closed),
            (ended, count - count // 2, {}),
        ):
            for done in copying.copy(original, share, lambda: make_reference(secrets.randbelow), changes):
                if done % TOLD_EVERY == 0:
                    print(f"  copied {done:,} of {share:,}", flush=True)
    draft.replace(var)
    return var


def _made_by() -> str:
    """Return what tells databases of this form from others: the newest migration."""
    files = (ROOT / "bot" / "storage" / "migrations" / "versions").glob("[0-9]*.py")
    return max(file.name[:4] for file in files)


def _two_held(var: Path) -> tuple[Settings, tuple[str, str]]:
    """Hold one consultation to its end and one until a person is asked for; return their house and their ids."""
    with own_house(var) as there:
        client = WidgetClient(there.url)
        client.sign_in(demo_code(there.settings))
        ended = _Noted(client)
        bench.turns(ended, 1)
        asked = client.open("kent")["id"]
        for said in (bench.WORRY, WANTS_A_PERSON):
            came = client.say(asked, text=said)
        for _ in range(bench.MOST_TURNS):
            if came["stage"] != "with_assistant":
                break
            came = client.say(asked, **bench.said_to(bench.offered_by(came["replies"]), bench.TYPED))
        return there.settings, (ended.opened, asked)


class _Noted:
    """A client that notes which consultation it opened."""

    def __init__(self, client: WidgetClient) -> None:
        self.messages, self.say, self._client, self.opened = client.messages, client.say, client, ""

    def open(self, area: str | None) -> dict:
        """Open a consultation."""
        came = self._client.open(area)
        self.opened = came["id"]
        return came


def _taken(name: str, var: Path, consultations: int, root: Path = ROOT) -> Grown:
    with own_house(var, root) as there:
        client = WidgetClient(there.url)
        client.sign_in(demo_code(there.settings))
        bench.turns(client, 1)
        turns = bench.turns(client, consultations)
        (token,) = desks(there.settings, 1)
        pages = page_seconds(there.url, token, TIMES_OPENED)
        held = processes.held((there.service,))
        disk = sum(file.stat().st_size for file in var.glob("*.db*")) / 2**20
        return Grown(name, turns, pages, disk, held, there.seconds)


def report(found: Sequence[Grown]) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        (
            *(one.name, milliseconds(statistics.median(one.turns)), milliseconds(quantile(one.turns, 0.95))),
            *(milliseconds(statistics.median(one.pages[page])) for page in PAGES),
            *(f"{one.disk:,.0f} MB", f"{one.held:.0f} MB", f"{one.start:.1f} s"),
        )
        for one in found
    ]
    pages = ("queue's page", "shift list", "search", "search by kind")
    heads = ("kept", "turn, median", "95 in 100 within", *pages, "databases", "service holds", "to ready")
    return "\n\n".join(
        (
            "Consultations are copies of two that were held through the door: half ended by themselves, half handed "
            "over. "
            f"Up to {OPEN_CASES} of those are open; the others are closed. Rows are sealed, and the audit chain holds. "
            "Areas are copies of ours. One person talks.",
            table(heads, rows),
        )
    )
