"""The promises that keep children safe, tried on invented schemes and on the real packs."""

import json
import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.consultation import Citation, Facts, HardExit, Level, Neutral, Outcome, Status
from bot.knowledge import load_everything
from bot.knowledge.model import Adjustment, Indicator, National, Option, Pack, Question, RedFlag, Row
from bot.thresholds import assess, resolve, to_record, urgency
from bot.thresholds.floor import levels_of

TODAY = date(2026, 11, 21)
CITED = Citation("s", "t", "1", "2026", TODAY)
IDS = tuple("abcdefghij")

# Other examples every time, so that many runs try many; at length when there is time.
thorough = settings(max_examples=200 if os.environ.get("NONAME_LONG") else 40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- invented schemes -----------------------------------------------------------------------------


def invented(seed):
    """Return a national part and a pack made up by chance; the same seed gives the same ones."""
    chance = random.Random(seed)
    vocabulary = _vocabulary(chance)
    questions = {q: _question(q, chance) for q in ("q1", "q2", "q3", "q4")}
    flags = tuple(
        RedFlag(f"flag{n}", chance.choice(list(HardExit)), "w", _some(chance, 1), _answered(chance), CITED)
        for n in range(chance.randint(0, 3))
    )
    adjustments = tuple(_adjustment(f"adj{n}", chance) for n in range(chance.randint(0, 4)))
    floor = replace(_pack(chance, everywhere=True), area="england", code="E1") if chance.random() < 0.7 else None
    pack = _pack(chance)
    if floor and chance.random() < 0.2:
        pack = replace(pack, levels=(), rows=())
    return National("n", vocabulary, flags, adjustments, questions, {}, (), floor=floor), pack


def _some(chance, least=0):
    return frozenset(chance.sample(IDS, chance.randint(least, 3)))


def _vocabulary(chance):
    """Ten indicators; each may imply earlier ones, closed over."""
    closed: dict[str, frozenset[str]] = {}
    for place, name in enumerate(IDS):
        direct = frozenset(chance.sample(IDS[:place], min(place, chance.choice([0, 0, 1, 2]))))
        closed[name] = direct.union(*(closed[i] for i in direct))
    categories = ["neglect", "attendance", "strengths"]
    return {i: Indicator(i, chance.choice(categories), i, "child", implied) for i, implied in closed.items()}


def _question(name, chance):
    """A question with one answer that denies and two that worry."""
    options = [Option("no", absent=_some(chance))]
    options += [Option(value, present=_some(chance), unsure=_some(chance)) for value in ("some", "yes")]
    is_core, is_red_flag = chance.random() < 0.5, chance.random() < 0.3
    return Question(
        name, chance.choice(["choice", "many"]), is_core, is_red_flag, {o.value: o for o in options}
    )


def _answered(chance):
    """Part of a condition. It names answers that worry, as every rule of the national part does."""
    asked = chance.sample(["q1", "q2", "q3", "q4"], chance.choice([0, 0, 1, 2]))
    return {q: frozenset(chance.sample(["some", "yes"], chance.randint(1, 2))) for q in asked}


def _adjustment(name, chance):
    kind = chance.choice(["raise", "floor", "person"])
    when = tuple((_some(chance), _answered(chance)) for _ in range(chance.randint(1, 2)))
    count = chance.randint(1, 3) if kind == "person" and chance.random() < 0.5 else None
    silent = kind == "person" and count is None and chance.random() < 0.5
    floor = chance.randint(2, 4)
    return Adjustment(
        name, kind, "w", when, floor, "published", CITED, core_unknown=count, where_silent=silent
    )


def _pack(chance, everywhere=False):
    levels = tuple(Level(str(n), f"L{n}", n, (Neutral(min(n, 4)),)) for n in range(1, chance.randint(3, 6)))
    rows = []
    for n in range(chance.randint(1, 8)):
        needs = tuple(_some(chance, 1) for _ in range(chance.randint(1, 2)))
        more = {
            "given": _answered(chance) if chance.random() < 0.3 else {},
            "weighed": frozenset({f"adj{n}" for n in range(4) if chance.random() < 0.2}),
            "everywhere": everywhere and chance.random() < 0.3,
        }
        name = f"{'floor' if everywhere else 'row'}{n}"
        rows.append(Row(name, chance.choice(levels), "child", "w", needs, CITED, **more))
    return Pack("x", "E0", "X", "p", TODAY, levels, tuple(rows), {}, (), (), {}, ())


# --- facts ----------------------------------------------------------------------------------------


def _answers(national, allowed):
    """Any of the allowed answers to any of the questions; each may not have been asked."""
    asked = {}
    for question in national.questions.values():
        values = dict.fromkeys([v for v in question.options if (question.id, v) in allowed] + ["unknown"])
        one = st.sampled_from(list(values))
        several = st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)
        asked[question.id] = several if question.kind == "many" else one
    return st.fixed_dictionaries({}, optional=asked)


