"""A house that tells all it can: our log and Rasa's at DEBUG, both into its folder, where they are searched."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from running_house import RunningHouse, running_house

from bot.launch import logs
from bot.settings import Settings


@contextmanager
def talkative_house(var: Path, settings: Settings | None = None) -> Iterator[RunningHouse]:
    """Start a house that logs everything below `var`, and stop it again."""
    (var / "log").mkdir(mode=0o700)
    heard, root = logging.FileHandler(var / "log" / "service.log"), logging.getLogger()
    heard.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    before = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    logs.set_level("debug")
    try:
        settings = settings and replace(settings, log_level="debug")
        with running_house(var, log_level="debug", settings=settings) as house:
            yield house
    finally:
        root.removeHandler(heard)
        root.setLevel(before)
        logs.set_level("warning")
        heard.close()
