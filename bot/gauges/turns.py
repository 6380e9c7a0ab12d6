"""Turns: the desk's own parts, each with a stopwatch or a counter around it. Nothing they do is changed."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bot.anonymiser import InTime
from bot.consultation import RawText, Redaction
from bot.desk.attempts import LockedOut
from bot.desk.incoming import Received
from bot.desk.ports import Utterance
from bot.desk.receive import Reception
from bot.desk.sign_in import Session, SignIn
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.spread import SpreadRasa
from bot.gauges.gauges import Gauges
from bot.gauges.labels import Outcome

type Run = Callable[[dict[str, Any]], Awaitable[Any]]


class CountedReception(Reception):
    """A reception whose turns are counted and measured."""

    def __init__(self, gauges: Gauges, *parts: Any) -> None:
        super().__init__(*parts)
        self._gauges = gauges

    async def receive(self, *message: Any, **how: Any) -> Received:
        """Take in one message, and count what came of it."""
        try:
            with self._gauges.turn():
                received = await super().receive(*message, **how)
        except Exception:
            self._gauges.came(Outcome.FELL)
            raise
        self._gauges.came(outcome_of(received), received.refusal)
        return received


def outcome_of(received: Received) -> Outcome:
    """Return what came of a turn."""
    if received.refusal:
        return Outcome.REFUSED
    if any(reply.utterance.speaker == "service" for reply in received.replies):
        return Outcome.WITHOUT_DIALOGUE
    return Outcome.ANSWERED if received.replies else Outcome.WITH_A_PERSON


class TimedRedaction(InTime):
    """A redaction in time, measured."""

    def __init__(self, gauges: Gauges, *parts: Any, **how: Any) -> None:
        super().__init__(*parts, **how)
        self._gauges = gauges

    async def redact(self, *typed: Any, **how: Any) -> Redaction:
        """Return what the redaction returns, or raise what it raises."""
        with self._gauges.step("redact"):
            return await super().redact(*typed, **how)


class TimedDialogue:
    """Rasa's REST channel, measured."""

    def __init__(self, gauges: Gauges, rasa: RasaClient | SpreadRasa) -> None:
        self._gauges, self._rasa = gauges, rasa

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Return the replies, or raise DialogueUnavailable."""
        with self._gauges.step("rasa"):
            return await self._rasa.say(consultation_id, message)

    async def at_rest(self, consultation_id: str) -> None:
        """Return once no turn of a talk is under way, or raise DialogueUnavailable."""
        await self._rasa.at_rest(consultation_id)

    async def is_healthy(self) -> bool:
        """Whether Rasa answers and holds a model."""
        return await self._rasa.is_healthy()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._rasa.close()


def timed_actions(gauges: Gauges, run: Run) -> Run:
    """Return what runs actions, measured."""

    async def run_timed(call: dict[str, Any]) -> Any:
        with gauges.action():
            return await run(call)

    return run_timed


class CountedSignIn(SignIn):
    """A sign-in whose refusals are counted."""

    def __init__(self, gauges: Gauges, *parts: Any) -> None:
        super().__init__(*parts)
        self._gauges = gauges

    def dsl(self, code: RawText, client: str, now: datetime) -> Session | None:
        """Sign a DSL in by access code. Raises LockedOut."""
        with self._locked_out("code"):
            return self._counted("code", super().dsl(code, client, now))

    def worker(self, login: str, password: RawText, code: str, client: str, now: datetime) -> Session | None:
        """Sign a colleague in by login, password and second factor. Raises LockedOut."""
        with self._locked_out("password"):
            return self._counted("password", super().worker(login, password, code, client, now))

    def council_begins(self, client: str, now: datetime) -> None:
        """Count a sign-in that the council is about to vouch for. Raises LockedOut."""
        with self._locked_out("council"):
            super().council_begins(client, now)

    def council(self, login: RawText | None, client: str, now: datetime) -> Session | None:
        """Sign a colleague in whose login the council vouches for."""
        return self._counted("council", super().council(login, client, now))

    def _counted(self, way: str, session: Session | None) -> Session | None:
        if session is None:
            self._gauges.sign_in_refused(way, "wrong")
        return session

    @contextmanager
    def _locked_out(self, way: str) -> Iterator[None]:
        try:
            yield
        except LockedOut:
            self._gauges.sign_in_refused(way, "locked_out")
            raise