def _indicators(pack, sayable):
    """What some of the rows ask for, so that in a vocabulary of hundreds rows do hold, and more."""
    asked_for = [needed & sayable for row in pack.rows for needed in row.needs] or [frozenset()]
    mostly = st.sampled_from([Status.PRESENT, Status.PRESENT, Status.UNSURE, Status.ABSENT])
    rows = st.lists(st.tuples(st.sampled_from(asked_for), mostly), min_size=1, max_size=2)
    others = st.dictionaries(st.sampled_from(sorted(sayable)), st.sampled_from(Status), max_size=4)
    return st.builds(
        lambda held, more: {i: status for needed, status in held for i in sorted(needed)} | more, rows, others
    )


def facts_of(national, pack):
    """Anything a DSL may have said in this vocabulary, or not have been asked.

    Half the time nothing is said that a red flag asks for, so that levels are tried as much as exits.
    """
    flagged = frozenset().union(*(flag.indicators for flag in national.red_flags))
    everything = frozenset(national.indicators)
    calm = frozenset(i for i in everything if not ({i} | national.indicators[i].implies) & flagged)
    all_answers = {(q.id, value) for q in national.questions.values() for value in q.options}
    anything = st.builds(Facts, _indicators(pack, everything), _answers(national, all_answers))
    if not calm:
        return anything
    return anything | st.builds(Facts, _indicators(pack, calm), _answers(national, set(_denials(national))))


def _denials(national):
    """The answers that say nothing worrying: they tick nothing, and no rule names them."""
    named = [flag.answers for flag in national.red_flags]
    named += [answers for adjustment in national.adjustments for _, answers in adjustment.when]
    named += [row.given for pack in (national.floor, *LOADED) if pack for row in pack.rows]
    return [
        (question.id, option.value)
        for question in national.questions.values()
        for option in question.options.values()
        if option.value != "unknown"
        and not (option.present or option.unsure)
        and not any(option.value in rule.get(question.id, ()) for rule in named)
    ]


# --- the worlds in which the promises are tried ---------------------------------------------------

KNOWLEDGE_BASE = Path(__file__).resolve().parents[3] / "knowledge_base"
ENGLAND, PACKS = load_everything(KNOWLEDGE_BASE, TODAY)


def _world(world):
    national, pack = world
    return st.tuples(st.just(national), st.just(pack), facts_of(national, pack))


# Three, four and five tiers, words for codes, a scheme with holes and one that is not known. All when there is time.
TRIED = ("buckinghamshire", "derby", "east-sussex", "england", "hampshire", "kent", "medway", "trafford")
LOADED = tuple(
    pack
    for slug, pack in PACKS.items()
    if slug in TRIED or os.environ.get("NONAME_LONG")
)
WORLDS = {
    "invented": st.integers(0, 2**32).map(invented).flatmap(_world),
    **{pack.area: _world((ENGLAND, pack)) for pack in LOADED},
}

every_world = pytest.mark.parametrize("world", WORLDS)


def _assert_no_less_urgent(before: Facts, after: Facts, national, pack):
    was = assess(before, pack, national, TODAY)
    now = assess(after, pack, national, TODAY)
    assert urgency(now) >= urgency(was), f"{to_record(was)}\nbecame\n{to_record(now)}"


def test_the_promises_are_tried_on_the_real_packs():
    assert set(TRIED) <= set(WORLDS)


# --- the promises ---------------------------------------------------------------------------------


@every_world
@given(data=st.data())
@thorough
def test_one_concern_more_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    more = data.draw(st.sampled_from(sorted(national.indicators)))

    after = replace(facts, indicators={**facts.indicators, more: Status.PRESENT})
    _assert_no_less_urgent(facts, after, national, pack)


@every_world
@given(data=st.data())
@thorough
def test_being_unsure_of_what_was_denied_or_not_mentioned_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    doubted = data.draw(st.sampled_from(sorted(national.indicators)))
    others = {i: status for i, status in facts.indicators.items() if i != doubted}
    denied = {doubted: Status.ABSENT} if data.draw(st.booleans()) else {}

    before = replace(facts, indicators=others | denied)
    after = replace(facts, indicators=others | {doubted: Status.UNSURE})
    _assert_no_less_urgent(before, after, national, pack)


@every_world
@given(data=st.data())
@thorough
def test_unknown_in_place_of_no_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    question_id, denial = data.draw(st.sampled_from(_denials(national)))
    many = national.questions[question_id].kind == "many"

    denied = {**facts.answers, question_id: (denial,) if many else denial}
    unknown = {**facts.answers, question_id: ("unknown",) if many else "unknown"}
    _assert_no_less_urgent(replace(facts, answers=denied), replace(facts, answers=unknown), national, pack)


@every_world
@given(data=st.data())
@thorough
def test_unknown_in_place_of_no_answer_at_all_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    asked = data.draw(st.sampled_from(sorted(national.questions)))
    others = {q: answer for q, answer in facts.answers.items() if q != asked}

    after = replace(facts, answers=others | {asked: "unknown"})
    _assert_no_less_urgent(replace(facts, answers=others), after, national, pack)


