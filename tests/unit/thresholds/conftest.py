"""A small council with four levels, shaped like Kent's, and a small national vocabulary."""

from datetime import date

import pytest

from bot.consultation import Citation, Facts, HardExit, Level, Neutral, Status
from bot.knowledge.model import Adjustment, Indicator, National, Option, Pack, Question, RedFlag, Row
from bot.thresholds import assess

TODAY = date(2026, 11, 21)
CITED = Citation(
    "ashford-2026", "Support levels", "section 2", "2026-01", date(2026, 11, 2), "https://x.example"
)

UNIVERSAL = Level("1", "Universal", 1, (Neutral.N1,))
ADDITIONAL = Level("2", "Additional", 2, (Neutral.N2,))
INTENSIVE = Level("3", "Intensive", 3, (Neutral.N2, Neutral.N3))
SPECIALIST = Level("4", "Specialist", 4, (Neutral.N3, Neutral.N4))

# indicator: (category, what it implies, already closed over)
VOCABULARY = {
    "late_sometimes": ("attendance", ()),
    "hungry": ("neglect", ()),
    "hungry_often": ("neglect", ("hungry",)),
    "no_heating": ("neglect", ()),
    "not_growing": ("neglect", ()),
    "parents_argue": ("domestic_abuse", ()),
    "violence_at_home": ("domestic_abuse", ("parents_argue",)),
    "baby_at_home": ("care_arrangements", ()),
    "private_fostering": ("care_arrangements", ()),
    "mark": ("physical_harm", ()),
    "mark_unexplained": ("physical_harm", ("mark",)),
    "strangled": ("physical_harm", ()),
    "accounts_differ": ("physical_harm", ()),
}


def _question(question_id, kind="choice", core=False, red_flag=False, **options):
    tells = {
        value: Option(value, **{status: frozenset(ids) for status, ids in told.items()})
        for value, told in options.items()
    }
    return Question(question_id, kind, core, red_flag, tells)


QUESTIONS = (
    _question("in_danger", red_flag=True, yes={}, no={}),
    _question("goes_home", today={}, this_week={}),
    _question("open_case", no={}, cp={}),
    _question("age_band", core=True, under_1={}, **{"5_9": {}, "13_15": {}}),
    _question(
        "injury",
        core=True,
        red_flag=True,
        none={"absent": ["mark"]},
        explained={"present": ["mark"]},
        no_explanation={"present": ["mark_unexplained"]},
    ),
    _question("how_often", core=True, once={}, over_6_months={}),
    _question("trend", same={}, worse={}),
    _question("baby_at_home", core=True, yes={"present": ["baby_at_home"]}, no={"absent": ["baby_at_home"]}),
    _question(
        "parental_factors",
        kind="many",
        domestic_abuse={"present": ["violence_at_home"]},
        none={"absent": ["violence_at_home", "parents_argue"]},
    ),
    _question("protective", kind="text"),
    _question("safe_scale", kind="scale"),
)


def _row(row_id, level, *needs):
    return Row(
        row_id, level, "child", f"words of {row_id}", tuple(frozenset(n.split()) for n in needs), CITED
    )


ROWS = (
    _row("2-late", ADDITIONAL, "late_sometimes"),
    _row("2-hungry", ADDITIONAL, "hungry"),
    _row("2-argue", ADDITIONAL, "parents_argue"),
    _row("3-basics", INTENSIVE, "hungry_often no_heating", "no_heating late_sometimes"),
    _row("3-violence", INTENSIVE, "violence_at_home"),
    _row("4-growth", SPECIALIST, "not_growing"),
)


def _flag(flag_id, hard_exit, indicators="", **answers):
    told = {question: frozenset(values) for question, values in answers.items()}
    return RedFlag(flag_id, hard_exit, f"words of {flag_id}", frozenset(indicators.split()), told, CITED)


# In the order of a file, which is not the order of urgency.
FLAGS = (
    _flag("open_to_social_care", HardExit.ALLOCATED_WORKER, open_case=["cp"]),
    _flag("lives_with_others", HardExit.PRIVATE_FOSTERING, "private_fostering"),
    _flag("throttled", HardExit.FRONT_DOOR_NOW, "strangled"),
    _flag("no_fitting_account", HardExit.FRONT_DOOR_NOW, "mark_unexplained"),
    _flag("mark_on_a_baby", HardExit.FRONT_DOOR_NOW, "mark", age_band=["under_1"]),
    _flag("violence_near_a_baby", HardExit.FRONT_DOOR_NOW, "violence_at_home baby_at_home"),
    _flag("danger_now", HardExit.EMERGENCY, in_danger=["yes"]),
)


def _adjustment(adjustment_id, kind, *when, floor=None):
    return Adjustment(adjustment_id, kind, "words", when, floor, "professional_judgement", CITED)


ADJUSTMENTS = (
    _adjustment("getting_worse", "raise", (frozenset(), {"trend": frozenset({"worse"})})),
    _adjustment("very_young", "raise", (frozenset(), {"age_band": frozenset({"under_1"})})),
    _adjustment(
        "long_neglect",
        "floor",
        (frozenset({"hungry"}), {"how_often": frozenset({"over_6_months"})}),
        (frozenset({"no_heating"}), {"how_often": frozenset({"over_6_months"})}),
        floor=3,
    ),
    _adjustment("two_accounts", "person", (frozenset({"accounts_differ"}), {})),
)


@pytest.fixture
def national():
    return National(
        version="england-1",
        indicators={
            i: Indicator(i, category, f"words of {i}", "child", frozenset(implied))
            for i, (category, implied) in VOCABULARY.items()
        },
        red_flags=FLAGS,
        adjustments=ADJUSTMENTS,
        questions={question.id: question for question in QUESTIONS},
        contacts={},
        early_help=(),
    )


@pytest.fixture
def pack():
    return Pack(
        area="ashford",
        code="E00000001",
        name="Ashford",
        version="ashford-1",
        on=TODAY,
        levels=(UNIVERSAL, ADDITIONAL, INTENSIVE, SPECIALIST),
        rows=ROWS,
        contacts={},
        early_help=(),
        escalation=(),
        profile={},
        missing=(),
    )


@pytest.fixture
def told():
    """Return facts from words: present by themselves, `no:` and `maybe:` before the others."""

    def facts(indicators="", **answers):
        marks = {"no": Status.ABSENT, "maybe": Status.UNSURE}
        split = [word.rpartition(":") for word in indicators.split()]
        return Facts({i: marks.get(mark, Status.PRESENT) for mark, _, i in split}, answers)

    return facts


@pytest.fixture
def assessed(national, pack, told):
    """Return the assessment of facts told as in `told`."""

    def of(indicators="", **answers):
        return assess(told(indicators, **answers), pack, national, TODAY)

    return of
