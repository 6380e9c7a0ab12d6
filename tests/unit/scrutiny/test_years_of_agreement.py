"""Years in which assistant and worker mostly agree, as they are likely to: many alike, and few far apart."""

import random
from datetime import UTC, datetime

import pytest

from bot.scrutiny.agreeing import agreements
from bot.scrutiny.counting import Counted, counted
from bot.scrutiny.entry import NOT_TOLD, Band, Entry, Wait
from bot.scrutiny.releasing import released
from bot.scrutiny.rules import Rules
from tests.attack_on_tables import NESTED, groups_told, parted_too_narrow, too_narrow

OPENED = datetime(2025, 6, 2, tzinfo=UTC)
LEVELS = (Band.N1, Band.N2, Band.N3, Band.N4)
SIGNS = ("neglect_one", "neglect_two", "neglect_three", "online_harm_one", "attendance_one", "attendance_two")
KIND_OF = {sign: sign.rpartition("_")[0] for sign in SIGNS}
VIEWS = {"refer": 45, "early_help": 25, "school_support": 15, "advice_only": 10, NOT_TOLD: 5}
STEPS = {0: 75, 1: 12, -1: 10, 2: 2, -2: 1}


def _year(seed: int, many: int, areas: str) -> Counted:
    chance = random.Random(seed)
    entries = (_entry(chance, areas) for _ in range(many))
    return counted(entries, kind_of=KIND_OF)


def _entry(chance: random.Random, areas: str) -> Entry:
    def draw(weights: dict):
        return chance.choices([*weights], [*weights.values()])[0]

    at = draw({0: 2, 1: 10, 2: 8, 3: 3})
    assistant = draw({LEVELS[at]: 90, Band.EXIT: 4, Band.PERSON: 3, None: 3})
    placed = LEVELS[min(3, max(0, at + draw(STEPS)))]
    worker = draw({placed: 97, Band.NO_LEVEL: 3}) if chance.random() < 0.6 else None
    told = frozenset(chance.sample(SIGNS, chance.choice([0, 1, 1, 2, 3])))
    return Entry(
        area=draw({area: 2.0**-n for n, area in enumerate(areas)}),
        opened_at=OPENED,
        kinds=frozenset(KIND_OF[sign] for sign in told),
        told=told,
        assistant=assistant,
        dsl=draw(VIEWS),
        handed_over=worker is not None or chance.random() < 0.02,
        worker=worker,
        wait=Wait.ONE_DAY if worker else None,
        referral_advised=placed.rank > 2 if worker else None,
    )


@pytest.mark.parametrize(("seed", "many", "areas"), [(1, 150, "ab"), (2, 300, "abc"), (3, 600, "a"), (4, 1200, "ab")])
@pytest.mark.parametrize("rules", [Rules(5, 1), Rules(10, 1)], ids=["five", "ten"])
def test_no_small_figure_and_no_small_group_of_it_can_be_worked_out(
    seed: int, many: int, areas: str, rules: Rules
) -> None:
    made = _year(seed, many, areas)
    published = released(2025, made, rules).plain()
    assert too_narrow(published, made.exact, also=NESTED) == []
    assert groups_told(published, made.exact, NESTED) == []
    assert parted_too_narrow(published, made.exact, KIND_OF) == []


def test_an_area_of_some_size_has_its_pairs_of_levels_and_a_kappa() -> None:
    release = released(2025, _year(5, 2500, "ab"), Rules())
    assert all("a" in release.table(name).areas for name in ("agreed", "above", "below"))
    found = next(agreements(release, "a"))
    assert found.pair == "assistant_worker"
    assert 0.6 < found.linear.least < found.linear.value < found.quadratic.value
