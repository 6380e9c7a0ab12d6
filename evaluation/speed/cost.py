"""Cost: what a consultation makes the machine compute, and what that comes to for one and for all schools in England.

The figures of docs/SIZING.md stand between two marks and are written from here, out of the section in RESULTS.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.commands.chat import demo_code
from bot.commands.widget_client import WidgetClient
from bot.settings import ROOT
from evaluation import bench
from evaluation.results import table
from evaluation.speed import processes
from evaluation.speed.own_house import fresh, own_house

PAPER = ROOT / "docs" / "SIZING.md"
PRICE = 0.05  # pounds for a core for an hour
# What docs/SIZING.md says of each, and where it is from.
SCHOOLS = 24_000
CONSULTATIONS_A_YEAR = 12
DAYS, HOURS_A_DAY = 190, 7
PEAK = 5
BUSY = 0.5
_BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- end -->)", re.DOTALL)
_ROW = re.compile(r"^\| (?P<name>[^|]+?) \| (?P<value>[\d.,]+)", re.MULTILINE)
_TURNS, _SERVICE, _RASA = "turns in a consultation", "the service computed for one", "Rasa computed for one"
_HELD, _DISK = "memory held", "disk for one"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one consultation takes: turns, seconds of computing, and what the house held (MB) and wrote (kB)."""

    turns: float
    service: float
    rasa: float
    megabytes: float
    kilobytes: float

    @property
    def computed(self) -> float:
        """Seconds of both processes."""
        return self.service + self.rasa


def measure(folder: Path, consultations: int) -> Cost:
    """Return what a consultation takes, after one that is not counted. Raises HouseDidNotStart."""
    with own_house(fresh(folder / "house")) as there:
        client = WidgetClient(there.url)
        client.sign_in(demo_code(there.settings))
        bench.turns(client, 1)
        ours, rasa = (there.service,), processes.family(there.rasa) if there.rasa else ()
        before = processes.computed(ours), processes.computed(rasa), _written(there.settings.var)
        turns = len(bench.turns(client, consultations))
        after = processes.computed(ours), processes.computed(rasa), _written(there.settings.var)
        service, rasas, written = ((now - then) / consultations for now, then in zip(after, before, strict=True))
        held = processes.held((*ours, *rasa))
    return Cost(turns / consultations, service, rasas, held, written / 1024)


def _written(var: Path) -> int:
    return sum(file.stat().st_size for file in var.glob("*.db*"))


def report(cost: Cost, consultations: int, price: float = PRICE) -> str:
    """Return the section for RESULTS.md."""
    pence = 100 * price * cost.computed / 3600
    rows = [
        (_TURNS, f"{cost.turns:.0f}"),
        (_SERVICE, f"{cost.service:.2f} s"),
        (_RASA, f"{cost.rasa:.2f} s"),
        (_HELD, f"{cost.megabytes:.0f} MB"),
        (_DISK, f"{cost.kilobytes:.0f} kB"),
        ("computing for one", f"{pence:.4f} p"),
        ("computing for a thousand", f"{10 * pence:.2f} pounds"),
    ]
    return "\n\n".join(
        (
            f"Means of {consultations} whole consultations of one person, one after the other. Money is computing "
            f"alone, at {price:.2f} pounds for a core for an hour (`--core-hour`).",
            table(("figure", "value"), rows),
        )
    )


def told(section: str) -> Cost:
    """Return what a section of RESULTS.md tells. Raises KeyError where a figure is missing."""
    found: Mapping[str, float] = {m["name"]: float(m["value"].replace(",", "")) for m in _ROW.finditer(section)}
    return Cost(*(found[name] for name in (_TURNS, _SERVICE, _RASA, _HELD, _DISK)))


def sizing(cost: Cost, price: float = PRICE) -> str:
    """Return the table of docs/SIZING.md: from one consultation to all schools in England."""
    a_year = SCHOOLS * CONSULTATIONS_A_YEAR
    at_peak = PEAK * a_year / (DAYS * HOURS_A_DAY) * cost.turns / 3600
    cores = at_peak * cost.computed / cost.turns / BUSY
    core_hours = a_year * cost.computed / 3600
    rows = [
        ("turns in a consultation", f"{cost.turns:.0f}"),
        ("computing for a consultation", f"{cost.computed:.2f} s"),
        ("consultations a year", f"{a_year:,}"),
        ("turns a second, on average in school hours", f"{at_peak / PEAK:.1f}"),
        ("turns a second, at the peak", f"{at_peak:.1f}"),
        ("cores at the peak, half of each free", f"{cores:.1f}"),
        ("computing in a year", f"{core_hours:,.0f} core hours"),
        ("its price in a year", f"{core_hours * price:,.0f} pounds"),
        ("price of those cores running all year", f"{max(2, -(-cores // 1)) * 24 * 365 * price:,.0f} pounds"),
        ("disk for a year", f"{a_year * cost.kilobytes / 2**20:,.0f} GB"),
        ("memory for one house", f"{cost.megabytes:.0f} MB"),
    ]
    return table(("figure", "value"), rows)


def with_figures(paper: str, figures: str) -> str:
    """Return the paper with these figures between its marks."""
    return _BLOCK.sub(lambda marks: f"{marks[1]}{figures}\n{marks[2]}", paper)


def figures_in(paper: str) -> str:
    """Return the figures that stand between the marks of a paper."""
    found = _BLOCK.search(paper)
    return found[0].removeprefix(found[1]).removesuffix(found[2]).strip() if found else ""
