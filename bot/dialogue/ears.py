"""Ears: whether Rasa asks our house which act a message is, or was trained to hear it by itself.

The sentence model hears acts better, but it knows English only, and the examples it was taught on. Where a house
speaks another language, or the examples were changed since (`./noname teach` has not run), Rasa's own pipeline
of config.yml is trained and heard, as if there were no other.
"""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

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

_LOCKS_HERE = "lock_store:\n  type: in_memory\n"


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
    """Return where Rasa finds its neighbours, our ears among them where it is to use them.

    One of several Rasas has its locks in Redis, and a file of its own.
    """
    file, said = settings.root / "endpoints.yml", settings.several
    is_heard = hears_for_rasa(settings.root, settings.translation)
    if not is_heard and not said.is_so:
        return file
    name = f"endpoints-{settings.rasa_port}.yml" if said.is_so else "endpoints.yml"
    text = file.read_text("utf-8") + (_OURS if is_heard else "")
    if said.is_so:
        text = text.replace(_LOCKS_HERE, _locks_in_redis(said.redis_url, has_password=bool(said.redis_password)))
    ours = settings.var / name
    ours.parent.mkdir(parents=True, exist_ok=True)
    ours.write_text(text, encoding="utf-8")
    return ours


def _locks_in_redis(url: str, has_password: bool) -> str:
    at = urlsplit(url)
    lines = ["lock_store:", "  type: redis", f"  url: {at.hostname}", f"  port: {at.port or 6379}"]
    lines += [f"  db: {at.path.strip('/') or 0}", "  key_prefix: noname"]
    lines += ["  password: ${NONAME_REDIS_PASSWORD}"] if has_password else []
    lines += ["  use_ssl: true"] if at.scheme == "rediss" else []
    return "\n".join(lines) + "\n"
