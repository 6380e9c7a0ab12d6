"""Re-scoring at the desk's own pages: blind while it is open, and of all together afterwards."""

from collections.abc import Iterator

import pytest

from bot.desk.people import Person
from bot.desk.rescoring import Rescoring
from bot.web.app import create_app
from tests.at_the_desk import make_counsel, wording
from tests.fakes_rescoring import MANAGER, make_rescoring, placed_by, workers
from tests.fakes_web import NOW, RASA_TOKEN, FakeHouse
from tests.unit.web.visitor import Visitor, main_of

ANN = workers(1)[0]


@pytest.fixture
def at_the_desk() -> Iterator[tuple[Visitor, Rescoring]]:
    house = FakeHouse()
    visitor = Visitor(house)
    rescoring = make_rescoring(make_counsel(house.records, house.clock))
    given = {"clock": house.clock, "base_url": "http://testserver", "rasa_token": RASA_TOKEN}
    visitor.app = create_app(house, wording().say, **given, rescoring=rescoring)
    visitor._client._transport.app = visitor.app
    yield visitor, rescoring
    visitor.close()


def as_(visitor: Visitor, person: Person) -> Visitor:
    visitor._client.cookies.set("noname_duty", visitor.house.sign_in(person))
    return visitor


def test_a_manager_opens_a_round_once_and_a_worker_is_led_to_it(at_the_desk) -> None:
    visitor, _ = at_the_desk
    assert as_(visitor, MANAGER).post("/duty/rescoring").status_code == 303
    assert visitor.post("/duty/rescoring").status_code == 409
    assert "Close the round" in visitor.get("/duty/rescoring").text
    assert 'href="/duty/rescoring/round-1/next"' in as_(visitor, ANN).get("/duty/rescoring").text


def test_a_story_is_shown_without_what_the_assistant_or_anybody_else_made_of_it(at_the_desk) -> None:
    visitor, rescoring = at_the_desk
    made = placed_by(rescoring, workers(6)[1:], NOW, lambda person, case: "4")
    page = main_of(as_(visitor, ANN).get(f"/duty/rescoring/{made.id}/next").text)
    case = rescoring.practice()[next(iter(made.cases))]
    assert case.title in page
    assert "Assistant" not in page.replace("assistant makes", "")
    assert case.notice[0].words not in page
    assert page.count('type="radio"') == 5
    assert " checked" not in page
    assert "<textarea" not in page


def test_a_case_is_placed_by_choosing_and_the_next_one_comes(at_the_desk) -> None:
    visitor, rescoring = at_the_desk
    made = rescoring.start(MANAGER, NOW)
    first, second, *_ = made.cases
    here = f"/duty/rescoring/{made.id}/next"
    answer = as_(visitor, ANN).post(here, data={"case": first, "level": "3", "reasons": ["harm", "age"]})
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    assert f'name="case" value="{second}"' in visitor.get(here).text
    assert visitor.post(here, data={"case": first, "level": "2", "reasons": "harm"}).status_code == 409
    assert [one.level for one in rescoring.rounds.placed(made.id)] == ["3"]


def test_without_a_level_or_a_reason_it_is_asked_for_and_what_was_chosen_stays(at_the_desk) -> None:
    visitor, rescoring = at_the_desk
    made = rescoring.start(MANAGER, NOW)
    answer = as_(visitor, ANN).post(
        f"/duty/rescoring/{made.id}/next", data={"case": next(iter(made.cases)), "reasons": "harm"}
    )
    assert answer.status_code == 422
    assert "Choose a level and at least one reason" in answer.text
    assert 'value="harm" checked' in answer.text


@pytest.mark.parametrize("data", [{"case": "always-hungry", "level": "3", "reasons": "because"}, {"level": "3"}])
def test_what_no_page_offers_is_not_taken(at_the_desk, data: dict) -> None:
    visitor, rescoring = at_the_desk
    made = rescoring.start(MANAGER, NOW)
    assert as_(visitor, ANN).post(f"/duty/rescoring/{made.id}/next", data=data).status_code == 422
    assert rescoring.rounds.placed(made.id) == ()


def test_when_a_round_is_closed_its_result_is_of_all_together(at_the_desk) -> None:
    visitor, rescoring = at_the_desk
    made = placed_by(rescoring, workers(5), NOW, lambda person, case: str(1 + case % 4))
    here = f"/duty/rescoring/{made.id}"
    assert "The round is open." in as_(visitor, MANAGER).get(here).text
    assert visitor.post(f"{here}/close").status_code == 303
    page = main_of(visitor.get(here).text)
    assert "5 workers took part. Agreement among them beyond chance (kappa): 1.00." in page
    assert "Neither says who is right" in page
    assert "Worker " not in page.replace("Workers", "")
    assert "You: 1: " in main_of(as_(visitor, ANN).get(here).text)
    assert visitor.get(f"{here}/next").status_code == 409


def test_a_round_of_few_shows_nobody_but_oneself(at_the_desk) -> None:
    visitor, rescoring = at_the_desk
    made = placed_by(rescoring, workers(2), NOW, lambda person, case: "2")
    rescoring.close(MANAGER, made.id, NOW)
    here = f"/duty/rescoring/{made.id}"
    assert "Where you placed the cases" not in as_(visitor, MANAGER).get(here).text
    own = main_of(as_(visitor, ANN).get(here).text)
    assert "Too few took part" in own
    assert "A rumour at the school gate: 2: " in own


def test_without_what_is_behind_them_the_pages_say_that_something_went_wrong() -> None:
    house = FakeHouse()
    visitor = Visitor(house)
    assert as_(visitor, ANN).get("/duty/rescoring").status_code == 500
    visitor.close()
