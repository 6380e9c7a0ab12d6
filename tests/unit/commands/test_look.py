"""`look` hands its work to the tests' own walk, and says so when that fails."""

import argparse
import subprocess
from pathlib import Path

import pytest

from bot.commands import CannotRun, look


def options(tmp_path: Path, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    look.add_arguments(parser)
    return parser.parse_args([*given, "--to", str(tmp_path)])


@pytest.mark.parametrize("code", [0, 1])
def test_it_passes_on_what_was_asked_for(tmp_path, monkeypatch, capsys, code: int) -> None:
    asked = []

    def ran(command, **given):
        asked.append(command[1:])
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", ran)
    if code:
        with pytest.raises(CannotRun):
            look.run(options(tmp_path, "--only", "queue"))
    else:
        assert look.run(options(tmp_path, "--only", "queue")) == 0
        assert str(tmp_path) in capsys.readouterr().out
    assert asked == [["-m", "tests.accessibility.walk", "look", "--only", "queue", "--to", str(tmp_path.resolve())]]


def test_it_needs_a_folder() -> None:
    parser = argparse.ArgumentParser()
    look.add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args([])
