"""Whether Redis answers. It is Rasa's alone: we keep nothing there, so a greeting is all that we say."""

import socket
import ssl
from urllib.parse import urlsplit

SECONDS = 2.0


def answers(url: str, password: str, seconds: float = SECONDS) -> bool:
    """Whether a Redis answers to its password. What it says is not kept: an error may quote."""
    at = urlsplit(url)
    greeting = (_said("AUTH", password) if password else b"") + _said("PING")
    wanted = (b"+OK\r\n" if password else b"") + b"+PONG\r\n"
    try:
        with socket.create_connection((at.hostname, at.port or 6379), seconds) as plain:
            if at.scheme == "rediss":
                with ssl.create_default_context().wrap_socket(plain, server_hostname=at.hostname) as sealed:
                    return _answer(sealed, greeting, len(wanted)) == wanted
            return _answer(plain, greeting, len(wanted)) == wanted
    except OSError:
        return False


def _said(*words: str) -> bytes:
    parts = (word.encode() for word in words)
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


def _answer(line: socket.socket, greeting: bytes, size: int) -> bytes:
    line.sendall(greeting)
    got = b""
    while len(got) < size and (more := line.recv(size - len(got))):
        got += more
    return got
