"""The yardstick of drift: how grave what was told is by England's rows of one day, whatever an area says."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.knowledge.vocabulary import STRENGTHS
from bot.scrutiny.alike import no_yardstick
from bot.scrutiny.counting import counted
from bot.scrutiny.seen import Seen
from bot.scrutiny_wiring import DANGER, placing_of, yardstick
from bot.settings import ROOT
from tests.at_the_desk import national
from tests.factories import NOW
from tests.unit.scrutiny.test_a_year import placing


def gravity(*told: str, age: str = "5_9") -> int:
    return yardstick(national())(frozenset(told), {"age_band": age})


def test_nothing_told_is_below_the_scale() -> None:
    assert gravity() == 0


def test_each_sign_stands_where_englands_row_puts_it() -> None:
    floor = national().floor
    assert floor is not None
    alone = {row.id: row for row in floor.rows if len(row.needs) == 1 and len(row.needs[0]) == 1 and not row.given}
    some = [row for row in alone.values() if not row.everywhere][:40]
    assert len(some) == 40
    for row in some:
        (sign,) = row.needs[0]
        assert gravity(sign) >= max(row.level.neutral)


def test_danger_is_above_every_level() -> None:
    assert gravity("suicide_attempt") == DANGER


def test_a_sign_more_never_makes_it_lighter() -> None:
    signs = sorted(national().indicators)[::9]
    for first, second in pairwise(signs):
        assert gravity(first, second) >= max(gravity(first), gravity(second))


@pytest.mark.parametrize("age", ["", "unknown", "under_1"])
def test_it_does_not_need_an_age(age: str) -> None:
    assert gravity("hungry_often", age=age) >= 1


def test_an_entry_has_the_gravity_and_the_number_of_its_signs() -> None:
    seen = Seen(area="kent", opened_at=NOW, told=frozenset({"suicide_attempt", "hungry_often"}))
    kinds = dict.fromkeys(seen.told, "neglect")
    entry = replace(placing(), kinds=kinds, gravity=yardstick(national())).entry(seen)
    assert (entry.gravity, entry.signs) == (DANGER, 2)
    assert no_yardstick(seen.told, seen.answers) == 0


def test_whatever_can_be_told_of_a_child_can_be_counted() -> None:
    """What protects a child is told and read like any sign. It is no kind of worry."""
    real = placing_of(ROOT / "knowledge_base", national(), lambda area: None, NOW.date())
    entry = real.entry(Seen(area="kent", opened_at=NOW, told=frozenset(national().indicators)))
    assert counted([entry]).exact["kinds"]["neglect", "kent"] == 1
    strengths = [one for one in national().indicators.values() if one.category == STRENGTHS]
    assert strengths
    assert entry.signs == len(national().indicators) - len(strengths)
