"""The bench's figures are what they say, and none is taken from a house that serves."""

import asyncio
import os
import random
import re
import subprocess
import sys
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.settings import load_settings
from evaluation.redaction.systems import Answered
from evaluation.redaction.systems import Cost as Took
from evaluation.results import read_sections
from evaluation.speed import beside, cost, growth, load, processes, redactors, steps
from evaluation.speed.crowd import CrowdFailed, asked, talk_at_once
from evaluation.speed.desk_pages import PAGES
from evaluation.speed.many_areas import _with_areas
from evaluation.speed.own_house import own_environment
from evaluation.speed.talks import STARTER_SAYS, Wrong
from evaluation.speed.working_day import Day


def test_a_house_for_measuring_keeps_to_itself_whatever_the_environment_says(tmp_path):
    said = {"NONAME_DATABASE_URL": "postgresql://real", "DATABASE_URL": "postgresql://real", "NONAME_OIDC_ISSUER": "x"}
    said |= {"NONAME_TELEGRAM_TOKEN_FILE": "/real", "NONAME_KEYS_URL": "sqlite:////real", "NONAME_KEEP_DAYS": "1"}
    settings = load_settings(said | own_environment(tmp_path), root=tmp_path)
    for url in (settings.database_url, settings.keys_url, settings.tracker_url):
        assert url.startswith(f"sqlite:///{tmp_path}/")
    assert (settings.oidc_issuer, settings.telegram, settings.keep_days) == ("", None, None)


# what processes hold and compute


def test_what_a_process_started_is_of_its_family_and_what_it_computed_is_seen():
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    parent = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    try:
        until = time.monotonic() + 20
        while len(pids := processes.family(parent.pid)) < 2 or processes.computed(pids) < 0.2:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert processes.held(pids) > processes.held([parent.pid]) > 1
    finally:
        os.killpg(parent.pid, 9)
        parent.wait()
    assert processes.computed([2**22 + 1]) == 0.0


# the crowd


class Slow:
    """A talk of two turns, the second of which may go wrong."""

    def __init__(self, wrong: str = "") -> None:
        self.wrong, self.said, self.begun = wrong, 0, 0

    async def begin(self) -> None:
        self.said, self.begun = 0, self.begun + 1

    async def turn(self) -> float:
        self.said += 1
        await asyncio.sleep(0.001)
        if self.said == 2 and self.wrong:
            raise Wrong(self.wrong)
        return float(self.said)

    @property
    def is_over(self) -> bool:
        return self.said == 2


def test_a_crowd_stops_when_all_its_turns_are_done_and_begins_anew_in_between():
    talks = [Slow(), Slow()]
    came = asyncio.run(talk_at_once(talks, 10))
    assert len(came.seconds) == 10
    assert sum(talk.begun for talk in talks) >= 5
    assert came.wall > 0


def test_what_goes_wrong_is_counted_by_kind_and_taken_for_no_turn():
    came = asyncio.run(talk_at_once([Slow("HTTP 500")], 4))
    assert came.wrong == {"HTTP 500": 2}
    assert came.seconds == [1.0, 1.0]


