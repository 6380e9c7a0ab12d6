"""What our two processes ask each other comes whole, or is plainly told not to have come."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from bot.dialogue import lines
from bot.dialogue.plain_client import PlainClient
from tests.own_time import own_time, run_in_own_time

JSON = b"content-type: application/json\r\n"
type Write = Callable[[asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(autouse=True)
def _no_busy_machine_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "monotonic", own_time)


def _whole(body: bytes, head: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + JSON + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _says(*pieces: bytes) -> Write:
    async def write(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.001)
        if not pieces or pieces[-1].endswith(b"..."):
            writer.close()

    return write


def _asked[T](answer: Write, ask: Callable[[lines.Lines], Awaitable[T]]) -> tuple[T, list[bytes], int]:
    """Return what came of asking a server, what it was asked, and over how many connections."""
    heard: list[bytes] = []
    opened: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                heard.append(head + await reader.readexactly(length))
                await answer(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> T:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        there = lines.Lines("127.0.0.1", server.sockets[0].getsockname()[1])
        try:
            return await ask(there)
        finally:
            there.close()
            server.close()

    return run_in_own_time(run()), heard, len(opened)


async def _twice(there: lines.Lines) -> list[bytes]:
    answers = [await there.ask(b"POST", b"/p?q", 1.0, b"{}", content_type=b"application/json") for _ in range(2)]
    return [answer.body for answer in answers]


def test_a_question_after_another_goes_over_the_same_connection() -> None:
    said, heard, opened = _asked(_says(_whole(b"[1]")), _twice)
    assert (said, opened) == ([b"[1]"] * 2, 1)
    assert heard[0].startswith(b"POST /p?q HTTP/1.1\r\nhost: 127.0.0.1:")
    assert heard[0].endswith(b"content-type: application/json\r\ncontent-length: 2\r\n\r\n{}")


def test_a_connection_that_lies_idle_holds_nothing_of_what_was_said() -> None:
    async def ask(there: lines.Lines) -> list[object]:
        await _twice(there)
        return [line._answer or bytes(line._held) for line in there._idle]

    said, _, _ = _asked(_says(_whole(b"[1]")), ask)
    assert said == [b""]


def test_an_answer_may_come_in_any_pieces() -> None:
    whole = _whole(b"[1, 2]")
    said, _, _ = _asked(_says(whole[:9], whole[9:-8], whole[-8:-3], whole[-3:]), _twice)
    assert said == [b"[1, 2]"] * 2


def test_a_server_that_says_so_is_not_asked_again_over_the_same_connection() -> None:
    said, _, opened = _asked(_says(_whole(b"1", b"Connection: close\r\n")), _twice)
    assert (said, opened) == ([b"1", b"1"], 2)


@pytest.mark.parametrize(
    "said",
    [
        (),
        (b"...",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1...",),
        (b"HTTP/1.1 200 OK\r\n\r\n1",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",),
        (b"SSH-2.0-x\r\n\r\n",),
        (b"HTTP/1.1 many OK\r\nContent-Length: 1\r\n\r\n1",),
        (b"x" * (70 * 1024),),
    ],
)
def test_what_is_no_answer_is_none(said: tuple[bytes, ...]) -> None:
    with pytest.raises(lines.Broken):
        _asked(_says(*said), _twice)


def test_what_comes_too_late_is_given_up_and_never_taken_for_the_next_answer() -> None:
    answers = iter((0.2, 0.0))

    async def late(writer: asyncio.StreamWriter) -> None:
        seconds = next(answers)
        await asyncio.sleep(seconds)
        writer.write(_whole(b"late" if seconds else b"next"))

    async def ask(there: lines.Lines) -> bytes:
        with pytest.raises(lines.Late):
            await there.ask(b"GET", b"/", 0.05)
        return (await there.ask(b"GET", b"/", 1.0)).body

    said, _, opened = _asked(late, ask)
    assert (said, opened) == (b"next", 2)


def test_who_stops_waiting_leaves_no_answer_behind_for_others() -> None:
    answers = iter((0.2, 0.0))

    async def slow(writer: asyncio.StreamWriter) -> None:
        seconds = next(answers)
        await asyncio.sleep(seconds)
        writer.write(_whole(b"another's" if seconds else b"own"))

    async def ask(there: lines.Lines) -> bytes:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(there.ask(b"GET", b"/", 5.0), 0.05)
        return (await there.ask(b"GET", b"/", 1.0)).body

    assert _asked(slow, ask)[0] == b"own"


def test_a_connection_that_was_idle_for_long_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "IDLE_SECONDS", -1.0)
    assert _asked(_says(_whole(b"1")), _twice)[2] == 2


def test_who_finds_no_connection_free_was_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST", 1)

    async def never(_writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)

    async def ask(there: lines.Lines) -> None:
        first = asyncio.ensure_future(there.ask(b"GET", b"/", 0.2))
        await asyncio.sleep(0.01)
        with pytest.raises(lines.NotReached):
            await there.ask(b"GET", b"/", 0.05)
        with pytest.raises(lines.Late):
            await first

    _asked(never, ask)


# in the shape of httpx's client


def _post(url: str) -> None:
    run_in_own_time(PlainClient(url, 0.2).post("/", json={}))


def test_where_nobody_listens_nothing_was_heard() -> None:
    with pytest.raises(httpx.ConnectError):
        _post("http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"...", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1", httpx.ReadTimeout),
    ],
)
def test_what_was_heard_and_not_answered_is_told_from_what_was_not(said: bytes, kind: type[Exception]) -> None:
    async def ask(there: lines.Lines) -> None:
        client = PlainClient(f"http://127.0.0.1:{there._port}", 0.1)
        with pytest.raises(kind):
            await client.post("/", json={"message": "hungry"})

    _asked(_says(said), ask)


def test_what_is_refused_is_an_error_and_says_nothing_of_the_answer() -> None:
    async def ask(there: lines.Lines) -> int:
        client = PlainClient(f"http://127.0.0.1:{there._port}", 1.0)
        answer = await client.get("/status", params={"token": "a b"})
        with pytest.raises(httpx.HTTPError, match="503"):
            answer.raise_for_status()
        return answer.status_code

    status, heard, _ = _asked(_says(b"HTTP/1.1 503 Full\r\nContent-Length: 6\r\n\r\nhungry"), ask)
    assert status == 503
    assert heard[0].startswith(b"GET /status?token=a+b HTTP/1.1")
