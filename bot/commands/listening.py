"""Listening: on which addresses a group of processes listens, as Linux tells it."""

import ipaddress
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_LISTENS = "0A"
_PROC = Path("/proc")
_SOCKET = "socket:["


def listened_by(group: int, proc: Path = _PROC) -> tuple[tuple[str, int], ...]:
    """Return the addresses and ports on which the processes of a group listen."""
    inodes = {inode for process in _of_group(group, proc) for inode in _sockets(process)}
    table = [line for name in ("tcp", "tcp6") for line in _lines(proc / "net" / name)]
    return tuple(sorted({_address(line[1]) for line in table if line[3] == _LISTENS and line[9] in inodes}))


def is_loopback(address: str) -> bool:
    """Whether nobody but this machine reaches an address."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _of_group(group: int, proc: Path) -> Iterator[Path]:
    for place in proc.glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            # After the name, which may hold anything: state, parent, group.
            if int((place / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                yield place


def _sockets(process: Path) -> Iterator[str]:
    with suppress(OSError):
        for handle in (process / "fd").iterdir():
            with suppress(OSError):
                to = os.readlink(handle)
                if to.startswith(_SOCKET):
                    yield to.removeprefix(_SOCKET).rstrip("]")


def _lines(file: Path) -> Iterator[list[str]]:
    with suppress(OSError):
        for line in file.read_text().splitlines()[1:]:
            yield line.split()


def _address(written: str) -> tuple[str, int]:
    """Return address and port of what Linux writes in the machine's own order of bytes, four at a time."""
    host, _, port = written.partition(":")
    words = [struct.pack("=I", int(host[at : at + 8], 16)) for at in range(0, len(host), 8)]
    return str(ipaddress.ip_address(b"".join(words))), int(port, 16)
