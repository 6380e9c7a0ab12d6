"""`bench`: measure starts, turns and memory, and write them to evaluation/RESULTS.md."""

import argparse
from datetime import date

from bot.commands import CannotRun
from bot.commands.chat import demo_code
from bot.commands.widget_client import Declined, WidgetClient
from bot.launch import notes
from bot.launch.guest import HouseDidNotStart, house
from bot.settings import load_settings
from evaluation import bench
from evaluation.results import FILE, provenance, write_section


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much to measure."""
    parser.add_argument("--consultations", type=int, default=5, help="how many to hold (5)")


def run(options: argparse.Namespace) -> None:
    """Measure the house that runs here, or one started for it."""
    settings = load_settings()
    try:
        with house(settings, quiet=False) as there:
            client = WidgetClient(there.url)
            client.sign_in(demo_code(settings))
            seconds = bench.turns(client, options.consultations)
            running = notes.running(settings.run) or there
            memory = {
                "the service": bench.resident_megabytes(running.pid),
                "Rasa": bench.resident_megabytes(running.rasa_pid) if running.rasa_pid else None,
            }
    except HouseDidNotStart:
        raise CannotRun("the service did not start; what it said stands above.") from None
    except Declined as declined:
        raise CannotRun(str(declined)) from None
    report = bench.report(notes.start_timings(settings.run), seconds, options.consultations, memory)
    command = f"./noname bench --consultations {options.consultations}"
    write_section("bench", "Speed and memory", report, provenance(date.today(), command))
    print(report)
    print(f"\nWritten to {FILE.relative_to(settings.root)}.")
