"""Training the dialogue, when the files it is trained from have changed."""

import fcntl
from pathlib import Path

from bot.dialogue.model import TrainingFailed, keep_model, model_file, training
from bot.settings import Settings

LONGEST_TRAINING_SECONDS = 1800.0


def ensure_model(settings: Settings) -> Path:
    """Return the model for the present files, training it if it is not there yet.

    Two processes that need it at once train it once. Raises TrainingFailed and RasaNotInstalled.
    """
    settings.models.mkdir(parents=True, exist_ok=True)
    with (settings.models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = model_file(settings)
        return place if place.exists() else _train(settings)


def is_trained(settings: Settings) -> bool:
    """Whether the model for the present files is there."""
    return model_file(settings).exists()


def _train(settings: Settings) -> Path:
    process, partial = training(settings)
    try:
        process.start()
        if process.wait(LONGEST_TRAINING_SECONDS) != 0:
            raise TrainingFailed(str(settings.logs / "train.log"))
        return keep_model(settings, partial)
    finally:
        process.stop()
        partial.unlink(missing_ok=True)
