"""Reading whatever there is to read: it never falls, never points outside the text, and nobody waits for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation import RedactedText
from bot.reading import Reader
from tests.any_text import TEXTS, messages
from tests.how_long import examples

_WORDS = """
he she they is isn't was not no never always hungry dirty bruise bruises hit hurt mum dad said says if maybe denies
choked touched scared home today
alone uniform , . ; ? ! " ' ( ) - : / {{ }} [child] [parent 1] 7 12 yr4 £ % \t \n /restart
""".split()
SAID = st.one_of(TEXTS, messages(st.sampled_from(_WORDS), most=40))
LONGEST_SECONDS = 2
LONG = ["hungry " * 1500, "not " * 2500, "he said " * 1200, "," * 10_000, "bruise" * 1500, "if " * 3000, "(" * 10_000]


@examples(150, 10_000)
@given(text=SAID)
def test_whatever_is_read_lies_in_the_text(reader: Reader, text: str) -> None:
    begun = time.process_time()
    read = reader.read(RedactedText(text))
    assert time.process_time() - begun < LONGEST_SECONDS
    for concern in read.concerns:
        assert 0 <= concern.start < concern.end <= len(text)
    assert reader.read(RedactedText(text)) == read, "the same words are read in the same way"


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:8])
def test_no_text_is_read_for_long(reader: Reader, text: str) -> None:
    begun = time.process_time()
    reader.read(RedactedText(text))
    assert time.process_time() - begun < 10 * LONGEST_SECONDS
