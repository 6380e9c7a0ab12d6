"""Keys that are at hand: brought many at once, and never one that was forgotten."""

import pytest
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from bot.storage import KeyGone
from bot.storage.keys import ConsultationKey

IDS = [f"c{number}" for number in range(30)]


def statements(keys) -> list[str]:
    """Return what the keys' database is asked from now on."""
    asked: list[str] = []
    event.listen(keys._reading, "before_cursor_execute", lambda c, cu, statement, *more: asked.append(statement))
    return asked


def test_many_are_made_and_brought_by_one_statement_each(keys) -> None:
    keys.make_many(IDS[:10])
    keys.make_many(IDS)
    assert keys.consultations() == set(IDS)
    sealed = {one: keys.seal(one, "messages.text", one) for one in IDS}
    keys.let_go()
    asked = statements(keys)
    keys.bring([*IDS, "nobody"])
    assert [keys.open(one, "messages.text", sealed[one]) for one in IDS] == IDS
    assert sum(one.startswith("SELECT") for one in asked) == 1


def test_what_was_just_made_is_at_hand(keys) -> None:
    keys.make("c1")
    asked = statements(keys)
    assert keys.open("c1", "messages.text", keys.seal("c1", "messages.text", "hungry")) == "hungry"
    assert asked == []


def test_a_key_that_is_made_twice_is_the_first(keys) -> None:
    keys.make("c1")
    sealed = keys.seal("c1", "messages.text", "hungry")
    keys.make("c1")
    keys.let_go()
    assert keys.open("c1", "messages.text", sealed) == "hungry"


@pytest.mark.parametrize("how", ["brought", "opened"])
def test_a_key_that_is_forgotten_while_it_is_read_is_not_kept(keys, how) -> None:
    keys.make_many(IDS)
    sealed = keys.seal("c1", "messages.text", "hungry")
    keys.let_go()
    unwrapped = keys._unwrapped

    def forgotten_meanwhile(row) -> bytes:
        keys._unwrapped = unwrapped
        key = unwrapped(row)
        keys.forget("c1")
        return key

    keys._unwrapped = forgotten_meanwhile
    if how == "brought":
        keys.bring(["c1"])
    else:
        keys.open("c1", "messages.text", sealed)
    with pytest.raises(KeyGone):
        keys.open("c1", "messages.text", sealed)


def test_a_key_that_another_process_deleted_is_gone_as_soon_as_none_is_held_at_hand(keys) -> None:
    keys.make("c1")
    sealed = keys.seal("c1", "messages.text", "hungry")
    with Session(keys._writing) as elsewhere, elsewhere.begin():
        elsewhere.execute(delete(ConsultationKey))
    assert keys.open("c1", "messages.text", sealed) == "hungry"
    keys.empty()
    with pytest.raises(KeyGone):
        keys.open("c1", "messages.text", sealed)
