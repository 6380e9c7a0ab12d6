"""`codes`: fresh second factors of the demo's duty workers, as a phone would show them."""

import argparse
import json

from bot.commands import CannotRun
from bot.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Print a line for each of the demo's people."""
    from bot.demo import code_at
    from bot.wiring import clock

    try:
        made = json.loads(load_settings().demo_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CannotRun("there is no demo here; `./noname up` makes it.") from None
    for school in made["schools"]:
        print(f"{school['name']}: access code {school['code']}")
    for worker in made["workers"]:
        code = code_at(worker["totp_secret"], clock())
        print(f"{worker['login']}: password {worker['password']}, second factor now {code}")
    return 0
