"""The pages: numbers always in view, nothing inline, nothing from elsewhere, every word in a template."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.web import app as doors
from bot.web.pages import clock_time, day, dial, minutes_until, short_day
from tests.fakes_web import ROOT, wording
from tests.unit.web.visitor import Visitor

WEB = Path(doors.__file__).parent
SCRIPTS = {file.name: file.read_text(encoding="utf-8") for file in (WEB / "static").glob("*.js")}
TEMPLATES = {
    file.relative_to(WEB).as_posix(): file.read_text(encoding="utf-8") for file in (WEB / "templates").rglob("*.html")
}


def test_999_and_a_number_for_the_night_are_on_every_page(visitor: Visitor) -> None:
    strangers = [visitor.get(path).text for path in ("/", "/duty/sign-in")]
    visitor.as_dsl().as_worker()
    consultation = visitor.opened()
    insiders = [
        visitor.get(path).text
        for path in ("/", f"/consultations/{consultation}", "/duty/", "/nothing", "/duty/nothing")
    ]
    for page in strangers + insiders:
        assert 'href="tel:999"' in page
    for page in strangers:
        assert 'href="tel:101"' in page, "somebody must answer at night before the area is known"
    for page in insiders:
        assert 'href="tel:03000419191"' in page
        assert "checked 2 Nov 2026" in page


def test_the_conversation_page_is_ready_for_people_who_listen(dsl: Visitor) -> None:
    page = dsl.get(f"/consultations/{dsl.opened()}").text
    assert 'role="log"' in page
    assert '<label for="text"' in page
    assert 'role="status"' in page
    assert '<html lang="en-GB">' in page


def test_a_reference_is_shown_to_be_kept(dsl: Visitor) -> None:
    consultation = dsl.opened()
    assert dsl.house.kept[consultation].consultation.reference in dsl.get(f"/consultations/{consultation}").text


def test_coming_back_works_as_a_form(dsl: Visitor) -> None:
    consultation = dsl.opened()
    reference = dsl.house.kept[consultation].consultation.reference
    assert dsl.post("/resume", data={"reference": reference}).headers["location"] == f"/consultations/{consultation}"
    wrong = dsl.post("/resume", data={"reference": '"><script>'})
    assert wrong.status_code == 404
    assert '"><script>' not in wrong.text


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_anything_inline(name: str) -> None:
    page = TEMPLATES[name]
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), "the content policy would block it"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert "|safe" not in page.replace(" ", "")


@pytest.mark.parametrize("name", [*TEMPLATES, *SCRIPTS])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = TEMPLATES.get(name) or SCRIPTS[name]
    fetched = re.findall(r"(?:src|action)=\"(?!/|\{)[^\"]*|<link[^>]*href=\"https?:[^\"]*|fetch\(\"http[^\"]*", text)
    assert fetched == []


def test_no_style_sheet_fetches_anything() -> None:
    for file in (WEB / "static").glob("*.css"):
        assert not re.search(r"url\(|@import", file.read_text(encoding="utf-8")), file.name


def test_scripts_set_text_and_never_mark_up() -> None:
    for name, script in SCRIPTS.items():
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert way not in script, f"{name} uses {way}"


def test_the_widgets_script_is_small() -> None:
    assert sum(len(SCRIPTS[name].encode()) for name in ("widget.js", "talk.js")) <= 35_000


SAID_BY = {"widget/talk.html": ("widget.js", "talk.js"), "console/queue.html": (), "console/case.html": ()}


def test_every_word_that_the_widgets_scripts_say_is_on_its_page() -> None:
    there = set(re.findall(r'data-word="(\w+)"', TEMPLATES["templates/widget/talk.html"]))
    said = {name for script in ("widget.js", "talk.js") for name in re.findall(r'say\("(\w+)"[,)]', SCRIPTS[script])}
    said |= {f"stage_{stage}" for stage in ("with_assistant", "waiting", "claimed", "closed")}
    said |= {"stage_waiting_due", "stage_waiting_late", "writing_assistant", "writing_duty_worker"}
    assert len(said) > 20
    assert said <= there


def test_every_word_that_the_consoles_script_says_is_on_its_pages() -> None:
    pages = TEMPLATES["templates/console/queue.html"] + TEMPLATES["templates/console/case.html"]
    there = set(re.findall(r'data-word="(\w+)"', pages))
    said = set(re.findall(r'say\("(\w+)"[,)]', SCRIPTS["duty.js"]))
    assert said
    assert said <= there


def test_every_sentence_that_the_doors_say_exists() -> None:
    said = wording()
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in [*WEB.glob("*.py"), *(WEB / "templates").rglob("*.html")]
    )
    named = set(re.findall(r"\"(utter_\w+[a-z])\"", code))
    named |= {f"utter_door_{error}" for error in re.findall(r"DoorRefusal\(\d+, \"(\w+)\"", code)}
    named |= {f"utter_door_{error}" for error in re.findall(r"(?:says|refuse)\((?:scope, )?\d+, \"(\w+)\"", code)}
    assert len(named) > 15
    assert named <= set(said)


def test_no_sentence_of_the_doors_is_left_over() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in [*WEB.glob("*.py"), *(WEB / "templates").rglob("*.html")]
    )
    for name in wording():
        stem = re.sub(r"^utter_door_", "", name)
        if name.startswith("utter_door_") and not re.match(r"(kind|goes_home|dsl_thinks)_", stem):
            assert f'"{stem}"' in code or f'"{name}"' in code, name


def test_every_refusal_names_999() -> None:
    small = re.compile(r"utter_door_(kind|goes_home|dsl_thinks|removed|and|claimed_by|no_number)")
    for name, text in wording().items():
        if name.startswith("utter_door_") and not small.match(name):
            assert "{in_danger}" in text, name


def test_no_wording_promises_what_nobody_can() -> None:
    never = re.compile(r"no need to refer|not need to refer|safe to wait|low risk|we have checked", re.I)
    for text in [*TEMPLATES.values(), (ROOT / "nlu_data/responses/doors.yml").read_text(encoding="utf-8")]:
        assert not never.search(text)


TIMES = [
    (datetime(2026, 11, 20, 15, 25, tzinfo=UTC), "3:25pm"),
    (datetime(2026, 7, 1, 14, 25, tzinfo=UTC), "3:25pm"),  # summer time
    (datetime(2026, 11, 20, 0, 5, tzinfo=UTC), "12:05am"),
    (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), "12:00pm"),
]


@pytest.mark.parametrize(("at", "shown"), TIMES)
def test_times_are_those_on_a_clock_in_england(at: datetime, shown: str) -> None:
    assert clock_time(at) == shown


def test_days_are_written_out() -> None:
    assert day(date(2026, 11, 2)) == day("2026-11-02") == "2 November 2026"
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026", "summer time again"
    assert short_day(date(2026, 9, 2)) == "2 Sep 2026"


def test_minutes_and_numbers() -> None:
    start = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert minutes_until(start, start.replace(minute=59)) == 59
    assert minutes_until(start.replace(minute=5), start) == -5
    assert dial("03000 41 91-91") == "03000419191"
