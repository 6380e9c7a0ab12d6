"""Fifty duty workers at the doors at once, each in a thread and a browser of their own, on one real database."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import httpx
import pytest
from starlette.types import ASGIApp

from bot.consultation import Stage
from bot.storage import SqlRecords
from tests.chaos_house import AREA, Seeded, Worker, clock, make_app, opened, read_beforehand, seed
from tests.engines import ENGINES
from tests.factories import create_consultation, make_case

FIFTY, WAITING = 50, 10
URL = "http://testserver"


@dataclass(frozen=True)
class Rush:
    """A desk with fifty workers, and what they do at once."""

    app: ASGIApp
    records: SqlRecords
    people: Seeded

    def waiting(self, cases: int) -> list[str]:
        """Put this many cases into the queue and return their ids, longest waiting first."""
        dsl = self.records.person_by_access_code(self.people.code)
        ids = [f"case-{n:02}" for n in range(cases)]
        for n, case in enumerate(ids):
            at = clock() - timedelta(hours=1) + timedelta(minutes=n)
            create_consultation(self.records, dsl, id=f"c-{n:02}", area=AREA)
            promised = {"handed_over_at": at, "due_at": at + timedelta(days=1)}
            self.records.hand_over(make_case(id=case, consultation_id=f"c-{n:02}", area=AREA, **promised))
        return ids

    def all_press(self, path: str) -> dict[str, httpx.Response]:
        """Let all of them sign in and then press the same button at the same moment; answers by worker's name."""
        gate = Barrier(FIFTY)
        with ThreadPoolExecutor(FIFTY) as pool:
            pressing = {one.name: pool.submit(asyncio.run, self._press(one, path, gate)) for one in self.people.workers}
            return {name: pressed.result(timeout=120) for name, pressed in pressing.items()}

    async def _press(self, worker: Worker, path: str, gate: Barrier) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(f"192.0.2.{worker.login.split('.')[1]}", 1234))
        async with httpx.AsyncClient(transport=transport, base_url=URL, headers={"Origin": URL}) as http:
            signed_in = await http.post("/duty/sign-in", data=worker.form())
            gate.wait(90)
            assert signed_in.status_code == 303
            return await http.post(path)

    def owners(self, cases: list[str]) -> list[str | None]:
        """Return who has each case, by name."""
        return [self.records.case(case).claimed_by_name for case in cases]


@pytest.fixture(params=ENGINES)
def rush(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rush]:
    read_beforehand()  # fifty threads would each read it
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    url = server.url(server.make()) if server else None
    people = seed(tmp_path, FIFTY, url)
    with opened(tmp_path, url) as records:
        yield Rush(make_app(records, tmp_path, random.Random(1)), records, people)


def test_of_fifty_who_claim_a_case_at_once_one_has_it_and_forty_nine_are_told_who(rush: Rush) -> None:
    (case,) = rush.waiting(1)
    answers = rush.all_press(f"/duty/cases/{case}/claim")
    assert Counter(answer.status_code for answer in answers.values()) == {303: 1, 409: FIFTY - 1}
    (winner,) = (name for name, answer in answers.items() if answer.status_code == 303)
    assert rush.owners([case]) == [winner]
    told = [_problem(answer) for name, answer in answers.items() if name != winner]
    assert all(winner in words for words in told), told
    assert not [name for name in answers if name != winner and any(name in words for words in told)]
    claims = [move for move in rush.records.moves_of("c-00") if move.there is Stage.CLAIMED]
    assert len(claims) == 1
    assert rush.records.verify_audit() is None


def test_of_fifty_who_take_the_next_case_at_once_ten_get_one_each_and_the_others_are_told_that_none_waits(
    rush: Rush,
) -> None:
    cases = rush.waiting(WAITING)
    answers = rush.all_press("/duty/next")
    assert Counter(answer.status_code for answer in answers.values()) == {303: WAITING, 200: FIFTY - WAITING}
    won = {name: answer.headers["location"] for name, answer in answers.items() if answer.status_code == 303}
    assert sorted(won.values()) == [f"/duty/cases/{case}" for case in cases], "nobody was led to a case of another's"
    assert {case: name for name, case in won.items()} == {
        f"/duty/cases/{case}": owner for case, owner in zip(cases, rush.owners(cases), strict=True)
    }
    left = [_problem(answer) for answer in answers.values() if answer.status_code == 200]
    assert all("Nobody is waiting" in words for words in left)
    assert rush.records.verify_audit() is None


def _problem(answer: httpx.Response) -> str:
    """Return what a page says was not done."""
    found = re.search(r'role="alert"[^>]*>.*?<(p|li)>(.*?)</\1>', answer.text, re.DOTALL)
    return found[2] if found else ""
