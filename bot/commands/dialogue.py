"""`dialogue`: one Rasa of several, in the foreground. It ends with this command, and this command with it."""

import argparse
import os
import signal
import sys

from bot.commands import CannotRun
from bot.commands.web import NOT_PREPARED, NOT_SEVERAL
from bot.dialogue.model import model_file
from bot.dialogue.rasa_process import RasaProcess, run_arguments
from bot.launch import logs
from bot.launch.training import is_trained
from bot.settings import Settings, load_settings

LAST_TURN_SECONDS = 22.0  # a little longer than Rasa itself may take for a turn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", help="the port on which this Rasa answers (5005)")


def run(options: argparse.Namespace) -> int:
    """Run Rasa until terminated; return 1 where it ended by itself."""
    said = {"NONAME_RASA_PORT": options.port} if options.port else {}
    settings = load_settings({**os.environ, **said})
    if not settings.several.is_so:
        raise CannotRun(NOT_SEVERAL)
    logs.set_up(settings.log_level, settings.running.log_format)
    if not is_trained(settings):
        raise CannotRun(NOT_PREPARED)
    process = made(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        process.start()
        while process.wait(1.0) is None:
            pass
        print(f"noname dialogue: Rasa has ended; {settings.logs} has its log.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        process.stop(LAST_TURN_SECONDS)


def made(settings: Settings) -> RasaProcess:
    """Return a Rasa that is not started, with a log of its own."""
    log = settings.logs / f"rasa-{settings.rasa_port}.log"
    return RasaProcess(settings, run_arguments(settings, model_file(settings)), log)
