"""A council's bare name where councils were offered is the answer, whatever the dialogue would make of it."""

import pytest

from bot.desk.named_area import as_pressed
from bot.desk.payloads import payload
from bot.desk.places import Places
from bot.desk.ports import Button
from tests.at_the_desk import pack_of
from tests.factories import NOW

KENT = Button("Kent", '/answer{"child_area":"kent"}')
COUNCILS = (KENT, Button("Another council", '/answer{"child_area":"elsewhere"}'))
OTHERS = (Button("Yes", '/answer{"in_danger":"yes"}'),)
ANSWERS = {
    "Medway": "medway",
    "medway council": "medway",
    "its Hampshire County Council": "hampshire",
    "BUCKS": "buckinghamshire",
}
LEFT_ALONE = [
    "what would it be in Medway?",
    "Cornwall",
    "",
    "they moved here from Medway last year and nobody has seen them",
]


@pytest.fixture(scope="module")
def places():
    held = Places(pack_of(area, NOW.date()) for area in ("kent", "medway", "hampshire", "buckinghamshire"))
    return lambda: held


@pytest.mark.parametrize(("text", "area"), ANSWERS.items())
def test_a_name_is_sent_as_its_button(places, text, area):
    assert as_pressed(text, lambda: COUNCILS, places) == payload("answer", {"child_area": area})


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_bare_name_goes_to_the_dialogue_as_it_was_typed(places, text):
    assert as_pressed(text, lambda: COUNCILS, places) is None


def test_a_name_is_an_answer_only_where_councils_were_offered(places):
    assert as_pressed("Medway", lambda: OTHERS, places) is None
