"""Wiring: the one place that knows everybody. Reads as a list of who gets what.

Nothing happens when this is imported; `build` opens the database and loads the knowledge.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from actions.running import runner
from bot import anonymiser
from bot.anonymiser import second_scan
from bot.desk.answers import AnswerReader
from bot.desk.at_hand import AtHand
from bot.desk.consult import Counsel
from bot.desk.gathering import Gathering
from bot.desk.hand_over import DutyDesks
from bot.desk.house import House
from bot.desk.receive import Reception
from bot.desk.sign_in import SignIn
from bot.desk.watch import Watch
from bot.dialogue.rasa_client import RasaClient
from bot.knowledge import Wording, areas, closed_days, load_area, load_national, reading_patterns
from bot.knowledge.answer_words import load_answer_words
from bot.knowledge.model import National, Pack
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader
from bot.settings import Settings
from bot.storage import SqlRecords, make_engine
from bot.web.app import create_app


@dataclass(frozen=True, slots=True)
class Built:
    """A house and its doors, ready to serve."""

    house: House
    records: SqlRecords
    app: Any


def clock() -> datetime:
    """Return the present, with its zone."""
    return datetime.now(UTC)


def records_of(settings: Settings, national: National) -> SqlRecords:
    """Return the records of the settings' database."""
    vocabulary = {value for question in national.questions.values() for value in question.options}
    return SqlRecords(
        make_engine(settings.database_url),
        pepper=settings.pepper,
        scan=second_scan,
        new_id=_new_id,
        vocabulary=vocabulary,
    )


def build(settings: Settings, now: Callable[[], datetime] = clock) -> Built:
    """Return the house as the settings describe it."""
    root = settings.root / "knowledge_base"
    today = now().date()
    national = load_national(root, today)
    wording = Wording(settings.root / "nlu_data" / "responses")
    records = records_of(settings, national)
    reader = Reader(national.indicators, reading_patterns(root), national.red_flags, reading_spelling(root))
    redactor = anonymiser.load()
    dialogue = RasaClient(settings.rasa_url, settings.rasa_auth_token)

    @lru_cache(maxsize=64)
    def pack_of(area: str, on: date) -> Pack:
        return load_area(root, area, on)

    counsel = Counsel(records, Gathering(reader, national), national, pack_of, wording, now)
    desks = DutyDesks(counsel, frozenset(a.slug for a in areas(root)), closed_days(root), _new_id)
    at_hand = AtHand(counsel, AnswerReader(load_answer_words(root), national.questions), desks)
    house = House(
        records=records,
        reception=Reception(records, redactor, reader, dialogue, counsel, _new_memory),
        sign_ins=SignIn(records, secrets.token_bytes),
        counsel=counsel,
        anonymiser=redactor,
        dialogue=dialogue,
        actions=runner(at_hand),
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
        at_the_end=dialogue.close,
    )
    return Built(house, records, app)


def _new_memory() -> anonymiser.Memory:
    return anonymiser.Memory(secrets.token_bytes(32))


def _new_id() -> str:
    return uuid4().hex
