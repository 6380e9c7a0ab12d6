"""What an answer of Telegram's means: done, not yet, nobody knows, or never."""

import json
from typing import Any

from telegram.error import TelegramError

LONGEST_WAIT = 3600.0  # seconds
_CLOSED = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid", "bot was blocked")
_NOT_THERE = ("message to delete not found", "message to edit not found", "message_id_invalid", "message not found")


class NotNow(Exception):
    """Tried something of which nothing came; another try may help, in `after` seconds where it was said when."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__()
        self.after = after


class NotOurs(NotNow):
    """Tried with a token that Telegram does not take. Another try helps once somebody has put the right one there."""


class NotSure(Exception):
    """Tried something that may have been done, or not. It carries nothing."""


class Gone(Exception):
    """Tried to reach a chat that is closed to us: blocked, left or not there any more."""


class NotAllowed(Exception):
    """Tried something that Telegram will never do. `why` is its own reason, for telling refusals apart alone."""

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why


class NotThere(NotAllowed):
    """Tried to change or delete a message that is not there."""


class NeverLeft(TelegramError):
    """Tried to ask, and nothing of it got out. It carries nothing."""

    def __init__(self) -> None:
        super().__init__("")


class MayHaveLeft(TelegramError):
    """Tried to ask, and got no answer, or none that could be read. It carries nothing."""

    def __init__(self) -> None:
        super().__init__("")


class Refused(TelegramError):
    """Tried to ask, and was told no. It holds a status and what it means, never the answer itself."""

    def __init__(self, code: int, answer: bytes) -> None:
        super().__init__("")
        told = _told(answer)
        self.code = code
        self.why = str(told.get("description", "")).lower()
        parameters = told.get("parameters")
        self.after = _seconds(parameters.get("retry_after")) if isinstance(parameters, dict) else None


def meaning(refused: Refused) -> Exception:
    """Return what a refusal means for what was asked."""
    if refused.code == 403 or (refused.code == 400 and any(why in refused.why for why in _CLOSED)):
        return Gone()
    if refused.code == 400 and any(why in refused.why for why in _NOT_THERE):
        return NotThere(refused.why)
    if refused.code in (400, 413):
        return NotAllowed(refused.why)
    if refused.code in (401, 404):
        return NotOurs()
    # Somebody else who asks (409), too much (429), and all that is broken there.
    return NotNow(refused.after)


def _told(answer: bytes) -> dict[str, Any]:
    try:
        told = json.loads(answer)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(said: object) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:
        return None
    return min(float(said), LONGEST_WAIT)
