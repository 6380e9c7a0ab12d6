"""A house with as many open cases as are wanted, on a file, to count what its pages and streams ask of it."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import Engine

from bot.consultation import Facts, Move, Status
from bot.desk.case import Step
from bot.desk.house import House
from bot.desk.ports import Button, Person, Utterance
from bot.desk.sign_in import WORKER_IDLE
from bot.duty_wiring import back_office_of
from bot.storage import SqlRecords
from bot.web.app import create_app
from bot.web.door import Cookie, Door
from bot.web.pages import templates
from bot.web.typing_notice import TypingNotices
from tests import chaos_house
from tests.at_the_desk import wording
from tests.factories import create_consultation, from_dsl, make_case

HERE = "http://127.0.0.1"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """A house, one DSL, and one worker who has every third case. `tokens` are their sessions."""

    house: House
    records: SqlRecords
    dsl: Person
    worker: Person
    tokens: dict[str, str]

    @property
    def engines(self) -> Sequence[Engine]:
        """Both databases."""
        return self.records._reading, self.records.keys._reading

    def client(self) -> httpx.AsyncClient:
        """Return somebody at the doors, signed in at both."""
        back_office = back_office_of(self.house, self.records, self.house.anonymiser.redact, lambda: uuid4().hex)
        given = {"clock": chaos_house.clock, "base_url": HERE, "rasa_token": "for tests", "back_office": back_office}
        app = create_app(self.house, wording().say, **given)
        cookies = f"noname_duty={self.tokens['worker']}; noname_dsl={self.tokens['dsl']}"
        headers = {"Origin": HERE, "Cookie": cookies}
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE, headers=headers)

    def door(self) -> Door:
        """Return a door to follow streams through."""
        cookie, pages = Cookie("noname_dsl", "/", secure=False), templates("widget")
        return Door(self.house, wording().say, chaos_house.clock, frozenset(), cookie, pages, TypingNotices())


@contextmanager
def house_with(folder: Path, cases: int) -> Iterator[Scene]:
    """Make a house with so many open cases `case-0`, ... of consultations `c0`, ..., and their conversations."""
    seeded, now = chaos_house.seed(folder, 3), chaos_house.clock()
    with chaos_house.opened(folder) as records:
        dsl = records.person_by_access_code(seeded.code)
        worker = records.worker_by_sign_in("worker.1")[0]
        house = chaos_house.make_house(records, folder, random.Random(1))
        scene = Scene(house, records, dsl, worker, {"dsl": "d" * 32, "worker": "e" * 32})
        for who, token in ((dsl, "d" * 32), (worker, "e" * 32)):
            digest, idle = sha256(token.encode()).hexdigest(), WORKER_IDLE if who is worker else None
            records.start_session(who, digest, now, now + timedelta(hours=10), idle=idle)
        records.here(worker, now)
        for number in range(cases):
            _handed_over(scene, number)
        yield scene


def _handed_over(scene: Scene, number: int) -> None:
    """Hold a talk, hand it over, and give every third to the worker. Three are about one child."""
    records, now, of_it = scene.records, chaos_house.clock(), f"c{number}"
    facts = Facts({"hungry": Status.PRESENT}, {"age_band": "5_10"})
    create_consultation(records, scene.dsl, id=of_it, opened_at=now - 120 * MINUTE, facts=facts)
    records.mark_child(of_it, f"kestrel{number // 3}", now)
    for turn in range(3):
        at = now - (50 - turn) * MINUTE
        records.add_incoming(of_it, f"said-{turn}", from_dsl("hungry again"), at)
        asked = Utterance("assistant", "how often?", (Button("Yes", "/go"), Button("No", "/no")))
        records.add_outgoing(of_it, [asked], at, unless_held=True)
    times = {"handed_over_at": now - 30 * MINUTE, "due_at": now + 180 * MINUTE}
    records.hand_over(make_case(id=f"case-{number}", consultation_id=of_it, dsl_reason="thin", **times))
    if number % 3 == 1:
        records.step(f"case-{number}", Step(Move.CLAIM, scene.worker, now - 20 * MINUTE))
