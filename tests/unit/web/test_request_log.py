"""Each request has an id of ours, and one line that says nothing of what was asked for."""

import logging
import re

import pytest

from bot import request_id
from bot.web.request_log import HEADER, template_of
from bot.web.rights import RIGHTS
from tests.fakes_web import RASA_TOKEN
from tests.unit.web.visitor import Visitor

LOGGER = "noname.web.requests"


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


def test_every_answer_has_an_id_that_is_not_the_one_that_came(visitor: Visitor) -> None:
    asked = [visitor.get("/livez", headers={HEADER: "canary"}).headers[HEADER] for _ in range(3)]
    assert len(set(asked)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in asked)


def test_the_line_tells_the_template_and_never_the_path(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=LOGGER)
    visitor.get("/consultations/canary/record.pdf?canary=1")
    visitor.get("/canary")
    visitor.get("/static/canary.css")
    told = lines(caplog)
    assert "canary" not in " ".join(told)
    assert "method=GET route=/consultations/{consultation_id}/record.pdf status=303" in told[0]
    assert "route=none" in told[1]
    assert "route=/static/ status=404" in told[2]


def test_every_route_has_a_template_of_its_own() -> None:
    for _, path in RIGHTS:
        asked = re.sub(r"\{\w+\}", "x1", path)
        assert template_of(asked) == path or path.startswith(("/theme/", "/embed/")), asked


def test_a_strange_method_is_not_written_down(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=LOGGER)
    visitor.ask("CANARY", "/livez", headers={"Sec-Fetch-Site": "same-origin"})
    assert "method=other" in lines(caplog)[0]


def test_a_page_that_says_no_shows_the_id_to_be_told(visitor: Visitor) -> None:
    page = visitor.as_dsl().get("/consultations/c9999")
    assert page.status_code == 404
    assert page.headers[HEADER] in page.text


def test_the_id_of_a_turn_comes_back_with_rasas_call_and_nobody_elses_is_believed(visitor: Visitor, caplog) -> None:
    caplog.set_level(logging.INFO)
    visitor.house.action_falls = RuntimeError("canary")
    seen = []

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name == "noname.web.rasa":
                seen.append(request_id.current())

    log, handler = logging.getLogger("noname.web.rasa"), Noting()
    log.addHandler(handler)
    try:
        with request_id.begun(lambda: "0123456789abcdef"):
            _act(visitor, "0123456789abcdef")
        _act(visitor, "0123456789abcdef")
        _act(visitor, "canary\nevent")
        _act(visitor, {"canary": 1})
    finally:
        log.removeHandler(handler)
    assert seen[0] == "0123456789abcdef"
    assert len(set(seen)) == 4, "an id of a turn that is over is not believed either"
    assert "canary" not in " ".join(map(str, seen))
    assert request_id.current() == ""


def _act(visitor: Visitor, given: object) -> None:
    tracker = {"latest_message": {"text": "hungry", "metadata": {"request": given}}}
    call = {"next_action": "action_open", "sender_id": "c1", "tracker": tracker}
    visitor.post(f"/rasa/webhook?token={RASA_TOKEN}", json=call)


def test_a_refusal_is_told_to_who_counts_them() -> None:
    from bot.web.upkeep import Upkeep
    from tests.fakes_web import FakeHouse, make_app

    heard: list[str] = []
    visitor = Visitor(FakeHouse())
    visitor._client._transport.app = make_app(visitor.house, upkeep=Upkeep(refused=heard.append))
    visitor.get("/api/no-such-thing")
    visitor.post("/api/session", json={"code": "nope"})
    visitor.post("/sign-in", data={"code": "kent-1"}, headers={"Origin": "http://evil.example"})
    visitor.as_dsl().get("/consultations/c9999")
    visitor.close()
    assert heard == ["signed_out", "wrong_code", "other_site", "not_found"]


def test_every_reason_by_which_a_door_says_no_is_on_the_list_that_is_counted() -> None:
    from pathlib import Path

    from bot.web.refusals import REASONS

    said = "\n".join(file.read_text("utf-8") for file in Path("bot/web").glob("*.py"))
    given = re.findall(r'(?:DoorRefusal\(|refuse\(scope, |says\(|return )[45]\d\d, "(\w+)"', said)
    by_table = re.findall(r'(?:Verdict\.\w+|\d{3}): \(?(?:\d{3}, )?"(\w+)"', said)
    assert len(given) > 10
    assert {*given, *by_table} <= set(REASONS)
