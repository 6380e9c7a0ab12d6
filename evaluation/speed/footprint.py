"""Footprint: what the first `./noname up` brings over the network and keeps on disk, room by room.

Each room is made as the launcher makes it, in a folder of its own and with nothing in uv's store. What came over the
network is what the whole machine received meanwhile, so nothing else may be fetching.
"""

import importlib.machinery
import importlib.util
import os
import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from bot.settings import ROOT
from evaluation.results import table

# What is made, and of which locks. The last is the room as Rasa asks for it, to compare.
ROOMS = {
    "the service's": ("3.13", ("service.txt", "rampart.txt", "minilm.txt")),
    "Rasa's": ("3.10", ("rasa.txt",)),
    "what tests need besides": ("3.13", ("tests.txt",)),
    "Rasa's, with TensorFlow": ("3.10", ("rasa.txt", "tensorflow.txt")),
}
FOR_A_START = ("the service's", "Rasa's")
BEFORE = ("the service's", "Rasa's, with TensorFlow")


class RoomNotMade(Exception):
    """Tried to make a room, and the installer said why not."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a room took: megabytes received and kept, and seconds, the compiling of its modules included."""

    received: float
    kept: float
    seconds: float


def measure(folder: Path) -> dict[str, Footprint]:
    """Make each room anew below a folder, and delete it. Raises RoomNotMade."""
    launcher = _launcher()
    folder.mkdir(parents=True, exist_ok=True)
    return {words: _made(launcher, folder / "room", words) for words in ROOMS}


def report(found: dict[str, Footprint]) -> str:
    """Return the measures as tables in Markdown."""
    rows = [[words, *_cells(one)] for words, one in found.items()]
    both = [
        [name, *_cells(_sum([found[words] for words in rooms]))]
        for name, rooms in (("a first `./noname up`", FOR_A_START), ("the same with TensorFlow", BEFORE))
    ]
    columns = ["room", "received", "kept on disk", "time"]
    return (
        f"Each room made with nothing stored before, one after the other:\n\n{table(columns, rows)}\n\n"
        f"So:\n\n{table(['what', *columns[1:]], both)}\n\n"
        "A first start makes the rooms side by side, fetches the packages of the pages (34 MB) and trains the dialogue."
    )


def _made(launcher: ModuleType, folder: Path, words: str) -> Footprint:
    python, locks = ROOMS[words]
    shutil.rmtree(folder, ignore_errors=True)
    room = launcher.Room("measured", python, list(locks), words, 0)
    room.folder, room.interpreter = folder, folder / "bin" / "python"
    uv = launcher.find_uv()
    with _nothing_stored(folder.with_name("store")):
        before, begun = _received(), time.monotonic()
        room.make(uv)
        seconds, received = time.monotonic() - begun, _received() - before
    if room.failure:
        raise RoomNotMade(launcher.explain(room, room.failure))
    kept = _on_disk(folder)
    shutil.rmtree(folder)
    return Footprint(received / 1e6, kept / 1e6, seconds)


def _launcher() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "noname"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
    # It has no suffix: what Python would keep of it would litter the root.
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


@contextmanager
def _nothing_stored(store: Path):
    """Let uv begin with an empty store, of which no file is shared with the room."""
    told = {"UV_CACHE_DIR": str(store), "UV_LINK_MODE": "copy"}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        shutil.rmtree(store, ignore_errors=True)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _received() -> int:
    """Return the bytes that this machine has received from others."""
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    counted = {line.partition(":")[0].strip(): int(line.partition(":")[2].split()[0]) for line in lines}
    return sum(bytes_ for name, bytes_ in counted.items() if name != "lo")


def _on_disk(folder: Path) -> int:
    return sum(file.lstat().st_blocks * 512 for file in folder.rglob("*"))


def _sum(parts: list[Footprint]) -> Footprint:
    return Footprint(*(sum(getattr(one, name) for one in parts) for name in ("received", "kept", "seconds")))


def _cells(one: Footprint) -> list[str]:
    return [f"{one.received:,.0f} MB", f"{one.kept:,.0f} MB", f"{one.seconds:.0f} s"]
