"""The promise at hand-over: how urgent, and by when."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation import Citation, Facts, Level, Neutral
from bot.desk.promise import Reason, Wish, promise, urgency_of
from bot.desk.working_time import WorkingTime
from bot.knowledge.desk_settings import Promised
from bot.knowledge.model import Pack, ProfileLine
from tests.factories import NOW

LEVELS = tuple(
    Level(str(n), name, n, neutral)
    for n, name, neutral in [
        (1, "Universal", (Neutral.N1,)),
        (2, "Extra help", (Neutral.N2,)),
        (3, "Intensive", (Neutral.N2, Neutral.N3)),
        (4, "Specialist", (Neutral.N4,)),
    ]
)
ANSWERED = {"in_danger": "no", "goes_home": "this_week", "about_staff": "no"}
CASES = yaml.load(Path("tests/cases/urgency.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
ORDER = ("red", "amber", "green")


def found(what: str, so_far: str | None = None) -> dict[str, Any] | None:
    """Return an assessment as it is kept."""
    if what == "nothing":
        return None
    outcome = what if what in ("exit", "person") else "level"
    return {
        "outcome": outcome,
        "local_code": what if outcome == "level" else None,
        "at_least": {"code": so_far, "name": ""} if so_far else None,
        "exit": "999" if outcome == "exit" else None,
        "reasons": [],
    }


def facts_of(case: dict[str, Any]) -> Facts:
    answers = ANSWERED | case.get("answers", {})
    kept = {q: tuple(v) if isinstance(v, list) else v for q, v in answers.items()}
    return Facts(answers={q: v for q, v in kept.items() if q not in case.get("without", ())})


CITED = Citation("kent-page", "A page", "times", "undated", date(2026, 11, 2))


def pack_with(profile: dict[str, str]) -> Pack:
    return Pack(
        area="kent",
        code="E10000016",
        name="Kent",
        version="kent/1",
        on=date(2026, 11, 21),
        levels=LEVELS,
        rows=(),
        contacts={},
        early_help=(),
        escalation=(),
        profile={key: ProfileLine(value, CITED) for key, value in profile.items()},
        missing=(),
    )


@pytest.mark.parametrize(
    ("urgency", "case"),
    [pytest.param(u, case, id=f"{u}: {case['name']}") for u in ORDER for case in CASES[u]],
)
def test_a_hand_over_is_as_urgent_as_the_table_says(urgency, case):
    wish = Wish(Reason(case.get("reason", "asked")), case.get("view", ""))
    assert urgency_of(facts_of(case), found(case["found"], case.get("so_far")), wish, LEVELS) == urgency


choices = {
    "in_danger": ("yes", "no"),
    "goes_home": ("today", "this_week", "not_in_contact"),
    "about_staff": ("yes", "no"),
}
answers = st.fixed_dictionaries({q: st.sampled_from(values) for q, values in choices.items()})
outcomes = st.sampled_from([found(w) for w in ("nothing", "person", "exit", "1", "2", "3", "4")])


@given(given_answers=answers, outcome=outcomes, question=st.sampled_from(sorted(choices)))
def test_not_knowing_is_never_less_urgent_than_the_calmest_answer(given_answers, outcome, question):
    wish = Wish(Reason.ASKED)

    def urgency(value: str | None) -> int:
        changed = given_answers | ({question: value} if value else {})
        kept = {q: v for q, v in changed.items() if q != question or value}
        return ORDER.index(urgency_of(Facts(answers=kept), outcome, wish, LEVELS))

    calmest = max(urgency(value) for value in choices[question])
    assert urgency("unknown") <= calmest
    assert urgency(None) <= calmest


@given(given_answers=answers, low=st.sampled_from("12"), high=st.sampled_from("34"))
def test_a_higher_level_is_never_less_urgent(given_answers, low, high):
    wish, facts = Wish(Reason.ASKED), Facts(answers=given_answers)
    lower, higher = (ORDER.index(urgency_of(facts, found(code), wish, LEVELS)) for code in (low, high))
    assert higher <= lower


def due(now, hours, **answers):
    facts = Facts(answers=ANSWERED | answers)
    return promise(facts, found("1"), Wish(Reason.ASKED), now, pack=pack_with({}), hours=hours).due_at


@pytest.mark.parametrize(
    ("now", "answers", "expected"),
    [
        # found: the child goes home before the promise would end
        ("2026-11-23 13:00", {"goes_home_time": "15:30"}, "2026-11-23 15:30"),
        ("2026-11-23 16:00", {"goes_home_time": "16:30"}, "2026-11-23 16:30"),
        ("2026-11-23 14:00", {}, "2026-11-23 17:00"),
        ("2026-11-23 15:40", {"goes_home_time": "15:30"}, "2026-11-23 15:40"),
        ("2026-07-01 13:00", {"goes_home_time": "15:30"}, "2026-07-01 15:30"),
        # left alone: the promise ends first, or the desk is closed until after
        ("2026-11-23 10:00", {"goes_home_time": "15:30"}, "2026-11-23 14:00"),
        ("2026-11-23 10:00", {}, "2026-11-23 14:00"),
        ("2026-11-23 07:00", {"goes_home_time": "08:30"}, "2026-11-23 13:00"),
        ("2026-11-21 10:00", {"goes_home_time": "15:30"}, "2026-11-23 13:00"),
        ("2026-11-23 18:00", {}, "2026-11-24 13:00"),
    ],
)
def test_an_answer_is_due_before_a_child_goes_home_today(hours, at, now, answers, expected):
    assert due(at(now), hours, goes_home="today", **answers) == at(expected)


def test_a_time_without_today_changes_nothing(hours, at):
    assert due(at("2026-11-23 13:00"), hours, goes_home_time="15:30") == at("2026-11-24 13:00")


def test_an_area_can_promise_more(hours, at):
    profile = {"answer_red_hours": "2", "answer_amber_days": "2", "answer_green_days": "5"}
    now = at("2026-11-23 10:00")

    def promised(code: str):
        facts = Facts(answers=ANSWERED)
        return promise(facts, found(code), Wish(Reason.ASKED), now, pack=pack_with(profile), hours=hours)

    assert promised("4").due_at == at("2026-11-23 12:00")
    assert promised("3").due_at == at("2026-11-25 10:00")
    assert promised("1").due_at == at("2026-11-30 10:00")


@pytest.mark.parametrize(
    ("published", "own", "expected"),
    [
        ({}, Promised(), "2026-11-24 10:00"),  # nobody says anything: one working day
        ({}, Promised(green_days=2), "2026-11-25 10:00"),
        ({"answer_green_days": "3"}, Promised(), "2026-11-26 10:00"),
        ({"answer_green_days": "3"}, Promised(green_days=2), "2026-11-25 10:00"),
        ({"answer_green_days": "3"}, Promised(green_days=5), "2026-11-26 10:00"),  # never later than published
        ({"answer_green_days": "3"}, Promised(amber_days=1), "2026-11-26 10:00"),
    ],
)
def test_the_sooner_of_what_is_published_and_what_the_desk_says_is_promised(hours, at, published, own, expected):
    facts, now = Facts(answers=ANSWERED), at("2026-11-23 10:00")
    pack = pack_with(published)
    promised = promise(facts, found("1"), Wish(Reason.ASKED), now, pack=pack, hours=hours, own=own)
    assert (promised.urgency, promised.due_at) == ("green", at(expected))


def test_a_desk_may_answer_red_sooner_than_usual(hours, at):
    facts, own, now = Facts(answers=ANSWERED), Promised(red_hours=1), at("2026-11-23 10:00")
    promised = promise(facts, found("4"), Wish(Reason.ASKED), now, pack=pack_with({}), hours=hours, own=own)
    assert (promised.urgency, promised.due_at) == ("red", at("2026-11-23 11:00"))


def test_a_slip_in_a_profile_does_not_stop_a_hand_over():
    pack = pack_with({"answer_green_days": "three"})
    usual, slip = (
        promise(Facts(answers=ANSWERED), found("1"), Wish(Reason.ASKED), NOW, pack=p, hours=WorkingTime())
        for p in (pack_with({}), pack)
    )
    assert usual == slip
    assert usual.due_at == NOW + timedelta(days=1)
