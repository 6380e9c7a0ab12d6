"""The weather between a browser and the house: a wire on loopback that breaks, falls silent or loses the answers."""

import asyncio
import threading
from concurrent.futures import Future


class Weather:
    """Passes every connection on to `port` of loopback, for as long as the weather is fair."""

    def __init__(self, port: int) -> None:
        self.leads_to = port
        self._open: set[asyncio.StreamWriter] = set()
        self._answers, self._silent, self._refuses = True, False, False
        self.may_be_kept = False  # whether what the house wants no browser to store is passed on without that wish
        self._ready: Future[tuple[asyncio.AbstractEventLoop, int]] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._stand()), daemon=True)
        self._thread.start()
        self._loop, self.port = self._ready.result(10)

    def fair(self) -> None:
        """Let everything through again; what was silent until now is cut."""
        self._becomes(refuses=False)
        self.may_be_kept = False

    def cut(self) -> None:
        """Break every connection that there is; new ones are let through."""
        self._becomes(refuses=False)

    def gone(self) -> None:
        """Break every connection, and each that is tried."""
        self._becomes(refuses=True)

    def loses_answers(self) -> None:
        """Pass on what the browser sends, and nothing of what the house answers."""
        self._answers = False

    def silent(self) -> None:
        """Pass on nothing, and break nothing: nobody is told."""
        self._silent = True

    def stop(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _stand(self) -> None:
        self._over = asyncio.Event()
        wire = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._ready.set_result((asyncio.get_running_loop(), wire.sockets[0].getsockname()[1]))
        await self._over.wait()
        wire.close()

    def _becomes(self, *, refuses: bool) -> None:
        """Break every connection, and have other weather for those that come, all at one moment."""
        done = threading.Event()

        def now() -> None:
            self._answers, self._silent, self._refuses = True, False, refuses
            for end in self._open:
                end.transport.abort()
            self._open.clear()
            done.set()

        self._loop.call_soon_threadsafe(now)
        assert done.wait(10)

    async def _connected(self, asked: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        self._open.add(answers)
        if self._refuses:
            answers.transport.abort()
            return
        try:
            there, to_house = await asyncio.open_connection("127.0.0.1", self.leads_to)
        except OSError:
            answers.transport.abort()
            return
        self._open.add(to_house)
        back = asyncio.create_task(self._pass(there, answers, is_answer=True))
        await self._pass(asked, to_house, is_answer=False)
        await back
        self._open -= {answers, to_house}

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, is_answer: bool) -> None:
        try:
            while some := await source.read(65536):
                if self._silent or (is_answer and not self._answers):
                    continue
                sink.write(some.replace(b"no-store", b"no-cache") if is_answer and self.may_be_kept else some)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()
