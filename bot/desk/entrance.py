"""The entrance: the house's use-cases of signing in and out."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.consultation import RawText
from bot.desk.council import CouncilUnavailable, NotBelieved
from bot.desk.people import OpenSession, Person
from bot.desk.sign_in import SignIn
from bot.desk.watch import Watch


class Entrance:
    """Who comes in and who goes. Part of the house, which has what it needs."""

    __slots__ = ()
    sign_ins: SignIn
    watch: Watch

    async def sign_in_dsl(self, code: RawText, now: datetime, *, client: str) -> tuple[Person, str] | None:
        """Return the school's person and a session token, or None. Raises LockedOut."""
        session = await asyncio.to_thread(self.sign_ins.dsl, code, client, now)
        return (session.person, session.token) if session else None

    async def sign_in_worker(
        self, login: str, password: RawText, second_factor: str, now: datetime, *, client: str
    ) -> tuple[Person, str] | None:
        """Return the colleague at the council and a session token, or None. Raises LockedOut."""
        session = await asyncio.to_thread(self.sign_ins.worker, login, password, second_factor, client, now)
        return (session.person, session.token) if session else None

    async def sign_in_by_council(
        self, proof: Callable[[], Awaitable[RawText]], now: datetime, *, client: str
    ) -> tuple[Person, str] | None:
        """Return the colleague whose login the council proves, and a session token; None when they are not known here.

        Raises LockedOut before the proof is asked for, and what the proof raises: CouncilUnavailable, NotBelieved.
        """
        await asyncio.to_thread(self.sign_ins.council_begins, client, now)
        try:
            login = await proof()
        except CouncilUnavailable:
            await asyncio.to_thread(self.sign_ins.council_away, client, now)
            raise
        except NotBelieved:
            await asyncio.to_thread(self.sign_ins.council, None, client, now)
            raise
        session = await asyncio.to_thread(self.sign_ins.council, login, client, now)
        return (session.person, session.token) if session else None

    async def whoami(self, token: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session it is."""
        return self.sign_ins.who(token, now, active=active)

    async def sessions(self, person: Person, token: str, now: datetime) -> tuple[OpenSession, ...]:
        """Return where the person is signed in: one's own sessions, the newest first."""
        return self.sign_ins.sessions(person, token, now)

    async def stay(self, person: Person, token: str, now: datetime) -> None:
        """Keep a session for another while, as its person asks."""
        self.sign_ins.stay(person, token, now)

    async def sign_out(self, token: str) -> None:
        """End a session. Pages of that person that are open look at once whether theirs holds."""
        if whose := self.sign_ins.out(token):
            self.watch.wake(whose)

    async def sign_out_everywhere(self, person: Person, now: datetime) -> None:
        """End every session of the person. Pages of theirs that are open are told at once."""
        self.sign_ins.out_everywhere(person, now)
        self.watch.wake(person.id)
