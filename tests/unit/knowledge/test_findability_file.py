"""What makes a child findable: the file as it is, and what is refused in it with file and line."""

from datetime import date

import pytest

from bot.knowledge import PackError, load_national
from bot.knowledge.check import check

FILE = "national/england/findability.yml"
ON = date(2026, 11, 22)

# what stands there, what is put in its place, words of the refusal
BROKEN = {
    "a list that is not there": ('"@child"', '"@chlid"', "no list @chlid"),
    "a pattern with a list that is not there": (
        "< @staff child|daughter",
        "< @stafff child|daughter",
        "no list @stafff",
    ),
    "a word with a capital": ("conjoined twins", "Conjoined twins", "plain word in lower case"),
    "a word with an apostrophe": ("- motor neurone", "- parkinson's", "plain word in lower case"),
    "a rarity that is none": ("rarity: unique", "rarity: unik", "'unik'"),
    "a source that nobody knows": ("source: ons-census-2021-migration", "source: ons", "in no sources.yml"),
    "a rule that says nothing": ("    says:", "    syas:", "'syas'"),
    "a pattern that ends in a gap": ("conjoined twins >", "conjoined twins > ...", "not with a gap"),
    "nothing between the marks": ("< conjoined twins >", "conjoined < > twins", "at least one word"),
    "only what may be missing between the marks": (
        "< conjoined twins >",
        "conjoined < big? > twins",
        "at least one word",
    ),
    "an indicator that nobody knows": ("[unaccompanied_asylum_seeker]", "[unacompanied]", "not an indicator"),
    "a question that nobody asks": ("answers: {baby_at_home:", "answers: {baby:", "not a question"),
    "an answer nobody can give": ('baby_at_home: ["yes"]', 'baby_at_home: ["yess"]', "'yess'"),
    "grades in the wrong order": ("high: 6", "high: 3", "more than 'some'"),
    "points that are no number": ("shared: 1", "shared: none", "not a whole number"),
    "a misspelt key": ("may_tell: [bereavement", "may_tel: [bereavement", "'may_tel'"),
    "an unverified rule": (", verified: 2026-11-22}", "}", "'verified' is missing"),
}


@pytest.mark.parametrize(("old", "new", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_the_file_is_refused_for(copy, edit, old, new, words):
    edit(FILE, old, new)

    with pytest.raises(PackError) as caught:
        load_national(copy, ON)

    assert caught.value.file == copy / FILE
    assert caught.value.line > 1
    assert words in caught.value.wrong
    assert check(copy, ON) == [str(caught.value)], "./noname packs check says the same"


def test_a_refusal_names_the_line_of_the_pattern(copy, edit):
    line = edit(FILE, "- motor neurone", "- parkinson's")
    with pytest.raises(PackError) as caught:
        load_national(copy, ON)
    assert caught.value.line == line


def test_a_rule_holds_from_its_first_day(root):
    assert load_national(root, date(2025, 3, 27)).findability.rules == ()
    assert load_national(root, date(2025, 3, 28)).findability.rules


def test_every_rule_says_from_where_it_is(root):
    for rule in load_national(root, ON).findability.rules:
        assert rule.citation.source in {"ico-anonymisation-2025", "ons-disclosure-control", "ons-census-2021-migration"}
        assert rule.citation.verified == date(2026, 11, 22)
        assert rule.telltales, rule.id


def test_how_findable_a_record_is_has_no_part_in_the_version_of_an_assessment(copy, edit):
    before = load_national(copy, ON).version
    edit(FILE, "rarity: unique", "rarity: rare")
    assert load_national(copy, ON).version == before


def test_nothing_here_is_wrong_or_due(root):
    assert [line for line in check(root, ON) if "findability" in line] == []
