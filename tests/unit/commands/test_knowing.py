"""Where words stand, before and after redaction, and how what is told and what is read become one."""

import pytest

from bot.commands.knowing import place_in_text, told_and_read
from bot.consultation import (
    Concern,
    Facts,
    Finding,
    Reading,
    RedactedText,
    Redaction,
    Status,
)

TYPED = "Tyler told Mrs Okonkwo he is hungry"
REDACTED = "[child] told [adult] he is hungry"
REDACTION = Redaction(
    RedactedText(REDACTED),
    (Finding(0, 5, "NAME", "[child]"), Finding(11, 22, "NAME", "[adult]")),
    RedactedText(REDACTED),
)


@pytest.mark.parametrize(
    ("words_redacted", "words_typed"),
    [
        ("hungry", "hungry"),
        ("told", "told"),
        ("[child]", "Tyler"),
        ("child", "Tyler"),
        ("[child] told", "Tyler told"),
        ("told [adult] he", "told Mrs Okonkwo he"),
        (REDACTED, TYPED),
    ],
)
def test_a_place_in_the_redacted_text_is_found_in_the_typed_one(words_redacted, words_typed):
    start = REDACTED.index(words_redacted)
    concern = Concern("neglect", "hungry_often", Status.PRESENT, start, start + len(words_redacted))
    start, end = place_in_text(concern, REDACTION)
    assert TYPED[start:end] == words_typed


def read(**answers):
    concerns = (
        Concern("neglect", "hungry_often", Status.PRESENT, 0, 1),
        Concern("neglect", "smelly", Status.ABSENT, 0, 1),
    )
    return Reading(concerns, (), answers)


def test_the_weightier_status_holds():
    told = Facts({"hungry_often": Status.ABSENT, "smelly": Status.UNSURE, "cold": Status.PRESENT})
    assert told_and_read(told, read()).indicators == {
        "hungry_often": Status.PRESENT,
        "smelly": Status.UNSURE,
        "cold": Status.PRESENT,
    }


def test_what_was_told_wins_but_not_an_unknown():
    told = Facts(answers={"age_band": "1_4", "injury": "unknown"})
    both = told_and_read(told, read(age_band="5_9", injury="non_mobile", trend="worse"))
    assert both.answers == {"age_band": "1_4", "injury": "non_mobile", "trend": "worse"}


def test_without_a_text_only_what_was_told_counts():
    told = Facts({"cold": Status.PRESENT})
    assert told_and_read(told, None) is told
