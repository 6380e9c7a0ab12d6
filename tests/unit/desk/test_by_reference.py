"""Looking up references: one's own alone, and not without end."""

from datetime import timedelta

import pytest

from bot.consultation import RawText
from bot.consultation.reference import make_reference
from bot.desk.attempts import WINDOW, LockedOut
from bot.desk.by_reference import own_by_reference
from bot.desk.coming_back import led_back
from bot.desk.incoming import Incoming
from tests.factories import NOW, create_consultation, create_dsl

OURS, NOBODYS = (make_reference(lambda top, n=n: n) for n in (1, 2))


@pytest.fixture
def dsl(records):
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="here", reference=OURS)
    return dsl


def wrong(records, dsl, times: int) -> None:
    for _ in range(times):
        assert own_by_reference(records, dsl.id, (NOBODYS,), NOW) is None


def test_ones_own_is_found_as_often_as_one_likes(records, dsl):
    for _ in range(60):
        assert own_by_reference(records, dsl.id, (OURS,), NOW).id == "here"


def test_after_twenty_wrong_ones_even_the_right_one_waits_a_quarter_of_an_hour(records, dsl):
    wrong(records, dsl, 20)
    with pytest.raises(LockedOut) as raised:
        own_by_reference(records, dsl.id, (OURS,), NOW)
    assert raised.value.until == NOW + WINDOW
    assert own_by_reference(records, dsl.id, (OURS,), NOW + timedelta(minutes=15)).id == "here"


def test_one_persons_wrong_ones_lock_nobody_else_out(records, dsl):
    other = create_dsl(records, "another code that is long")
    wrong(records, other, 20)
    assert own_by_reference(records, dsl.id, (OURS,), NOW).id == "here"


def test_in_the_chat_they_count_as_well_and_the_message_is_taken_in_whatever_it_brings(records, dsl):
    here = records.consultation("here")
    create_consultation(records, dsl, id="before", reference=make_reference(lambda top: 3))

    def led(reference: str) -> str:
        return led_back(records, here, Incoming("text", "text"), RawText(reference), NOW).for_dialogue

    theirs = make_reference(lambda top: 3)
    assert '"before"' in led(theirs)
    for _ in range(20):
        assert '"unknown"' in led(NOBODYS)
    assert '"unknown"' in led(theirs)
    with pytest.raises(LockedOut):
        own_by_reference(records, dsl.id, (theirs,), NOW)
