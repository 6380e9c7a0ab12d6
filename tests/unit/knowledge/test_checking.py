"""The check says what is wrong or due, with file and line."""

from datetime import date

from bot.knowledge.check import check

KENT = "areas/E10000016-kent"


def _about(problems, *words):
    return [problem for problem in problems if all(word in problem for word in words)]


TODAY = date(2026, 11, 22)


def test_nothing_in_the_real_files_is_wrong_or_due(root):
    assert check(root, TODAY) == []


def test_sources_past_their_review_are_named(root):
    problems = check(root, date(2027, 5, 23))

    assert _about(problems, "source 'kent-guidance'", "sources.yml, line ", "2027-05-")


def test_a_contact_past_its_check_is_named_though_its_source_was_looked_at(copy, edit):
    line = edit(f"{KENT}/area.yml", "section: request for support, verified: 2026", "section: x, verified: 2025")

    assert _about(check(copy, TODAY), f"area.yml, line {line}:", "was due to be checked by 2026-05-")


def test_a_refused_file_is_one_problem_and_the_other_area_is_still_checked(copy, edit):
    line = edit(f"{KENT}/area.yml", "neutral: [N2, N3]", "neutral: [N9]")
    edit("areas/E06000060-buckinghamshire/cases.yml", "because: [bucks-2-diet]", "because: [bucks-2-dite]")

    problems = check(copy, TODAY)

    assert _about(problems, f"area.yml, line {line}:", "'N9'")
    assert _about(problems, "cases.yml", "'bucks-2-dite'")


def test_a_row_that_nothing_can_tell_is_named(copy, edit):
    edit(
        "national/england/indicators/neglect.yml",
        "indicators:\n",
        'indicators:\n  never_told: {words: "something", domain: child}\n',
    )
    line = edit(f"{KENT}/thresholds.yml", "needs: [[suspension]]", "needs: [[never_told]]")

    assert _about(check(copy, TODAY), f"thresholds.yml, line {line}:", "kent-2-suspension", "never_told")


def test_a_case_about_something_unknown_is_named(copy, edit):
    line = edit(f"{KENT}/cases.yml", "absence_occasional: present", "absense: present")

    assert _about(check(copy, TODAY), f"cases.yml, line {line}:", "'absense'")


def test_a_calendar_that_runs_out_is_named_in_time(root):
    assert not _about(check(root, date(2028, 10, 1)), "bank holidays")
    assert _about(check(root, date(2028, 12, 1)), "bank holidays")
