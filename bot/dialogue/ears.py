"""Ears: whether Rasa asks our house which act a message is, or was trained to hear it by itself.

The sentence model hears acts better, but it knows English only, and the examples it was taught on. Where a house
speaks another language, or the examples were changed since (`./noname teach` has not run), Rasa's own pipeline
of config.yml is trained and heard, as if there were no other.
"""

import hashlib
from pathlib import Path

from bot.settings import Settings

EXAMPLES = Path("nlu_data", "nlu")
# Holds the digest of the examples that the sentence model was taught on.
TAUGHT = Path("nlu_data", "taught.txt")
_OURS = """
# Which act a message is: asked of our house, as if it were another Rasa. The token goes in the body.
nlu:
  url: ${NONAME_EARS_URL}
  token: ${NONAME_ACTION_TOKEN}
"""


def files_of(folder: Path) -> list[Path]:
    """Return the files below a folder that Rasa is trained from, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".yaml", ".txt"))


def examples_digest(root: Path) -> str:
    """Return what tells these examples of acts from others."""
    digest = hashlib.sha256()
    for file in files_of(root / EXAMPLES):
        digest.update(f"{file.name}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def hears_for_rasa(root: Path, translation: Path | None = None) -> bool:
    """Whether our house hears acts for Rasa."""
    taught = root / TAUGHT
    return translation is None and taught.exists() and taught.read_text("utf-8").strip() == examples_digest(root)


def endpoints(settings: Settings) -> Path:
    """Return where Rasa finds its neighbours, our ears among them where it is to use them."""
    file = settings.root / "endpoints.yml"
    if not hears_for_rasa(settings.root, settings.translation):
        return file
    with_ears = settings.var / "endpoints.yml"
    with_ears.parent.mkdir(parents=True, exist_ok=True)
    with_ears.write_text(file.read_text("utf-8") + _OURS, encoding="utf-8")
    return with_ears