class Parrot(BaseHTTPRequestHandler):
    """Answers as the starter does, but one line, to which it says nothing."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        body = b"[]" if STARTER_SAYS[3].encode() in sent else b'[{"text": "hello"}]'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_crowd_talks_in_a_process_of_its_own():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Parrot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        came = asked({"url": url, "at_once": 3, "turns": 30, "warm": 3})
    finally:
        server.shutdown()
        server.server_close()
    assert len(came["warm"]) == 3
    assert len(came["seconds"]) + came["wrong"]["silence"] == 30
    assert came["wrong"]["silence"] >= 3
    assert came["computed"] > 0


def test_a_crowd_that_falls_is_no_figure():
    with pytest.raises(CrowdFailed):
        asked({"url": "http://127.0.0.1:9"})


def test_people_think_as_long_as_is_said():
    day, slept = Day(10_000.0, random.Random(3)), []

    async def think() -> None:
        real, asyncio.sleep = asyncio.sleep, lambda seconds: slept.append(seconds) or real(0)
        try:
            for _ in range(2000):
                await day.pause(12.0, 2.0)
        finally:
            asyncio.sleep = real

    asyncio.run(think())
    assert min(slept) == 2.0
    assert 11.5 < sum(slept) / len(slept) < 13.0


# steps


def test_a_step_inside_itself_counts_once_and_what_is_done_for_actions_is_theirs():
    now = iter(range(100))
    watch = steps.Watch(lambda: float(next(now)))
    inner = watch.around("store", lambda: None)
    watch.around("store", inner)()
    assert watch.read() == {"store": 2.0}  # from the outer beginning to the outer end

    async def action() -> None:
        inner()

    asyncio.run(watch.awaited("actions", action)())
    assert watch.read() == {"actions": 2.0}
    assert watch.read() == {}


def test_what_is_left_of_a_turn_is_the_door_s():
    turn = {"whole": 0.1, "redact": 0.01, "rasa": 0.05, "store": 0.02, "look": 0.005}
    assert steps.medians([dict(turn)])["rest"] == pytest.approx(20.0)
    button = {"whole": 0.05, "rasa": 0.05}
    assert steps.medians([turn, button, dict(button)])["redact"] == pytest.approx(10.0)
    assert "| Rasa | 50.0 ms | 50 % |" in steps.report([turn])


# reports


def _figures(seconds: float, wall: float) -> beside.Figures:
    figures = beside.Figures([10.0], [500.0])
    for at_once in beside.AT_ONCE:
        figures.add(at_once, {"seconds": [seconds] * 10, "wall": wall, "warm": [1.0], "wrong": {}}, 1.0)
    return figures


def test_twice_as_fast_is_said_where_it_is_and_not_where_it_is_not():
    met = {beside.STARTER: _figures(0.2, 2.0), beside.OURS: _figures(0.1, 1.0)}
    assert "met. The least of the four gains: 2.00 times" in beside.report(met)
    slower = {beside.STARTER: _figures(0.2, 2.0), beside.OURS: _figures(0.1, 1.5)}
    assert "not met. The least of the four gains: 1.33 times" in beside.report(slower)


def test_a_load_is_told_by_minute_with_what_went_wrong():
    came = {"turns": [(1.0, 0.1), (61.0, 0.3)], "desks": [(2.0, "queue", 0.05)], "wrong": [(65.0, "desk, HTTP 500")]}
    came |= {"kinds": {"desk, HTTP 500": 1}, "late": 0.2, "taken_by_another": 2, "computed": 6.0}
    told = load.report(load.Load(200, 30, 120.0, came, 60.0, 30.0, 400.0))
    assert "| 1 | 1 | 100 ms | 100 ms | 0 |" in told
    assert "| 2 | 1 | 300 ms | 300 ms | 1 |" in told
    assert "50 % of a core" in told
    assert "too late to be sure" in told
    assert "no error: not met" in told
    assert "no error: met" in load.verdict([0.1], {})


def test_growth_is_told_by_size():
    pages = {page: [milliseconds / 1000] for milliseconds, page in enumerate(PAGES, start=50)}
    told = growth.report([growth.Grown("10 consultations", [0.1, 0.2], pages, 12.3, 200.0, 9.0)])
    row = "| 10 consultations | 150 ms | 200 ms | 50 ms | 51 ms | 52 ms | 53 ms | 12 MB | 200 MB | 9.0 s |"
    assert row in told


def test_redactors_are_asked_the_same_texts():
    seen = []

    def ask(system, texts):
        seen.append((system.name, tuple(texts)))
        return Answered(tuple(texts), 0, Took(1.0, 2.0, 3.0, 4.0))

    told = redactors.measure(2, date(2026, 11, 22), ask)
    assert {texts for _, texts in seen} == {seen[0][1]}
    assert len(seen) == 5
    assert "| Presidio | 1.0 s | 2.0 ms | 3.0 ms | 4 MB |" in told
    assert "| ours, within the service |" in told


# areas


def test_a_checkout_holds_as_many_areas_as_are_wanted(tmp_path):
    for name in ("E10000002-buckinghamshire", "E10000016-kent", "E06000015-derby"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "area.yml").write_text("name: One\nalso_called: [Two]\nlevels: {}\n")
    _with_areas(tmp_path, 8)
    names = [re.search("name: (.*)", f.read_text())[1] for f in tmp_path.glob("E99*/area.yml")]
    assert len(list(tmp_path.iterdir())) == 8
    assert len(set(names)) == 5
    assert not any("also_called" in f.read_text() for f in tmp_path.glob("E99*/area.yml"))
    _with_areas(tmp_path, 2)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["E10000002-buckinghamshire", "E10000016-kent"]


# cost and sizing


def test_what_a_section_tells_of_cost_is_what_was_measured():
    measured = cost.Cost(25.0, 1.5, 0.75, 410.0, 96.0)
    assert cost.told(cost.report(measured, 20)) == measured
    assert "| computing for one | 0.0031 p |" in cost.report(measured, 20, price=0.05)


def test_all_schools_are_worked_out_from_one_consultation():
    table = cost.sizing(cost.Cost(25.0, 2.0, 0.5, 400.0, 100.0))
    assert "| consultations a year | 288,000 |" in table
    assert "| turns a second, at the peak | 7.5 |" in table
    assert "| cores at the peak, half of each free | 1.5 |" in table
    assert "| computing in a year | 200 core hours |" in table


def test_the_paper_on_sizing_says_what_was_measured_last():
    paper = cost.PAPER.read_text(encoding="utf-8")
    section = read_sections().get("bench-cost", "")
    assert cost.figures_in(paper) == cost.sizing(cost.told(section))
    for assumed in (f"{cost.SCHOOLS:,}", cost.CONSULTATIONS_A_YEAR, cost.DAYS, cost.HOURS_A_DAY, cost.PEAK):
        assert f"| {assumed} |" in paper
    assert "| half |" in paper
    assert cost.BUSY == 0.5
    assert f"{100 * cost.PRICE:.0f} pence" in paper
