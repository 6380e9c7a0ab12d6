"""Early help as data: what is read, and what is refused with file and line."""

from datetime import date, timedelta

import pytest

from bot.knowledge import PackError, load_area, load_national
from bot.knowledge.early_help import lead_practitioner, load_transitions
from bot.knowledge.shared import national_sources

ENGLAND = "national/england"
HELP = f"{ENGLAND}/early_help.yml"
KENT = "areas/E10000016-kent/early_help.yml"
MOVING = f"{ENGLAND}/transitions.yml"


def moving_on(root, on):
    national = load_national(root, on)
    return load_transitions(root / MOVING, national.indicators, national.questions, national_sources(root), on)


def test_an_option_has_ages_phases_hours_and_cost(root, on):
    options = {option.id: option for option in load_national(root, on + timedelta(days=1)).early_help}
    plan = options["drunk_at_the_gate"]
    assert plan.ages == {"under_1", "1_4", "5_9", "10_12"}
    assert plan.phases == {"early_years", "primary"}
    assert (plan.hours, plan.cost) == ("school hours", "staff time")


def test_an_option_is_due_to_be_checked_as_its_source_says(root, on):
    (gate,) = [option for option in load_national(root, on).early_help if option.id == "drunk_at_the_gate"]
    assert gate.citation.verified == date(2026, 11, 22)
    assert gate.review_by == date(2027, 5, 22), "six months, by sources.yml"


def test_an_area_may_name_none_of_it(root, on):
    assert all(option.review_by for option in load_area(root, "kent", on).early_help)
    assert not any(option.ages for option in load_area(root, "kent", on).early_help)


BROKEN = {
    "an age that is no band": (HELP, "ages: [unborn, under_1,", "ages: [unborn, under_2,", "'under_2' is not one of"),
    "a phase that is none": (HELP, "phases: [early_years,", "phases: [nursery,", "'nursery' is not one of"),
    "a key that nobody reads": (HELP, "    cost: some break", "    price: some break", "'price' is not a known"),
    "a cost that says nothing": (HELP, "    cost: free to ring", "    cost: ", "nothing is written"),
    "a source that nobody has": (HELP, "source: report-remove", "source: report-remov", "in no sources.yml"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_option_is_refused_with_its_line(broken, copy, edit, on):
    file, old, new, refusal = BROKEN[broken]
    line = edit(file, old, new)
    with pytest.raises(PackError, match=refusal) as refused:
        load_national(copy, on)
    assert f"line {line}" in str(refused.value)


BROKEN_MOVES = {
    "an indicator nobody knows": ("[kicked_out]", "[kickd_out]", "'kickd_out' is not an indicator"),
    "an answer nobody can give": ('["16_17"]', '["17"]', "'17' is not one of"),
    "a question nobody asks": ("{age_band:", "{age_bnd:", "'age_bnd' is not a question"),
    "a line that always holds": ("{answers: {parents_know: [refuse]}}", "{}", "at least one indicator or answer"),
    "no step": ("    name: Nearly 18\n    what:", "    name: Nearly 18\n    wat:", "'wat' is not a known key"),
    "a source that nobody has": ("source: file-transfer", "source: file", "in no sources.yml"),
}


@pytest.mark.parametrize("broken", BROKEN_MOVES)
def test_a_broken_transition_is_refused(broken, copy, edit, on):
    old, new, refusal = BROKEN_MOVES[broken]
    edit(MOVING, old, new)
    with pytest.raises(PackError, match=refusal):
        moving_on(copy, on)


# what an area calls its lead practitioner

OWN_WORD = (
    "lead_practitioner: {called: family link, meeting: network meeting, first_meeting: within three weeks, "
    "from: 2026-11-20, source: kent-guidance, section: roles, verified: 2026-11-20}\noptions:\n"
)


def lead(root, on):
    return lead_practitioner(root, load_area(root, "kent", on), on)


def test_an_area_calls_its_lead_practitioner_as_it_does(copy, edit, on):
    edit(KENT, "options:\n", OWN_WORD)
    kent = lead(copy, on)
    assert (kent.called, kent.meeting, kent.first_meeting) == ("family link", "network meeting", "within three weeks")
    assert kent.is_local
    assert kent.review_by == date(2027, 5, 20), "six months, by sources.yml"


def test_an_area_that_has_not_said_takes_the_national_word(root, on):
    assert (lead(root, on).called, lead(root, on).is_local) == ("lead practitioner", False)


def test_before_the_area_said_so_the_national_word_holds(copy, edit):
    edit(KENT, "options:\n", OWN_WORD)
    assert not lead(copy, date(2026, 11, 19)).is_local


def test_a_lead_practitioner_without_a_source_is_refused(copy, edit, on):
    edit(KENT, "options:\n", OWN_WORD.replace("source: kent-guidance, ", ""))
    with pytest.raises(PackError, match="'source' is missing"):
        lead(copy, on)


def test_the_word_for_a_lead_practitioner_is_in_the_packs_version(copy, edit, on):
    before = load_area(copy, "kent", on).version
    edit(KENT, "options:\n", OWN_WORD)
    assert load_area(copy, "kent", on).version != before
