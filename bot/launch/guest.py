"""A guest of a house: use the one that runs here, or start one for a while."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.launch import notes
from bot.launch.ports import first_free
from bot.settings import Settings

LONGEST_START_SECONDS = 900.0
LONGEST_STOP_SECONDS = 40.0  # what is under way has 20 of them
PORTS = range(8100, 8200)


class HouseDidNotStart(Exception):
    """Tried to start a house for a while and it ended or stayed silent."""


@contextlib.contextmanager
def house(
    settings: Settings, environ: Mapping[str, str] = MappingProxyType({}), *, quiet: bool = True
) -> Iterator[notes.Running]:
    """Yield a running house: the one on this folder, or one started now and stopped afterwards.

    `environ` is laid over the environment of one that is started. Raises HouseDidNotStart.
    """
    there = notes.running(settings.run)
    if there:
        yield there
        return
    port = str(first_free("127.0.0.1", PORTS))
    command = [sys.executable, "-P", "-m", "bot.cli", "up", "--port", port, "--var", str(settings.var)]
    # Progress goes to standard error, because standard output belongs to the command that asked.
    child = subprocess.Popen(
        [*command, *(["--quiet"] if quiet else [])],
        env={**os.environ, **environ, "PYTHONPATH": str(settings.root)},
        stdout=sys.stderr.fileno(),
        start_new_session=True,
    )
    try:
        yield _when_ready(child, settings)
    finally:
        child.terminate()
        try:
            child.wait(LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _when_ready(child: subprocess.Popen[bytes], settings: Settings) -> notes.Running:
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        there = notes.running(settings.run)
        if there:
            return there
        time.sleep(0.1)
    raise HouseDidNotStart
