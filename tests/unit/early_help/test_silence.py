"""When nothing may be said to the family."""

from datetime import date
from pathlib import Path

import pytest

from bot.consultation import Facts, Status
from bot.early_help import must_not_hear
from bot.knowledge import load_national

NATIONAL = load_national(Path(__file__).parents[3] / "knowledge_base", date(2026, 11, 22))


@pytest.mark.parametrize("status", [Status.PRESENT, Status.UNSURE])
@pytest.mark.parametrize(
    "sign", ["honour_threat", "forced_marriage_risk", "fgm_risk", "taken_abroad", "fabricated_illness"]
)
def test_a_sign_or_a_doubt_is_enough(sign, status):
    assert must_not_hear(Facts({sign: status}), NATIONAL)


@pytest.mark.parametrize("tick", ["fgm_marriage_honour", "fabricated_illness"])
def test_a_tick_is_enough(tick):
    assert must_not_hear(Facts({}, {"red_flag_list": (tick,)}), NATIONAL)


def test_a_worry_of_another_kind_leaves_it_to_the_dsl():
    assert not must_not_hear(Facts({"hungry_often": Status.PRESENT, "fgm_risk": Status.ABSENT}), NATIONAL)
