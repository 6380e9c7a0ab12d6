"""The council's own sign-in, as the desk needs it: somebody else says who a colleague is; we say what they may."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.consultation import RawText

ERRAND_LASTS = timedelta(minutes=10)


class CouncilUnavailable(Exception):
    """Tried to ask the council's sign-in, which does not answer, or not so that it can be read.

    Its text is a kind of ours and never what was sent.
    """


class NotBelieved(Exception):
    """Tried to sign in with something that proves nobody. Its text is a kind of ours and never what was sent."""


@dataclass(frozen=True, slots=True)
class SettingOut:
    """Where a browser is sent, and the errand that its cookie keeps meanwhile: signed, and short-lived."""

    address: str
    errand: str = field(repr=False)


class Council(Protocol):
    """The council's sign-in, in three steps. Errands are opaque; each serves once."""

    async def set_out(self, now: datetime) -> SettingOut:
        """Begin. Raises CouncilUnavailable."""

    def came_back(self, errand: str, state: str, code: str, issuer: str, now: datetime) -> str:
        """Return the errand with the code in it that the council gave the browser. Raises NotBelieved.

        `issuer` is who says that they sent the browser back, empty if they do not say. Nobody is asked anything.
        """

    def can_go_on(self, errand: str, now: datetime) -> None:
        """Look whether an errand has its code and was not used. Nobody is asked anything. Raises NotBelieved."""

    async def login(self, errand: str, now: datetime) -> RawText:
        """Return the login that the council vouches for. Raises CouncilUnavailable and NotBelieved."""
