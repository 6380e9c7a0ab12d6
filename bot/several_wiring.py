"""Several wiring: what a web process shares with others of its house, or has for itself where it is the only one."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.alongside import side_by_side
from bot.desk.attempts import WINDOW
from bot.desk.in_doubt import InDoubt, InDoubtInRecords
from bot.desk.turnstile import TurnsHere, Turnstile
from bot.desk.untold import Untold, UntoldHere, UntoldInRecords
from bot.desk.watch import Watch
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.spread import SpreadRasa
from bot.settings import Settings
from bot.storage import SqlRecords, libpq_address
from bot.together import Bells, Ground, TurnsTogether, lead, redis_answers
from bot.web.typing_notice import TypingNotices

# What was approved or withdrawn in another process holds here after so many seconds at the latest.
REVISIONS_HOLD_SECONDS = 5.0
# A key that another process deleted is at hand here for so long at the most.
KEYS_STAY_SECONDS = 60.0

type Beside = Callable[[], Awaitable[None]]
type Look = Callable[[], Any]
type Now = Callable[[], datetime]


async def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What one of several processes shares. The only one has no `ground` and no `bells`, and all for itself."""

    turns: Turnstile
    watch: Watch
    untold: Untold
    in_doubt: InDoubt
    rasa: RasaClient | SpreadRasa
    typing: TypingNotices
    ground: Ground | None = None
    bells: Bells | None = None
    revisions_are_old: Callable[[], bool] = field(default=lambda: False)
    let_keys_go: Beside = field(default=nothing)
    is_first_use: Callable[[str, datetime], bool] = field(default=lambda state, now: True)
    looks: Mapping[str, Look] = field(default_factory=dict)
    warnings: Mapping[str, Look] = field(default_factory=dict)

    def beside(self, others: Beside) -> Beside:
        """Return what runs beside the house: of several processes one alone runs the `others`."""
        ground, bells = self.ground, self.bells
        if ground is None or bells is None:
            return others

        async def together() -> None:
            bells.begin()
            await side_by_side(lead(ground, others), self.let_keys_go())

        return together

    def at_the_end(self, close: Beside) -> Beside:
        """Return what lets go of things in the end: bells when no turn is left, and the ground on which all stand."""

        async def end() -> None:
            await close()
            if self.ground is not None and self.bells is not None:
                await self.bells.close()
                await self.ground.close()

        return end


def shared_of(settings: Settings, records: SqlRecords, now: Now) -> Shared:
    """Return what a process shares with others, or has for itself. `records` are told that others write too."""
    if not settings.several.is_so:
        rasa = RasaClient(settings.rasa_url, settings.rasa_auth_token)
        return Shared(TurnsHere(), Watch(), UntoldHere(), set(), rasa, TypingNotices())
    records.hold_no_turns()
    address = libpq_address(settings.database_url)
    ground = Ground(address)
    bells = Bells(address, ground)
    typing, watch = TypingNotices(elsewhere=bells.typing), Watch(tell_others=bells.news)
    bells.on_typing, bells.on_news = typing.heard, waking(watch)
    rasas = [RasaClient(url, settings.rasa_auth_token, keeps_lines=False) for url in settings.several.rasa_urls]
    said = settings.several
    return Shared(
        turns=TurnsTogether(ground),
        watch=watch,
        untold=UntoldInRecords(records),
        in_doubt=InDoubtInRecords(records, now),
        rasa=SpreadRasa(rasas),
        typing=typing,
        ground=ground,
        bells=bells,
        revisions_are_old=every(REVISIONS_HOLD_SECONDS, time.monotonic),
        let_keys_go=lambda: now_and_then(records.keys.empty, KEYS_STAY_SECONDS),
        is_first_use=partial(_is_first_use, records),
        looks={"locks": ground.is_there, "redis": partial(redis_answers, said.redis_url, said.redis_password)},
        warnings={f"dialogue_{number}": rasa.is_healthy for number, rasa in enumerate(rasas, start=1)},
    )


def waking(watch: Watch) -> Callable[[Collection[str]], None]:
    """Return what wakes who follows these in this process; everybody, where there are none, one after the other."""
    tasks: set[asyncio.Task[None]] = set()

    def on_news(about: Collection[str]) -> None:
        if about:
            watch.ring(*about)
            return
        task = asyncio.get_running_loop().create_task(watch.ring_one_by_one())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    return on_news


async def now_and_then(do: Callable[[], None], seconds: float) -> None:
    """Do something every so many seconds, until cancelled."""
    while True:
        await asyncio.sleep(seconds)
        do()


def every(seconds: float, stopwatch: Callable[[], float]) -> Callable[[], bool]:
    """Return what says True once after each so many seconds."""
    last = stopwatch()

    def is_time() -> bool:
        nonlocal last
        if stopwatch() - last < seconds:
            return False
        last = stopwatch()
        return True

    return is_time


def _is_first_use(records: SqlRecords, state: str, now: datetime) -> bool:
    """Whether an errand to the council is used for the first time in any process. It ends sooner than attempts."""
    return records.begin_attempt({("council errand", state): 1}, now - WINDOW, now) is None
