"""A service that can be killed at any moment and is there again at once: `python -m tests.chaos_server PORT`.

To read the knowledge takes seconds. So one process reads it and serves nobody; for each line on its standard input
it forks a process that makes a house on the file in the folder that the line names, serves it, and is there to be
killed. Its id is written
on standard output. Nothing of one house is known to the next but what stands in the file.
"""

import asyncio
import gc
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.serve import server
from tests.chaos_house import make_app, read_beforehand, records_in

HOST = "127.0.0.1"
# the folder, the port, how many lived before, and what reads as ended when the process that forked it does
type Live = Callable[[Path, int, int, int], None]

UNDER_WAY = 0.02  # seconds that an answer needs at most from us to the browser


class Line:
    """The line between us and a browser: answers are under way for a moment, and many a kill falls into it."""

    def __init__(self, app: ASGIApp, chance: random.Random) -> None:
        self.app, self.chance = app, chance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(self.chance.uniform(0, UNDER_WAY))
            await send(message)

        await self.app(scope, receive, send_late)


def serve(folder: Path, port: int, generation: int, parent: int) -> None:
    """Serve until killed, or until the process that forked us is gone."""
    chance = random.Random(generation)
    app = Line(make_app(records_in(folder), folder, chance), chance)

    async def until_left() -> None:
        # The parent alone holds the other end: it reads as ended when the parent does.
        asyncio.get_running_loop().add_reader(parent, os._exit, 0)
        await server(app, HOST, port, "critical").serve()

    asyncio.run(until_left())


def main(port: int, live: Live = serve) -> None:
    """Fork a service for each line that comes in: `live` is what it does until it is killed."""
    read_beforehand()
    gc.collect()
    gc.freeze()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ended, mine = os.pipe()
    child = 0
    for generation, folder in enumerate(sys.stdin):
        if child:
            _bury(child)
        child = os.fork()
        if not child:
            os.close(mine)
            live(Path(folder.rstrip("\n")), port, generation, ended)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    if child:
        _bury(child)


def _bury(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
