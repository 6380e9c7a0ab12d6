"""Which duties in law are told: those that are on, and hold or may hold."""

from dataclasses import replace
from datetime import date

import pytest

from bot.consultation import Citation, Facts, HardExit, Status
from bot.knowledge.model import StatutoryRoute
from bot.thresholds import resolve
from bot.thresholds.statutory import routes_that_apply

CITED = Citation("act-2026", "An Act", "section 4", "2026", date(2026, 11, 2))


def _route(route_id, *when, is_on=True):
    return StatutoryRoute(
        id=route_id,
        name=route_id,
        is_on=is_on,
        confirmed="a document was read",
        who="the teacher",
        must="ring",
        within="one working day",
        never="Never wait.",
        when=when,
        citation=CITED,
        exit=HardExit.LADO,
    )


def _sign(*indicators, **answers):
    return frozenset(indicators), {question: frozenset(values) for question, values in answers.items()}


STRANGLED = _route("strangling", _sign("strangled"))
FOSTERED = _route("fostering", _sign("private_fostering"), _sign("baby_at_home", age_band=["5_9"]))
HURT = _route("hurt", _sign("mark"))
ASLEEP = _route("asleep", _sign("mark"), is_on=False)


@pytest.fixture
def told(national):
    with_routes = replace(national, routes=(STRANGLED, FOSTERED, HURT, ASLEEP))

    def ask(indicators=None, answers=None):
        known = resolve(Facts(indicators or {}, answers or {}), with_routes)
        return [route.id for route in routes_that_apply(known, with_routes)]

    return ask


FOUND = {
    "what is so": ({"strangled": Status.PRESENT}, {}, ["strangling"]),
    "what may be so": ({"strangled": Status.UNSURE}, {}, ["strangling"]),
    "what a stronger sign implies": ({"mark_unexplained": Status.PRESENT}, {}, ["hurt"]),
    "what an answer tells": ({}, {"injury": "no_explanation"}, ["hurt"]),
    "what an answer of don't know leaves open": ({}, {"injury": "unknown"}, ["hurt"]),
    "a sign with its answer": ({"baby_at_home": Status.PRESENT}, {"age_band": "5_9"}, ["fostering"]),
    "a sign with an answer of don't know": ({"baby_at_home": Status.PRESENT}, {"age_band": "unknown"}, ["fostering"]),
    "several, in the order of the file": (
        {"mark": Status.PRESENT, "private_fostering": Status.UNSURE, "strangled": Status.PRESENT},
        {},
        ["strangling", "fostering", "hurt"],
    ),
}
LEFT_ALONE = {
    "nothing told": ({}, {}),
    "what is not so": ({"strangled": Status.ABSENT}, {}),
    "a sign whose answer was never given": ({"baby_at_home": Status.PRESENT}, {}),
    "a sign whose answer is another": ({"baby_at_home": Status.PRESENT}, {"age_band": "13_15"}),
    "another worry": ({"late_sometimes": Status.PRESENT}, {}),
}


@pytest.mark.parametrize(("indicators", "answers", "routes"), FOUND.values(), ids=FOUND.keys())
def test_a_duty_that_holds_or_may_hold_is_told(told, indicators, answers, routes):
    assert told(indicators, answers) == routes


@pytest.mark.parametrize(("indicators", "answers"), LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_a_duty_that_has_nothing_to_do_with_it_is_left_alone(told, indicators, answers):
    assert told(indicators, answers) == []


def test_a_duty_that_is_switched_off_is_never_told(told):
    assert "asleep" not in told({"mark": Status.PRESENT})


def test_what_is_learned_in_addition_takes_no_duty_away(told):
    before = told({"mark": Status.UNSURE}, {"age_band": "unknown"})
    after = told({"mark": Status.PRESENT, "strangled": Status.PRESENT}, {"age_band": "unknown"})
    assert set(before) <= set(after)
