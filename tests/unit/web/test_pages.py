"""The pages: numbers always in view, nothing inline, nothing from elsewhere, every word in a template."""

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.consultation import OVER, Stage
from bot.web import app as doors
from bot.web.pages import clock_time, day, dial, minutes_until, short_day
from bot.web.person_api import Act
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
    assert 'for="text"' in page
    assert 'role="status"' in page
    assert '<html lang="en-GB"' in page


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
    """What a browser fetches for a conversation, as it is sent: each file is made small by itself."""
    fetched = sum(len(gzip.compress(SCRIPTS[name].encode())) for name in WIDGET)
    assert fetched <= 25_000




def brought_by(script: str) -> set[str]:
    """Return a script and all that it imports."""
    there, left = set(), {script}
    while left:
        name = left.pop()
        there.add(name)
        left |= set(re.findall(r'from "\./(\w+\.js)"', SCRIPTS[name])) - there
    return there


WIDGET = brought_by("widget.js")


def words_of(*pages: str) -> dict[str, str]:
    """Return the words that a page gives its script, by name."""
    return dict(re.findall(r'data-word="(\w+)">(.*?)</p>', "".join(TEMPLATES[f"templates/{page}"] for page in pages)))


def said_by(script: str) -> set[str]:
    """Return the words that a script asks for by their whole name."""
    return set(re.findall(r'say\("(\w+)"[,)]', script))


def test_every_word_that_the_widgets_scripts_say_is_on_its_page() -> None:
    there = set(words_of("widget/talk.html"))
    said = {name for script in WIDGET for name in said_by(SCRIPTS[script])}
    said |= {f"stage_{stage}" for stage in Stage}
    said |= {f"stage_{which}" for which in ("waiting_due", "waiting_late", "waiting_again", "claimed_late")}
    said |= {f"label_{stage}" for stage in ("with_assistant", "offered", "waiting", "claimed", *OVER)}
    said |= {"writing_assistant", "writing_duty_worker", "not_sent", "not_put_back"}
    assert len(said) > 50
    assert said <= there


def test_every_act_that_is_offered_has_a_word_and_a_door() -> None:
    offered = re.search(r"const OFFERED = \{(.*?)\};", SCRIPTS["person.js"], re.S)[1]
    stages = set(re.findall(r"(\w+):", offered))
    acts = set(re.findall(r'"(\w+)"', offered))
    assert stages <= set(Stage)
    assert acts == {"ask", *Act}
    assert {f"act_{act}" for act in acts} <= set(words_of("widget/talk.html"))


def test_every_word_that_the_consoles_script_says_is_on_the_page_that_says_it() -> None:
    both, queue, case = re.split(r'if \(main\?\.dataset\.follow === "\w+"\)', SCRIPTS["duty.js"])
    assert said_by(queue)
    assert said_by(case)
    assert said_by(both + queue) <= set(words_of("console/queue.html"))
    assert said_by(both + case) | {"read", "sent"} <= set(words_of("console/case.html"))


def test_no_notice_says_anything_of_a_case() -> None:
    for page in ("console/queue.html", "console/case.html"):
        assert "{" not in words_of(page)["notice"], "a notice may stand on a screen that others see"
    told = words_of("console/queue.html")
    assert re.findall(r"\{(\w+)\}", told["new_case"] + told["new_cases"]) == ["urgency", "count", "urgency"]
    script = SCRIPTS["duty.js"]
    assert re.findall(r"new Notification\((.*)\);", script) == ['say("notice"), { tag: "duty-desk" }']
    assert set(re.findall(r"document\.title = (.*?);", script)) == {"`(${++newOnes}) ${title}`", "title"}


def test_no_title_of_the_desk_holds_more_of_a_case_than_its_two_words(worker: Visitor) -> None:
    case = worker.handed_over()
    two_words = worker.house.kept["c0001"].case.designation
    for path, title in (
        ("/duty/", "Queue – Duty desk"),
        (f"/duty/cases/{case}", f"{two_words} – Duty desk"),
        (f"/duty/cases/{case}/name", "The child’s name – Duty desk"),
    ):
        assert re.search(r"<title>(.*)</title>", worker.get(path).text)[1] == title


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
    small = re.compile(r"utter_door_(kind|goes_home|dsl_thinks|removed|and|claimed_by|nobody_waits|no_number)")
    for name, text in wording().items():
        if name.startswith("utter_door_") and not small.match(name):
            assert "{in_danger}" in text, name


def test_no_wording_promises_what_nobody_can() -> None:
    never = re.compile(r"no need to refer|not need to refer|safe to wait|low risk|we have checked", re.I)
    said = [(ROOT / f"nlu_data/responses/{name}.yml").read_text(encoding="utf-8") for name in ("doors", "duty", "desk")]
    for text in [*TEMPLATES.values(), *said]:
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
