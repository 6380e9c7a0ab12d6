"""A server on a loop and a thread of its own, which can go away and come back at the same port."""

import asyncio
import socket
import threading
from collections.abc import Callable

import uvicorn

from bot_api.answering import Answering
from bot_api.receiving import Polling
from bot_api.webhook import Posting
from bot_api.world import World

PATIENCE = 10.0  # seconds


class _Server(uvicorn.Server):
    """Ends at once, and hangs up on whoever is still waiting."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    async def main_loop(self) -> None:
        await self.leave.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=PATIENCE)


class Serving:
    """Serves one world. `start` and `stop` are called from outside the loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._thread: threading.Thread | None = None
        self._up = threading.Event()
        self._server: _Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.port = 0
        world.updates.on_new = self.wake

    @property
    def is_up(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        """Listen: the first time at a free port, later at the same."""
        # Said to be TCP, or asyncio leaves small answers waiting for an acknowledgement (40 ms each).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(64)
        self.port = listening.getsockname()[1]
        self._up.clear()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(listening)), daemon=True)
        self._thread.start()
        if not self._up.wait(PATIENCE):
            raise RuntimeError("the tests' Bot API did not start")

    def stop(self) -> None:
        """Refuse connections from now on, and end those that there are without an answer."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._server.leave.set)
        self._thread.join(PATIENCE)
        self._thread = None

    def wake(self) -> None:
        """Have waiting requests and the webhook look again; from any thread."""
        self._on_loop(self._wake)

    def _on_loop(self, what: Callable[[], None]) -> None:
        if self._up.is_set() and self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    def _wake(self) -> None:
        self._polling.wake()
        self._posting.wake()

    async def _serve(self, listening: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._polling, self._posting = Polling(self._world), Posting(self._world)
        app = Answering(self._world, self._polling, self.wake)
        quiet = {"log_config": None, "access_log": False}
        plain = {"proxy_headers": False, "lifespan": "off", "http": "h11", "ws": "none"}
        self._server = _Server(uvicorn.Config(app, **quiet, **plain))
        self._loop.call_soon(self._begin)
        leaving = asyncio.create_task(self._leave())
        await self._server.serve(sockets=[listening])
        await leaving

    def _begin(self) -> None:
        self._up.set()
        self.wake()

    async def _leave(self) -> None:
        await self._server.leave.wait()
        self._up.clear()
        self._polling.end()
        await self._posting.end()
