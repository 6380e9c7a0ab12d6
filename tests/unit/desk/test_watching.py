"""A manager who looks into a case that somebody else holds leaves a line in the audit chain."""

import pytest

from bot.desk.brief import brief
from bot.desk.people import Role
from tests.at_the_desk import national, wording
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case


@pytest.mark.parametrize(
    ("reader", "holder", "watched"),
    [("mel", "sam", 1), ("mel", "mel", 0), ("mel", None, 0), ("bob", "sam", 0)],
)
def test_only_a_manager_in_somebody_elses_case_is_noted_as_watching(records, reader, holder, watched) -> None:
    create_consultation(records, create_dsl(records))
    people = {login: create_worker(records, login) for login in ("sam", "bob")}
    people["mel"] = records.add_worker("mel", "Mel Hart", "kent", "no hash", "NOSECRET", role=Role.MANAGER)
    records.hand_over(make_case())
    if holder:
        claim(records, "case-1", people[holder], NOW)
    brief(records, "case-1", people[reader], NOW, national=national(), wording=wording())
    assert records.times_noted("case.read", "case-1") == 1
    assert records.times_noted("case.watched", "case-1") == watched
