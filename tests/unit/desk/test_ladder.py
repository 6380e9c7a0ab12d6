"""The ladder: stages as areas publish them, clocks where days are published, and what may come of a stage."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.desk.duty.ladder import (
    About,
    Disagreement,
    LadderMove,
    MovedOn,
    NoLadder,
    NotTheirs,
    Resolution,
    TopOfTheLadder,
    begun,
    in_order,
    ladder_of,
    moved,
)
from bot.desk.people import Person, Role
from bot.desk.working_time import WorkingTime
from bot.knowledge import areas
from tests.at_the_desk import ROOT, pack_of
from tests.factories import NOW
from tests.fakes_ladder import ROLES, pack_with, steps
from tests.testshire import SLUG, make_knowledge

CLOCKS = yaml.load(Path("tests/cases/ladder_clocks.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
HELD = [area.slug for area in areas(ROOT) if area.slug != "england"]
DAYS = ("1", "2", "5", "10", "20")
ANN = Person("ann", Role.DSL, "Ann", "kent")
SAM = Person("sam", Role.DUTY_WORKER, "Sam", "kent")
BY_DSL = pytest.mark.parametrize("by", [ANN, SAM], ids=["the DSL", "the desk"])


def of(*days: str):
    cited = {"source": "the policy", "section": "3", "checked": "2026-11-02"}
    return ladder_of("kent", [step | cited for step in steps(days)])


def at_stage(number: int, hours: WorkingTime, of_stages: int = 4) -> Disagreement:
    step = begun(of(*DAYS[:of_stages]).rung(number), NOW, hours)
    return Disagreement("d1", "c1", None, "kent", NOW, "ann", About.LEVEL, (step,))


def move(stage: int, resolution: Resolution | None = None, by: Person = ANN, **values) -> LadderMove:
    return LadderMove(by, NOW + timedelta(hours=1), stage, resolution=resolution, **values)


@pytest.mark.parametrize("stages", [3, 4, 5])
@pytest.mark.parametrize("timed", [True, False], ids=["timed", "untimed"])
def test_an_areas_own_stages_are_its_ladder_whatever_their_number(
    tmp_path: Path, hours: WorkingTime, stages: int, timed: bool
) -> None:
    pack = pack_with(make_knowledge(tmp_path), DAYS[:stages] if timed else [""] * stages, NOW.date())

    ladder = ladder_of(SLUG, pack.escalation)

    assert [rung.role for rung in ladder.rungs] == list(ROLES[:stages])
    assert [rung.number for rung in ladder.rungs] == list(range(1, stages + 1))
    assert [rung.days for rung in ladder.rungs] == ([1, 2, 5, 10, 20][:stages] if timed else [None] * stages)
    assert all(rung.source and rung.section and rung.checked == "2026-11-02" for rung in ladder.rungs)
    assert all((rung.due(NOW, hours) is not None) is timed for rung in ladder.rungs)


@pytest.mark.parametrize("area", HELD)
def test_every_area_that_is_held_has_a_ladder(area: str) -> None:
    ladder = ladder_of(area, pack_of(area, NOW.date()).escalation)
    assert 3 <= len(ladder.rungs) <= 5
    assert all(rung.role and rung.source and rung.checked for rung in ladder.rungs)


@pytest.mark.parametrize("case", CLOCKS, ids=lambda case: case["why"])
def test_a_clock_runs_in_working_days_and_only_where_a_whole_number_is_published(case, hours, at) -> None:
    rung = replace(of("1").rung(1), days=of(case["days"]).rung(1).days)
    assert rung.due(at(case["begun"]), hours) == (at(case["due"]) if case["due"] else None)


def test_a_desk_that_never_opens_has_no_clock() -> None:
    assert of("1").rung(1).due(NOW, WorkingTime(week=((),) * 7)) is None


@pytest.mark.parametrize("number", [-1, 0, 4, 99])
def test_a_stage_that_the_area_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(NoLadder):
        of("1", "2", "5").rung(number)


def test_without_stages_there_is_none_to_begin_at() -> None:
    with pytest.raises(NoLadder):
        ladder_of("atlantis", ()).rung(1)


def test_a_stage_is_late_after_its_time_until_it_is_answered_or_over(hours: WorkingTime) -> None:
    step = at_stage(1, hours).at
    after = step.due_at + timedelta(minutes=1)

    assert not step.is_late(step.due_at)
    assert step.is_late(after)
    assert not replace(step, answered_at=NOW).is_late(after)
    assert not replace(step, ended=Resolution.KEPT).is_late(after)
    assert not replace(step, due_at=None).is_late(after + timedelta(days=999))


def test_an_answer_keeps_the_stage_and_says_whose_it_is(hours: WorkingTime) -> None:
    done = moved(at_stage(1, hours), move(1, by=SAM, answer="We look again"))

    assert (done.at.answer, done.at.answered_by, done.at.answered_by_name) == ("We look again", "sam", "Sam")
    assert done.is_open
    with pytest.raises(MovedOn):
        moved(done, move(1, by=SAM, answer="And again"))


@BY_DSL
def test_moving_up_ends_the_stage_and_begins_a_higher_one_with_a_clock_of_its_own(by, hours) -> None:
    begins = begun(of(*DAYS).rung(3), NOW + timedelta(hours=1), hours)
    done = moved(at_stage(1, hours), move(1, Resolution.MOVED_UP, by, begins=begins))

    assert [step.number for step in done.steps] == [1, 3]
    assert done.steps[0].ended is Resolution.MOVED_UP
    assert done.at == begins
    assert done.is_open
    assert done.resolution is None


@pytest.mark.parametrize("to", [1, 2])
def test_up_is_never_down_or_the_same(to: int, hours: WorkingTime) -> None:
    begins = begun(of(*DAYS).rung(to), NOW, hours)
    with pytest.raises(TopOfTheLadder):
        moved(at_stage(2, hours), move(2, Resolution.MOVED_UP, begins=begins))


def test_nothing_is_above_the_last_stage(hours: WorkingTime) -> None:
    with pytest.raises(TopOfTheLadder):
        moved(at_stage(4, hours), move(4, Resolution.MOVED_UP))


@pytest.mark.parametrize("resolution", [Resolution.CHANGED, Resolution.KEPT, Resolution.WITHDRAWN])
def test_every_other_end_closes_it_with_what_was_learnt(resolution: Resolution, hours: WorkingTime) -> None:
    done = moved(at_stage(2, hours), move(2, resolution, learning="Ring sooner"))

    assert (done.resolution, done.at.ended, done.learning) == (resolution, resolution, "Ring sooner")
    assert (done.closed_at, done.closed_by) == (NOW + timedelta(hours=1), "ann")
    for late in (move(2), move(2, Resolution.KEPT), move(2, Resolution.MOVED_UP)):
        with pytest.raises(MovedOn):
            moved(done, late)


def test_what_was_learnt_on_the_way_is_kept_beside_what_is_learnt_at_the_end(hours: WorkingTime) -> None:
    begins = begun(of(*DAYS).rung(2), NOW, hours)
    on = moved(at_stage(1, hours), move(1, Resolution.MOVED_UP, begins=begins, learning="First"))
    assert moved(on, move(2, Resolution.CHANGED, learning="Then")).learning == "First\nThen"
    assert moved(on, move(2, Resolution.CHANGED)).learning == "First"


def test_the_desk_cannot_withdraw_what_a_dsl_has_opened(hours: WorkingTime) -> None:
    with pytest.raises(NotTheirs):
        moved(at_stage(1, hours), move(1, Resolution.WITHDRAWN, SAM))


@pytest.mark.parametrize("resolution", [None, *Resolution])
def test_a_form_of_a_stage_that_is_over_changes_nothing(resolution: Resolution | None, hours: WorkingTime) -> None:
    with pytest.raises(MovedOn):
        moved(at_stage(2, hours), move(1, resolution))


def test_the_late_ones_stand_first_and_those_without_a_clock_last(hours: WorkingTime) -> None:
    late, on_time = replace(at_stage(1, hours), id="late"), replace(at_stage(3, hours), id="on time")
    untimed = replace(at_stage(1, hours), id="none")
    untimed = replace(untimed, steps=(replace(untimed.at, due_at=None),))
    shown = in_order([untimed, on_time, late], NOW + timedelta(days=3))
    assert [one.id for one in shown] == ["late", "on time", "none"]
