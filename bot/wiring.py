"""Wiring: the one place that knows everybody. Reads as a list of who gets what.

Nothing happens when this is imported; `build` opens the database and loads the knowledge.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from actions.running import runner
from bot import anonymiser
from bot.desk.answers import AnswerReader
from bot.desk.at_hand import AtHand
from bot.desk.consult import Counsel
from bot.desk.gathering import Gathering
from bot.desk.hand_over import DutyDesks
from bot.desk.house import House
from bot.desk.purging import Kind, Purging, Times
from bot.desk.receive import Reception
from bot.desk.sign_in import SignIn
from bot.desk.watch import Watch
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.short_memory import ShortMemory
from bot.knowledge import Wording, areas, closed_days, load_area, load_national, reading_patterns
from bot.knowledge.answer_words import load_answer_words
from bot.knowledge.model import National, Pack
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader
from bot.redactor import Redactor, danger_signs, load_redactor
from bot.settings import Settings
from bot.storage import Scan, SqlRecords, Strict, Tracker, make_engine
from bot.web.app import create_app

log = logging.getLogger("noname.wiring")

PURGE_SECONDS = 900.0
PREVIEW_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Built:
    """A house and its doors, ready to serve."""

    house: House
    records: SqlRecords
    app: Any


def clock() -> datetime:
    """Return the present, with its zone."""
    return datetime.now(UTC)


def records_of(settings: Settings, national: National, scan: Scan, strict: Strict | None = None) -> SqlRecords:
    """Return the records of the settings' database."""
    vocabulary = {value for question in national.questions.values() for value in question.options}
    return SqlRecords(
        make_engine(settings.database_url),
        pepper=settings.pepper,
        scan=scan,
        new_id=_new_id,
        vocabulary=vocabulary,
        strict=strict,
    )


def build(settings: Settings, now: Callable[[], datetime] = clock) -> Built:
    """Return the house as the settings describe it."""
    root = settings.root / "knowledge_base"
    today = now().date()
    national = load_national(root, today)
    wording = Wording(settings.root / "nlu_data" / "responses")
    reader = Reader(national.indicators, reading_patterns(root), national.red_flags, reading_spelling(root))
    gathering = Gathering(reader, national)
    listen = danger_signs(reader, gathering.is_flagging)
    redactor = Redactor(partial(load_redactor, root, listen), time.monotonic)
    look = anonymiser.SecondLook(redactor, secrets.token_bytes(32))
    records = records_of(settings, national, look, look.record_of)
    tracker = Tracker(settings.tracker_url)
    dialogue = ShortMemory(RasaClient(settings.rasa_url, settings.rasa_auth_token), tracker)
    counsel = Counsel(records, gathering, national, _packs(root), wording, now)
    in_time = anonymiser.InTime(redactor, look_again=look)
    beforehand = anonymiser.InTime(redactor, seconds=PREVIEW_SECONDS, at_once=1)
    house = House(
        records=records,
        reception=Reception(records, in_time, reader, dialogue, counsel, _new_memory, beforehand),
        sign_ins=SignIn(records, secrets.token_bytes),
        counsel=counsel,
        anonymiser=in_time,
        dialogue=dialogue,
        actions=runner(_at_hand(root, counsel)),
        watch=Watch(),
        random_below=secrets.randbelow,
        new_id=_new_id,
    )
    app = create_app(
        house,
        wording.say,
        clock=now,
        base_url=settings.public_url,
        rasa_token=settings.action_token,
        alongside=lambda: purge_now_and_then(Purging(records, tracker, times_of(settings)), dialogue, now),
        at_the_end=dialogue.close,
    )
    return Built(house, records, app)


def _packs(root: Path) -> Callable[[str, date], Pack]:
    @lru_cache(maxsize=64)
    def pack_of(area: str, on: date) -> Pack:
        return load_area(root, area, on)

    return pack_of


def _at_hand(root: Path, counsel: Counsel) -> AtHand:
    desks = DutyDesks(counsel, frozenset(a.slug for a in areas(root)), closed_days(root), _new_id)
    return AtHand(counsel, AnswerReader(load_answer_words(root), counsel.national.questions), desks)


def times_of(settings: Settings) -> Times:
    """Return how long the settings let things be kept."""
    keep = timedelta(days=settings.keep_days) if settings.keep_days else None
    return Times(timedelta(hours=settings.forget_hours), keep)


async def purge_now_and_then(purging: Purging, dialogue: ShortMemory, now: Callable[[], datetime]) -> None:
    """Let go, from the start and every PURGE_SECONDS, of what need not be kept; talks between two turns."""
    while True:
        try:
            going = await asyncio.to_thread(purging.going, now())
            await dialogue.forget_all([one.subject for one in going if one.kind is Kind.DIALOGUE])
            await asyncio.to_thread(purging.purge_records, going, now())
        except Exception as failed:
            # The next time may go better; what it was is told by its kind alone.
            log.error("purge_failed kind=%s", type(failed).__name__)
        await asyncio.sleep(PURGE_SECONDS)


def _new_memory() -> anonymiser.Memory:
    return anonymiser.Memory(secrets.token_bytes(32))


def _new_id() -> str:
    return uuid4().hex
