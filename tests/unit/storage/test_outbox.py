"""The outbox in the database: once each, in order within a chat, and settled after a fall."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.outbox import Errand, Outgoing
from bot.storage import OutboxShelf
from tests.engines import on_sqlite
from tests.factories import NOW
from tests.fakes import finds_nothing
from tests.unit.storage.conftest import PEPPER

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NOTE = {"text": "it may not have reached you"}


@pytest.fixture
def shelf(engine, keys):
    for link in ("a", "b"):
        keys.make(link)
    return OutboxShelf(engine, pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: "new")


def a_line(once: str, link: str = "a", errand: Errand = Errand.SEND, **given) -> Outgoing:
    return Outgoing(link, once, errand, {"text": f"said {once}"}, **given)


def taken(shelf, now=NOW, busy=(), most=9) -> list[str]:
    return [letter.once for letter in shelf.take(now, busy, most)]


def states(engine) -> dict[str, str]:
    with engine.connect() as connection:
        return dict(connection.execute(text("SELECT once, state FROM telegram_outbox")).all())


def test_an_update_is_done_once_and_what_comes_with_it_again_is_let_fall(shelf):
    assert not shelf.is_done(7)
    assert shelf.put([a_line("7:0")], NOW, 7)
    assert shelf.is_done(7)
    assert not shelf.put([a_line("7:1")], NOW, 7)
    assert taken(shelf) == ["7:0"]


def test_the_same_key_again_is_let_fall_whoever_puts_it(shelf):
    shelf.put([a_line("notice:1")], NOW)
    shelf.put([a_line("notice:1"), a_line("notice:2", "b")], NOW)
    assert taken(shelf) == ["notice:1", "notice:2"]
    assert taken(shelf) == []


def test_one_of_each_chat_at_a_time_and_in_order(shelf):
    shelf.put([a_line("1"), a_line("2"), a_line("3", "b")], NOW)
    first, other = shelf.take(NOW, (), 9)
    assert (first.once, other.once) == ("1", "3")
    assert taken(shelf) == []
    shelf.sent(first.id, 40, NOW, None)
    assert taken(shelf) == ["2"]


def test_no_more_than_asked_for_and_nothing_of_a_busy_chat(shelf):
    shelf.put([a_line("1"), a_line("2", "b")], NOW)
    assert taken(shelf, busy={"a"}) == ["2"]
    assert taken(shelf, most=1) == ["1"]


def test_what_is_tried_again_holds_back_its_chat_and_no_other(shelf):
    shelf.put([a_line("1"), a_line("2")], NOW)
    (letter,) = shelf.take(NOW, (), 9)
    shelf.again(letter.id, NOW + HOUR)
    shelf.put([a_line("3", "b")], NOW)
    assert taken(shelf) == ["3"]
    (same,) = shelf.take(NOW + HOUR, (), 9)
    assert (same.once, same.attempts, same.body) == ("1", 2, {"text": "said 1"})
    shelf.again(same.id, NOW, counts=False)
    assert shelf.take(NOW + HOUR, (), 9)[0].attempts == 2


def test_a_message_that_arrived_is_deleted_when_it_is_time_and_holds_nothing_back(shelf, engine):
    shelf.put([a_line("1")], NOW)
    (letter,) = shelf.take(NOW, (), 9)
    shelf.sent(letter.id, 40, NOW, NOW + DAY)
    assert shelf.standing("a", NOW - HOUR) == (40,)
    assert shelf.body_of("a", 40) == {"text": "said 1"}
    shelf.put([a_line("2")], NOW + SECOND)
    (later,) = shelf.take(NOW + SECOND, (), 9)
    assert later.once == "2"
    shelf.sent(later.id, 41, NOW + SECOND, None)
    (gone,) = shelf.take(NOW + DAY, (), 9)
    assert (gone.errand, gone.body["message_id"]) == (Errand.DELETE, 40)
    shelf.done(gone.id)
    assert shelf.standing("a", NOW - HOUR) == (41,)
    assert shelf.body_of("a", 40) is None


def test_what_may_have_arrived_is_never_sent_again_and_the_chat_is_told_once(shelf, engine):
    shelf.put([a_line("1"), a_line("2")], NOW)
    shelf.unsure(shelf.take(NOW, (), 9)[0].id, NOTE, NOW)
    shelf.unsure(shelf.take(NOW, (), 9)[0].id, NOTE, NOW)
    for _ in range(5):  # of which nobody would know otherwise
        (note,) = shelf.take(NOW + HOUR, (), 9)
        assert note.body == NOTE
        shelf.unsure(note.id, NOTE, NOW)
        assert taken(shelf) == [], "not at once"
    assert taken(shelf, NOW + DAY) == []
    assert set(states(engine).values()) == {"unsure"}


def test_a_note_that_was_being_sent_at_a_fall_is_sent_again(shelf, engine):
    shelf.put([a_line("1")], NOW)
    shelf.unsure(shelf.take(NOW, (), 9)[0].id, NOTE, NOW)
    assert taken(shelf) == ["unsure:1"]
    assert shelf.recover(NOTE, NOW) == 1
    assert taken(shelf) == ["unsure:1"]
    assert states(engine) == {"1": "unsure", "unsure:1": "sending"}


def test_after_a_fall_what_was_being_sent_is_unsure_and_what_may_be_done_twice_is_done_again(shelf, engine):
    shelf.put([a_line("1"), a_line("2"), a_line("3", "b", Errand.DELETE)], NOW)
    assert taken(shelf) == ["1", "3"]
    assert shelf.recover(NOTE, NOW) == 2
    assert states(engine) == {"1": "unsure", "2": "waiting", "3": "waiting", "unsure:1": "waiting"}
    assert shelf.recover(NOTE, NOW) == 0


def test_what_is_given_up_says_so_and_is_empty(shelf, engine):
    shelf.put([a_line("1"), a_line("2", "b")], NOW)
    one, other = shelf.take(NOW, (), 9)
    shelf.give_up(one.id, NOW, NOTE)
    shelf.give_up(other.id, NOW)
    assert states(engine) == {"1": "given_up", "2": "given_up", "unsure:1": "waiting"}
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT body FROM telegram_outbox ORDER BY id")).all()[:2] == [None, None]


def test_a_chat_that_has_left_leaves_nothing(shelf, engine, keys):
    shelf.put([a_line("1"), a_line("2", "b")], NOW)
    shelf.forget("a")
    assert states(engine) == {"2": "waiting"}
    keys.forget("b")
    assert taken(shelf) == []
    assert states(engine) == {"2": "given_up"}
    shelf.put([a_line("3", "b")], NOW, 9)
    assert shelf.is_done(9), "an update of somebody who has left is done all the same"
    assert "3" not in states(engine)
    shelf.sent(77, 1, NOW, None)  # what was under way when the chat left finds nothing to mark


def test_the_newest_message_that_fits_is_changed_and_stays_sealed(shelf, engine):
    shelf.put([a_line("1"), a_line("2")], NOW)
    changed = shelf.change("a", lambda body: "said" in body["text"], lambda body: {**body, "ticked": ["4.1"]})
    assert changed == {"text": "said 2", "ticked": ["4.1"]}
    assert shelf.change("a", lambda body: body.get("ticked") == ["4.1"], dict) == changed
    assert shelf.change("a", lambda body: False, dict) is None
    assert shelf.change("b", lambda body: True, dict) is None


@on_sqlite
def test_what_is_said_is_in_no_file_unsealed(shelf, engine, tmp_path):
    shelf.put([Outgoing("a", "1", Errand.SEND, {"text": "canary in a chat"})], NOW)
    engine.dispose()
    assert b"canary" not in b"".join(file.read_bytes() for file in tmp_path.glob("noname.db*"))


def test_what_is_settled_is_let_go_of_and_what_waits_stays(shelf, engine):
    shelf.put([a_line("1"), a_line("2", "b", not_before=NOW + DAY)], NOW, 7)
    shelf.sent(shelf.take(NOW, (), 9)[0].id, 40, NOW, None)
    assert shelf.let_go(NOW) == 0
    assert shelf.let_go(NOW + HOUR) == 2
    assert states(engine) == {"2": "waiting"}
    assert not shelf.is_done(7)
