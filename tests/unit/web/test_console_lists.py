"""The shift list, the search and the manager's list of answers: one's own area alone, and noted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.consultation import Facts, Status
from tests.fakes_back_office import AtTheConsole
from tests.fakes_web import NOW
from tests.unit.web.visitor import FILLED_IN, in_words


@pytest.fixture
def console() -> Iterator[AtTheConsole]:
    visitor = AtTheConsole()
    visitor.as_dsl().as_worker()
    yield visitor
    visitor.close()


def reference_of(console: AtTheConsole, consultation: str = "c0001") -> str:
    return console.house.kept[consultation].consultation.reference


def searched(console: AtTheConsole) -> int:
    return console.house.records.times_noted("case.searched", "kent")


# search


def test_a_case_is_found_by_its_reference_however_it_is_typed(console: AtTheConsole) -> None:
    case = console.handed_over()
    console.handed_over()
    for typed in (reference_of(console), reference_of(console).lower().replace("-", " ")):
        page = console.get("/duty/search", params={"reference": typed}).text
        assert f'data-case="{case}"' in page
        assert page.count("data-case=") == 1
        assert "Waiting" in in_words(page)
        assert "Amber: soon" in in_words(page)
        assert "today, 10:00am" in in_words(page)


def test_a_reference_is_found_in_full_alone(console: AtTheConsole) -> None:
    console.handed_over()
    for typed in (reference_of(console)[:-1], reference_of(console)[:8], "%", "_" * 22, "' OR 1=1"):
        page = console.get("/duty/search", params={"reference": typed}).text
        assert "data-case=" not in page
        assert "Nothing in your area fits" in page


def test_another_areas_case_is_never_found_by_anything(console: AtTheConsole) -> None:
    console.handed_over()
    console.as_worker("cat")
    for asked in ({"reference": reference_of(console)}, {"from": "2026-11-01"}, {"urgency": "amber"}):
        assert "data-case=" not in console.get("/duty/search", params=asked).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"from": "2026-11-20", "to": "2026-11-20"}, ["today"]),
        ({"from": "2026-11-19"}, ["today", "before"]),
        ({"to": "2026-11-19"}, ["before"]),
        ({"urgency": "red"}, ["before"]),
        ({"stage": "claimed"}, ["today"]),
        ({"stage": "claimed", "urgency": "red"}, []),
        ({"stage": "closed"}, []),
    ],
)
def test_cases_are_found_by_day_urgency_and_stage(console: AtTheConsole, asked: dict, found: list[str]) -> None:
    today = console.handed_over()
    before = f"case-{console.opened()}"
    at = NOW - timedelta(hours=34)  # the midnight between is one in England
    console.house.hands_over(before.removeprefix("case-"), urgency="red", handed_over_at=at)
    console.post(f"/duty/cases/{today}/claim")
    page = console.get("/duty/search", params=asked).text
    ids = {"today": today, "before": before}
    assert [name for name in ids if f'data-case="{ids[name]}"' in page] == found


@pytest.mark.parametrize(
    ("status", "kind", "is_found"),
    [
        (Status.PRESENT, "neglect", True),
        (Status.UNSURE, "neglect", True),
        (Status.ABSENT, "neglect", False),
        (Status.PRESENT, "attendance", False),
    ],
)
def test_a_case_is_found_by_a_kind_of_worry_that_was_told(
    console: AtTheConsole, status: Status, kind: str, is_found: bool
) -> None:
    case = console.handed_over()
    consultation = console.house.records.case(case).consultation_id
    console.house.records.save_facts(consultation, Facts(indicators={"hungry": status}), NOW)
    page = console.get("/duty/search", params={"kind": kind}).text
    assert (f'data-case="{case}"' in page) == is_found
    assert f'<option value="{kind}" selected>' in page


def test_each_search_is_noted_and_the_form_alone_is_none(console: AtTheConsole) -> None:
    assert console.get("/duty/search").status_code == 200
    assert searched(console) == 0
    console.get("/duty/search", params={"stage": "waiting"})
    console.get("/duty/search", params={"reference": "nonsense"})
    assert searched(console) == 2
    assert "nonsense" not in repr(console.house.records.__dict__), "what was looked for is kept nowhere"


@pytest.mark.parametrize(
    "asked", [{"from": "canary"}, {"to": "2026-13-01"}, {"urgency": "canary"}, {"stage": "canary"}, {"kind": "canary"}]
)
def test_a_search_that_cannot_be_read_looks_nothing_up_and_is_not_echoed(console: AtTheConsole, asked: dict) -> None:
    answer = console.get("/duty/search", params=asked)
    assert answer.status_code == 422
    assert "Nothing was looked up" in answer.text
    assert "canary" not in answer.text
    assert searched(console) == 0


def test_the_search_is_a_plain_form(console: AtTheConsole) -> None:
    page = console.get("/duty/search", params={"reference": '"><script>'}).text
    assert '<form method="get" action="/duty/search"' in page
    assert '"><script>' not in page


# what one shift leaves to the next


def shift_of(console: AtTheConsole) -> dict[str, str]:
    page = console.get("/duty/shift").text
    return {part.split('"')[0]: part for part in page.split('<section aria-labelledby="')[1:]}


def test_the_shift_list_has_every_open_case_once_and_nothing_closed(console: AtTheConsole) -> None:
    cases = {name: console.opened() for name in ("late", "today", "later", "offered", "unread", "unsettled", "closed")}
    due = {"late": timedelta(hours=-1), "later": timedelta(days=1)}
    for name, consultation in cases.items():
        console.house.hands_over(consultation, due_at=NOW + due.get(name, timedelta(hours=3)))
    for name in ("offered", "unread", "unsettled", "closed"):
        console.post(f"/duty/cases/case-{cases[name]}/claim")
    told = {"to": "worker-2", "reason": "My shift is over now"}
    console.post(f"/duty/cases/case-{cases['offered']}/transfer", data=told)
    for name in ("unread", "unsettled", "closed"):
        console.post(f"/duty/cases/case-{cases[name]}/outcome", data=FILLED_IN | {"send": "yes"})
    last = console.house.kept[cases["unsettled"]].messages[-1].number
    console.post(f"/api/consultations/{cases['unsettled']}/seen", json={"number": last})
    console.post(f"/api/consultations/{cases['closed']}/person/settled")
    lists = shift_of(console)
    for name, held in lists.items():
        assert [one for one in cases if f"/duty/cases/case-{cases[one]}" in held] == [name]
    assert list(lists) == [name for name in cases if name != "closed"]
    assert "offered to Bob Lee" in in_words(lists["offered"])
    assert "late by 1 h 00 min" in in_words(lists["late"])


def test_another_areas_shift_list_has_none_of_it(console: AtTheConsole) -> None:
    console.handed_over()
    assert "/duty/cases/" in console.get("/duty/shift").text
    console.as_worker("cat")
    page = console.get("/duty/shift").text
    assert "No answer is late." in page
    assert "/duty/cases/" not in page


# answers for the manager


def assessed(console: AtTheConsole, consultation: str, **values) -> None:
    result = {"area": "kent", "local_code": None, "at_least": None, "exit": None} | values
    console.house.records.save_assessment(consultation, result, Facts(), NOW - timedelta(minutes=5))


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ({"local_code": "4"}, True),
        ({"local_code": "3"}, False),
        ({"local_code": "2"}, False),
        ({"at_least": {"code": "4", "name": "Specialist"}}, True),
        ({"exit": "999"}, True),
        ({"exit": "lado"}, False),
        ({"area": "derby", "local_code": "4"}, False),
        (None, False),
    ],
)
def test_an_answer_below_the_assistants_level_is_marked_in_words(console: AtTheConsole, told, marked: bool) -> None:
    consultation = console.opened()
    if told:
        assessed(console, consultation, **told)
    console.house.hands_over(consultation)
    console.post(f"/duty/cases/case-{consultation}/claim")
    console.post(f"/duty/cases/case-{consultation}/outcome", data=FILLED_IN | {"send": "yes"})
    console.as_worker("mel")
    page = in_words(console.get("/duty/answered").text)
    assert "Ann Field 3" in page
    assert ("Below the assistant’s level: please look" in page) is marked


def test_an_answer_without_a_level_is_marked_where_the_assistant_had_one(console: AtTheConsole) -> None:
    consultation = console.opened()
    assessed(console, consultation, local_code="1")
    console.house.hands_over(consultation)
    console.post(f"/duty/cases/case-{consultation}/claim")
    console.post(f"/duty/cases/case-{consultation}/outcome", data=FILLED_IN | {"send": "yes", "level": "no_level"})
    console.as_worker("mel")
    page = in_words(console.get("/duty/answered").text)
    assert "None given 1 Below the assistant’s level: please look" in page


def test_a_later_assessment_does_not_change_how_an_answer_looks(console: AtTheConsole) -> None:
    case = console.answered()
    later = {"area": "kent", "local_code": "4", "at_least": None, "exit": None}
    console.house.records.save_assessment("c0001", later, Facts(), NOW + timedelta(hours=1))
    console.as_worker("mel")
    page = console.get("/duty/answered").text
    assert f'data-case="{case}"' in page
    assert "please look" not in page


def test_the_list_goes_back_14_days(console: AtTheConsole) -> None:
    case = console.answered()
    console.as_worker("mel")
    for days, there in ((14, True), (15, False)):
        console.house.clock = lambda days=days: NOW + timedelta(days=days)
        assert (f'data-case="{case}"' in console.get("/duty/answered").text) is there


def test_the_list_is_the_managers_of_that_area_alone(console: AtTheConsole) -> None:
    console.answered()
    assert console.get("/duty/answered").status_code == 403
    assert "/duty/answered" not in console.get("/duty/").text
    console.as_worker("mel")
    assert "/duty/answered" in console.get("/duty/").text
