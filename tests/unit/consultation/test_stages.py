"""The only moves a consultation may make between the assistant and people, and who may make them."""

from itertools import product
from pathlib import Path

import pytest
import yaml

from bot.consultation import MOVES, OPEN, OVER, Actor, IllegalMove, Move, Stage, may_move, move

# Written by hand from what a duty desk does, so that the table is not compared with itself.
ROWS = yaml.load(Path("tests/cases/moves.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
ALLOWED = {
    (Move(row["move"]), Stage(here), Actor(who)): Stage(row["to"])
    for row in ROWS
    for here in row["from"].split()
    for who in row["by"].split()
}


def test_every_move_and_every_stage_is_in_the_cases():
    assert {what for what, _, _ in ALLOWED} == set(Move)
    assert {here for _, here, _ in ALLOWED} | set(ALLOWED.values()) == set(Stage)


@pytest.mark.parametrize(("what", "here", "who"), list(product(Move, Stage, Actor)))
def test_a_move_is_made_by_whom_the_cases_allow_it_and_by_nobody_else(what, here, who):
    by, expected = frozenset({who}), ALLOWED.get((what, here, who))
    assert may_move(here, by, what) is (expected is not None)
    if expected is not None:
        assert move(here, by, what) is expected
        return
    with pytest.raises(IllegalMove, match=f"{what.value} from {here.value} by {who.value}"):
        move(here, by, what)


@pytest.mark.parametrize(("what", "here"), list(product(Move, Stage)))
def test_nobody_moves_nothing(what, here):
    assert not may_move(here, frozenset(), what)


def test_only_who_holds_a_case_gives_it_back_to_the_assistant():
    leads = [w for w, a in MOVES.items() if a.there is Stage.WITH_ASSISTANT and Stage.CLAIMED in a.here]
    assert leads == [Move.RETURN]
    assert MOVES[Move.RETURN].by == {Actor.HOLDER}, "a person holds it: the assistant stays silent"


def test_from_every_stage_there_is_a_way_to_a_person_for_the_dsl():
    leads = [a for a in MOVES.values() if Actor.DSL in a.by and a.there in (Stage.OFFERED, Stage.WAITING)]
    ways = {here for allowed in leads for here in allowed.here}
    with_a_person = {Stage.WAITING, Stage.CLAIMED, Stage.TRANSFERRED}
    assert ways | with_a_person == set(Stage)


def test_what_is_open_is_not_over():
    assert not OPEN & OVER
    assert set(Stage) - {Stage.WITH_ASSISTANT, Stage.OFFERED} == OPEN | OVER
