"""`web`: one web process of several. `prepare` has run before, and something in front shares the requests out."""

import argparse
import contextlib
import signal

from bot.commands import CannotRun
from bot.commands.up import environment
from bot.launch import logs, notes, ports
from bot.settings import Settings, load_settings

NOT_SEVERAL = (
    "this command starts one of several web processes, and needs NONAME_SEVERAL=yes, PostgreSQL and Redis "
    "(docs/OPERATIONS.md). `./noname up` starts a house with one."
)
NOT_PREPARED = "something is missing that all processes need; `./noname prepare` makes it, once for all of them."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", help="what to listen on (127.0.0.1)")
    parser.add_argument("--port", help="the port to serve on (8000)")
    parser.set_defaults(var=None, no_demo=False)


def run(options: argparse.Namespace) -> None:
    """Serve until terminated; what is under way comes to its end first."""
    settings = load_settings(environment(options))
    if not settings.several.is_so:
        raise CannotRun(NOT_SEVERAL)
    logs.set_up(settings.log_level, settings.running.log_format)
    refuse_unprepared(settings)
    with (
        notes.hold(settings.run, is_one_of_several=True),
        contextlib.closing(ports.take(settings.host, settings.port)) as listener,
    ):
        from bot.web.serve import server
        from bot.wiring import build

        app = build(settings).app
        # The port is let go of first: who comes then is sent to another process, and not turned away.
        ours = server(app, settings.host, settings.port, settings.log_level, lets_go_first=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as the server leaves it behind
        with contextlib.suppress(KeyboardInterrupt):
            ours.run(sockets=[listener])


def refuse_unprepared(settings: Settings) -> None:
    """Raise CannotRun where tables, pages or the dialogue are not there as these files want them."""
    from bot.launch.front_end import is_made
    from bot.launch.training import is_trained
    from bot.storage import is_migrated, make_engine

    engine = make_engine(settings.database_url)
    try:
        if not (is_migrated(engine) and is_made(settings.root) and is_trained(settings)):
            raise CannotRun(NOT_PREPARED)
    finally:
        engine.dispose()
