"""A word or an abbreviation is explained by itself, with its source; what is not known is not guessed at."""

import pytest

from bot.desk import asides, showing, terms_told
from bot.desk.asides import Told
from bot.desk.consult import Counsel
from tests.at_the_desk import make_counsel, wording
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords


@pytest.fixture
def counsel() -> Counsel:
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    return make_counsel(records)


@pytest.mark.parametrize(
    ("text", "told", "source"),
    [
        ("what is MASH", "multi-agency safeguarding hub", "noname"),
        ("lado?", "local authority designated officer", "Sheffield"),
        ("what's a TAF", "team around the family", "noname"),
        ("whats an eha", "early help assessment", "noname"),
        ("what is a CIN plan", "section 17", "HM Government"),
        ("what does s17 mean", "section 17", "HM Government"),
        ("section 47 what is it", "must enquire", "HM Government"),
        ("what's op encompass", "next school day", "HM Government"),
    ],
)
def test_a_term_that_is_asked_about_is_told_alone_with_its_source(
    counsel: Counsel, text: str, told: str, source: str
) -> None:
    blanks = terms_told.named(counsel, text)
    assert told in blanks["terms"]
    assert source in blanks["terms"]
    assert sum(term.words in blanks["terms"] for term in counsel.national.terms) == 1


def test_of_two_both_are_told_as_they_were_named(counsel: Counsel) -> None:
    told = terms_told.named(counsel, "whats the difference between CP and CIN")["terms"]
    assert told.index("CP (child protection)") < told.index("CIN (child in need)")


def test_the_longer_words_are_meant(counsel: Counsel) -> None:
    assert terms_told.named(counsel, "what is a cp plan") == terms_told.named(counsel, "what is CP")
    told = terms_told.named(counsel, "what is early help assessment")["terms"]
    assert told.startswith("EHA (")


@pytest.mark.parametrize("text", ["what is a blorp", "what do those letters mean", "a team", "MASH TAF LADO CIN what"])
def test_what_is_not_known_or_too_much_at_once_is_not_guessed_at(counsel: Counsel, text: str) -> None:
    assert terms_told.named(counsel, text) == {}


def test_who_asks_for_something_else_is_told_what_can_be_explained(counsel: Counsel) -> None:
    aside = asides.beside(counsel, "c1", {}, "ask_what_is_term", Told("what is a blorp"), None)
    said = wording().say("utter_about_ask_what_is_term", **showing.about(counsel, {}))
    assert aside.answer == ""
    assert "LADO" in said
    assert "designated" not in said


def test_the_answer_is_the_one_of_the_term(counsel: Counsel) -> None:
    aside = asides.beside(counsel, "c1", {}, "ask_what_is_term", Told("what is LADO"), None)
    assert aside.answer == "term"
    assert "designated officer" in wording().say("utter_about_term", **aside.blanks)
