"""Teaching that ends half-way leaves what was learnt before; a model that is damaged is told in one line."""

import sys
from pathlib import Path

import pytest

from bot import cli
from bot.commands import CannotRun, teach
from bot.sentence_model import SentenceModelUnusable

HALF = "import sys; open(sys.argv[2], 'r+b').truncate(3); sys.exit({})"


@pytest.fixture
def learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of what was learnt, and a room with a Python that teaches."""
    python = tmp_path / ".venv" / "rasa" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(teach, "ROOT", tmp_path)
    monkeypatch.setattr(teach, "TEACHERS", tmp_path)
    file = tmp_path / "learnt.safetensors"
    file.write_bytes(b"what was learnt")
    return file


def test_a_teaching_that_ends_half_way_leaves_what_was_learnt_before(learnt, tmp_path) -> None:
    (tmp_path / "teacher.py").write_text(HALF.format(1))
    with pytest.raises(CannotRun, match="as it was"):
        teach._teach("teacher.py", tmp_path / "lesson.json", learnt, [])
    assert learnt.read_bytes() == b"what was learnt"
    assert list(tmp_path.glob("*.new")) == []


def test_a_teaching_that_came_to_its_end_takes_the_place_of_what_was_learnt_before(learnt, tmp_path) -> None:
    (tmp_path / "teacher.py").write_text(HALF.format(0))
    teach._teach("teacher.py", tmp_path / "lesson.json", learnt, [])
    assert learnt.read_bytes() == b"wha"
    assert list(tmp_path.glob("*.new")) == []


def test_a_sentence_model_that_is_damaged_stops_a_command_with_what_to_do(monkeypatch, capsys) -> None:
    class Broken:
        @staticmethod
        def add_arguments(parser) -> None:
            """None."""

        @staticmethod
        def run(options) -> None:
            raise SentenceModelUnusable("learnt.safetensors of the sentence model is not the one that was locked")

    monkeypatch.setattr(cli.importlib, "import_module", lambda name: Broken)
    assert cli.main(["codes"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "learnt.safetensors" in line
    assert "run the command again" in line
