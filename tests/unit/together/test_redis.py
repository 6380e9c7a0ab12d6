"""Whether Redis answers is found out by a greeting, and nothing else is said to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.together import redis_answers


@contextmanager
def a_redis(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Listen as a Redis that says one thing to whoever comes, and note what they said."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                heard.append(line.recv(1000))
                line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0", heard
        thread.join(5)


@pytest.mark.parametrize(
    ("password", "answer", "is_well"),
    [
        ("", b"+PONG\r\n", True),
        ("secret", b"+OK\r\n+PONG\r\n", True),
        ("wrong", b"-WRONGPASS invalid\r\n-NOAUTH\r\n", False),
        ("", b"-NOAUTH Authentication required.\r\n", False),
        ("", b"-LOADING\r\n", False),
        ("", b"", False),
    ],
)
def test_a_redis_is_well_that_answers_to_its_password(password: str, answer: bytes, is_well: bool) -> None:
    with a_redis(answer) as (url, heard):
        assert redis_answers(url, password, seconds=2) is is_well
    assert heard[0].endswith(b"*1\r\n$4\r\nPING\r\n")
    assert (password.encode() in heard[0]) is True


def test_a_redis_that_is_not_there_is_not_well() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert not redis_answers(f"redis://127.0.0.1:{port}/0", "", seconds=1)