@every_world
@given(data=st.data())
@thorough
def test_a_worrying_answer_in_place_of_no_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    question_id, denial = data.draw(st.sampled_from(_denials(national)))
    question = national.questions[question_id]
    other = data.draw(st.sampled_from(sorted(question.options)))
    many = question.kind == "many"

    denied = {**facts.answers, question_id: (denial,) if many else denial}
    told = {**facts.answers, question_id: (other,) if many else other}
    _assert_no_less_urgent(replace(facts, answers=denied), replace(facts, answers=told), national, pack)


@every_world
@given(data=st.data())
@thorough
def test_one_value_more_ticked_never_lowers(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    several = [q for q in national.questions.values() if q.kind == "many"]
    assume(several)
    question = data.draw(st.sampled_from(several))
    ticked = facts.answers.get(question.id, ())
    more = data.draw(st.sampled_from(sorted(question.options)))

    after = replace(facts, answers={**facts.answers, question.id: (*ticked, more)})
    _assert_no_less_urgent(facts, after, national, pack)


@every_world
@given(data=st.data())
@thorough
def test_a_red_flag_that_holds_always_ends_it_with_the_most_urgent_exit(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    known = resolve(facts, national)
    held = [
        flag.exit
        for flag in national.red_flags
        if flag.indicators <= known.present
        and all(known.answers.get(q, frozenset()) & values for q, values in flag.answers.items())
    ]

    assessment = assess(facts, pack, national, TODAY)

    order = list(HardExit)
    assert (assessment.outcome is Outcome.EXIT) == bool(held)
    assert assessment.hard_exit == (min(held, key=order.index) if held else None)


@every_world
@given(data=st.data())
@thorough
def test_a_level_is_never_below_a_row_that_holds_nor_more_than_one_above_without_a_floor(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    assessment = assess(facts, pack, national, TODAY)
    ranks = [m.level.rank for m in assessment.because if m.level.code]
    is_floored = bool({a.id for a in national.adjustments if a.kind == "floor"} & set(assessment.reasons))
    is_danger = assessment.outcome is Outcome.EXIT

    if not ranks:
        assert is_floored or is_danger or assessment.level is None or assessment.protective
        return
    assert assessment.level.rank >= max(ranks)
    if not (is_floored or is_danger):
        places = [level.rank for level in levels_of(pack, national)]
        assert places.index(assessment.level.rank) - places.index(max(ranks)) <= 1


@every_world
@given(data=st.data())
@thorough
def test_doubt_about_a_red_flag_below_the_top_level_is_never_answered_with_a_level(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    red_flag_questions = sorted(q.id for q in national.questions.values() if q.red_flag)
    assume(red_flag_questions)
    doubted = data.draw(st.sampled_from(red_flag_questions))
    # Nothing denied and nothing else answered: so nothing can rule out what the question hides.
    undenied = {i: status for i, status in facts.indicators.items() if status is not Status.ABSENT}

    assessment = assess(Facts(undenied, {doubted: "unknown"}), pack, national, TODAY)

    assert assessment.outcome is not Outcome.LEVEL or assessment.level == pack.levels[-1]


@every_world
@given(data=st.data())
@thorough
def test_words_that_were_not_understood_never_lower(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    _assert_no_less_urgent(facts, replace(facts, unread=True), national, pack)


@every_world
@given(data=st.data())
@thorough
def test_a_strength_is_never_among_the_reasons_for_a_need_and_never_alone_in_lowering(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    strengths = sorted(i for i, held in national.indicators.items() if held.category == "strengths")
    assume(strengths)
    more = data.draw(st.sampled_from(strengths))
    after = replace(facts, indicators={**facts.indicators, more: Status.PRESENT})

    _assert_no_less_urgent(facts, after, national, pack)
    rows = {row.id: row for held in (pack, national.floor) if held for row in held.rows}
    lowest = levels_of(pack, national)[0]
    for reason in assess(after, pack, national, TODAY).because:
        named = frozenset().union(*rows[reason.row].needs) if reason.row in rows else {"a flag"}
        # An area that gives a strength a higher level than its lowest one speaks of a need.
        assert not named <= frozenset(strengths) or reason.level.rank > lowest.rank


@every_world
@given(data=st.data())
@thorough
def test_the_same_facts_told_in_another_order_give_the_same_record_to_the_byte(world, data):
    national, pack, facts = data.draw(WORLDS[world])
    shuffled = Facts(
        dict(data.draw(st.permutations(list(facts.indicators.items())))),
        {
            q: tuple(data.draw(st.permutations(v))) if isinstance(v, tuple) else v
            for q, v in data.draw(st.permutations(list(facts.answers.items())))
        },
    )

    first, second = (json.dumps(to_record(assess(f, pack, national, TODAY))) for f in (facts, shuffled))

    assert first == second
