"""Re-scoring: blind while it is open, of all together when it is closed, and of nobody where few took part."""

from datetime import timedelta

import pytest

from bot.desk.people import Person, Role
from bot.desk.rescoring import (
    EXIT,
    FEWEST_CASES,
    FEWEST_WORKERS,
    PERSON,
    AlreadyAnswered,
    NoSuchRound,
    NotAnAnswer,
    Reason,
    Rescoring,
    RoundClosed,
    RoundOpen,
    TooFewCases,
)
from tests.at_the_desk import make_counsel
from tests.factories import NOW
from tests.fakes import FakeRecords
from tests.fakes_rescoring import MANAGER, FakeRounds, make_rescoring, placed_by, workers

ANN, *OTHERS = workers(6)
ELSEWHERE = Person("worker-9", Role.DUTY_WORKER, "Cat Moss", "buckinghamshire")
LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def counsel():
    return make_counsel(FakeRecords())


@pytest.fixture
def rescoring(counsel) -> Rescoring:
    return make_rescoring(counsel, FakeRounds())


def closed(rescoring: Rescoring, many: int, level=lambda person, case: "3"):
    made = placed_by(rescoring, workers(many), NOW, level)
    rescoring.close(MANAGER, made.id, LATER)
    return rescoring.result(MANAGER, made.id)


def test_a_round_has_every_practice_case_and_what_the_assistant_made_of_it_then(rescoring: Rescoring, counsel) -> None:
    made = rescoring.start(MANAGER, NOW)
    assert made.cases.keys() == counsel.practice.keys()
    assert made.cases["always-hungry"] == counsel.practice["always-hungry"].areas["kent"]
    assert made.cases["bruise-on-the-baby"] == EXIT, "danger is no case without a level"
    assert set(made.cases.values()) <= {"1", "2", "3", "4", EXIT, PERSON}


def test_a_worker_has_each_case_once_and_then_none_left(rescoring: Rescoring) -> None:
    made = rescoring.start(MANAGER, NOW)
    _, left = rescoring.left(ANN, made.id)
    assert len(left) == len(made.cases)
    for case in left:
        rescoring.place(ANN, made.id, case.id, "3", {Reason.HARM}, NOW)
    assert rescoring.left(ANN, made.id)[1] == ()
    assert len(rescoring.left(OTHERS[0], made.id)[1]) == len(left)
    with pytest.raises(AlreadyAnswered):
        rescoring.place(ANN, made.id, left[0].id, "2", {Reason.HARM}, NOW)


@pytest.mark.parametrize(("level", "reasons"), [("9", {Reason.HARM}), ("3", set()), ("", {Reason.AGE})])
def test_a_place_is_a_level_of_the_area_with_a_reason(rescoring: Rescoring, level: str, reasons: set) -> None:
    made = rescoring.start(MANAGER, NOW)
    with pytest.raises(NotAnAnswer):
        rescoring.place(ANN, made.id, "always-hungry", level, reasons, NOW)


def test_while_a_round_is_open_nobody_sees_anything_of_it(rescoring: Rescoring) -> None:
    made = placed_by(rescoring, workers(6), NOW, lambda person, case: "3")
    for person in (MANAGER, ANN):
        found = rescoring.result(person, made.id)
        assert (found.workers, found.cases, found.among, found.beside, found.own) == (0, (), None, None, ())


def test_a_closed_round_takes_nothing_more(rescoring: Rescoring) -> None:
    made = rescoring.start(MANAGER, NOW)
    rescoring.close(MANAGER, made.id, LATER)
    for late in (
        lambda: rescoring.place(ANN, made.id, "always-hungry", "3", {Reason.HARM}, LATER),
        lambda: rescoring.left(ANN, made.id),
        lambda: rescoring.close(MANAGER, made.id, LATER),
    ):
        with pytest.raises(RoundClosed):
            late()


def test_full_agreement_on_different_cases_is_one_and_a_toss_of_a_coin_is_about_none(counsel) -> None:
    alike = closed(make_rescoring(counsel), 5, lambda person, case: str(1 + case % 4))
    assert (alike.among, alike.workers) == (1.0, 5)
    assert all(one.levels == {next(iter(one.levels)): 5} for one in alike.cases)
    apart = closed(make_rescoring(counsel), 5, lambda person, case: str(1 + (person + case) % 4))
    assert apart.among is not None
    assert apart.among < 0.1


