"""What comes in over the wire itself: requests that two readers could read in two ways, and lines held open."""

import asyncio
import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from bot.web.arriving import BodiesInTime
from bot.web.heads import LARGEST_HEAD, SmallHeadsInTime
from bot.web.serve import server
from tests.fakes_web import FakeHouse, make_app

OURS = b"Host: 127.0.0.1\r\n"
HIDDEN = b"GET /readyz HTTP/1.1\r\n" + OURS + b"\r\n"
POST = b"POST /livez HTTP/1.1\r\n" + OURS
# Whatever stands in front of us may read each of these otherwise than we do.
TWO_WAYS = {
    "a length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and a length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 46\r\n\r\n" + HIDDEN,
    "two lengths in one": POST + b"Content-Length: 0, 46\r\n\r\n" + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +4\r\n\r\nabcd" + HIDDEN,
    "a blank before the colon": POST + b"Content-Length : 46\r\n\r\n" + HIDDEN,
    "chunks by another name": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and nothing": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a folded line": POST + b"X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "line ends by halves": b"POST /livez HTTP/1.1\nHost: 127.0.0.1\n\n" + HIDDEN,
    "half a line end in a value": b"GET /livez HTTP/1.1\r\n" + OURS + b"X: a\rb\r\n\r\n" + HIDDEN,
    "a null in a value": b"GET /livez HTTP/1.1\r\n" + OURS + b"X: a\x00b\r\n\r\n" + HIDDEN,
    "a chunk without end": POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n" + HIDDEN,
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
    "a tunnel": b"CONNECT elsewhere.example:443 HTTP/1.1\r\n" + OURS + b"\r\n" + HIDDEN,
}
TOO_LARGE = {
    "one header": b"GET /livez HTTP/1.1\r\n" + OURS + b"X: " + b"a" * (8 * LARGEST_HEAD),
    "many headers": b"GET /livez HTTP/1.1\r\n" + OURS + b"X: aaaaaaa\r\n" * LARGEST_HEAD,
    "an address": b"GET /livez?" + b"a" * (8 * LARGEST_HEAD),
}
WAIT = 5.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the doors of a fake house are served, as in earnest."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        free = found.getsockname()[1]
    ours = server(make_app(FakeHouse(), f"http://127.0.0.1:{free}"), "127.0.0.1", free, "critical")
    thread = threading.Thread(target=lambda: asyncio.run(ours.serve()), daemon=True)
    thread.start()
    while not ours.started:
        time.sleep(0.02)
    yield free
    ours.should_exit = True
    thread.join(10)


def answers(port: int, *pieces: bytes, pause: float = 0.0) -> tuple[list[bytes], bool]:
    """Send pieces and return the status lines that came back, and whether the line was closed."""
    got = b""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(WAIT)
        try:
            for piece in pieces:
                line.sendall(piece)
                time.sleep(pause)
            line.settimeout(1.0)
            while more := line.recv(65536):
                got += more
        except TimeoutError:
            return _statuses(got), False
        except ConnectionError:
            pass  # closed while we were still sending
    return _statuses(got), True


def _statuses(got: bytes) -> list[bytes]:
    return re.findall(rb"HTTP/1\.1 (\d{3}) ", got)


@pytest.mark.parametrize("sent", TWO_WAYS.values(), ids=TWO_WAYS)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_its_line_closed(port: int, sent: bytes) -> None:
    assert answers(port, sent) == ([b"400"], True), "what is hidden behind it is never answered"


def test_two_plain_requests_on_one_line_are_both_answered(port: int) -> None:
    assert answers(port, HIDDEN + HIDDEN)[0] == [b"200", b"200"], "or the above could refuse everything"


def test_a_request_that_names_two_hosts_is_refused(port: int) -> None:
    sent = b"GET /livez HTTP/1.1\r\n" + OURS + b"Host: elsewhere.example\r\nConnection: close\r\n\r\n"
    assert answers(port, sent) == ([b"400"], True)


@pytest.mark.parametrize("sent", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_head_without_end_is_not_taken_in(port: int, sent: bytes) -> None:
    begun = time.monotonic()
    statuses, closed = answers(port, sent)
    assert closed
    assert statuses in ([], [b"400"])
    assert time.monotonic() - begun < WAIT


def test_a_head_that_comes_in_drops_is_waited_for_only_so_long(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SmallHeadsInTime, "seconds", 0.3)
    for drops in ([b""], [b"G", b"E", b"T"], [b"\r\n"] * 5, [HIDDEN, b"\r\n", b"\r\n", b"\r\n"]):
        begun = time.monotonic()
        statuses, closed = answers(port, *drops, pause=0.1)
        assert closed, drops
        assert statuses == [b"200"] * drops.count(HIDDEN)
        assert time.monotonic() - begun < 2


def test_a_body_that_comes_in_drops_is_waited_for_only_so_long(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BodiesInTime, "seconds", 0.3)
    head = OURS + b"Origin: http://127.0.0.1\r\nContent-Length: 400\r\nContent-Type: application/"
    form = b"x-www-form-urlencoded"
    for path, kind in ((b"/api/session", b"json"), (b"/duty/sign-in", form), (b"/sign-in", form)):
        sent = b"POST " + path + b" HTTP/1.1\r\n" + head + kind + b"\r\n\r\n"
        begun = time.monotonic()
        assert answers(port, sent, b"{", pause=0.1) == ([b"408"], True), path
        dripped = answers(port, sent, *[b" "] * 15, pause=0.1)
        assert dripped in (([b"408"], True), ([], True)), "who goes on does not always hear why it was closed"
        assert time.monotonic() - begun < 4


def test_a_body_that_was_whole_in_time_leaves_its_answer_all_the_time_it_needs(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BodiesInTime, "seconds", 0.9)  # less than the line stays open afterwards
    body = b'{"code": "none"}'
    head = b"Origin: http://127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
    sent = b"POST /api/session HTTP/1.1\r\n" + OURS + head + body[:5], body[5:]
    assert answers(port, *sent, pause=0.1)[0] == [b"401"]


def test_nobody_speaks_another_protocol_on_the_same_line(port: int) -> None:
    upgrade = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    sent = b"GET /duty/ HTTP/1.1\r\n" + OURS + upgrade + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    assert answers(port, sent)[0] == [b"303"], "led to where one signs in, as without it"


def test_the_rest_of_a_body_that_was_answered_early_is_not_taken_for_a_head(port: int) -> None:
    length = 3 * LARGEST_HEAD
    head = POST + b"Origin: http://127.0.0.1\r\nContent-Length: %d\r\n\r\n" % length
    pieces = [b"a" * (length // 12)] * 12
    got, _ = answers(port, head, *pieces, HIDDEN, pause=0.05)
    assert got[1:] == [b"200"], "who sent too much may send something else on the same line"
    assert got[0].startswith(b"4")


def test_a_body_that_was_answered_early_and_never_ends_is_waited_for_only_so_long(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallHeadsInTime, "seconds", 0.5)
    head = POST + b"Origin: http://127.0.0.1\r\nContent-Length: 100000\r\n\r\n"
    begun = time.monotonic()
    assert answers(port, head, *[b"a"] * 20, pause=0.1)[1]
    assert time.monotonic() - begun < 4
