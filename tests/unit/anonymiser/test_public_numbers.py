"""Numbers that a council or a helpline has published stay; one digit off and they go."""

from pathlib import Path

import pytest

from bot import anonymiser
from bot.consultation import RawText
from bot.knowledge.published import published_numbers

PUBLISHED = sorted(published_numbers(Path("knowledge_base")))


@pytest.fixture(scope="module")
def knowing() -> anonymiser.Anonymiser:
    return anonymiser.load(public_numbers=PUBLISHED)


def spelled(number: str) -> list[str]:
    packed = number.replace(" ", "")
    return [
        number,
        packed,
        number.replace(" ", "-"),
        f"({number[:5].strip()}) {number[5:].strip()}",
        f"+44 {packed[1:]}",
    ]


def test_the_numbers_of_the_packs_are_read() -> None:
    assert {"03000 411111", "0800 1111", "0808 800 5000", "01296 383962"} <= set(PUBLISHED)


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_published_number_stays_however_it_is_spelled(knowing: anonymiser.Anonymiser, number: str) -> None:
    for form in spelled(number):
        advice = f"Ring them on {form} today, or 999."
        redaction = knowing.redact(RawText(advice))
        assert redaction.text == redaction.record == advice
        assert knowing.second_scan(advice) == ()


@pytest.mark.parametrize("number", PUBLISHED)
def test_one_digit_off_and_it_goes(knowing: anonymiser.Anonymiser, number: str) -> None:
    packed = number.replace(" ", "")
    other = packed[:-1] + str((int(packed[-1]) + 1) % 10)
    for wrong in (other, packed + "7", "0" + packed, packed[:-1] + " " + str((int(packed[-1]) + 5) % 10)):
        if wrong.replace(" ", "") in {published.replace(" ", "") for published in PUBLISHED}:
            continue  # a neighbour of the same council
        redaction = knowing.redact(RawText(f"Ring them on {wrong} today."))
        assert wrong not in redaction.record, wrong


def test_without_being_told_every_number_goes() -> None:
    assert "411111" not in anonymiser.load().redact(RawText("Ring 03000 411111 today.")).record
