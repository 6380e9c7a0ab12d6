"""The talk of a DSL's colleague is theirs alone, and no way of a DSL's to a desk is open to it."""

import asyncio
from datetime import timedelta

import pytest

from bot.desk.claim import consultation_for
from bot.desk.hand_over import OnlyForTheDsl, hand_over
from bot.desk.ports import NotKept, Role
from bot.desk.promise import Promise, Reason, Wish
from bot.desk.silence import Silence
from bot.desk.staff import talk
from tests.at_the_desk import make_at_hand, make_counsel
from tests.factories import NOW, create_consultation, create_dsl, create_worker
from tests.fakes import FakeRecords
from tests.fakes_duty import Bells, Remembering, make_desk

CODE = "8K2M-9QXC-W4TD-XB0N-5H"


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def teacher(records: FakeRecords):
    dsl = create_dsl(records)
    return records.add_dsl("Class teacher", records._school_of[dsl.id], CODE, role=Role.SCHOOL_STAFF)


@pytest.fixture
def held(records: FakeRecords, teacher):
    return create_consultation(records, teacher)


def test_it_is_known_by_who_opened_it(records, teacher, held) -> None:
    theirs = create_consultation(records, create_dsl(records, "7K2M-9QXC-W4TD-XB0N-5J"), id="c2")
    assert talk.is_staff_talk(records, held)
    assert not talk.is_staff_talk(records, theirs)


def test_it_opens_for_the_colleague_alone(records, teacher, held) -> None:
    assert consultation_for(records, "c1", teacher) == held
    others = [person for person in records._people.values() if person.id != teacher.id]
    other = records.add_dsl("Another", records._school_of[teacher.id], "9K2M-9QXC-W4TD-XB0N-5H", role=Role.SCHOOL_STAFF)
    for person in (*others, other, create_worker(records)):
        with pytest.raises(NotKept):
            consultation_for(records, "c1", person)


def test_a_colleague_opens_no_consultation_of_their_dsls(records, teacher) -> None:
    dsl = next(person for person in records._people.values() if person.role == Role.DSL)
    create_consultation(records, dsl, id="c2")
    with pytest.raises(NotKept):
        consultation_for(records, "c2", teacher)


def test_no_case_is_made_of_it(records, teacher, held) -> None:
    assert make_at_hand(records).hand_over("c1", {"wants_person": True}, NOW) is None
    assert make_at_hand(records).hand_over("c1", {}, NOW, reason=Reason.ASSISTANT_DOWN) is None
    promised = Promise("amber", NOW + timedelta(days=1))
    with pytest.raises(OnlyForTheDsl):
        hand_over(records, held, "kent", Wish(Reason.ASKED), promised, NOW, new_id=lambda: "case-1")
    assert records.case_of("c1") is None
    assert records.queue("kent") == ()


@pytest.mark.parametrize("what", ["offer", "decline", "wait", "withdraw", "settled", "ask_again", "changed"])
def test_no_way_of_a_dsls_to_a_desk_is_open(records, teacher, held, what: str) -> None:
    _, asking = make_desk(records, lambda: NOW, Bells(), Remembering())
    with pytest.raises(NotKept):
        asyncio.run(getattr(asking, what)(teacher, "c1", NOW))
    assert records.case_of("c1") is None


def test_nothing_is_said_into_a_silence(records, teacher, held) -> None:
    class Silent:
        def last_said_between(self, since, until):
            return ("c1",)

    assert Silence(Silent(), make_counsel(records), timedelta(minutes=1)).look(NOW) == 0
    assert records.messages("c1") == ()


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        ([], []),
        (["999", "front_door_now"], ["utter_staff_exit_999"]),
        (["front_door_now"], ["utter_staff_exit"]),
        (["allocated_worker"], ["utter_staff_exit"]),
        (["999", "lado"], ["utter_staff_exit_lado"]),
    ],
)
def test_a_red_flag_is_answered_for_a_colleague_without_the_dialogue_too(records, held, routes, said) -> None:
    assert talk.exits_said(records, held, routes) == said


def test_the_note_holds_what_was_said_and_answered_and_nothing_else(records) -> None:
    slots = {"worry": "always hungry", "how_known": "unknown", "age_band": "5_9", "in_danger": "no", "how_often": "few"}
    assert talk.note(make_counsel(records), slots) == "always hungry\nHow often or how long: A few times"
