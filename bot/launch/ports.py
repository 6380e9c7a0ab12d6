"""Ports: taking one, and finding a free one."""

import errno
import socket
from collections.abc import Iterable


class PortInUse(Exception):
    """Tried to listen where another program listens already."""


def take(host: str, port: int) -> socket.socket:
    """Return a socket bound to the port, held from now on so that nobody else can have it.

    Raises PortInUse, and OSError for an address that is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen(128)
    except OSError as problem:
        held.close()
        if problem.errno == errno.EADDRINUSE:
            raise PortInUse(f"{host}:{port}") from problem
        raise
    return held


def first_free(host: str, ports: Iterable[int]) -> int:
    """Return the first port that is free just now. Raises PortInUse when none is."""
    for port in ports:
        try:
            take(host, port).close()
        except PortInUse:
            continue
        return port
    raise PortInUse(f"every port tried on {host}")
