"""Two web processes and two Rasas behind nginx: no message is lost or doubled, whichever process it reaches or dies.

nginx shares requests out by turns here, so nothing rests on a talk staying with one process.
"""

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.dialogue.spread import SpreadRasa
from bot.launch.servers import fetch_servers, find_servers
from bot.settings import ROOT
from tests.several_house import Process, SeveralHouse, several_house
from tests.several_talk import (
    SAID,
    Dsl,
    Stream,
    Talking,
    apologies,
    ask_for_a_person,
    cases,
    dsl_of,
    found_wrong,
    stored,
    unanswered,
    worker_of,
)  # fmt: skip

pytestmark = [pytest.mark.trained, pytest.mark.timeout(300)]

FIGURES: dict[str, Any] = {}
NO_SERVERS = "Redis and nginx are not here, and only Debian's packages of them can be fetched: ./noname test does so"


@pytest.fixture(scope="module")
def house(postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeveralHouse]:
    """Everything, running."""
    folder = ROOT / "var" / "servers"
    servers = find_servers(folder) or fetch_servers(folder, print)
    if servers is None:
        assert not shutil.which("apt-get"), NO_SERVERS
        pytest.skip(NO_SERVERS)
    names = ("NONAME_DATABASE_URL", "NONAME_KEYS_URL", "NONAME_TRACKER_URL")
    databases = {name: postgresql.url(postgresql.make()) for name in names}
    with several_house(tmp_path_factory.mktemp("several"), servers, databases) as running:
        yield running
    figures = f"{FIGURES} {running.seconds}\n"
    if where := os.environ.get("NONAME_SEVERAL_FIGURES"):
        Path(where).write_text(figures, "utf-8")


def test_a_consultation_goes_through_both_processes_from_the_opening_to_an_answer(house: SeveralHouse) -> None:
    dsl = dsl_of(house)
    first, second = house.web_urls
    page = Stream(_same(house, dsl, first), f"/api/consultations/{dsl.consultation}/events")
    page.wait_for("state", lambda told: True)
    told = dsl.say(SAID[0])
    assert told["replies"]
    took = []
    for text in SAID[1:]:
        begun = time.monotonic()
        said = _at(house, dsl, second).say(text)
        heard = page.wait_for("message", lambda told, n=said["message"]["number"]: told["number"] == n)
        took.append(heard - begun)
    ask_for_a_person(dsl)
    page.wait_for("state", lambda told: told["stage"] == "waiting")
    worker = worker_of(house, second)
    (case,) = cases(worker)
    assert worker.post(f"{case}/claim").status_code == 303
    page.wait_for("state", lambda told: told["stage"] == "claimed")
    held_from = len(stored(house, dsl.consultation))
    assert _at(house, dsl, first).say("Can you hear me?")["replies"] == []
    worker.post(f"{case}/typing").raise_for_status()
    page.wait_for("typing", lambda who: who == "duty_worker")
    reply = worker.post(f"{case}/reply", data={"text": "Please keep him with you.", "client_id": "reply-000001"})
    assert reply.status_code == 303
    page.wait_for("message", lambda told: told["speaker"] == "duty_worker")
    behind = [speaker for number, speaker, _ in stored(house, dsl.consultation) if number > held_from]
    assert behind == ["dsl", "duty_worker"], "nobody but people speaks where a person has the case"
    assert found_wrong(dsl) == []
    FIGURES["seconds until the other process's page has it, with the answer"] = [round(one, 2) for one in took]


def test_the_same_message_at_both_processes_at_once_is_stored_once_and_answered_once(house: SeveralHouse) -> None:
    dsl = dsl_of(house)
    both = [_at(house, dsl, url) for url in house.web_urls]
    for number in range(10):
        client_id = f"at-once-{number:06}"
        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda one: one.say(SAID[number % 3], client_id=client_id), both))  # noqa: B023
        assert told[0]["message"] == told[1]["message"]
        assert told[0]["replies"] == told[1]["replies"] != []
        dsl.acknowledged[client_id] = told[0]["message"]["number"]
    assert found_wrong(dsl) == []
    assert unanswered(dsl) == 0
    speakers = [speaker for _, speaker, _ in stored(house, dsl.consultation)]
    assert "service" not in speakers, "the dialogue answered each of them"


def test_messages_that_both_processes_get_at_once_do_not_mix_in_their_answers(house: SeveralHouse) -> None:
    dsl = dsl_of(house)
    both = [_at(house, dsl, url) for url in house.web_urls]
    with ThreadPoolExecutor(2) as pool:
        told = [one for part in pool.map(lambda one: [one.say(text) for text in SAID * 2], both) for one in part]
    rows = stored(house, dsl.consultation)
    assert [number for number, *_ in rows] == list(range(1, len(rows) + 1))
    assert len([row for row in rows if row[1] == "dsl"]) == len(told) == 12
    assert unanswered(dsl) == 0
    for one in told:  # what came back is what stands right behind it
        numbers = [reply["number"] for reply in one["replies"]]
        assert numbers == list(range(one["message"]["number"] + 1, one["message"]["number"] + 1 + len(numbers)))


