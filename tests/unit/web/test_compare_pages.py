"""Two areas side by side: ticks alone, without a script, and of no consultation but one's own."""

import re
from dataclasses import replace

import pytest

from bot.consultation import Facts, Status
from bot.web.pages import templates
from tests.at_the_desk import make_counsel
from tests.fakes import FakeRecords
from tests.unit.web.visitor import Visitor, main_of


@pytest.fixture
def knowing(dsl: Visitor) -> Visitor:
    """A signed-in DSL at doors that know the real areas."""
    dsl.house.counsel = make_counsel(FakeRecords())
    return dsl


def test_a_stranger_is_not_shown_it(visitor: Visitor) -> None:
    assert visitor.get("/compare").status_code in (303, 401)
    assert visitor.get("/duty/compare").status_code in (303, 401)


def test_the_page_offers_areas_and_facts_and_nothing_to_type(knowing: Visitor) -> None:
    page = knowing.get("/compare").text
    assert '<option value="hampshire"' in page
    assert 'name="fact" value="self_harm"' in page
    assert "England" not in re.sub(r"<title>.*</title>", "", page), "England is no council"
    assert "<textarea" not in page
    assert 'type="text"' not in page
    assert "<script" not in main_of(page), "it works without one"


def test_the_schools_own_area_is_chosen_already(knowing: Visitor) -> None:
    assert '<option value="kent" selected>' in knowing.get("/compare").text


def test_both_levels_are_shown_with_their_local_names_and_sources(knowing: Visitor) -> None:
    answer = knowing.post("/compare", data={"first": "kent", "second": "buckinghamshire", "fact": ["self_harm_minor"]})
    assert answer.status_code == 200
    for name in ("Kent", "Buckinghamshire"):
        assert f">{name}</h2>" in answer.text
    assert "Most consistent with" in answer.text
    assert "checked" in answer.text
    assert "Rows that make the difference" in answer.text
    assert knowing.house.kept == {}, "nothing of it is kept"


def test_a_danger_sign_names_no_level_and_says_what_to_do(knowing: Visitor) -> None:
    ticked = {"first": "kent", "second": "hampshire", "fact": ["strangled"]}
    page = knowing.post("/compare", data=ticked).text
    assert "Ring the front door now" in page
    assert "Most consistent with" not in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"first": "kent", "second": "kent", "fact": ["self_harm"]}, "two different areas"),
        ({"first": "kent", "second": "medway"}, "at least one fact"),
        ({"first": "kent", "second": "atlantis", "fact": ["self_harm"]}, "do not hold"),
        ({"first": "kent", "second": "england", "fact": ["self_harm"]}, "do not hold"),
        ({"first": "kent", "fact": ["self_harm"]}, "the second area"),
    ],
)
def test_a_slip_is_said_and_the_ticks_stay(knowing: Visitor, given: dict, says: str) -> None:
    answer = knowing.post("/compare", data=given)
    assert answer.status_code == 422
    assert says in answer.text
    if "fact" in given:
        assert re.search(r'value="self_harm" checked', answer.text)


def test_what_the_vocabulary_does_not_have_is_left_out(knowing: Visitor) -> None:
    answer = knowing.post("/compare", data={"first": "kent", "second": "medway", "fact": ["<b>bold</b>"]})
    assert answer.status_code == 422
    assert "<b>bold" not in answer.text


def test_a_consultation_is_compared_for_the_dsl_whose_it_is(knowing: Visitor) -> None:
    consultation = knowing.opened()
    facts = Facts({"hungry_often": Status.PRESENT}, {"age_band": "5_9"})
    kept = knowing.house.kept[consultation]
    kept.consultation = replace(kept.consultation, facts=facts)
    page = knowing.get(f"/compare?first=kent&second=hampshire&consultation={consultation}")
    assert page.status_code == 200
    assert "Most consistent with" in page.text
    assert 'name="fact"' not in page.text, "the facts are those of the consultation"


def test_somebody_elses_consultation_is_as_good_as_not_there(knowing: Visitor) -> None:
    consultation = knowing.opened()
    knowing.as_dsl("bucks-1")
    assert knowing.get(f"/compare?first=kent&second=hampshire&consultation={consultation}").status_code == 404
    theirs = {"first": "kent", "second": "hampshire", "consultation": consultation}
    assert knowing.post("/compare", data=theirs).status_code == 404


def test_the_duty_desk_has_the_page_and_starts_from_ticks_alone(worker: Visitor) -> None:
    worker.house.counsel = make_counsel(FakeRecords())
    assert worker.get("/duty/compare").status_code == 200
    consultation = worker.opened()
    page = worker.get(f"/duty/compare?first=kent&second=hampshire&consultation={consultation}").text
    assert "Most consistent with" not in page
    assert 'name="fact"' in page


@pytest.mark.parametrize(
    ("url", "is_link"),
    [("https://a.example/x", True), ("http://a.example/x", True), ("javascript:alert(1)", False), ("data:x", False)],
)
def test_only_the_address_of_a_page_is_a_link(url: str, is_link: bool) -> None:
    env = templates("widget").env
    line = env.from_string("{% from 'compare_body.html' import line with context %}{{ line(item) }}")
    asked = {"first": "", "second": "", "consultation": "", "ticked": (), "age_band": ""}
    around = {"problem": "", "compared": None, "told": (), "path": "", "asked": asked, "areas": ()}
    beside = {"age_bands": (), "groups": ()}
    page = line.render(item={"text": "A row", "source": "A document", "url": url}, **around, **beside)

    assert "A document" in page
    assert ("href" in page) is is_link
