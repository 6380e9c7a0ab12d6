"""What came of an answer: chosen from lists by the desk and by the DSL, and counted once a year."""

from collections.abc import Iterator

import pytest

from bot.web.app import create_app
from tests.at_the_desk import wording
from tests.fakes_web import RASA_TOKEN, FakeHouse
from tests.unit.web.visitor import FILLED_IN, Visitor, main_of

CASE, OUTCOME = "/duty/cases/case-c0001", "/consultations/c0001/outcome"


@pytest.fixture
def both() -> Iterator[Visitor]:
    """A DSL and a duty worker who has claimed their case."""
    house = FakeHouse()
    visitor = Visitor(house)
    given = {"clock": house.clock, "base_url": "http://testserver", "rasa_token": RASA_TOKEN}
    visitor.app = create_app(house, wording().say, **given)
    visitor._client._transport.app = visitor.app
    visitor.as_dsl().as_worker().handed_over()
    assert visitor.post(f"{CASE}/claim").status_code == 303
    yield visitor
    visitor.close()


def kept(visitor: Visitor):
    return visitor.house.records.case_of("c0001")


def answered(visitor: Visitor, **values: str) -> None:
    assert visitor.post(f"{CASE}/outcome", data=FILLED_IN | {"send": "yes"} | values).status_code == 303


def test_the_desk_says_whom_it_asked_to_lead_and_what_of_early_help(both: Visitor) -> None:
    shown = both.post(f"{CASE}/outcome", data=FILLED_IN | {"lead": "school", "early_help": "missing"}).text
    assert '<input type="hidden" name="lead" value="school">' in shown
    assert '<input type="hidden" name="early_help" value="missing">' in shown
    answered(both, lead="school", early_help="missing")
    assert (kept(both).lead, kept(both).early_help) == ("school", "missing")


@pytest.mark.parametrize("said", [{}, {"lead": "", "early_help": ""}, {"lead": "mrs smith", "early_help": "a lot"}])
def test_what_was_not_chosen_from_the_lists_is_not_kept_and_holds_nothing_up(both: Visitor, said: dict) -> None:
    answered(both, **said)
    assert (kept(both).lead, kept(both).early_help) == (None, None)


def test_a_dsl_says_whether_early_help_was_taken_up_and_who_came_to_a_meeting(both: Visitor) -> None:
    answered(both)
    told = {"taken_up": "waiting", "meeting": "held", "came": ["police", "school"]}
    assert both.post("/consultations/c0001/came-of-it", data=told).status_code == 303
    case = kept(both)
    assert (case.early_help_taken, case.meeting, case.came) == ("waiting", "held", ("school", "police"))
    page = main_of(both.get(OUTCOME).text)
    assert '<option value="waiting" selected>' in page
    assert 'value="police" checked' in page


def test_nobody_came_to_a_meeting_that_was_not_held(both: Visitor) -> None:
    answered(both)
    both.post("/consultations/c0001/came-of-it", data={"meeting": "not_held", "came": "school"})
    assert (kept(both).meeting, kept(both).came) == ("not_held", ())


@pytest.mark.parametrize("told", [{"meeting": "maybe"}, {"came": "mrs smith"}, {"taken_up": "<b>"}])
def test_what_is_on_no_list_is_not_taken(both: Visitor, told: dict[str, str]) -> None:
    answered(both)
    assert both.post("/consultations/c0001/came-of-it", data=told).status_code == 422
    assert kept(both).meeting is None


def test_before_an_answer_there_is_nothing_to_say_of_it(both: Visitor) -> None:
    assert both.post("/consultations/c0001/came-of-it", data={"meeting": "held"}).status_code == 409
    assert "What came of it?" not in both.get(OUTCOME).text
