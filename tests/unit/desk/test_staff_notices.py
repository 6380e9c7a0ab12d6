"""Notices: once for a burst, again after a look, each urgent word by itself, and never anything of what was said."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.desk.ports import Utterance
from bot.desk.staff.links import Ended, LinkKind
from bot.desk.staff.notices import Notices
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_worker, make_case
from tests.fakes import FakeRecords
from tests.fakes_staff import make_staff

MINUTE = timedelta(minutes=1)


class Outbox:
    """What was sent, under ids that are kept: the same one again sends nothing."""

    def __init__(self) -> None:
        self.sent: dict[str, tuple[str, str, Mapping[str, str]]] = {}
        self.falls = False

    def send(self, link_id: str, once: str, words: str, blanks: Mapping[str, str]) -> None:
        if self.falls:
            raise OSError
        self.sent.setdefault(once, (link_id, words, blanks))

    def words(self) -> list[str]:
        return [words.removeprefix("utter_staff_notice_") for _, words, _ in self.sent.values()]


@pytest.fixture
def records():
    records = FakeRecords()
    school = records.add_school("Oak Tree Primary", "kent")
    records.dsl, records.deputy = (records.add_dsl(name, school, name) for name in ("Ann Example", "Bob Example"))
    records.sam = create_worker(records)
    create_consultation(records, records.dsl, id="c1", designation="amber heron")
    records.hand_over(make_case())
    claim(records, "case-1", records.sam, NOW)
    return records


@pytest.fixture
def desk(records):
    return make_staff(records)


def for_notices(desk, dsl, chat):
    return desk.link(desk.make_code(dsl, LinkKind.NOTICES, "", NOW), chat, 1, NOW)


@pytest.fixture
def link(desk, records):
    return for_notices(desk, records.dsl, "a" * 64)


@pytest.fixture
def outbox():
    return Outbox()


@pytest.fixture
def notices(desk, link, outbox):
    return Notices(desk.kept, outbox.send)


@pytest.fixture
def pass_on(desk, records):
    cook = desk.link(desk.make_code(records.dsl, LinkKind.STAFF, "Cook", NOW), "c" * 64, 2, NOW)
    create_consultation(records, cook.person, id="talk")
    return lambda words, urgent=False: desk.pass_on("talk", urgent, words, NOW)


def answers(records, words: str) -> None:
    records.say_as_holder("case-1", records.sam, words, Utterance("duty_worker", words), NOW)


def reads(records) -> None:
    records.mark_read("c1", "dsl", records.messages("c1")[-1].number, NOW)


def test_nothing_new_is_nothing_told(notices, outbox):
    assert notices.look(NOW) == 0
    assert outbox.sent == {}


def test_an_update_names_the_designation_and_nothing_else(notices, records, outbox, link):
    answers(records, "a secret reply")
    assert notices.look(NOW) == 1
    ((told, words, blanks),) = outbox.sent.values()
    assert (told, words, blanks) == (link.id, "utter_staff_notice_update", {"designation": "AMBER-HERON"})


def test_a_burst_is_told_once_and_again_after_a_look(notices, records, outbox):
    for words in ("one", "two"):
        answers(records, words)
        notices.look(NOW)
    assert outbox.words() == ["update"]
    reads(records)
    assert notices.look(NOW) == 0
    answers(records, "three")
    assert notices.look(NOW) == 1
    assert outbox.words() == ["update", "update"]


def test_what_was_read_before_it_could_be_told_is_not_told(notices, records, outbox):
    answers(records, "one")
    reads(records)
    assert notices.look(NOW) == 0


def test_what_is_passed_on_is_told_once_for_a_burst_and_again_after_a_look(notices, desk, records, outbox, pass_on):
    pass_on("one")
    pass_on("two")
    assert notices.look(NOW) == 1
    pass_on("three")
    assert notices.look(NOW) == 0
    desk.passed_on_to(records.dsl, NOW)
    assert notices.look(NOW) == 0, "a look at the list shows them all"
    pass_on("four")
    assert notices.look(NOW) == 1
    assert outbox.words() == ["passed_on", "passed_on"]
    assert {blanks == {} for _, _, blanks in outbox.sent.values()} == {True}


def test_each_urgent_word_is_told(notices, outbox, pass_on):
    pass_on("one")
    notices.look(NOW)
    pass_on("two", urgent=True)
    pass_on("three", urgent=True)
    assert notices.look(NOW) == 2
    assert notices.look(NOW) == 0
    assert outbox.words() == ["passed_on", "urgent", "urgent"]


def test_beside_urgent_word_nothing_else_is_told(notices, outbox, pass_on):
    pass_on("one", urgent=True)
    pass_on("two")
    assert notices.look(NOW) == 1
    assert outbox.words() == ["urgent"]


def test_every_dsl_who_wants_notices_is_told_and_each_waits_by_themselves(notices, desk, records, outbox, pass_on):
    beside = for_notices(desk, records.deputy, "b" * 64)
    pass_on("one")
    assert notices.look(NOW) == 2
    desk.passed_on_to(records.deputy, NOW)
    pass_on("two")
    assert notices.look(NOW) == 1
    assert [link_id for link_id, _, _ in outbox.sent.values()].count(beside.id) == 2


def test_who_has_left_is_told_nothing(notices, desk, records, link, pass_on):
    desk.leave(link, Ended.LEFT, NOW)
    answers(records, "one")
    pass_on("two", urgent=True)
    assert notices.look(NOW) == 0


def test_what_could_not_be_handed_over_is_tried_again(notices, records, outbox, pass_on):
    answers(records, "one")
    pass_on("two", urgent=True)
    outbox.falls = True
    with pytest.raises(OSError):
        notices.look(NOW)
    outbox.falls = False
    assert notices.look(NOW + MINUTE) == 2


def test_a_round_that_broke_off_sends_nothing_twice(notices, desk, records, outbox, pass_on, monkeypatch):
    def breaks(*_: object) -> None:
        raise OSError

    answers(records, "one")
    pass_on("two", urgent=True)
    for kept in ("told_of_update", "told_of_note"):
        with monkeypatch.context() as broken:
            broken.setattr(desk.kept, kept, breaks)
            with pytest.raises(OSError):
                notices.look(NOW)
    notices.look(NOW)
    assert sorted(outbox.words()) == ["update", "urgent"]
