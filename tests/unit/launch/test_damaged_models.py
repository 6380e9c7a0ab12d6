"""A model that is only half there is none: it is set aside and trained anew, and never takes a place half written."""

import io
import tarfile
from pathlib import Path

import pytest

from bot.dialogue import model
from bot.launch import training
from bot.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The files of a dialogue, and no model yet."""
    for name in ("config.yml", "domain.yml", "nlu_data/nlu/a.yml", "requirements/rasa.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    settings = load_settings({}, root=tmp_path)
    settings.models.mkdir(parents=True)
    return settings


def packed(file: Path, content: bytes = b"what was learnt" * 1000) -> Path:
    """Write a model as Rasa packs one."""
    with tarfile.open(file, "w:gz") as archive:
        for name in ("metadata.json", "components/policy.json"):
            part = tarfile.TarInfo(name)
            part.size = len(content)
            archive.addfile(part, io.BytesIO(content))
    return file


class Trainer:
    """In the place of Rasa's training: writes what it is told to into the side file."""

    def __init__(self, write, ends: int = 0) -> None:
        self.write, self.ends, self.trained = write, ends, 0

    def __call__(self, settings: Settings):
        self.partial = settings.models / ".partial-1.tar.gz"
        return self, self.partial

    def start(self) -> None:
        self.trained += 1
        self.write(self.partial)

    def wait(self, seconds: float) -> int:
        return self.ends

    def stop(self) -> None:
        """It has ended."""


def cut(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_model_that_was_cut_off_is_set_aside_and_trained_anew(settings, monkeypatch, share, caplog) -> None:
    trainer = Trainer(packed)
    monkeypatch.setattr(training, "training", trainer)
    place = packed(model.model_file(settings))
    assert training.is_trained(settings)
    assert training.ensure_model(settings) == place
    assert trainer.trained == 0

    cut(place, share)
    assert not training.is_trained(settings), "the start says that it trains"
    assert training.ensure_model(settings) == place
    assert trainer.trained == 1
    assert training.is_trained(settings)
    assert place.with_suffix(".damaged").exists()
    assert "model_damaged" in caplog.text


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7])
def test_a_model_in_which_the_disk_changed_a_byte_is_not_whole(settings, at) -> None:
    place = packed(model.model_file(settings), bytes(range(256)) * 64)
    held = bytearray(place.read_bytes())
    held[int(len(held) * at)] ^= 0xFF
    place.write_bytes(held)
    assert not model.is_whole(place)


def test_a_training_that_wrote_half_a_model_leaves_what_was_there_and_says_where_to_look(settings, monkeypatch) -> None:
    def half(file: Path) -> None:
        cut(packed(file), 0.5)

    older = packed(settings.models / "of-other-files.tar.gz")
    monkeypatch.setattr(training, "training", Trainer(half))
    with pytest.raises(model.TrainingFailed, match=r"train\.log"):
        training.ensure_model(settings)
    assert not training.is_trained(settings)
    assert model.is_whole(older)
    assert list(settings.models.glob(".partial*")) == []


def test_a_training_that_is_killed_leaves_no_model_under_its_name(settings, monkeypatch) -> None:
    monkeypatch.setattr(training, "training", Trainer(lambda file: file.write_bytes(b"\x1f\x8b"), ends=-9))
    with pytest.raises(model.TrainingFailed):
        training.ensure_model(settings)
    assert not model.model_file(settings).exists()


def test_the_model_of_this_checkout_is_whole() -> None:
    kept = sorted(load_settings().models.glob("[!.]*.tar.gz"))
    assert all(model.is_whole(file) for file in kept)
