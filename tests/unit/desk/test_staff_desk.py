"""The staff desk: who may make a code, what opens with it, and what a DSL sees and does with what was passed on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.consultation import Stage
from bot.desk.attempts import WINDOW, LockedOut
from bot.desk.ports import NotKept, Role, Utterance
from bot.desk.staff.links import (
    CodeRefused,
    DayRefused,
    Ended,
    LabelRefused,
    LinkKind,
    end_of_school_year,
    last_day_before,
)
from tests.at_the_desk import wording
from tests.factories import NOW, create_consultation, create_worker, from_assistant
from tests.fakes import FakeRecords
from tests.fakes_staff import ASKS_THE_WORRY, make_staff

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CHAT, ADDRESS = "a" * 64, 4711


class Bell:
    """A watch that counts."""

    rung = 0

    def something_new(self) -> None:
        self.rung += 1


@pytest.fixture
def records():
    records = FakeRecords()
    school, elsewhere = (records.add_school(name, "kent") for name in ("Oak Tree Primary", "Elm Road Primary"))
    records.dsl = records.add_dsl("Ann Example", school, "CODE-1")
    records.stranger = records.add_dsl("Cat Example", elsewhere, "CODE-2")
    records.cook = records.add_dsl("Cook", school, "CODE-3", role=Role.SCHOOL_STAFF)
    return records


@pytest.fixture
def bell():
    return Bell()


@pytest.fixture
def desk(records, bell):
    return make_staff(records, bell)


def a_code(desk, kind=LinkKind.STAFF, label="Year 4 teacher", now=NOW, last_day=None) -> str:
    return desk.make_code(desk.records.dsl, kind, label, now, last_day)


@pytest.fixture
def link(desk):
    return desk.link(a_code(desk), CHAT, ADDRESS, NOW)


@pytest.fixture
def note(desk, records, link):
    create_consultation(records, link.person, id="talk", designation="coral finch")
    return desk.pass_on("talk", False, "a bruise", NOW)


# codes


def test_a_code_can_be_part_of_an_address_and_is_never_the_same(desk):
    codes = {a_code(desk) for _ in range(5)}
    assert len(codes) == 5
    for code in codes:
        assert len(code) <= 64
        assert all(c.isascii() and (c.isalnum() or c == "-") for c in code)


@pytest.mark.parametrize(
    "typed",
    [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "],
    ids=["as shown", "in small letters", "without hyphens", "with blanks"],
)
def test_a_code_opens_however_it_is_typed(desk, typed):
    assert desk.link(typed(a_code(desk)), CHAT, ADDRESS, NOW).chat == CHAT


def test_the_label_is_who_the_colleague_is(desk):
    assert desk.link(a_code(desk, label="  Year 4   teacher "), CHAT, ADDRESS, NOW).person.name == "Year 4 teacher"


@pytest.mark.parametrize("label", ["", "  ", "x" * 41])
def test_a_colleague_needs_a_short_label(desk, label):
    with pytest.raises(LabelRefused):
        a_code(desk, label=label)
    assert a_code(desk, LinkKind.NOTICES, label)


def test_nobody_but_a_dsl_makes_a_code(desk, records):
    for person in (records.cook, create_worker(records)):
        with pytest.raises(NotKept):
            desk.make_code(person, LinkKind.STAFF, "Cook", NOW)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), date(2027, 8, 31)),
        (datetime(2027, 8, 30, 12, tzinfo=UTC), date(2027, 8, 31)),
        (datetime(2027, 8, 30, 23, 30, tzinfo=UTC), date(2028, 8, 31)),
        (datetime(2027, 9, 1, tzinfo=UTC), date(2028, 8, 31)),
    ],
    ids=["in autumn", "the day before", "on the day itself, in England", "the day after"],
)
def test_a_link_ends_with_the_school_year(now, last):
    assert last_day_before(end_of_school_year(now)) == last
    assert end_of_school_year(now).hour == 0


def test_a_dsl_may_choose_an_earlier_last_day_which_is_whole(desk):
    link = desk.link(a_code(desk, last_day=date(2026, 12, 18)), CHAT, ADDRESS, NOW)
    assert link.last_day == date(2026, 12, 18)
    assert desk.link_of(CHAT, datetime(2026, 12, 18, 23, 59, tzinfo=UTC))
    assert desk.link_of(CHAT, datetime(2026, 12, 19, tzinfo=UTC)) is None


def test_today_may_be_the_last_day(desk):
    assert desk.link(a_code(desk, last_day=NOW.date()), CHAT, ADDRESS, NOW)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 9, 1)])
def test_a_day_that_has_passed_or_is_after_the_school_year_is_refused(desk, day):
    with pytest.raises(DayRefused):
        a_code(desk, last_day=day)


# linking


@pytest.mark.parametrize("wrong", ["", "hello", "7K2M-9QXC-W4TD-XB0N-5H", "é" * 18, "/start", "0" * 4000])
def test_what_is_no_code_of_ours_is_refused_and_noted(desk, records, wrong):
    with pytest.raises(CodeRefused) as refused:
        desk.link(wrong, CHAT, ADDRESS, NOW)
    assert refused.value.args == ()
    assert records.times_noted("staff.code_refused", "") == 1


def test_after_five_wrong_codes_a_chat_has_to_wait_and_another_has_not(desk):
    right = a_code(desk)
    for _ in range(5):
        with pytest.raises(CodeRefused):
            desk.link("wrong", CHAT, ADDRESS, NOW)
    with pytest.raises(LockedOut) as locked:
        desk.link(right, CHAT, ADDRESS, NOW)
    assert locked.value.until == NOW + WINDOW
    assert desk.link(right, "b" * 64, 12, NOW)


def test_a_right_code_is_no_attempt(desk):
    for n in range(9):
        desk.link(a_code(desk), CHAT, ADDRESS, NOW + n * MINUTE)


def test_a_link_is_known_by_its_chat_until_they_leave(desk, records, link):
    assert desk.link_of(CHAT, NOW) == link
    assert desk.address_of(link.id) == ADDRESS
    desk.leave(link, Ended.LEFT, NOW)
    assert desk.link_of(CHAT, NOW) is None
    assert desk.address_of(link.id) is None
    assert ("staff.left", link.person.id, link.id, NOW) in records.audit


def test_a_dsl_ends_a_link_of_their_school_and_of_no_other(desk, records, link):
    for other in (records.stranger, records.cook):
        with pytest.raises(NotKept):
            desk.end(other, link.id, NOW)
    assert desk.link_of(CHAT, NOW) == link
    desk.end(records.dsl, link.id, NOW)
    assert desk.link_of(CHAT, NOW) is None
    assert ("staff.by_dsl", records.dsl.id, link.id, NOW) in records.audit


def test_nobody_but_a_dsl_is_told_who_is_linked(desk, records, link):
    assert desk.links_at(records.dsl, NOW) == (link,)
    assert desk.links_at(records.cook, NOW) == desk.links_at(link.person, NOW) == ()


def test_a_link_knows_its_talk(desk, records, link):
    create_consultation(records, link.person, id="talk")
    desk.begin(link, "talk", NOW)
    assert desk.link_of(CHAT, NOW).talk == "talk"


def test_what_ended_a_month_ago_is_let_go(desk, records, link):
    desk.leave(link, Ended.LEFT, NOW)
    assert desk.tidy(NOW + 29 * DAY) == 0
    assert desk.tidy(NOW + 30 * DAY) == 1


# what is passed on


def test_what_a_colleague_passed_on_rings_and_can_be_asked_about(desk, bell, link, note):
    assert bell.rung == 1
    assert desk.passed_on_by(link, NOW) == (note,)


def test_only_a_colleague_passes_on(desk, records):
    create_consultation(records, records.dsl, id="c1")
    for consultation in ("c1", "nowhere"):
        with pytest.raises(NotKept):
            desk.pass_on(consultation, True, "a bruise", NOW)


def test_what_nobody_has_seen_comes_first_then_what_is_urgent_then_what_is_new(desk, records, note):
    words = {"seen and urgent": True, "urgent": True, "new": False, "newer": False}
    made = {w: desk.pass_on("talk", urgent, w, NOW + n * MINUTE) for n, (w, urgent) in enumerate(words.items(), 1)}
    desk.see(records.dsl, made["seen and urgent"].id, NOW)
    desk.see(records.dsl, note.id, NOW)
    listed = [one.words for one in desk.passed_on_to(records.dsl, NOW)]
    assert listed == ["urgent", "newer", "new", "seen and urgent", "a bruise"]


def test_reading_the_list_is_noted_once_for_a_reading(desk, records, note):
    for after in (0, 20, 90):
        desk.passed_on_to(records.dsl, NOW + timedelta(seconds=after))
    assert records.times_noted("staff.list_read", records.dsl.id) == 2


def test_no_colleague_and_no_other_school_sees_or_takes_up_anything(desk, records, note):
    create_consultation(records, records.stranger, id="theirs")
    assert desk.passed_on_to(records.cook, NOW) == desk.passed_on_to(records.stranger, NOW) == ()
    for person in (records.cook, records.stranger):
        for act in (
            lambda who: desk.see(who, note.id, NOW),
            lambda who: desk.one(who, note.id),
            lambda who: desk.take_up(who, note.id, "theirs", NOW),
        ):
            with pytest.raises(NotKept):
                act(person)
    assert desk.one(records.dsl, note.id) == note


def test_urgent_word_is_for_dsls_alone(desk, records, link, note):
    urgent = desk.pass_on("talk", True, "", NOW)
    assert desk.urgent_unseen_at(records.dsl) == urgent.at
    assert desk.urgent_unseen_at(records.cook) is None
    assert desk.urgent_unseen_at(records.stranger) is None


# the draft


@pytest.fixture
def begun(desk, records, note):
    create_consultation(records, records.dsl, id="c1")
    desk.take_up(records.dsl, note.id, "c1", NOW)
    return "c1"


def says(records, *said: Utterance) -> None:
    records.add_outgoing("c1", said, NOW, unless_held=False)


def test_the_words_are_a_draft_while_the_worry_is_asked_and_at_no_other_question(desk, records, begun):
    assert desk.has_draft(records.dsl, begun)
    assert desk.draft(records.dsl, begun) == ""
    says(records, from_assistant(ASKS_THE_WORRY))
    assert desk.draft(records.dsl, begun) == "a bruise"
    says(records, Utterance("service", "Still here."))
    assert desk.draft(records.dsl, begun) == "a bruise"
    says(records, from_assistant("How old is the child?"))
    assert desk.draft(records.dsl, begun) == ""


def test_there_is_no_draft_once_a_person_has_the_consultation(desk, records, begun):
    says(records, from_assistant(ASKS_THE_WORRY))
    kept = records._kept[begun]
    kept.consultation = replace(kept.consultation, stage=Stage.CLAIMED)
    assert desk.draft(records.dsl, begun) == ""


def test_there_is_none_in_a_consultation_that_was_begun_otherwise_or_is_somebody_elses(desk, records, begun):
    create_consultation(records, records.dsl, id="c2")
    records.add_outgoing("c2", [from_assistant(ASKS_THE_WORRY)], NOW, unless_held=False)
    assert desk.draft(records.dsl, "c2") == ""
    assert not desk.has_draft(records.dsl, "c2")
    for ask in (desk.draft, desk.has_draft):
        with pytest.raises(NotKept):
            ask(records.stranger, begun)


def test_the_assistant_asks_for_the_worry_in_words_without_a_blank():
    assert wording().say("utter_ask_worry").endswith(".")
