"""The only moves a consultation may make between the assistant and a person."""

from itertools import product

import pytest

from bot.consultation import IllegalMove, Stage, may_move, move

ASSISTANT, WAITING, CLAIMED, CLOSED = Stage.WITH_ASSISTANT, Stage.WAITING, Stage.CLAIMED, Stage.CLOSED

ALLOWED = {
    (ASSISTANT, WAITING): "handed over",
    (ASSISTANT, CLOSED): "the DSL leaves with an answer",
    (WAITING, CLAIMED): "a duty worker takes it",
    (WAITING, ASSISTANT): "the DSL carries on with the assistant",
    (CLAIMED, WAITING): "the duty worker gives it back to the queue",
    (CLAIMED, CLOSED): "the duty worker has answered",
}


@pytest.mark.parametrize(("here", "there"), ALLOWED, ids=ALLOWED.values())
def test_a_consultation_makes_the_moves_that_are_drawn(here, there):
    assert may_move(here, there)
    assert move(here, there) is there


@pytest.mark.parametrize(("here", "there"), sorted(set(product(Stage, Stage)) - set(ALLOWED)))
def test_a_consultation_makes_no_other_move(here, there):
    assert not may_move(here, there)
    with pytest.raises(IllegalMove, match=f"{here.value} -> {there.value}"):
        move(here, there)


def test_a_claimed_consultation_never_goes_straight_back_to_the_assistant():
    assert not may_move(CLAIMED, ASSISTANT), "a person holds it: the assistant stays silent"


def test_a_closed_consultation_stays_closed():
    assert not any(may_move(CLOSED, there) for there in Stage)
