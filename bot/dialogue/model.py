"""Trained models: named by what they were trained from, made under another name and then put in place."""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from pathlib import Path

from bot.dialogue.ears import EXAMPLES, files_of, hears_for_rasa
from bot.dialogue.rasa_process import RasaProcess
from bot.knowledge.translation import for_training
from bot.settings import Settings

MODELS_KEPT = 3
_OF_A_LANGUAGE = ("nlu", "responses")


class TrainingFailed(Exception):
    """Tried to train the dialogue and Rasa refused; the log that is named says why."""


def trained_from(root: Path, translation: Path | None = None) -> list[Path]:
    """Return the files that a model is trained from, in a fixed order: those of a language come last."""
    heard = root / EXAMPLES if hears_for_rasa(root, translation) else None
    return [
        root / "config.yml", root / "domain.yml", root / "requirements" / "rasa.txt",
        *(file for file in files_of(root / "nlu_data") if file.parent != heard),
        *(file for part in _OF_A_LANGUAGE if translation for file in files_of(translation / part)),
    ]  # fmt: skip


def model_name(root: Path, translation: Path | None = None) -> str:
    """Return the name of the model that the files in `root` make: the same files, the same name."""
    digest = hashlib.sha256()
    for file in trained_from(root, translation):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def model_file(settings: Settings) -> Path:
    """Return where the model for the present files is or will be."""
    return settings.models / f"{model_name(settings.root, settings.translation)}.tar.gz"


def is_whole(file: Path) -> bool:
    """Whether a model is there and can be read to its end: one that was cut off, or changed on the disk, cannot."""
    try:
        with gzip.open(file) as stream:
            unpacked = stream.read()  # to the end, where its checksum stands
        with tarfile.open(fileobj=io.BytesIO(unpacked)) as packed:
            return bool(packed.getnames())
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        return False


def train_arguments(settings: Settings, folder: Path, name: str) -> list[str]:
    """Return the arguments of `rasa train`."""
    root = settings.root
    return [
        "rasa", "train", "--config", str(root / "config.yml"), "--domain", str(root / "domain.yml"),
        "--data", *map(str, _data_folders(settings)), "--out", str(folder), "--fixed-model-name", name,
    ]  # fmt: skip


def _data_folders(settings: Settings) -> list[Path]:
    """Return what to train from. Rasa knows a response once, so a language's are laid over the English before."""
    english, translation = settings.root / "nlu_data", settings.translation
    if hears_for_rasa(settings.root, translation):
        return sorted(part for part in english.iterdir() if part.is_dir() and part.name != "nlu")
    if translation is None:
        return [english]
    said = settings.var / "languages" / f"{translation.name}.yml"
    said.parent.mkdir(parents=True, exist_ok=True)
    said.write_text(for_training(english / "responses", translation / "responses"), encoding="utf-8")
    rest = sorted(part for part in english.iterdir() if part.is_dir() and part.name != "responses")
    return [*rest, *(part for part in (translation / "nlu",) if part.is_dir()), said]


def training(settings: Settings) -> tuple[RasaProcess, Path]:
    """Return a training, not yet started, and the file that it will write."""
    settings.models.mkdir(parents=True, exist_ok=True)
    name = f".partial-{os.getpid()}"
    arguments = train_arguments(settings, settings.models, name)
    return RasaProcess(settings, arguments, settings.logs / "train.log"), settings.models / f"{name}.tar.gz"


def keep_model(settings: Settings, partial: Path) -> Path:
    """Put a finished training in its place and drop the oldest models. Raises TrainingFailed."""
    if not is_whole(partial):
        raise TrainingFailed(str(settings.logs / "train.log"))
    place = model_file(settings)
    partial.replace(place)
    models = sorted(settings.models.glob("[!.]*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in models[MODELS_KEPT:]:
        old.unlink()
    return place