def test_who_places_as_the_assistant_does_agrees_with_it(counsel) -> None:
    rescoring = make_rescoring(counsel)
    made = rescoring.start(MANAGER, NOW)
    for person in workers(5):
        for case, level in made.cases.items():
            rescoring.place(person, made.id, case, PERSON if level == EXIT else level, {Reason.SEVERAL}, NOW)
    rescoring.close(MANAGER, made.id, LATER)
    assert rescoring.result(MANAGER, made.id).beside == 1.0


def test_of_each_case_it_shows_how_many_chose_what_and_why_and_nobody(rescoring: Rescoring) -> None:
    found = closed(rescoring, 6, lambda person, case: "3" if person else "4")
    one = next(one for one in found.cases if one.case_id == "always-hungry")
    assert one.levels == {"3": 5, "4": 1}
    assert one.reasons == {Reason.HARM: 6, Reason.AGE: 6}
    assert (one.own, found.own) == ("", ())
    assert "worker-" not in repr(found).replace("opened_by='worker-", "")


def test_a_worker_sees_their_own_beside_the_others_when_it_is_closed(rescoring: Rescoring) -> None:
    found = closed(rescoring, 5, lambda person, case: "2" if person == 0 else "3")
    seen = rescoring.result(ANN, found.round.id)
    assert {one.own for one in seen.cases} == {"2"}
    assert {one.own for one in rescoring.result(OTHERS[-1], found.round.id).cases} == {""}


def test_with_fewer_than_five_workers_nothing_is_shown_but_ones_own(rescoring: Rescoring) -> None:
    found = closed(rescoring, FEWEST_WORKERS - 1)
    assert (found.cases, found.among, found.beside) == ((), None, None)
    assert len(rescoring.result(ANN, found.round.id).own) == len(found.round.cases)


def test_cases_that_few_placed_are_left_out_and_with_too_few_left_all_are(counsel) -> None:
    def with_five_on(many: int):
        rescoring = make_rescoring(counsel)
        made = rescoring.start(MANAGER, NOW)
        for number, person in enumerate(workers(5)):
            for case in list(made.cases)[: many if number == 4 else None]:
                rescoring.place(person, made.id, case, "3", {Reason.HARM}, NOW)
        rescoring.close(MANAGER, made.id, LATER)
        return rescoring.result(MANAGER, made.id).cases

    assert len(with_five_on(FEWEST_CASES)) == FEWEST_CASES
    assert with_five_on(FEWEST_CASES - 1) == ()


def test_one_round_of_an_area_is_open_at_a_time(rescoring: Rescoring) -> None:
    rescoring.start(MANAGER, NOW)
    with pytest.raises(RoundOpen):
        rescoring.start(MANAGER, LATER)


def test_where_there_are_too_few_cases_no_round_is_opened(counsel) -> None:
    real = make_rescoring(counsel)
    few = dict(list(counsel.practice.items())[: FEWEST_CASES - 1])
    with pytest.raises(TooFewCases):
        Rescoring(FakeRounds(), lambda: few, real.levels, real.assistant, lambda: "r").start(MANAGER, NOW)
    with pytest.raises(TooFewCases):
        Rescoring(FakeRounds(), real.practice, lambda area: (), real.assistant, lambda: "r").start(MANAGER, NOW)


@pytest.mark.parametrize("person", [ELSEWHERE, Person("sal", Role.SCRUTINEER, "Sal Reed", "kent")])
def test_another_areas_round_is_as_good_as_not_there(rescoring: Rescoring, person: Person) -> None:
    made = rescoring.start(MANAGER, NOW)
    for asked in (
        lambda: rescoring.result(person, made.id),
        lambda: rescoring.left(person, made.id),
        lambda: rescoring.close(person, made.id, NOW),
        lambda: rescoring.place(person, made.id, "always-hungry", "3", {Reason.HARM}, NOW),
    ):
        with pytest.raises(NoSuchRound):
            asked()
    with pytest.raises(NoSuchRound):
        rescoring.place(ANN, made.id, "no-such-case", "3", {Reason.HARM}, NOW)
