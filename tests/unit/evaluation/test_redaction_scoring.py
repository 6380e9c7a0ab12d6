"""What counts as removed, as left and as removed in vain, and how sure a share is."""

import pytest

from evaluation.redaction import figures
from evaluation.redaction.markup import parse
from evaluation.redaction.scoring import judge

# (marked message, what a system made of it)
LEFT = {
    "a name": ("{NAME:Keiran} cried", "Keiran cried"),
    "a name in capitals where none were": ("{NAME:keiran} cried", "keiran cried"),
    "half a name": ("{NAME:Sean Doyle} cried", "[name] Doyle cried"),
    "the second of two": ("{NAME:Daz} hit {NAME:Tink}", "[name] hit Tink"),
    "a name after a wrong removal": ("told {NAME:Tink} today", "[name] Tink today"),
    "half a school": ("at {SCHOOL:Oak Park Primary School}", "at Oak [school]"),
    "a street without its number": ("at {ADDRESS:14 Mill Lane}", "at [address] Mill Lane"),
    "two parts of a date of birth": ("born {DOB:3rd May 2014}", "born [date] May 2014"),
    "two pairs of digits that stand together": ("call {NHS:99 90 12 34 54}", "call 99 90 [number]"),
    "half of an e-mail address": ("to {EMAIL:k.doyle@example.com}", "to k.doyle[url]"),
    "a school of ordinary words": ("at {SCHOOL:The Park School}", "at The Park School"),
}
REMOVED = {
    "a name": ("{NAME:Keiran} cried", "[child] cried"),
    "a name with its clitic": ("{NAME:Keiran}'s mum", "[child]'s mum"),
    "a name, its title staying": ("Mrs {NAME:Okafor} cried", "Mrs [name] cried"),
    "a name, its hyphen staying": ("{NAME:Tommy-Lee} cried", "<PERSON>-<PERSON> cried"),
    "a name and more": ("{NAME:Keiran} cried", "[name]"),
    "everything, refused": ("{NAME:Keiran} cried", ""),
    "a school but for its kind": ("at {SCHOOL:Oakwood Primary School}", "at [school] Primary School"),
    "a street, its number staying": ("at {ADDRESS:14 Mill Lane}", "at 14 [address]"),
    "a date but for its year": ("born {DOB:3rd May 2014}", "born [date] 2014"),
    "a number but for a pair of its digits": ("call {NHS:99 90 12 34 54}", "call 99 [number]"),
}


@pytest.mark.parametrize(("marked", "redacted"), LEFT.values(), ids=LEFT)
def test_an_identifier_of_which_a_telling_word_is_left_is_leaked(marked, redacted):
    assert judge(parse("m", marked), redacted).leaked


@pytest.mark.parametrize(("marked", "redacted"), REMOVED.values(), ids=REMOVED)
def test_an_identifier_of_which_no_telling_word_is_left_is_removed(marked, redacted):
    assert judge(parse("m", marked), redacted).leaked == ()


def test_only_the_leaked_one_of_two_like_spans_is_counted():
    outcome = judge(parse("m", "{NAME:Tink} saw {NAME:Tink} run"), "[name] saw Tink run")
    assert [span.start for span in outcome.leaked] == [9]


def test_harmless_words_that_are_gone_are_counted_and_neutral_ones_and_titles_are_not():
    message = parse("m", "Mr {NAME:Doyle} in {KEEP:Year 6} was sad on {NEUTRAL:3 May} by a pond")
    outcome = judge(message, "[name] in Year [age] was [name] on [date] by [letter] pond")
    assert outcome.over == ("6", "sad")
    assert [message.text[span.start : span.end] for span in outcome.lost] == ["Year 6"]
    assert outcome.outside == 8  # in, Year, 6, was, sad, on, by, pond


def outcomes():
    return [
        judge(parse("a", "{NAME:Keiran|white_british} and {NAME:Gaz|nickname} hid"), "[name] and Gaz hid"),
        judge(parse("b", "{PHONE:07700 900123} rang on {KEEP:Monday}"), "[phone] rang on [date]"),
        judge(parse("c", "it rained"), "it [name]"),
        judge(parse("d", "it snowed"), "it snowed"),
    ]


def test_shares_are_counted_over_what_they_are_of():
    found = outcomes()
    assert figures.recall(found) == figures.Share(2, 3)
    assert figures.recall(found, lambda span: span.group == "nickname") == figures.Share(0, 1)
    assert figures.leaking(found) == figures.Share(1, 2)
    assert figures.changed(found) == figures.Share(1, 2)
    assert figures.kept_lost(found) == figures.Share(1, 1)
    assert figures.over_removed(found) == figures.Share(2, 9)


# Wilson (1927), as printed by any statistics package.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 27.75), (5, 10, 23.66, 76.34), (10, 10, 72.25, 100.0), (98, 100, 93.0, 99.45)],
)
def test_an_interval_is_wilsons(part, whole, low, high):
    assert figures.Share(part, whole).interval() == pytest.approx((low, high), abs=0.01)


def test_of_nothing_there_is_no_percentage_and_no_certainty():
    assert figures.Share(0, 0).percent is None
    assert figures.Share(0, 0).interval() == (0.0, 100.0)
