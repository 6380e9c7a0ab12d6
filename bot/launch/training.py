"""Training the dialogue, when the files it is trained from have changed."""

import fcntl
import logging
from pathlib import Path

from bot.dialogue.model import TrainingFailed, is_whole, keep_model, model_file, training
from bot.settings import Settings

log = logging.getLogger("noname.training")

LONGEST_TRAINING_SECONDS = 1800.0


def ensure_model(settings: Settings) -> Path:
    """Return the model for the present files, training it if it is not there yet or is only half there.

    Two processes that need it at once train it once. Raises TrainingFailed and RasaNotInstalled.
    """
    settings.models.mkdir(parents=True, exist_ok=True)
    with (settings.models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = model_file(settings)
        if is_whole(place):
            return place
        if place.exists():  # kept aside for whoever wants to know what happened to it
            place.replace(place.with_suffix(".damaged"))
            log.error("model_damaged")
        return _train(settings)


def is_trained(settings: Settings) -> bool:
    """Whether the model for the present files is there, and whole."""
    return is_whole(model_file(settings))


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
