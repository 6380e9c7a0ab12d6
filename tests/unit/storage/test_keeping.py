"""How long things are kept: by area, and never while an answer is unread or disputed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Stage
from bot.desk.duty.ladder import About, Disagreement, LadderMove, LadderStep, Resolution
from bot.desk.purging import Kind
from bot.desk.staff.links import LinkKind, NewCode
from bot.keeping import purging_of
from bot.knowledge.desk_settings import DeskSettings
from bot.settings import load_settings
from bot.storage import StaffShelf
from tests.duty_moves import answer, claim, settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_assistant, make_case

DAY = timedelta(days=1)


class Nothing:
    """A dialogue that remembers nothing."""

    def consultations(self) -> frozenset[str]:
        return frozenset()


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.dsl, records.sam = create_dsl(records), create_worker(records)
    create_consultation(records, records.dsl)
    return records


@pytest.fixture
def going(records, tmp_path):
    """Return what would go so many days later, where Kent keeps for thirty."""

    def settings_of(area, on):
        return DeskSettings(keep_days=30 if area == "kent" else None)

    settings = replace(load_settings({"NONAME_VAR": str(tmp_path)}), keep_days=400)
    purging = purging_of(settings, records, Nothing(), settings_of, NOW.date)

    def after(days: int) -> list[str]:
        return [one.subject for one in purging.going(NOW + days * DAY) if one.kind is Kind.CONSULTATION]

    return after


def answered(records) -> None:
    records.hand_over(make_case())
    held = claim(records, "case-1", records.sam, NOW)
    told = {"outcome_level": "3", "outcome_reason": "a reason", "outcome_advice": "advice"}
    settle(records, answer(records, replace(held, **told), NOW), NOW)
    records.add_outgoing("c1", [replace(from_assistant("the answer"), speaker="service")], NOW, unless_held=False)


def test_an_area_keeps_for_as_long_as_its_desk_says(records, going):
    assert going(30) == []
    assert going(31) == ["c1"]


def test_where_a_desk_says_nothing_the_settings_count(records, going):
    records.set_area("c1", "hampshire", NOW)
    assert going(399) == []
    assert going(401) == ["c1"]


def test_an_answer_that_was_not_read_stays(records, going):
    answered(records)
    assert records.consultation("c1").stage is Stage.CLOSED
    assert going(99) == []
    records.mark_read("c1", "dsl", 1, NOW)
    assert going(99) == ["c1"]


def test_what_is_disputed_stays_until_something_came_of_it(records, going):
    stage = LadderStep(1, "1", "you and the worker", NOW, None)
    records.open_disagreement(Disagreement("d1", "c1", None, "kent", NOW, records.dsl.id, About.LEVEL, (stage,)))
    assert going(99) == []
    records.move_disagreement("d1", LadderMove(records.sam, NOW, 1, resolution=Resolution.KEPT))
    assert going(99) == ["c1"]


def test_what_was_passed_on_stays_until_a_dsl_has_seen_it(records, going):
    staff = records.beside(StaffShelf)
    staff.keep_code("7K2M", NewCode(LinkKind.STAFF, "Cook", records.dsl.id, NOW + DAY), NOW)
    cook = staff.link_by_code("7K2M", "chat", 4711, NOW + DAY, NOW).person
    create_consultation(records, cook, id="talk")
    note = staff.pass_on("talk", True, "a bruise", NOW)
    assert going(99) == ["c1"]
    staff.see(records.dsl.id, note.id, NOW)
    assert set(going(99)) == {"c1", "talk"}
