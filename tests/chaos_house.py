"""The real doors, the real desk and the real records on a file; only the anonymiser and the dialogue are invented.

What the house would load for twenty seconds, and the hundred milliseconds of a turn, are left out, so that it can
be ended and started again a thousand times. `seed` makes the file and its people.
"""

import asyncio
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pyotp
from argon2 import PasswordHasher
from starlette.types import ASGIApp

from bot.anonymiser import Memory
from bot.consultation import RawText, RedactedText, Redaction
from bot.desk.duty.asking import Asking
from bot.desk.duty.desk import DutyDesk
from bot.desk.editing import Editing
from bot.desk.hand_over import DutyDesks
from bot.desk.house import House
from bot.desk.packs_in_force import PacksInForce
from bot.desk.ports import Utterance
from bot.desk.receive import Reception
from bot.desk.sentences import sentences
from bot.desk.sign_in import SignIn, new_access_code, new_second_factor
from bot.desk.talking.desk import talk_desk
from bot.desk.watch import Watch
from bot.duty_wiring import board_of
from bot.staff_wiring import staff_of
from bot.storage import SqlRecords, make_engine, migrate
from bot.web.app import create_app
from tests.at_the_desk import ROOT, answer_reader, make_counsel, reader, wording
from tests.fakes import finds_nothing
from tests.keys import make_keys

PEPPER = "a pepper that is long enough"
PASSWORD = "a password of nobody's"
AREA = "kent"
# The longest that a fake needs for what takes the real one much longer, in seconds.
REDACTING, THINKING = 0.004, 0.02
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Quiet:
    """An anonymiser that finds nothing, and a dialogue that notes everything, each after a moment."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    async def redact(self, typed: RawText, memory: Memory | None = None, **given: object) -> Redaction:
        """Return the text as it was typed."""
        await asyncio.sleep(self._chance.uniform(0, REDACTING))
        text = RedactedText(typed.reveal())
        return Redaction(text, (), text)

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Answer with one message that says what it answers."""
        await asyncio.sleep(self._chance.uniform(0, THINKING))
        return (Utterance("assistant", f"noted: {message}"),)

    def forget(self, consultation_id: str, in_doubt: bool = False) -> None:
        """Forget nothing: nothing was kept."""

    async def is_healthy(self) -> bool:
        """Say that it answers."""
        return True


def clock() -> datetime:
    """Return the present, with its zone."""
    return datetime.now(UTC)


def records_in(folder: Path, url: str | None = None) -> SqlRecords:
    """Return the records in a folder's file, or in another database."""
    engine = make_engine(url or f"sqlite:///{folder / 'noname.db'}")
    keys = make_keys(folder)
    return SqlRecords(engine, pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: uuid4().hex)


def read_beforehand() -> None:
    """Read the knowledge, so that a house made from then on in this process or a fork of it is made at once."""
    counsel = make_counsel(None)  # type: ignore[arg-type]  # whoever only reads needs no records
    counsel.pack_of(AREA, counsel.today())
    counsel.places()
    reader().read(RedactedText("hungry"))
    wording()


def make_house(records: SqlRecords, folder: Path, chance: random.Random) -> House:
    """Return a house on these records."""
    counsel, quiet, watch = make_counsel(records, clock), Quiet(chance), Watch()
    desks = DutyDesks(counsel, records.desks, frozenset(), lambda: uuid4().hex, watch=watch)
    board = board_of(records, desks, watch)
    reception = Reception(records, quiet, reader(), quiet, counsel, lambda: Memory(secrets.token_bytes(32)))
    return House(
        records=records,
        reception=reception,
        sign_ins=SignIn(records, secrets.token_bytes, hasher=QUICK),
        counsel=counsel,
        anonymiser=quiet,
        dialogue=quiet,
        run_action=None,
        hear=None,
        watch=watch,
        random_below=secrets.randbelow,
        new_id=lambda: uuid4().hex,
        editing=Editing(records, PacksInForce(records, ROOT, folder / "laid-out"), wording(), lambda: uuid4().hex),
        asking=Asking(records, desks, sentences(counsel), quiet, watch, board),
        duty=DutyDesk(
            records=records,
            presence=records,
            counsel=counsel,
            dialogue=quiet,
            watch=watch,
            redact=quiet.redact,
            board=board,
        ),
        staff=staff_of(records, watch, secrets.randbelow, wording().say),
        talk=talk_desk(counsel, answer_reader(), reception, watch),
    )


def make_app(records: SqlRecords, folder: Path, chance: random.Random) -> ASGIApp:
    """Return the doors of a house on these records."""
    house = make_house(records, folder, chance)
    return create_app(house, wording().say, clock=clock, base_url="http://127.0.0.1", rasa_token="for tests")


@dataclass(frozen=True, slots=True)
class Worker:
    """A duty worker as they sign in."""

    login: str
    name: str
    secret: str

    def form(self) -> dict[str, str]:
        """Return what they type to sign in just now."""
        code = pyotp.TOTP(self.secret).now()
        return {"login": self.login, "password": PASSWORD, "second_factor": code}


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who is in a new file: one DSL by their code, and duty workers of the same area."""

    code: str
    workers: tuple[Worker, ...]


def seed(folder: Path, workers: int, url: str | None = None) -> Seeded:
    """Make the file, or fill another database, with its tables and people."""
    migrate(url or f"sqlite:///{folder / 'noname.db'}", pepper=PEPPER)
    with opened(folder, url) as records:
        code = new_access_code(secrets.randbelow)
        records.add_dsl("Ann Example", records.add_school("Oak Tree Primary", AREA), code)
        made = []
        for number in range(1, workers + 1):
            worker = Worker(f"worker.{number}", f"Worker {number:02}", new_second_factor(secrets.token_bytes))
            records.add_worker(worker.login, worker.name, AREA, QUICK.hash(PASSWORD), worker.secret)
            made.append(worker)
    return Seeded(code, tuple(made))


@contextmanager
def opened(folder: Path, url: str | None = None) -> Iterator[SqlRecords]:
    """Give the records of a folder for as long as the block lasts."""
    records = records_in(folder, url)
    try:
        yield records
    finally:
        records.let_go()
