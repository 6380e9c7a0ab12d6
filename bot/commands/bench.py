"""`bench`: measure starts, turns, load, growth and cost, and write each to evaluation/RESULTS.md."""

import argparse
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.chat import demo_code
from bot.commands.widget_client import Declined, WidgetClient
from bot.launch import notes
from bot.launch.guest import HouseDidNotStart, house
from bot.settings import load_settings
from evaluation import bench
from evaluation.redaction.in_process import RedactorShut
from evaluation.redaction.systems import SystemFailed
from evaluation.results import FILE, provenance, read_sections, write_section
from evaluation.speed import beside, cost, footprint, growth, load, redactors, steps
from evaluation.speed.crowd import CrowdFailed
from evaluation.speed.own_house import fresh
from evaluation.speed.starter import StarterFailed

QUICK = " A quick run, to see that it measures: too short for figures to rest on."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, and how much of it."""
    known = ", ".join(MEASURES)
    parser.add_argument("--what", default="turns", help=f"one or more of {known}, joined by commas; or all")
    parser.add_argument("--quick", action="store_true", help="a small run of each, in a minute or so")
    parser.add_argument("--consultations", type=int, default=5, help="turns, steps, cost: how many to hold (5)")
    parser.add_argument("--minutes", type=float, default=10.0, help="load: how long (10)")
    parser.add_argument("--schools", type=int, default=load.SCHOOLS, help=f"load: how many at once ({load.SCHOOLS})")
    parser.add_argument("--desks", type=int, default=load.DESKS, help=f"load: how many at once ({load.DESKS})")
    parser.add_argument("--core-hour", type=float, default=cost.PRICE, help=f"cost: in pounds ({cost.PRICE})")


def run(options: argparse.Namespace) -> None:
    """Measure what is asked for, print it and write a section for each."""
    # What was started for this is stopped again however this ends.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked = list(MEASURES) if options.what == "all" else options.what.split(",")
    if unknown := [name for name in asked if name not in MEASURES]:
        raise CannotRun(f"--what knows {', '.join(MEASURES)} and all, not {', '.join(unknown)}.")
    for name in asked:
        section, title, measure = MEASURES[name]
        report = _measured(measure, options)
        write_section(section, title, report, provenance(date.today(), _command(name, options)))
        print(f"{report}\n")
    print(f"Written to {FILE.relative_to(load_settings().root)}.")
    if "cost" in asked:
        _size(options.core_hour)


def turns(options: argparse.Namespace) -> str:
    """Measure the house that runs here, or one started for it."""
    settings = load_settings()
    with house(settings, quiet=False) as there:
        client = WidgetClient(there.url)
        client.sign_in(demo_code(settings))
        seconds = bench.turns(client, options.consultations)
        running = notes.running(settings.run) or there
        memory = {
            "the service": bench.resident_megabytes(running.pid),
            "Rasa": bench.resident_megabytes(running.rasa_pid) if running.rasa_pid else None,
        }
    return bench.report(notes.start_timings(settings.run), seconds, options.consultations, memory)


def _starter(options: argparse.Namespace) -> str:
    turns, warm, rounds = (40, 10, 1) if options.quick else (600, 60, 2)
    return beside.report(beside.measure(_folder(), turns, warm, rounds))


def _steps(options: argparse.Namespace) -> str:
    watch = steps.Watch()
    with steps.watched_house(fresh(_folder() / "house"), watch) as (client, told):
        return steps.report(steps.turns(client, watch, 1 if options.quick else options.consultations, told))


def _load(options: argparse.Namespace) -> str:
    schools, desks, seconds = (10, 3, 30.0) if options.quick else (options.schools, options.desks, 60 * options.minutes)
    return load.report(load.measure(_folder(), schools, desks, seconds))


def _growth(options: argparse.Namespace) -> str:
    return growth.report(growth.measure(_folder(), growth.QUICK if options.quick else growth.WHOLE))


def _anonymiser(options: argparse.Namespace) -> str:
    return redactors.measure(30 if options.quick else None, date.today())


def _cost(options: argparse.Namespace) -> str:
    consultations = 1 if options.quick else 4 * options.consultations
    return cost.report(cost.measure(_folder(), consultations), consultations, options.core_hour)


def _footprint(_options: argparse.Namespace) -> str:
    return footprint.report(footprint.measure(_folder() / "footprint"))


def _size(price: float) -> None:
    """Write the figures of docs/SIZING.md anew."""
    section = read_sections()["bench-cost"]
    paper = cost.with_figures(cost.PAPER.read_text(encoding="utf-8"), cost.sizing(cost.told(section), price))
    cost.PAPER.write_text(paper, encoding="utf-8")


def _measured(measure: Callable[[argparse.Namespace], str], options: argparse.Namespace) -> str:
    try:
        return measure(options) + (f"\n\n{QUICK.strip()}" if options.quick else "")
    except HouseDidNotStart:
        raise CannotRun("the service did not start; what it said stands above.") from None
    except CrowdFailed:
        raise CannotRun("the people who were to talk could not; what they said stands above.") from None
    except StarterFailed as failed:
        raise CannotRun(f"the starter could not be made or started; {failed} says why.") from None
    except footprint.RoomNotMade as failed:
        raise CannotRun(str(failed)) from None
    except (Declined, SystemFailed, RedactorShut) as failed:
        raise CannotRun(str(failed)) from failed


def _command(name: str, options: argparse.Namespace) -> str:
    counted = f" --consultations {options.consultations}" if name in ("turns", "steps", "cost") else ""
    if name == "load" and not options.quick:
        counted = f" --schools {options.schools} --desks {options.desks} --minutes {options.minutes:g}"
    what = "" if name == "turns" else f" --what {name}"
    return f"./noname bench{what}{counted}{' --quick' if options.quick else ''}"


def _folder() -> Path:
    return load_settings().var / "bench"


MEASURES: dict[str, tuple[str, str, Callable[[argparse.Namespace], str]]] = {
    "turns": ("bench", "Speed and memory", turns),
    "starter": ("bench-starter", "Speed, beside the starter that `rasa init` makes", _starter),
    "steps": ("bench-steps", "Where the time of a turn goes", _steps),
    "load": ("bench-load", "Many at once", _load),
    "growth": ("bench-growth", "With many consultations and many areas", _growth),
    "anonymiser": ("bench-anonymiser", "The anonymiser's speed, beside Presidio and spaCy", _anonymiser),
    "footprint": ("bench-footprint", "What a first start brings and keeps", _footprint),
    "cost": ("bench-cost", "What a consultation costs", _cost),
}
