"""The practice cases: all that a file must say is there, what is wrong is refused, and nobody can be found in one."""

from datetime import date

import pytest

from bot.consultation import RawText, Status
from bot.knowledge import PackError, areas, load_national
from bot.knowledge.bundle import bundle_of
from bot.knowledge.check import findings
from bot.knowledge.practice import load_practice
from bot.redactor import load_redactor
from bot.thresholds import practice_checks

FILE = "national/england/practice.yml"
TODAY = date(2026, 11, 22)
# Every kind that a DSL should have tried once.
EXITS = {"front_door_now", "lado", "private_fostering", "allocated_worker", "police_101"}


@pytest.fixture(scope="module")
def cases(root):
    return load_practice(root, load_national(root, TODAY), TODAY)


def test_there_are_enough_of_every_kind(cases):
    come = {value for case in cases.values() for value in case.areas.values()}
    assert len(cases) >= 14
    assert {"1", "2", "3", "4", "person"} | EXITS <= come
    assert any(len(set(case.areas.values())) > 1 for case in cases.values()), "one in which two areas differ"
    assert sum(case.published is not None for case in cases.values()) >= 6


def test_every_case_says_what_to_notice_with_its_source(cases):
    for case in cases.values():
        assert 2 <= len(case.notice) <= 3, case.id
        assert all(point.citation.title and point.citation.section for point in case.notice)


def test_every_case_is_about_something_and_has_an_age(cases):
    for case in cases.values():
        assert Status.PRESENT in case.facts.indicators.values() or case.areas, case.id
        assert "age_band" in case.facts.answers, f"{case.id}: nobody can be assessed without an age"


def test_nothing_in_a_story_points_to_anybody(cases, root):
    redactor = load_redactor(root)
    for case in cases.values():
        for words in (case.title, case.words, *(point.words for point in case.notice)):
            assert redactor.redact(RawText(words), on=TODAY).findings == (), f"{case.id}: {words}"


def test_the_packs_come_out_as_the_cases_say(root):
    assert practice_checks.findings(root, TODAY) == []


def test_a_case_that_comes_out_otherwise_is_named_where_it_stands(copy, edit):
    line = edit(FILE, 'areas: {kent: "3", buckinghamshire: "3", harrow: "3", east-sussex: "4"}', 'areas: {kent: "2"}')
    (found,) = practice_checks.findings(copy, TODAY)
    assert found.line == line
    assert "'always-hungry' amounts to 3 in Kent, not to 2" in found.words


BROKEN = {
    "a fact that nobody knows": ("hungry_often: present", "hungry_always: present", "not a known indicator"),
    "a status that is none": ("hungry_often: present", "hungry_often: maybe", "not one of: present"),
    "a question that nobody asks": ("how_known: rumour", "how_heard: rumour", "not a known question"),
    "an answer that nobody gives": ("how_known: rumour", "how_known: hearsay", "not one of"),
    "words where a DSL finds their own": ("child_said: not_asked", "child_said: nothing much", "answered freely"),
    "an area that is not held": ('areas: {kent: "1"', 'areas: {atlantis: "1"', "no area"),
    "no area at all": ("areas: {kent: lado, harrow: lado}", "areas: {}", "at least one area"),
    "a source that nobody knows": (
        "source: lado-network, section: allegations",
        "source: x, section: y",
        "sources.yml",
    ),
    "a case without a story": ("    words: |-\n      A parent at the gate", "    wordz: |-\n      A parent", "'wordz'"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_wrong_is_refused_with_its_place(copy, edit, fault):
    old, new, words = BROKEN[fault]
    edit(FILE, old, new)
    with pytest.raises(PackError, match=words) as refused:
        load_practice(copy, load_national(copy, TODAY), TODAY)
    assert refused.value.file == copy / FILE


def test_a_case_with_one_point_to_notice_is_refused(copy, edit):
    text = (copy / FILE).read_text("utf-8")
    first = text[text.index('    - {words: "A rumour') : text.index('    - {words: "What is going well')]
    edit(FILE, first, "")
    with pytest.raises(PackError, match="at least 2 points"):
        load_practice(copy, load_national(copy, TODAY), TODAY)


def test_packs_check_tells_of_a_broken_case_and_of_all_else(copy, edit):
    edit(FILE, "hungry_often: present", "hungry_always: present")
    edit("national/england/sources.yml", "    verified: 2026-11-02\n", "    verified: 2024-11-02\n")
    found = findings(copy, TODAY, "england")
    assert any(f.file == copy / FILE and "hungry_always" in f.words for f in found)
    assert any("was due to be looked at again" in f.words for f in found)


def test_practice_changes_no_pack_version_and_is_kept_with_no_decision(root, copy):
    before = load_national(copy, TODAY).version
    (copy / FILE).write_text((copy / FILE).read_text("utf-8") + "\n# one more word\n", "utf-8")
    assert load_national(copy, TODAY).version == before
    assert FILE not in bundle_of(root, areas(root)[0].slug)
