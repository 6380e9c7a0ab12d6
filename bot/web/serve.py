"""Serves the doors. No access log: a path holds an id, and a query Rasa's token."""

import gc
import sys
import time
from socket import socket
from types import FrameType

import uvicorn
from sse_starlette.sse import AppStatus
from starlette.types import ASGIApp

from bot.web.draining import Drain
from bot.web.heads import SmallHeadsInTime

DRAIN_SECONDS = 20.0  # how long turns that are under way may take to finish, as long as Rasa may for one
STREAMS_SECONDS = 5
# The loop lets go of Python's lock at each statement, and has it back from a text that is being read after so long.
SWITCH_SECONDS = 0.0005
COLLECT_AFTER = (10_000, 10, 10)  # what comes and goes, before all of it is looked through again
LET_GO_SECONDS = 0.3  # between letting go of the port and taking in nothing new: who had just come is served


class DrainingServer(uvicorn.Server):
    """A server that is told to end lets what is under way finish first, and meanwhile takes in nothing new.

    Told a second time it ends at once. One of several processes lets go of its port first: whoever comes then reaches
    another.
    """

    def __init__(self, config: uvicorn.Config, drain: Drain, seconds: float, lets_go_first: bool = False) -> None:
        super().__init__(config)
        self._drain, self._seconds = drain, seconds
        self._lets_go_first, self._let_go_at = lets_go_first, 0.0
        self._told = 0
        self._until = 0.0

    def run(self, sockets: list[socket] | None = None) -> None:
        """Serve until told to end. What is there by now stays: the collector of garbage need not look at it again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        sys.setswitchinterval(SWITCH_SECONDS)
        super().run(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that the server is to end. It is a signal that calls here, so the loop does the rest."""
        if self._told:
            super().handle_exit(sig, frame)
        self._told = self._told or sig

    async def on_tick(self, counter: int) -> bool:
        """Begin to drain, and end when that is over. Called ten times a second."""
        if self._told and not self._drain.begun and self._has_let_go():
            self._until = time.monotonic() + self._seconds
            self._drain.begin()
        if self._drain.begun and self._told and not self.should_exit and self._is_time():
            super().handle_exit(self._told, None)
        return await super().on_tick(counter)

    def _has_let_go(self) -> bool:
        if not self._lets_go_first:
            return True
        if not self._let_go_at:
            self._let_go_at = time.monotonic()
            for listening in self.servers:
                listening.close()
        return time.monotonic() >= self._let_go_at + LET_GO_SECONDS

    def _is_time(self) -> bool:
        return self._drain.is_over() or time.monotonic() >= self._until


def server(
    app: ASGIApp,
    host: str,
    port: int,
    log_level: str = "warning",
    drain_seconds: float = DRAIN_SECONDS,
    lets_go_first: bool = False,
) -> uvicorn.Server:
    """Return a server that has not been started; `await server.serve()` starts it.

    With `lets_go_first` it listens no more as soon as it is told to end.
    """
    # Streams go by one mark for the whole process: a server that ended here before must not end ours.
    AppStatus.should_exit = False
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level=log_level,
        log_config=None,  # its lines are written as all others are (bot/launch/logs.py)
        http=SmallHeadsInTime,
        ws="none",
        server_header=False,
        date_header=False,
        # Streams end when the server does; browsers come back by themselves.
        timeout_graceful_shutdown=STREAMS_SECONDS,
    )
    drain = getattr(getattr(app, "state", None), "drain", None)
    return DrainingServer(config, drain or Drain(), drain_seconds, lets_go_first)
