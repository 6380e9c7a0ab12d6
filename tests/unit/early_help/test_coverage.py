"""The national list as it is: every kind of worry, at every age, finds something a school can do now."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.consultation import Assessment, Facts, Level, Neutral, Outcome, Status
from bot.early_help import match
from bot.knowledge import load_national
from bot.knowledge.early_help import AGES
from bot.knowledge.model import Pack
from bot.knowledge.vocabulary import CATEGORIES

ON = date(2026, 11, 22)
NATIONAL = load_national(Path(__file__).parents[3] / "knowledge_base", ON)
EMPTY = Pack("nowhere", "E0", "Nowhere", "nowhere-1", ON, (), (), {}, (), (), {}, ())
A_SIGN_OF = {category: next(i.id for i in NATIONAL.indicators.values() if i.category == category)
             for category in CATEGORIES}  # fmt: skip


def offered(category, neutral=Neutral.N2, **answers):
    level = Level("x", "x", int(neutral), (neutral,))
    assessment = Assessment(Outcome.LEVEL, "nowhere", ON, "1", level=level)
    return match(assessment, Facts({A_SIGN_OF[category]: Status.PRESENT}, answers), EMPTY, NATIONAL)


@pytest.mark.parametrize(("category", "age"), list(product(CATEGORIES, AGES)))
def test_there_are_two_things_a_school_can_do_now_without_telling_the_parents(category, age):
    """What tells the parents counts for nothing here: over FGM, marriage or honour they must not hear."""
    for neutral in Neutral:
        found = [o for o in offered(category, neutral, age_band=age) if o.school_can_do_now and not o.parents_hear]
        assert len(found) >= 2, [o.id for o in found]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_kind_of_worry_has_three_things_of_its_own(category):
    """What is meant for half of all worries does not count."""
    few = len(CATEGORIES) // 2
    of_it = (o for o in NATIONAL.early_help if category in o.categories and o.school_can_do_now)
    own = [o for o in of_it if len(o.categories) <= few]
    assert len(own) >= 3, [o.id for o in own]


def test_every_option_says_where_it_comes_from_how_to_get_it_when_and_at_what_cost():
    lacking = [o.id for o in NATIONAL.early_help if not (o.citation.title and o.access and o.hours and o.cost)]
    assert lacking == []


def test_every_option_has_a_day_by_which_it_is_to_be_checked():
    assert [o.id for o in NATIONAL.early_help if o.review_by is None or o.review_by <= ON] == []


def test_what_rests_on_no_document_says_that_it_is_professional_judgement():
    own = [o for o in NATIONAL.early_help if o.citation.source == "school-practice-2026"]
    assert own
    assert all("professional judgement" in o.citation.title for o in own)


OFFERED_AT = [
    ("online_harm", "13_15", "report_remove"),
    ("online_harm", "1_4", "small_child_screens"),
    ("domestic_abuse", "5_9", "operation_encompass"),
    ("domestic_abuse", "13_15", "idva_and_marac"),
    ("exploitation_missing", "13_15", "police_101_cuckooing"),
    ("extremism", "16_17", "act_early"),
    ("attendance", "10_12", "home_education_notice"),
    ("care_arrangements", "16_17", "young_person_without_a_home"),
    ("care_arrangements", "10_12", "private_fostering_notice"),
    ("neglect", "unborn", "midwife_or_health_visitor"),
    ("parental_substance_misuse", "5_9", "drunk_at_the_gate"),
]
NOT_OFFERED_AT = [
    ("neglect", "unborn", "food_and_clothes"),
    ("neglect", "13_15", "midwife_or_health_visitor"),
    ("child_mental_health", "under_1", "self_harm_plan"),
    ("care_arrangements", "10_12", "young_person_without_a_home"),
    ("parental_substance_misuse", "13_15", "drunk_at_the_gate"),
    ("attendance", "16_17", "home_education_notice"),
]


@pytest.mark.parametrize(("category", "age", "option"), OFFERED_AT)
def test_what_fits_the_age_is_offered(category, age, option):
    assert option in [o.id for o in offered(category, age_band=age)]


@pytest.mark.parametrize(("category", "age", "option"), NOT_OFFERED_AT)
def test_what_is_for_another_age_is_not(category, age, option):
    assert option in [o.id for o in NATIONAL.early_help]
    assert option not in [o.id for o in offered(category, age_band=age)]
