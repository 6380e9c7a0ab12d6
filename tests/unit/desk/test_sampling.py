"""Samples: asked for with a reason, granted by somebody else, for a week, noted, and without anybody's words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.people import Person, Role
from bot.desk.sampling import LASTS, SHOWN, NoSuchSample, NotTheirsToDecide, Sampling, Why
from bot.desk.scrutinising import NoSuchYear
from tests.at_the_desk import make_counsel
from tests.factories import NOW
from tests.fakes import FakeRecords
from tests.fakes_scrutiny import YEAR, FakeScrutinyRecords, make_scrutiny, published

SAL = Person("sal", Role.SCRUTINEER, "Sal Reed", "kent")
MIA = Person("mia", Role.MANAGER, "Mia Lane", "kent")
OF_ANOTHER_AREA = Person("max", Role.MANAGER, "Max Dale", "testshire")


@pytest.fixture
def records() -> FakeScrutinyRecords:
    return FakeScrutinyRecords()


@pytest.fixture
def sampling(records: FakeScrutinyRecords) -> Sampling:
    return published(make_scrutiny(make_counsel(FakeRecords()), records), NOW)["sampling"]


def test_nothing_is_shown_before_a_manager_has_granted_it(sampling: Sampling) -> None:
    asked = sampling.ask(SAL, YEAR, Why.THRESHOLDS, NOW)
    with pytest.raises(NoSuchSample):
        sampling.look(SAL, asked.id, NOW)
    sampling.decide(MIA, asked.id, False, NOW)
    with pytest.raises(NoSuchSample):
        sampling.look(SAL, asked.id, NOW)


def test_what_was_granted_is_shown_to_whoever_asked_for_a_week_and_noted(
    sampling: Sampling, records: FakeScrutinyRecords
) -> None:
    asked = sampling.ask(SAL, YEAR, Why.THRESHOLDS, NOW)
    sampling.decide(MIA, asked.id, True, NOW)
    held, shown = sampling.look(SAL, asked.id, NOW + LASTS - timedelta(minutes=1))
    assert (held.id, len(shown)) == (asked.id, SHOWN)
    assert records.noted == [("sample.read", "sal", asked.id)]
    with pytest.raises(NoSuchSample):
        sampling.look(SAL, asked.id, NOW + LASTS)
    with pytest.raises(NoSuchSample):
        sampling.look(replace(SAL, id="somebody else"), asked.id, NOW)


def test_nobody_but_a_manager_of_the_area_decides_and_only_once(sampling: Sampling) -> None:
    asked = sampling.ask(SAL, YEAR, Why.QUALITY, NOW)
    for person in (OF_ANOTHER_AREA, SAL, Person("dee", Role.DUTY_WORKER, "Dee", "kent")):
        with pytest.raises(NoSuchSample):
            sampling.decide(person, asked.id, True, NOW)
    sampling.decide(MIA, asked.id, False, NOW)
    with pytest.raises(NotTheirsToDecide):
        sampling.decide(MIA, asked.id, True, NOW)


def test_a_sample_can_be_asked_for_where_there_is_a_report_of_the_area(sampling: Sampling) -> None:
    with pytest.raises(NoSuchYear):
        sampling.ask(SAL, YEAR - 1, Why.THRESHOLDS, NOW)
    with pytest.raises(NoSuchYear):
        sampling.ask(replace(SAL, area="medway"), YEAR, Why.THRESHOLDS, NOW)


def test_a_scrutineer_sees_their_own_requests_and_a_manager_those_of_the_area(sampling: Sampling) -> None:
    sampling.ask(SAL, YEAR, Why.THRESHOLDS, NOW)
    assert len(sampling.of_area(SAL)) == len(sampling.of_area(MIA)) == 1
    assert sampling.of_area(replace(SAL, id="somebody else")) == sampling.of_area(OF_ANOTHER_AREA) == ()


def test_a_record_by_which_a_child_could_easily_be_found_is_left_out(
    sampling: Sampling, records: FakeScrutinyRecords
) -> None:
    rules = sampling.national.findability
    telling = frozenset().union(*(rule.indicators for rule in rules.rules))
    answers = {question: sorted(values)[0] for rule in rules.rules for question, values in rule.answers.items()}
    kept = records.year[0]
    records.year = [replace(kept, told=telling, answers=answers | dict(kept.answers)), kept]
    asked = sampling.ask(SAL, YEAR, Why.LEARNING_REVIEW, NOW)
    sampling.decide(MIA, asked.id, True, NOW)
    _, shown = sampling.look(SAL, asked.id, NOW)
    assert len(shown) == 1
    assert shown[0].told == tuple(sampling.national.indicators[one].words for one in sorted(kept.told))


def test_a_record_has_no_day_no_area_and_no_words_but_ours(sampling: Sampling) -> None:
    asked = sampling.ask(SAL, YEAR, Why.FEEDBACK, NOW)
    sampling.decide(MIA, asked.id, True, NOW)
    ours = {indicator.words for indicator in sampling.national.indicators.values()}
    for record in sampling.look(SAL, asked.id, NOW)[1]:
        assert set(record.told) <= ours
        said = " ".join(words for pair in record.chosen for words in pair)
        assert "2025" not in said
        assert "kent" not in said.lower()