def test_without_redis_messages_are_stored_and_the_talk_goes_on_when_it_is_back(house: SeveralHouse) -> None:
    dsl = dsl_of(house)
    assert dsl.say(SAID[0])["replies"][0]["speaker"] == "assistant"
    house.redis.kill()
    assert [reply["speaker"] for reply in dsl.say(SAID[1])["replies"]] == ["service"]
    told = httpx.get(f"{house.web_urls[0]}/readyz", timeout=15)
    assert told.status_code == 503
    assert "redis" in told.json()["failing"]
    house.redis.start()
    house.redis.wait()
    begun = time.monotonic()
    _answered_again(dsl, 15.0)
    FIGURES["seconds until the dialogue answers after Redis is back"] = round(time.monotonic() - begun, 1)
    assert found_wrong(dsl) == []
    assert unanswered(dsl) == 0


def test_a_talk_goes_on_where_a_web_process_and_a_rasa_are_killed_in_the_middle_of_a_turn(house: SeveralHouse) -> None:
    dsls, held = [_dsl_at_rasa(house, number) for number in (0, 1)], _held(house)
    held_from = len(stored(house, held.consultation))
    with Talking(dsls[0]) as one, Talking(dsls[1]) as other, Talking(held) as third:
        for process, cut_off in ((house.rasas[0], one), (house.webs[0], other)):
            cut_off.goes_on(1)
            cut_off.is_under_way()
            process.kill()
            process.start()  # it takes its time, and the other goes on alone
            for flow in (other, third):
                flow.goes_on(4)
    _answered_again(dsls[0], 60.0)  # a lock whose holder was killed holds for 20 seconds
    for dsl in (*dsls, held):
        assert found_wrong(dsl) == []
    assert [unanswered(dsl) for dsl in dsls] == [0, 0]
    behind = {speaker for number, speaker, _ in stored(house, held.consultation) if number > held_from}
    assert behind == {"dsl"}, "nobody but people speaks where a person has the case"
    FIGURES["killed"] = _figures(dsls) | {"kills": 2}


def test_a_rolling_restart_loses_nothing_and_turns_nobody_away(house: SeveralHouse) -> None:
    dsls, took = [dsl_of(house) for _ in range(2)], defaultdict(list)
    first, second = ((house.webs[number], house.rasas[number]) for number in (0, 1))
    with Talking(dsls[0]) as one, Talking(dsls[1]) as other:
        _all_answer(first)  # those that were killed come back while messages come
        for pair, comes_back in ((second, True), (first, False)):
            begun = time.monotonic()
            with ThreadPoolExecutor(2) as pool:
                assert list(pool.map(Process.end, pair)) == [0, 0]
            took["to end"] += [process.seconds_to_end for process in pair]
            one.goes_on(2)
            other.goes_on(2)
            if comes_back:
                for process in pair:
                    process.start()
                _all_answer(pair)
                took["in all"].append(round(time.monotonic() - begun, 1))
                one.goes_on(2)
                other.goes_on(2)
    for dsl in dsls:
        assert found_wrong(dsl) == []
        assert unanswered(dsl) == 0
    FIGURES["rolling restart"] = _figures(dsls)
    FIGURES["seconds for a web process and a Rasa"] = dict(took)
    again = sum(dsl.tried_again for dsl in dsls)
    assert again <= 2, "a message that reached a process just as it closed is sent again by the page, and no other"
    assert sum(map(apologies, dsls)) <= 1, "and one that reached a Rasa just as it closed is answered by the service"


def _held(house: SeveralHouse) -> Dsl:
    """Return a DSL whose case a duty worker has claimed."""
    dsl, worker = dsl_of(house), worker_of(house, house.url)
    before = cases(worker)
    dsl.say(SAID[0])
    ask_for_a_person(dsl)
    (case,) = cases(worker) - before
    assert worker.post(f"{case}/claim").status_code == 303
    return dsl


def _dsl_at_rasa(house: SeveralHouse, number: int) -> Dsl:
    """Return a DSL whose talk goes to one Rasa as long as that answers."""
    while True:
        dsl = dsl_of(house)
        if SpreadRasa((0, 1))._in_turn(dsl.consultation)[0] == number:
            return dsl


def _answered_again(dsl: Dsl, seconds: float) -> None:
    """Go on until the dialogue answers, and not the service in its place."""
    until = time.monotonic() + seconds
    while dsl.say(SAID[1])["replies"][-1]["speaker"] != "assistant":
        assert time.monotonic() < until, "the dialogue does not answer"
        time.sleep(0.1)


def _all_answer(processes: Iterable[Process]) -> None:
    for process in processes:
        process.wait()


def _figures(dsls: list[Dsl]) -> dict[str, int]:
    said, again = sum(len(dsl.acknowledged) for dsl in dsls), sum(dsl.tried_again for dsl in dsls)
    return {"messages": said, "tried again": again, "apologies": sum(map(apologies, dsls))}


def _same(house: SeveralHouse, dsl: Dsl, url: str) -> httpx.Client:
    """Return a client of one process alone with the DSL's session."""
    http = house.client(url)
    http.cookies.update(dsl.http.cookies)
    return http


def _at(house: SeveralHouse, dsl: Dsl, url: str) -> Dsl:
    """Return the same DSL at one process alone."""
    return Dsl(house, _same(house, dsl, url), dsl.consultation, dsl.acknowledged)
