"""A concern points at the words that say so, as they were typed."""

import time
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation import Concern, RedactedText, Status
from bot.reading.words import Speller


def test_the_place_is_that_of_the_words_as_typed(reader):
    text = RedactedText("Yr 4 boy - ALWAYS  hungrey, [child] has no coat.")
    shown = {text[c.start : c.end] for c in reader.read(text).concerns}
    assert "ALWAYS  hungrey" in shown
    assert "no coat" in shown


def test_a_placeholder_stands_for_a_person(reader):
    concerns = reader.read(RedactedText("[parent 1] hits [child 2]")).concerns
    assert Concern("physical_harm", "physical_abuse_alleged", Status.PRESENT, 0, 25) in concerns


def test_a_missing_apostrophe_changes_nothing(reader):
    for with_it, without in (("he isn't hungry", "he isnt hungry"), ("she doesn't self harm", "she doesnt self harm")):
        statuses = [
            {(c.indicator, c.status) for c in reader.read(RedactedText(text)).concerns} for text in (with_it, without)
        ]
        assert statuses[0] == statuses[1] != set()


def test_each_indicator_is_named_once_at_its_surest(reader):
    concerns = reader.read(RedactedText("he might have a bruise. yes there is a bruise on his face")).concerns
    injuries = [c for c in concerns if c.indicator == "injury"]
    assert [c.status for c in injuries] == [Status.PRESENT]


def test_two_words_may_stand_for_one_and_one_for_two():
    speller = Speller({"step dad": "stepdad", "selfharm": "self harm"})
    words = speller.read("his step-dad and selfharm")
    assert words.words == ("his", "stepdad", "and", "self", "harm")
    assert (words.starts[1], words.ends[1]) == (4, 12)
    assert (words.starts[3], words.ends[4]) == (17, 25)


def test_minimising_words_lower_nothing(reader):
    plain = reader.read(RedactedText("stepdad choked him"))
    minimised = reader.read(RedactedText("stepdad only choked him a bit, hes fine now, probably nothing"))
    assert set(plain.red_flags) <= set(minimised.red_flags)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_every_place_lies_in_it(reader, text):
    for concern in reader.read(RedactedText(text)).concerns:
        assert 0 <= concern.start < concern.end <= len(text)


def test_an_empty_text_has_an_empty_reading(reader):
    reading = reader.read(RedactedText("  ... "))
    assert (reading.concerns, reading.red_flags, dict(reading.answers)) == ((), (), {})


def test_several_threads_read_the_same(reader):
    texts = [RedactedText(t) for t in ("dad hits him", "no bruises", "she said she wants to die", "hello")] * 10
    alone = [reader.read(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.read, texts)) == alone


def test_a_message_takes_little_time(reader):
    text = RedactedText("yr 4 boy always starving, hides food in his bag, filthy uniform most days. no bruises")
    reader.read(text)
    start = time.process_time()
    for _ in range(10):
        reader.read(text)
    assert (time.process_time() - start) / 10 < 0.02, "red flags are looked for on every message"
