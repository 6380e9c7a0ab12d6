"""A reference that is typed leads its DSL back, and nobody else."""

import pytest

from bot.anonymiser.own_references import references_in
from bot.consultation import RawText
from bot.consultation.reference import make_reference
from bot.desk.coming_back import led_back
from bot.desk.incoming import Incoming
from tests.at_the_desk import asks
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

OURS, THEIRS, NOBODYS = (make_reference(lambda below, at=at: at) for at in (3, 7, 11))


SPELT = (OURS, OURS.lower(), OURS.replace("-", " "), OURS.replace("-", ""), f"im back {OURS}")


@pytest.mark.parametrize("typed", SPELT)
def test_a_reference_is_found_however_it_is_typed(typed: str) -> None:
    assert references_in(RawText(typed)) == (OURS,)


def test_a_slip_of_the_pen_is_seen_as_one() -> None:
    assert references_in(RawText("my ref is 7JH4-BXKF-MJ2K-0XTF-8K")) == ("",)


@pytest.mark.parametrize("typed", ["this that with them to be", "he said 3 times", "01622 412345", "marf 123456"])
def test_words_and_numbers_are_no_reference(typed: str) -> None:
    assert references_in(RawText(typed)) == ()


def _back(typed: str, asked: bool = False) -> str:
    records = FakeRecords()
    dsl, other = create_dsl(records), create_dsl(records, "another code")
    here = create_consultation(records, dsl, id="here", reference=OURS)
    create_consultation(records, dsl, id="before", reference=THEIRS)
    create_consultation(records, other, id="elsewhere", reference=NOBODYS)
    if asked:
        shown = asks("Type it back", ("It is in our record", '/answer{"reference_kept":"yes"}'))
        records.add_outgoing(here.id, [shown], NOW, unless_held=True)
    return led_back(records, here, Incoming("text", "text"), RawText(typed), NOW).for_dialogue


def test_an_earlier_one_of_theirs_is_led_to() -> None:
    assert _back(THEIRS) == '/came_back{"back_to": "before"}'


def test_somebody_elses_is_as_good_as_a_wrong_one() -> None:
    assert _back(NOBODYS) == '/came_back{"back_to": "unknown"}'
    assert _back("7JH4-BXKF-MJ2K-0XTF-8K") == '/came_back{"back_to": "unknown"}'


def test_the_one_of_this_consultation_is_the_right_place_and_shows_that_it_is_kept_when_asked() -> None:
    assert _back(OURS) == '/came_back{"back_to": "here"}'
    assert _back(OURS, asked=True) == '/answer{"reference_kept": "yes"}'


def test_any_other_text_goes_on_as_it_is() -> None:
    assert _back("he is hungry") == "text"
