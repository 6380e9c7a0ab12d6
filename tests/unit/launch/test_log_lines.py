"""One event, one line, fields from a list: whatever else somebody hands to a log is not written."""

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot import request_id
from bot.launch import logs
from bot.launch.log_lines import FIELDS, FOREIGN, JsonLines
from bot.settings import ROOT, BadSetting, load_settings


def line(message: object, *given: object, by: str = "noname.test") -> dict:
    record = logging.LogRecord(by, logging.ERROR, "/srv/room/file.py", 7, message, given, None)
    written = JsonLines().format(record)
    assert "\n" not in written
    return json.loads(written)


def test_an_event_is_told_with_its_fields() -> None:
    told = line("round_failed name=%s kind=%s", "desk", "OSError")
    assert {"event": "round_failed", "name": "desk", "kind": "OSError", "level": "error"}.items() <= told.items()
    assert told["logger"] == "noname.test"
    assert told["time"].endswith("+00:00")
    assert line("request_answered status=%d ms=%d", 200, 12)["ms"] == 12


@pytest.mark.parametrize(
    ("message", "given"),
    [
        ("he said %s", ("canary",)),
        ("said words=%s", ("canary",)),
        ("said kind=%s", ("canary of a child, aged 7",)),
        ("said kind=%s", ("canary\nline",)),
        ("said kind=%s words=%s", ("ok", "canary")),
        ("said kind=%s canary", ("ok",)),
        (RuntimeError("canary"), ()),
        ("%(said)s", ({"said": "canary"},)),
    ],
)
def test_what_is_not_on_the_list_or_not_plain_is_left_out(message: object, given: tuple) -> None:
    assert "canary" not in json.dumps(line(message, *given))


def test_what_a_library_says_is_told_by_its_place_alone() -> None:
    for said in ("GET /consultations/canary", "canary", "canary kind=%s"):
        assert line(said, *["canary"] * said.count("%s"), by="library.room") | {"time": ""} == {
            "time": "", "level": "error", "logger": "library.room", "event": FOREIGN, "at": "file.py:7",
        }  # fmt: skip


def test_of_an_exception_its_kind_and_its_places_are_kept_and_never_its_words() -> None:
    try:
        try:
            raise ValueError("canary one")
        except ValueError as first:
            raise KeyError("canary two") from first
    except KeyError:
        record = logging.LogRecord("noname", logging.ERROR, "f.py", 1, "fell kind=%s", ("KeyError",), sys.exc_info())
    written = JsonLines().format(record)
    assert "canary" not in written
    told = json.loads(written)
    assert told["raised"] == "KeyError"
    assert told["frames"][-1].startswith("tests/unit/launch/test_log_lines.py:")


def test_lines_of_one_request_can_be_put_together() -> None:
    with request_id.begun() as asked:
        assert line("said kind=%s", "one")["request"] == asked
    assert "request" not in line("said kind=%s", "two")


def _logged(source: str) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value)
        if owner == "log" and node.func.attr in {"debug", "info", "warning", "error", "critical", "exception", "log"}:
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            found.append((node.lineno, words[0] if words else ""))
    return found


def test_every_event_of_ours_is_written_so_that_it_can_be_told() -> None:
    from bot.launch.log_lines import _EVENT, _FIELD

    files = [file for room in ("bot", "actions") for file in (ROOT / room).rglob("*.py")]
    calls = [(file.name, number, said) for file in files for number, said in _logged(file.read_text("utf-8"))]
    assert len(calls) > 25, "a walk that sees too little proves nothing"
    for name, number, said in calls:
        if name == "request_log.py" and not said:
            continue  # the event stands in a name there, and has a test of its own
        written = _EVENT.fullmatch(said)
        assert written, f"{name}:{number} would lose what it says: {said!r}"
        assert set(_FIELD.findall(written[2])) <= FIELDS, f"{name}:{number} has a field that is on no list"


ALONE = """
import logging, sys, threading, warnings
from bot.launch import logs
logs.set_up("info", {form!r})
logging.getLogger("noname.web").error("request_failed kind=%s", "OSError")
logging.getLogger("uvicorn.error").info("Uvicorn running on canary")
warnings.warn("canary")
def falls():
    raise RuntimeError("canary")
thread = threading.Thread(target=falls); thread.start(); thread.join()
falls()
"""


def said_alone(form: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ALONE.format(form=form)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return done.stderr


@pytest.mark.parametrize("form", ["json", ""])
def test_a_process_that_nobody_watches_writes_json_and_no_words_of_what_fell(form: str) -> None:
    written = said_alone(form)
    assert "canary" not in written
    told = [json.loads(one) for one in written.splitlines()]
    assert [one["event"] for one in told] == ["request_failed", FOREIGN, FOREIGN, "nobody_caught", "nobody_caught"]


def test_a_terminal_may_have_text() -> None:
    assert "ERROR noname.web request_failed kind=OSError" in said_alone("text")


def test_the_form_is_one_of_two(tmp_path: Path) -> None:
    assert load_settings({"NONAME_LOG_FORMAT": "JSON"}, root=tmp_path).running.log_format == logs.JSON
    with pytest.raises(BadSetting, match="NONAME_LOG_FORMAT"):
        load_settings({"NONAME_LOG_FORMAT": "xml"}, root=tmp_path)
