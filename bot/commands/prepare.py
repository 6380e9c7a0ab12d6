"""`prepare`: what a house of several processes needs once before they start: pages, tables, a trained dialogue."""

import argparse
import sys

from bot.commands.up import PARTS
from bot.launch import logs
from bot.launch.front_end import ensure_front_end
from bot.launch.progress import Progress
from bot.launch.up import prepare, train
from bot.settings import ROOT, load_settings

STEPS = 6  # two of them are the launcher's


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What an image needs."""
    parser.add_argument("--pages", action="store_true", help="make only what pages are drawn with, and touch no house")


def run(options: argparse.Namespace) -> None:
    """Make what is missing. It may run again, and beside a house that serves."""
    if options.pages:
        ensure_front_end(ROOT)  # no settings are read: that would draw secrets
        return
    settings = load_settings()
    logs.set_up(settings.log_level, settings.running.log_format)
    progress = Progress(sys.stdout, total=STEPS, done=2)
    for line in prepare(settings, PARTS, progress):
        progress.say(line)
    train(settings, PARTS, progress)
