"""A value holds from its first day until the next one's, and before the first there is none."""

from datetime import date

import pytest

from bot.knowledge import NotInForce, load_area, load_national

AREA = "areas/E10000016-kent/area.yml"
ROWS = "areas/E10000016-kent/thresholds.yml"
PARENTS = "  level-3-parents:\n    values:\n"
OLD = (
    "2018-10-01: {value: 03000 419191, hours: outside office hours, source: kent-front-door, "
    "section: request for support, verified: 2026-11-02}"
)


def _out_of_hours(copy, on):
    return load_area(copy, "kent", on).contacts.get("out_of_hours")


def test_a_new_number_holds_from_its_first_day_and_the_old_one_until_then(copy, edit):
    new = OLD.replace("2018-10-01", "2027-04-01").replace("419191", "000000")
    edit(AREA, OLD, f"{OLD}\n      {new}")

    assert _out_of_hours(copy, date(2027, 3, 31)).value == "03000 419191"
    assert _out_of_hours(copy, date(2027, 4, 1)).value == "03000 000000"


def test_the_order_of_the_lines_does_not_matter(copy, edit):
    new = OLD.replace("2018-10-01", "2027-04-01").replace("419191", "000000")
    edit(AREA, OLD, f"{new}\n      {OLD}")

    assert _out_of_hours(copy, date(2026, 11, 21)).value == "03000 419191"


@pytest.mark.parametrize("word", ["withdrawn", "expected"])
def test_a_number_that_is_withdrawn_or_only_announced_is_not_shown(copy, edit, word):
    edit(AREA, OLD, f"{OLD}\n      2027-04-01: {word}")

    assert _out_of_hours(copy, date(2027, 3, 31)) is not None
    assert _out_of_hours(copy, date(2027, 4, 1)) is None


def test_a_broken_value_of_the_future_is_refused_today(copy, edit, on):
    edit(AREA, OLD, f"{OLD}\n      2027-04-01: {{value: 03000 000000}}")

    with pytest.raises(Exception, match="is missing"):
        load_area(copy, "kent", on)


def test_a_contact_of_the_future_is_not_the_nearest_one(root):
    before = load_area(root, "kent", date(2024, 8, 31))

    assert "lado" not in before.contacts
    assert "lado" in load_area(root, "kent", date(2024, 9, 1)).contacts


def test_a_section_that_was_withdrawn_gives_no_rows_and_is_named_as_missing(copy, edit):
    edit(ROWS, PARENTS, f"{PARENTS}      2027-04-01: withdrawn\n")

    before, after = (load_area(copy, "kent", date(2027, month, 1)) for month in (3, 4))

    assert len(before.rows) - len(after.rows) == 2
    (gap,) = set(after.missing) - set(before.missing)
    assert gap == "The section level-3-parents was withdrawn on 2027-04-01."


def test_a_section_that_starts_later_does_not_count_before(copy, edit):
    edit(ROWS, f"{PARENTS}      2018-10-01:", f"{PARENTS}      2027-04-01:")

    before, after = (load_area(copy, "kent", date(2027, month, 1)) for month in (3, 4))

    assert len(after.rows) - len(before.rows) == 2


EVES = {"kent": date(2018, 9, 30), "buckinghamshire": date(2015, 10, 31)}


@pytest.mark.parametrize(("area", "last_day_without"), EVES.items())
def test_before_an_area_s_levels_start_there_are_none(root, area, last_day_without):
    with pytest.raises(NotInForce) as caught:
        load_area(root, area, last_day_without)

    assert caught.value.on == last_day_without
    assert (caught.value.first - last_day_without).days == 1
    assert load_area(root, area, caught.value.first).rows


def test_before_the_questions_start_there_are_none(root):
    with pytest.raises(NotInForce):
        load_national(root, date(2015, 10, 31))

    assert load_national(root, date(2015, 11, 1)).red_flags


def test_a_contact_is_due_for_its_check_when_its_source_says_so(root, on):
    contact = load_area(root, "kent", on).contacts["front_door"]

    assert contact.citation.verified == date(2026, 11, 2)
    assert contact.review_by == date(2027, 5, 2)


def test_the_same_files_and_day_have_the_same_version_and_any_change_another(copy, edit, on):
    first = load_area(copy, "kent", on).version

    assert load_area(copy, "kent", on).version == first
    assert load_area(copy, "kent", date(2026, 11, 22)).version != first
    edit(ROWS, "words: talks of running away", "words: speaks of running away")
    assert load_area(copy, "kent", on).version != first
