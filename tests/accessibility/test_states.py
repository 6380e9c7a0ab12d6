"""The list of states holds every page there is."""

from bot.web.rights import RIGHTS
from tests.accessibility.states import STATES, answers_with_no_page

SHOWN = {state.route for state in STATES}


def test_every_page_in_the_table_of_rights_is_a_state() -> None:
    pages = {" ".join(route) for route in RIGHTS if route[0] == "GET"}
    forgotten = sorted(page for page in pages - SHOWN if not answers_with_no_page(page))
    assert forgotten == [], "write a state for each in tests/accessibility, or say in NO_PAGE what it is instead"


def test_what_is_said_to_be_no_page_is_no_state() -> None:
    assert [route for route in SHOWN if answers_with_no_page(route)] == []


def test_each_state_has_a_name_of_its_own() -> None:
    names = [state.name for state in STATES]
    assert sorted(set(names)) == sorted(names)

