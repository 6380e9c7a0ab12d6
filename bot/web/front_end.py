"""Where the front end lies: what the pages take from the GOV.UK Frontend, which `bot.launch.front_end` makes."""

import hashlib
from pathlib import Path

STYLES = Path("bot/web/styles/govuk.scss")
LOCKED = Path("requirements/front-end")
FILES = ("package.json", "package-lock.json", ".npmrc")
# The scripts of the components that do something, each whole in a file of its own.
SCRIPTS = ("exit-this-page", "error-summary", "notification-banner")


def front_end_folder(root: Path) -> Path:
    """Return the folder of the front end below a checkout: it is named after what it is made from."""
    made_from = b"".join((root / file).read_bytes() for file in (STYLES, *(LOCKED / name for name in FILES)))
    made_from += " ".join(SCRIPTS).encode()
    return root / ".venv" / "front-end" / hashlib.sha256(made_from).hexdigest()[:16]
