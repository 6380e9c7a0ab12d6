"""Many chats type while the service that answers them is killed again and again; then every chat is looked through."""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from secrets import randbelow

from bot_api.people import Person
from bot_api.server import BotApi

from bot.desk.sign_in import new_access_code
from bot.desk.staff.links import LinkKind
from bot.desk.watch import Watch
from bot.staff_wiring import staff_of
from bot.storage import migrate
from tests.at_the_desk import wording
from tests.chaos import Service
from tests.chaos_house import AREA, PEPPER, clock, opened
from tests.telegram_chaos_seen import Outcome, asked, begins, look_through

PATIENCE = 60.0  # seconds for anything to come about
FIRST = 7_700_000
HOW = ("in a send", "in a send", "in a send", "at any moment", "at rest", "while starting")


@dataclass(frozen=True)
class Plan:
    """A run: how many chats, how many messages each types, and how many kills, by which chance.

    Each answer of the Bot API to a message is held for `held` seconds after the message stands in its chat.
    """

    seed: int
    chats: int
    messages: int
    kills: int
    held: float = 0.05


class Chats:
    """One run: people who type, and a killer."""

    def __init__(self, plan: Plan, api: BotApi, service: Service) -> None:
        self.plan, self.api, self.service = plan, api, service
        self.chance = random.Random(plan.seed)
        self.typed: dict[int, list[str]] = {}
        self._unsaid: list[tuple[Person, str]] = []
        self._said = 0

    def run(self) -> None:
        """Let everybody link, type and be answered while the service is killed."""
        self._plan_words(codes(self.service.folder, self.plan.chats))
        self.api.faults.holds(self.plan.held, times=10**9)
        self.service.start()
        updates = len(self._unsaid)
        for moment in sorted(self.chance.sample(range(updates), self.plan.kills)):
            self._until(lambda moment=moment: self._answered >= moment or self._is_at_rest())
            self._kill(self.chance.choice(HOW))
        self._until(self._is_at_rest)

    def _plan_words(self, of_everybody: Iterable[str]) -> None:
        """Lay out what is typed: each chat its code and its messages in order, chats as chance has it."""
        left = []
        for place, code in enumerate(of_everybody):
            person = self.api.person(FIRST + place)
            self.typed[person.id] = [f"hungry {place}.{number}" for number in range(self.plan.messages)]
            typed = [f"/worry {one}" if begins(one) else one for one in self.typed[person.id]]
            left.append((person, [f"/start {code}", *typed]))
        while left:
            person, words = one = self.chance.choice(left)
            self._unsaid.append((person, words.pop(0)))
            if not words:
                left.remove(one)

    @property
    def _answered(self) -> int:
        with self.api.world.lock:
            return sum(len(chat.messages) for chat in self.api.world.chats.values()) - self._said

    def _type(self) -> None:
        """Type on as long as not too much is unanswered."""
        while self._said < len(self._unsaid) and len(self.api.pending) < 2 * self.plan.chats:
            person, words = self._unsaid[self._said]
            self._said += 1
            person.types(words)

    def _until(self, it_is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not it_is_so():
            assert time.monotonic() < end, f"stuck after {self._answered} answers, {len(self.api.pending)} waiting"
            self._type()
            time.sleep(0.002)

    def _is_at_rest(self) -> bool:
        is_taken = self._said == len(self._unsaid) and not self._is_held() and not self.api.pending
        return is_taken and not under_way(self.service.folder)

    def _is_held(self) -> bool:
        """Whether a message stands in its chat whose sender has no answer yet."""
        with self.api.world.lock:
            return any(call.method == "sendMessage" and not call.status for call in self.api.world.calls[-40:])

    def _kill(self, how: str) -> None:
        if how == "in a send":
            self._until(lambda: self._is_held() or self._is_at_rest())
            time.sleep(self.chance.uniform(0, self.plan.held))
        elif how == "at any moment":
            time.sleep(self.chance.uniform(0, 0.1))
        elif how == "at rest":
            unsaid, self._unsaid = self._unsaid, self._unsaid[: self._said]
            self._until(self._is_at_rest)
            self._unsaid = unsaid
        self.service.kill()
        if how == "while starting":
            self.service.start()
            time.sleep(self.chance.uniform(0, 0.3))
            self.service.kill()
        asked = len(self.api.called("getUpdates"))
        self.service.start()
        # Else it would be killed before it had done anything, and a run would take for ever.
        self._until(lambda: len(self.api.called("getUpdates")) > asked)


def codes(folder: Path, number: int) -> list[str]:
    """Make the file with its tables, and let a DSL make a code for each colleague; return the codes."""
    folder.mkdir(exist_ok=True)
    migrate(f"sqlite:///{folder / 'noname.db'}", pepper=PEPPER)
    with opened(folder) as records:
        dsl = records.add_dsl("Ann Example", records.add_school("Oak Tree Primary", AREA), new_access_code(randbelow))
        staff = staff_of(records, Watch(), randbelow, wording().say)
        return [staff.make_code(dsl, LinkKind.STAFF, f"Teacher {place}", clock()) for place in range(number)]


def under_way(folder: Path) -> int:
    """Return how many messages wait to be sent or are being sent. What is deleted hours later is none."""
    waits = "SELECT count(*) FROM telegram_outbox WHERE kind = 'send' AND state IN ('waiting', 'sending')"
    return asked(folder, waits)[0][0]


def hold(plan: Plan, api: BotApi, service: Service, folder: Path) -> Outcome:
    """Hold one run in a folder and return what came of it."""
    begun, before, service.folder = time.monotonic(), service.kills, folder
    chats = Chats(plan, api, service)
    chats.run()
    service.kill()
    outcome = Outcome(plan.chats * (plan.messages + 1), service.kills - before - 1, time.monotonic() - begun)
    with opened(folder) as records:
        for person_id, typed in chats.typed.items():
            look_through(records, folder, api.person(person_id), typed, outcome)
        if records.verify_audit() is not None:
            outcome.wrong.append("the audit chain is broken")
    if left := asked(folder, "SELECT once, state FROM telegram_outbox WHERE state = 'sending'"):
        outcome.wrong.append(f"left as being sent: {left}")
    return outcome
