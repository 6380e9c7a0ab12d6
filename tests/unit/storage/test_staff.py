"""The contract of a school's staff: the same cases against the database and against the fake of the tests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Move, Stage
from bot.desk.ports import NotKept, Role, Step, UncleanWrite, Utterance
from bot.desk.staff.links import CODE_HOLDS, Ended, LinkKind, NewCode
from bot.storage import StaffShelf
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords
from tests.fakes_staff import FakeStaff

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
YEAR_END = NOW + 200 * DAY
CODE, OTHER = "7K2M-9QXC-W4TD-XB0N-5H", "8K2M-9QXC-W4TD-XB0N-5H"
CHAT, ANOTHER_CHAT = "a" * 64, "b" * 64


def finds_jayden(text: str, put_back: object = ()) -> tuple:
    return ("found",) if "jayden" in text.lower() else ()


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    make = FakeRecords if request.param == "in memory" else sql_records
    records = make(scan=finds_jayden)
    school, elsewhere = (records.add_school(name, "kent") for name in ("Oak Tree Primary", "Elm Road Primary"))
    records.dsl = records.add_dsl("Ann Example", school, "CODE-OF-ANN2-2222-3333")
    records.deputy = records.add_dsl("Bob Example", school, "CODE-OF-BOB2-2222-3333")
    records.stranger = records.add_dsl("Cat Example", elsewhere, "CODE-OF-CAT2-2222-3333")
    records.school_id = school
    return records


@pytest.fixture
def staff(records):
    return FakeStaff(records) if isinstance(records, FakeRecords) else records.beside(StaffShelf)


def made(staff, dsl, code=CODE, kind=LinkKind.STAFF, label="Year 4 teacher", now=NOW, ends_at=None) -> str:
    label = label if kind is LinkKind.STAFF else ""
    staff.keep_code(code, NewCode(kind, label, dsl.id, now + CODE_HOLDS, ends_at), now)
    return code


def linked(staff, dsl, code=CODE, chat=CHAT, now=NOW, **values):
    return staff.link_by_code(made(staff, dsl, code, now=now, **values), chat, 4711, YEAR_END, now)


@pytest.fixture
def link(records, staff):
    return linked(staff, records.dsl)


@pytest.fixture
def talk(records, staff, link) -> str:
    create_consultation(records, link.person, id="talk", designation="coral finch")
    staff.begin_talk(link.id, "talk", NOW)
    return "talk"


# links


def test_a_code_makes_a_colleague_of_the_school_with_a_link(records, staff, link):
    assert (link.person.role, link.person.name) == (Role.SCHOOL_STAFF, "Year 4 teacher")
    assert link.person.school == "Oak Tree Primary"
    assert (link.chat, link.kind, link.talk) == (CHAT, LinkKind.STAFF, None)
    assert (link.linked_at, link.ends_at) == (NOW, YEAR_END)
    assert staff.link_of(CHAT, NOW) == link
    assert records.person(link.person.id) == link.person
    assert staff.address_of(link.id) == 4711


def test_a_code_for_notices_links_the_dsl_themselves(records, staff):
    link = linked(staff, records.dsl, kind=LinkKind.NOTICES)
    assert (link.kind, link.person) == (LinkKind.NOTICES, records.dsl)


def test_a_code_links_once_and_the_chat_that_used_it_gets_the_same_link_again(records, staff, link):
    assert staff.link_by_code(CODE, ANOTHER_CHAT, 12, YEAR_END, NOW) is None
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW + 20 * DAY) == link
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW) is None


def test_a_code_nobody_made_opens_nothing(records, staff):
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW) is None


@pytest.mark.parametrize(("after", "opens"), [(CODE_HOLDS - MINUTE, True), (CODE_HOLDS, False)])
def test_a_code_holds_for_eight_days(records, staff, after, opens):
    made(staff, records.dsl)
    assert (staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW + after) is not None) is opens


def test_a_code_made_anew_for_a_label_replaces_the_unused_one(records, staff):
    made(staff, records.dsl)
    made(staff, records.deputy, OTHER, label="year 4 Teacher")
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW) is None
    assert staff.link_by_code(OTHER, CHAT, 4711, YEAR_END, NOW)


def test_a_code_for_another_label_another_school_or_another_dsls_notices_replaces_nothing(records, staff):
    made(staff, records.dsl)
    made(staff, records.dsl, "L" + OTHER, label="Caretaker")
    made(staff, records.stranger, "S" + OTHER)
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW)
    made(staff, records.dsl, "N" + CODE, LinkKind.NOTICES)
    made(staff, records.deputy, "N" + OTHER, LinkKind.NOTICES)
    assert staff.link_by_code("N" + CODE, ANOTHER_CHAT, 12, YEAR_END, NOW)


def test_a_used_code_is_not_replaced_and_its_link_stays(records, staff, link):
    made(staff, records.dsl, OTHER)
    assert staff.link_of(CHAT, NOW) == link


def test_a_chat_has_one_open_link_the_newest(records, staff, link):
    newer = linked(staff, records.dsl, OTHER, label="Caretaker")
    assert staff.link_of(CHAT, NOW) == newer
    assert staff.links_at(records.dsl.id, NOW) == (newer,)
    assert staff.address_of(link.id) is None


def test_a_dsl_has_one_open_link_for_notices_the_newest(records, staff):
    linked(staff, records.dsl, CODE, kind=LinkKind.NOTICES)
    newer = linked(staff, records.dsl, OTHER, ANOTHER_CHAT, kind=LinkKind.NOTICES)
    assert staff.link_of(CHAT, NOW) is None
    assert staff.links_at(records.dsl.id, NOW) == (newer,)


def test_every_dsl_of_the_school_sees_its_colleagues_and_nobody_elses_notices(records, staff, link):
    later = NOW + MINUTE
    own = linked(staff, records.dsl, OTHER, ANOTHER_CHAT, later, kind=LinkKind.NOTICES)
    assert staff.links_at(records.dsl.id, later) == (link, own)
    assert staff.links_at(records.deputy.id, later) == (link,)
    assert staff.links_at(records.stranger.id, later) == ()
    assert staff.links_of_school(records.school_id, later) == (link, own)
    with pytest.raises(NotKept):
        staff.links_at("nobody", NOW)


@pytest.mark.parametrize("why", Ended)
def test_a_link_that_ended_has_no_address_and_ends_once(records, staff, link, why):
    staff.end_link(link.id, why, link.person.id, NOW)
    assert staff.link_of(CHAT, NOW) is None
    assert staff.address_of(link.id) is None
    staff.end_link(link.id, Ended.BLOCKED, link.person.id, NOW)
    assert records.times_noted(f"staff.{why}", link.id) == 1
    assert sum(records.times_noted(f"staff.{one}", link.id) for one in Ended) == 1
    staff.end_link("nowhere", why, "service", NOW)


def test_after_the_end_a_chat_can_be_linked_again_as_somebody_new(records, staff, link):
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    again = linked(staff, records.dsl, OTHER)
    assert staff.link_of(CHAT, NOW) == again
    assert again.person.id != link.person.id


def test_a_link_holds_until_its_last_moment(records, staff):
    link = linked(staff, records.dsl, ends_at=NOW + DAY)
    assert link.ends_at == NOW + DAY
    assert staff.link_of(CHAT, NOW + DAY - MINUTE) == link
    assert staff.link_of(CHAT, NOW + DAY) is None
    assert staff.links_at(records.dsl.id, NOW + DAY) == ()


def test_a_code_whose_last_day_has_passed_opens_nothing(records, staff):
    made(staff, records.dsl, ends_at=NOW + DAY)
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW + DAY) is None


def test_what_is_over_is_ended_and_let_go_after_a_while(records, staff):
    link = linked(staff, records.dsl, ends_at=NOW + DAY)
    made(staff, records.dsl, OTHER, label="Caretaker")
    later = NOW + 9 * DAY
    assert staff.tidy_links(NOW, NOW - DAY) == 0
    assert staff.tidy_links(later, NOW) == 2, "the link, and the code that nobody used"
    assert records.times_noted("staff.lapsed", link.id) == 1
    assert staff.address_of(link.id) is None
    assert staff.tidy_links(later, later - MINUTE) == 0
    assert staff.tidy_links(later, later) == 1
    assert records.times_noted("staff.let_go", link.id) == 1
    assert staff.tidy_links(later, later) == 0
    assert staff.link_by_code(CODE, CHAT, 4711, YEAR_END, NOW) is None


def test_a_link_knows_the_talk_that_its_person_is_in(records, staff, link, talk):
    assert staff.link_of(CHAT, NOW).talk == talk


def test_a_talk_of_somebody_else_or_of_a_link_that_ended_does_not_begin(records, staff, link):
    create_consultation(records, records.dsl, id="c1")
    for wrong in ((link.id, "c1"), (link.id, "nowhere"), ("nowhere", "c1")):
        with pytest.raises(NotKept):
            staff.begin_talk(*wrong, NOW)
    create_consultation(records, link.person, id="talk")
    staff.end_link(link.id, Ended.LEFT, link.person.id, NOW)
    with pytest.raises(NotKept):
        staff.begin_talk(link.id, "talk", NOW)


# what is passed on


def test_what_is_passed_on_is_kept_with_who_and_from_which_talk(records, staff, link, talk):
    note = staff.pass_on(talk, True, "a bruise", NOW)
    assert (note.consultation_id, note.person_id, note.label) == (talk, link.person.id, "Year 4 teacher")
    assert (note.designation, note.urgent, note.words, note.at) == ("coral finch", True, "a bruise", NOW)
    assert (note.seen_at, note.seen_by, note.taken_up, note.told_at) == (None, None, None, None)
    assert staff.passed_on_to(records.dsl.id) == staff.passed_on_to(records.deputy.id) == (note,)
    assert staff.passed_on_by(link.person.id) == (note,)
    assert staff.passed_on_by(records.dsl.id) == ()


def test_the_same_is_passed_on_once_and_something_else_beside_it(records, staff, talk):
    first = staff.pass_on(talk, False, "a bruise", NOW)
    assert staff.pass_on(talk, False, "a bruise", NOW + MINUTE) == first
    staff.pass_on(talk, True, "a bruise", NOW + MINUTE)
    staff.pass_on(talk, True, "", NOW + 2 * MINUTE)
    staff.pass_on(talk, True, "", NOW + 3 * MINUTE)
    assert [(note.urgent, note.words) for note in staff.passed_on_to(records.dsl.id)] == [
        (True, ""),
        (True, "a bruise"),
        (False, "a bruise"),
    ]


def test_nothing_is_passed_on_with_an_identifier_or_without_a_talk(records, staff, talk):
    with pytest.raises(UncleanWrite):
        staff.pass_on(talk, False, "Jayden has a bruise", NOW)
    with pytest.raises(NotKept):
        staff.pass_on("nowhere", False, "a bruise", NOW)
    assert staff.passed_on_to(records.dsl.id) == ()


def test_another_school_sees_nothing_and_can_do_nothing(records, staff, talk):
    note = staff.pass_on(talk, True, "a bruise", NOW)
    create_consultation(records, records.stranger, id="theirs")
    assert staff.passed_on_to(records.stranger.id) == ()
    assert staff.urgent_unseen_at(records.stranger.id) is None
    with pytest.raises(NotKept):
        staff.see(records.stranger.id, note.id, NOW)
    with pytest.raises(NotKept):
        staff.take_up(records.stranger.id, note.id, "theirs", NOW)
    assert staff.passed_on_to(records.dsl.id) == (note,)


def test_the_first_who_has_seen_it_stays(records, staff, talk):
    note = staff.pass_on(talk, True, "a bruise", NOW)
    assert staff.is_unseen(talk)
    seen = staff.see(records.dsl.id, note.id, NOW + MINUTE)
    assert (seen.seen_at, seen.seen_by) == (NOW + MINUTE, records.dsl.id)
    assert staff.see(records.deputy.id, note.id, NOW + 2 * MINUTE) == seen
    assert not staff.is_unseen(talk)
    assert records.times_noted("staff.seen", note.id) == 1


def test_urgent_word_is_told_until_somebody_has_seen_it(records, staff, talk):
    assert staff.urgent_unseen_at(records.dsl.id) is None
    staff.pass_on(talk, False, "a bruise", NOW)
    assert staff.urgent_unseen_at(records.dsl.id) is None
    first, second = (staff.pass_on(talk, True, words, NOW + n * MINUTE) for n, words in enumerate(("one", "two")))
    assert staff.urgent_unseen_at(records.dsl.id) == second.at
    staff.see(records.deputy.id, second.id, NOW)
    assert staff.urgent_unseen_at(records.dsl.id) == first.at
    staff.see(records.deputy.id, first.id, NOW)
    assert staff.urgent_unseen_at(records.dsl.id) is None


def test_the_first_consultation_begun_from_it_stays_and_counts_as_seen(records, staff, talk):
    note = staff.pass_on(talk, False, "a bruise", NOW)
    create_consultation(records, records.dsl, id="c1")
    create_consultation(records, records.deputy, id="c2")
    taken = staff.take_up(records.dsl.id, note.id, "c1", NOW + MINUTE)
    assert (taken.taken_up, taken.taken_by, taken.seen_by) == ("c1", records.dsl.id, records.dsl.id)
    assert staff.take_up(records.deputy.id, note.id, "c2", NOW + MINUTE) == taken
    assert staff.words_for(records.dsl.id, "c1") == "a bruise"
    assert staff.words_for(records.deputy.id, "c1") == staff.words_for(records.deputy.id, "c2") == ""


def test_it_is_taken_up_in_ones_own_consultation_alone(records, staff, talk):
    note = staff.pass_on(talk, False, "a bruise", NOW)
    create_consultation(records, records.deputy, id="c2")
    for wrong in ("c2", talk, "nowhere"):
        with pytest.raises(NotKept):
            staff.take_up(records.dsl.id, note.id, wrong, NOW)


# notices


@pytest.fixture
def notices(records, staff):
    link = linked(staff, records.dsl, OTHER, ANOTHER_CHAT, kind=LinkKind.NOTICES)
    create_consultation(records, records.dsl, id="c1", designation="amber heron")
    records.add_incoming("c1", "a", from_dsl("hungry"), NOW)
    return link


def answers(records, words="we have looked", now=NOW) -> None:
    worker = records.worker_by_sign_in("sam")
    sam = worker[0] if worker else create_worker(records)
    if records.case_of("c1") is None:
        records.hand_over(make_case())
        claim(records, "case-1", sam, NOW)
    records.say_as_holder("case-1", sam, words, Utterance("duty_worker", words), now)


def test_a_duty_workers_message_is_an_update_until_it_is_read(records, staff, notices):
    assert staff.unread_updates(NOW) == ()
    answers(records)
    (unread,) = staff.unread_updates(NOW)
    last = records.messages("c1")[-1].number
    assert (unread.link, unread.consultation_id, unread.designation) == (notices, "c1", "amber heron")
    assert (unread.number, unread.read, unread.told) == (last, 0, 0)
    staff.told_of_update(notices.id, "c1", last, NOW)
    assert staff.unread_updates(NOW)[0].told == last
    records.mark_read("c1", "dsl", last, NOW)
    assert staff.unread_updates(NOW) == ()


def test_an_outcome_is_an_update_and_other_words_of_the_service_are_none(records, staff, notices):
    records.add_outgoing("c1", [Utterance("service", "all is kept")], NOW, unless_held=False)
    sam = create_worker(records)
    case = claim(records, records.hand_over(make_case()).id, sam, NOW)
    assert staff.unread_updates(NOW) == ()
    outcome = {"outcome_level": "3", "outcome_reason": "a reason", "outcome_advice": "advice"}
    said = (Utterance("service", "the answer"),)
    step = Step(Move.ANSWER, sam, NOW + MINUTE, outcome=replace(case, **outcome), says=said)
    assert records.step("case-1", step).stage is Stage.ANSWERED
    assert staff.unread_updates(NOW)[0].number == records.messages("c1")[-1].number


def test_updates_are_told_to_whose_consultation_it_is_while_their_link_holds(records, staff, notices):
    linked(staff, records.deputy, "D" + CODE, "c" * 64, kind=LinkKind.NOTICES)
    answers(records)
    assert [one.link for one in staff.unread_updates(NOW)] == [notices]
    assert staff.unread_updates(notices.ends_at) == ()
    staff.end_link(notices.id, Ended.LEFT, records.dsl.id, NOW)
    assert staff.unread_updates(NOW) == ()


def test_what_was_passed_on_is_told_once_to_every_dsl_of_the_school(records, staff, notices, talk):
    beside = linked(staff, records.deputy, "D" + CODE, "c" * 64, NOW + MINUTE, kind=LinkKind.NOTICES)
    linked(staff, records.stranger, "S" + CODE, "d" * 64, kind=LinkKind.NOTICES)
    note = staff.pass_on(talk, True, "a bruise", NOW)
    untold = staff.untold_notes(NOW)
    assert [(one.link.id, one.passed_on_id, one.urgent, one.waits) for one in untold] == [
        (notices.id, note.id, True, False),
        (beside.id, note.id, True, False),
    ]
    staff.told_of_note((notices.id,), note.id, NOW + MINUTE)
    assert staff.untold_notes(NOW) == ()
    assert staff.passed_on_to(records.dsl.id)[0].told_at == NOW + MINUTE
    staff.pass_on(talk, False, "another bruise", NOW)
    assert [(one.link.id, one.waits) for one in staff.untold_notes(NOW)] == [(notices.id, True), (beside.id, False)]
    staff.looked(records.dsl.id, NOW)
    assert [one.waits for one in staff.untold_notes(NOW)] == [False, False]


def test_what_was_seen_is_not_told(records, staff, notices, talk):
    note = staff.pass_on(talk, True, "a bruise", NOW)
    staff.see(records.deputy.id, note.id, NOW)
    assert staff.untold_notes(NOW) == ()


def test_a_look_is_noted_when_it_ends_a_notice(records, staff, notices, talk):
    staff.looked(records.dsl.id, NOW)
    assert records.times_noted("staff.looked", records.dsl.id) == 0
    staff.told_of_note((notices.id,), staff.pass_on(talk, False, "a bruise", NOW).id, NOW)
    staff.looked(records.dsl.id, NOW)
    staff.looked(records.dsl.id, NOW)
    assert records.times_noted("staff.looked", records.dsl.id) == 1
