"""Practice at the door: the list, opening a case, and a page that says all the time what it is."""

import pytest

from tests.at_the_desk import make_counsel
from tests.fakes import FakeRecords
from tests.unit.web.visitor import Visitor

NOTICE = "nobody at the council sees this"


@pytest.fixture
def dsl(dsl: Visitor) -> Visitor:
    dsl.house.counsel = make_counsel(FakeRecords())
    return dsl


def practise(dsl: Visitor, case: str = "always-hungry", area: str = "kent"):
    return dsl.post("/practise", data={"case": case, "area": area})


def test_the_way_to_practice_is_on_the_first_page_and_needs_a_sign_in(visitor: Visitor) -> None:
    assert visitor.get("/practise").status_code == 303
    assert 'href="/practise"' in visitor.as_dsl().get("/").text


def test_the_list_has_every_case_every_area_and_the_notice(dsl: Visitor) -> None:
    page = dsl.get("/practise").text
    counsel = dsl.house.counsel
    assert page.count('name="case"') == len(counsel.practice) >= 14
    assert all(f'<option value="{pack.area}"' in page for pack in counsel.places().packs)
    assert '<option value="kent" selected>' in page, "one's own council comes first to hand"
    assert NOTICE in page


def test_choosing_a_case_opens_practice_on_it(dsl: Visitor) -> None:
    answer = practise(dsl)
    (kept,) = dsl.house.kept.values()
    assert answer.headers["location"] == f"/consultations/{kept.consultation.id}"
    assert kept.consultation.practice == "always-hungry"
    assert kept.consultation.area == "kent"


def test_its_page_says_what_it_is_tells_the_case_and_shows_no_reference(dsl: Visitor) -> None:
    path = practise(dsl).headers["location"]
    page = dsl.get(path).text
    assert NOTICE in page
    assert "Always hungry since September" in page
    assert "His grandmother used to help and has moved away" in page
    assert "What you know if you are asked" in page
    assert next(iter(dsl.house.kept.values())).consultation.reference not in page
    assert "come back with your reference" not in page


def test_this_is_real_opens_a_real_one_that_has_nothing_of_it(dsl: Visitor) -> None:
    page = dsl.get(practise(dsl).headers["location"]).text
    assert '<form method="post" action="/consultations"><button' in page
    dsl.post("/consultations")
    practised, real = dsl.house.kept.values()
    assert (practised.consultation.practice, real.consultation.practice) == ("always-hungry", "")
    assert real.consultation.area is None
    assert real.consultation.id != practised.consultation.id


def test_a_real_page_says_nothing_of_practice(dsl: Visitor) -> None:
    page = dsl.get(f"/consultations/{dsl.opened()}").text
    assert NOTICE not in page
    assert 'id="reference"' in page


def test_practice_offers_no_person_and_a_real_consultation_does(dsl: Visitor) -> None:
    place = '<div class="person" id="acts" role="group" aria-label="A person"'
    assert f"{place} hidden>" in dsl.get(practise(dsl).headers["location"]).text
    assert f"{place}>" in dsl.get(f"/consultations/{dsl.opened()}").text


def test_a_case_that_has_gone_is_still_said_to_be_practice(dsl: Visitor) -> None:
    path = practise(dsl).headers["location"]
    (kept,) = dsl.house.kept.values()
    object.__setattr__(kept.consultation, "practice", "gone-from-the-file")
    page = dsl.get(path)
    assert page.status_code == 200
    assert NOTICE in page.text


@pytest.mark.parametrize(("case", "area"), [("no-such-case", "kent"), ("", "kent"), ("always-hungry", "atlantis")])
def test_what_is_not_there_opens_nothing(dsl: Visitor, case: str, area: str) -> None:
    refused = practise(dsl, case, area)
    assert refused.status_code == 422
    assert "999" in refused.text
    assert dsl.house.kept == {}


def test_the_api_opens_practice_and_says_so(dsl: Visitor) -> None:
    opened = dsl.post("/api/consultations", json={"area": "kent", "practice": "always-hungry"}).json()
    assert opened["practice"] == "always-hungry"
    assert dsl.post("/api/consultations", json={"area": "kent"}).json()["practice"] is None
    refused = dsl.post("/api/consultations", json={"area": "kent", "practice": "no-such-case"})
    assert (refused.status_code, refused.json()["error"]) == (422, "unknown_practice")
