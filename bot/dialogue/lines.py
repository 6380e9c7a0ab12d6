"""Lines: what our two processes ask each other, over connections that stay open.

Both ends are ours and on one machine, so of HTTP/1.1 it takes what they say: a head, and a body whose length is told.
What a library for all servers does besides took longer than the answer. Imported by ours, and read as a file by
Rasa's Python (3.10), so it needs nothing but the language.
"""

import asyncio
from time import monotonic

# Shorter than either server waits before it closes a connection: none is used that is just being closed.
IDLE_SECONDS = 2.0
MOST = 100
_LONGEST_HEAD = 64 * 1024


class NotReached(Exception):
    """Tried to ask, and was not heard: nobody listens there, or all connections are taken."""


class Broken(Exception):
    """Asked, and what came back is no answer, or the connection ended before it: it may have been heard."""


class Late(Exception):
    """Asked, and no answer came in time: it may have been heard."""


class Answer:
    """A status, its reason, the kind of what was answered, and that itself in bytes."""

    __slots__ = ("body", "kind", "reason", "status")

    def __init__(self, status, reason, kind, body):
        self.status, self.reason, self.kind, self.body = status, reason, kind, body


class _Line(asyncio.Protocol):
    """One connection: a question, its answer, and then the next."""

    def __init__(self, loop):
        self.transport = self._answer = self._head = None
        self._loop, self._held = loop, bytearray()
        self.idle_since, self.is_open = 0.0, True

    def connection_made(self, transport):
        self.transport = transport

    def ask(self, asked, seconds):
        """Return what will hold the answer."""
        answer = self._answer = self._loop.create_future()
        late = self._loop.call_later(seconds, self._give_up)
        answer.add_done_callback(lambda _: late.cancel())
        self.transport.write(asked)
        return answer

    def data_received(self, data):
        if self._answer is None or self._answer.done():
            return self.end()  # nobody asked
        self._held += data
        try:
            self._read_on()
        except (ValueError, LookupError):
            self._fail(Broken("no answer"))

    def connection_lost(self, exc):
        self.is_open = False
        self._fail(Broken("ended"))

    def end(self):
        """End the connection: whatever comes over it is nobody's any more."""
        self.is_open = False
        self.transport.close()

    def _give_up(self):
        self._fail(Late("late"))

    def _fail(self, why):
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(why)
        if self.is_open:
            self.end()

    def _read_on(self):
        if self._head is None:
            at = self._held.find(b"\r\n\r\n")
            if at < 0:
                if len(self._held) > _LONGEST_HEAD:
                    raise ValueError
                return
            self._head = _read_head(bytes(self._held[:at])), at + 4
        (status, reason, told), begins = self._head
        ends = begins + int(told[b"content-length"])
        if len(self._held) < ends:
            return
        body = bytes(self._held[begins:ends])
        rest, self._head, self._held = len(self._held) - ends, None, bytearray()
        if rest or told.get(b"connection", b"").lower() == b"close":
            self.end()
        answer, self._answer = self._answer, None  # a line that lies idle holds nothing of it
        answer.set_result(Answer(status, reason, told.get(b"content-type", b""), body))


def _read_head(head):
    first, *others = head.split(b"\r\n")
    version, status, *reason = first.split(b" ", 2)
    told = {}
    for line in others:
        name, _, value = line.partition(b":")
        told[name.lower()] = value.strip()
    if version != b"HTTP/1.1" or b"transfer-encoding" in told:
        raise ValueError
    return int(status), b" ".join(reason).decode("latin-1"), told


class Lines:
    """Connections to one server, as many as are asked over at a time."""

    def __init__(self, host, port):
        self._host, self._port = host, port
        self._name = (f"[{host}]:{port}" if ":" in host else f"{host}:{port}").encode()
        self._idle = []
        self._room = asyncio.Semaphore(MOST)

    async def ask(self, method, target, seconds, body=b"", **heads):
        """Return the Answer. Raises NotReached, Broken, or Late after some seconds."""
        until = monotonic() + seconds
        told = b"".join(b"%s: %s\r\n" % (name.replace("_", "-").encode(), value) for name, value in heads.items())
        head = b"%s %s HTTP/1.1\r\nhost: %s\r\n%scontent-length: %d\r\n\r\n"
        asked = head % (method, target, self._name, told, len(body)) + body
        await self._make_room(seconds)
        try:
            line = self._kept() or await self._opened(until - monotonic())
            try:
                answer = await line.ask(asked, until - monotonic())
            except asyncio.CancelledError:
                line.end()
                raise
            if line.is_open:
                line.idle_since = monotonic()
                self._idle.append(line)
            return answer
        finally:
            self._room.release()

    def close(self):
        """End the connections that nobody asks over."""
        while self._idle:
            self._idle.pop().end()

    async def _make_room(self, seconds):
        if not self._room.locked():
            return await self._room.acquire()
        try:
            return await asyncio.wait_for(self._room.acquire(), seconds)
        except asyncio.TimeoutError:  # noqa: UP041 - in Python 3.10 it has no other name
            raise NotReached("all are taken") from None

    def _kept(self):
        """Return the connection that was used last, if there is one that is surely open."""
        still = monotonic() - IDLE_SECONDS
        while self._idle:
            line = self._idle.pop()
            if line.is_open and line.idle_since >= still and not line.transport.is_closing():
                return line
            if line.is_open:
                line.end()
        return None

    async def _opened(self, seconds):
        loop = asyncio.get_running_loop()
        opening = loop.create_connection(lambda: _Line(loop), self._host, self._port)
        try:
            return (await asyncio.wait_for(opening, seconds))[1]
        except (OSError, asyncio.TimeoutError) as fell:  # noqa: UP041 - likewise
            raise NotReached(type(fell).__name__) from None
