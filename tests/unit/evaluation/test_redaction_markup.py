"""Marked messages: what is marked where, what is refused, and how spellings move the marks along."""

import random

import pytest

from evaluation.redaction.markup import BadMarkup, Message, Span, parse
from evaluation.redaction.variants import in_every_spelling, lower, typo, upper

MARKED = (
    "{NAME:Straße Özil|arabic_turkish} in {KEEP:Year 5} said {KEEP:mum} wrote to {EMAIL:keiran.doyle@example.com}, "
    "and {NAME:Keiran|white_british} stayed away from {SCHOOL:Elm Primary}"
)


def marked(message: Message) -> list[tuple[str, str]]:
    return [(span.label, message.text[span.start : span.end]) for span in message.spans]


def test_a_marked_message_is_its_text_and_what_was_marked():
    message = parse("m1", "{NAME:Keiran|white_british} in {KEEP:Year 5}, {DOB:1/2/2014}.")
    assert message.text == "Keiran in Year 5, 1/2/2014."
    assert message.spans == (
        Span(0, 6, "NAME", "white_british"), Span(10, 16, "KEEP"), Span(18, 26, "DOB"),
    )  # fmt: skip
    assert marked(message) == [("NAME", "Keiran"), ("KEEP", "Year 5"), ("DOB", "1/2/2014")]
    assert [span.label for span in message.identifiers] == ["NAME", "DOB"]


@pytest.mark.parametrize(
    "bad",
    [
        "{PERSON:Keiran}",
        "{NAME:Keiran|martian}",
        "{KEEP:mum|african}",
        "{NAME:Keiran",
        "Keiran}",
        "{NAME:}",
        "{NAME:{NAME:Keiran}}",
    ],
)
def test_what_is_marked_wrongly_is_refused_and_named(bad):
    with pytest.raises(BadMarkup, match="m1"):
        parse("m1", bad)


@pytest.mark.parametrize("spelt", [lower, upper])
def test_a_change_of_case_leaves_every_mark_on_its_words(spelt):
    message = parse("m1", MARKED)
    change = str.lower if spelt is lower else str.upper
    assert marked(spelt(message)) == [(label, change(words)) for label, words in marked(message)]
    assert spelt(message).text == change(message.text)


@pytest.mark.parametrize("seed", range(40))
def test_slips_fall_into_long_words_alone_and_marks_stay_on_theirs(seed):
    message = parse("m1", MARKED)
    slipped = typo(message, random.Random(seed))
    before, after = message.text.lower().split(), slipped.text.lower().split()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert 1 <= len(changed) <= 2
    assert all(sum(map(str.isalpha, old)) >= 4 and old[0] == new[0] for old, new in changed)
    assert ("EMAIL", "keiran.doyle@example.com") in marked(slipped)
    assert "5" in slipped.text
    assert [s.label for s in slipped.identifiers] == ["NAME", "EMAIL", "NAME", "SCHOOL"]
    starts = [span.start for span in slipped.spans]
    assert all(start == 0 or not slipped.text[start - 1].isalnum() for start in starts)


def test_a_harmless_word_with_a_slip_need_not_be_kept():
    message = parse("m1", "{KEEP:Monday}")
    assert typo(message, random.Random(1)).kept == ()
    assert typo(parse("m1", "{KEEP:mum}"), random.Random(1)).kept != ()


def test_the_same_seed_gives_the_same_slips_and_another_seed_others():
    messages = [parse("m1", MARKED)]
    first, again, other = (in_every_spelling(messages, random.Random(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert [message.variant for message in first] == ["normal", "lower", "upper", "typo"]
