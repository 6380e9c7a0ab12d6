"""Identifiers with a form of their own, planted in whatever text there is: none of them comes through."""

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.anonymiser import AnonymiserFailed, Memory, load
from bot.consultation import RawText
from tests.any_text import TEXTS
from tests.how_long import examples

PLANTED = {
    "a phone": "07700 900123",
    "a phone from abroad": "+44 7700 900123",
    "an address for post": "j.smith@example.sch.uk",
    "a page": "https://example.com/jo.bloggs?x=1",
    "a postcode": "ME7 1AB",
    "a pupil's number": "A123456789012",
    "a health number": "943 476 5919",
    "an insurance number": "QQ123456C",
    "a birthday": "12/03/2014",
}
BESIDE = st.sampled_from([" ", "\n", " \n ", ", ", ". ", "; ", " - "])
LONGEST_SECONDS = 5


@examples(200, 20_000)
@given(before=TEXTS, after=TEXTS, left=BESIDE, right=BESIDE, kind=st.sampled_from(sorted(PLANTED)))
def test_what_has_a_form_of_its_own_is_taken_out_whatever_is_around_it(
    before: str, after: str, left: str, right: str, kind: str
) -> None:
    planted = PLANTED[kind]
    begun = time.process_time()
    try:
        redacted = load().redact(RawText(f"{before}{left}{planted}{right}{after}"), Memory(b"one consultation")).text
    except AnonymiserFailed:
        return  # a refusal lets nothing through
    assert time.process_time() - begun < LONGEST_SECONDS
    assert _bare(planted) not in _bare(redacted), kind


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
