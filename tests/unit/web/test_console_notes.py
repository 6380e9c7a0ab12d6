"""Private notes: on the case's page of one's own area, and nowhere that a DSL ever looks."""

import re
from collections.abc import Iterator

import pytest

from tests.fakes_back_office import AtTheConsole
from tests.unit.web.visitor import FILLED_IN, in_words

CANARY = "zanzibar"
NOTE = {"client_id": "note-id-1", "text": f"Ring the {CANARY} team before five"}


@pytest.fixture
def console() -> Iterator[AtTheConsole]:
    visitor = AtTheConsole()
    visitor.as_dsl().as_worker()
    yield visitor
    visitor.close()


@pytest.fixture
def case(console: AtTheConsole) -> str:
    return f"/duty/cases/{console.handed_over()}"


def test_a_note_is_kept_without_names_and_shown_on_the_cases_page(console: AtTheConsole, case: str) -> None:
    kept = console.post(f"{case}/notes", data=NOTE | {"text": "Sharon is known to us"})
    assert (kept.status_code, kept.headers["location"]) == (303, f"{case}#notes")
    page = in_words(console.get(case).text)
    assert "Ann Field today, 10:00am" in page
    assert "[parent 1] is known to us" in page
    assert "Sharon" not in page


def test_a_colleague_reads_it_and_a_managers_is_marked_as_theirs(console: AtTheConsole, case: str) -> None:
    console.post(f"{case}/claim")
    console.as_worker("mel")
    assert console.post(f"{case}/notes", data=NOTE).status_code == 303
    console.as_worker("ann")
    page = in_words(console.get(case).text)
    assert "Mel Hart, manager" in page
    assert CANARY in page


def test_another_area_neither_reads_nor_writes_one(console: AtTheConsole, case: str) -> None:
    console.post(f"{case}/notes", data=NOTE)
    console.as_worker("cat")
    assert CANARY not in console.get(case).text
    assert console.post(f"{case}/notes", data=NOTE | {"client_id": "note-id-2"}).status_code == 404
    assert len(console.back_office.notes.kept.kept) == 1


def test_a_note_that_is_sent_twice_is_kept_once_and_noted_by_ids_alone(console: AtTheConsole, case: str) -> None:
    assert [console.post(f"{case}/notes", data=NOTE).status_code for _ in range(2)] == [303, 303]
    assert in_words(console.get(case).text).count(CANARY) == 1
    assert console.house.records.times_noted("case.noted", case.rsplit("/", 1)[1]) == 1


def test_nothing_written_is_no_note_and_says_so(console: AtTheConsole, case: str) -> None:
    answer = console.post(f"{case}/notes", data=NOTE | {"text": "  "})
    assert answer.status_code == 409
    assert "nothing was sent" in answer.text
    assert console.back_office.notes.kept.kept == {}


def test_what_was_written_in_a_note_is_escaped(console: AtTheConsole, case: str) -> None:
    console.post(f"{case}/notes", data=NOTE | {"text": "<script>alert(1)</script>"})
    page = console.get(case).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_the_widgets_app_is_not_given_the_back_office(console: AtTheConsole) -> None:
    apps = console.apps()
    assert apps["/duty"].state.back_office is console.back_office
    assert not hasattr(apps[""].state, "back_office")
    assert not hasattr(apps[""].state.door, "back_office")


def test_without_a_place_to_keep_notes_the_page_offers_none(worker, case: str) -> None:
    own = f"/duty/cases/{worker.handed_over()}"
    assert "Private notes" not in worker.get(own).text
    refused = worker.post(f"{own}/notes", data=NOTE)
    assert refused.status_code == 503
    assert "999" in refused.text
    assert CANARY not in refused.text


def test_a_note_goes_nowhere_that_a_dsl_looks(console: AtTheConsole, case: str) -> None:
    consultation = case.rsplit("/case-", 1)[1]
    console.post(f"{case}/claim")
    assert console.post(f"{case}/notes", data=NOTE).status_code == 303
    console.post(f"{case}/reply", data={"client_id": "reply-id-1", "text": "Hello"})
    console.post(f"{case}/outcome", data=FILLED_IN | {"send": "yes"})
    assert CANARY in console.get(case).text, "or this test looks for nothing"
    seen = _what_a_dsl_gets(console, consultation)
    assert len(seen) >= 12
    assert not [path for path, body in seen.items() if CANARY.encode() in body or b"Private notes" in body]
    said = console.house.records.messages(consultation)
    assert len(said) > 5
    assert CANARY not in repr(said)
    assert CANARY not in repr(console.house.records.cases_of(consultation))
    stream = console.streamed(f"{case}/events?after=0").text
    assert "event: message" in stream
    assert CANARY not in stream, "not even the desk's own stream carries it"


def _what_a_dsl_gets(console: AtTheConsole, consultation: str) -> dict[str, bytes]:
    """Ask for every page, JSON, file and stream of the widget that a DSL can ask for, and return the answers."""
    reference = console.house.kept[consultation].consultation.reference
    at = f"/consultations/{consultation}"
    paths = ["/", at, f"/api{at}", f"{at}/outcome", "/compare", "/practise", "/another", "/api/openapi.json"]
    paths += ["/kit/kent.docx", "/kit/kent.ics"]
    seen = {path: console.get(path).content for path in paths}
    seen["stream"] = console.streamed(f"/api{at}/events?after=0").content
    seen["resume"] = console.post("/api/resume", json={"reference": reference}).content
    seen["message"] = console.says(consultation, "a-later-message", text="thank you").content
    seen["person"] = console.post(f"/api{at}/person/ask_again", json={}).content
    page = seen[at].decode()
    for script in re.findall(r'src="(/static/[^"]+)"', page):
        seen[script] = console.get(script).content
    assert b"Neglect over months" in seen[f"{at}/outcome"], "the answer is there, so a note could have been"
    return seen
