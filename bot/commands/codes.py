"""`codes`: how to sign in to the demo, with second factors that are fresh."""

import argparse

from bot import demo
from bot.commands import CannotRun
from bot.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> None:
    """Print the demo's lines."""
    settings = load_settings()
    if not settings.demo_file.exists():
        raise CannotRun("there is no demo here; `./noname up` makes one.")
    for line in demo.seed(settings):
        print(line)
