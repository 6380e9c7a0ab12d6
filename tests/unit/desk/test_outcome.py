"""What a DSL reads beside a level: the other area, duties, help, the kit, who is who; and what is never said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.consultation import Outcome
from bot.desk import area_cards, compare
from bot.desk.consult import Counsel
from bot.desk.outcome import Telling
from tests.at_the_desk import make_counsel, pack_of, wording
from tests.at_the_record import SLOTS as AS_KEPT
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

SLOTS: dict[str, Any] = AS_KEPT | {"worry": "he is often hungry and wears a dirty uniform most days"}


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def counsel(records: FakeRecords) -> Counsel:
    create_consultation(records, create_dsl(records))
    return make_counsel(records)


def card_of(counsel: Counsel, **but: Any) -> dict[str, Any]:
    slots = {**SLOTS, **but}
    return Telling(counsel, counsel.assessment("c1", slots), slots, "REF-c1", "c1").card()


def section(card: dict[str, Any], heading: str, **blanks: str) -> list[str]:
    """Return the lines under a heading, none if it is not there."""
    wanted = wording().say(heading, **blanks)
    return [line["text"] for part in card["sections"] if part["heading"] == wanted for line in part["items"]]


# another area


def test_where_school_and_child_are_in_one_area_nothing_is_compared(counsel: Counsel) -> None:
    assert not any("different" in part["heading"] for part in card_of(counsel)["sections"])


def test_where_the_school_is_elsewhere_its_area_is_compared(counsel: Counsel) -> None:
    card = card_of(counsel, child_area="buckinghamshire")
    lines = section(card, "utter_heading_other_area", area="Kent")
    assert lines
    assert "03000 411111" in " ".join(lines)
    links = [line["url"] for part in card["sections"] for line in part["items"] if str(line["url"]).startswith("/comp")]
    assert links == ["/compare?first=buckinghamshire&second=kent&consultation=c1"]


@pytest.mark.parametrize(
    "told", [{"additions": ["they are hungry and are moving to Hampshire"]}, {"other_area": "hampshire"}]
)
def test_an_area_that_is_moved_to_or_asked_about_is_compared(counsel: Counsel, told: dict[str, Any]) -> None:
    assert section(card_of(counsel, **told), "utter_heading_other_area", area="Hampshire")


def test_a_child_whose_council_is_not_held_is_compared_with_nothing_unasked(counsel: Counsel) -> None:
    assert not any("different" in part["heading"] for part in card_of(counsel, child_area="other")["sections"])
    asked = section(card_of(counsel, child_area="other", other_area="kent"), "utter_heading_other_area", area="Kent")
    assert "most consistent" not in " ".join(asked)


def test_an_area_that_is_only_named_is_not_compared(counsel: Counsel) -> None:
    card = card_of(counsel, additions=["he was hungry in Hampshire too"])
    assert not section(card, "utter_heading_other_area", area="Hampshire")


def test_an_area_without_levels_is_said_to_be_so_and_its_number_given(counsel: Counsel) -> None:
    lines = " ".join(section(card_of(counsel, other_area="medway"), "utter_heading_other_area", area="Medway"))
    assert "do not hold the levels of Medway" in lines
    assert "01634 334466" in lines


def test_who_gets_no_level_here_is_told_none_there(counsel: Counsel) -> None:
    slots = {**SLOTS, "in_danger": "unknown"}
    assert counsel.assessment("c1", slots).outcome is Outcome.PERSON
    told = compare.lines(counsel, slots, counsel.places().pack("buckinghamshire"))
    assert "most consistent" not in " ".join(line["text"] for line in told)


# no level of its own


@pytest.mark.parametrize("area", ["medway", "rotherham", "other"])
def test_without_levels_the_national_view_is_told_in_words_with_a_number(counsel: Counsel, area: str) -> None:
    card = card_of(counsel, child_area=area)
    assert card["title"] == wording().say("utter_assessment_person_title")
    assert "I do not hold the levels" in card["lead"]
    assert any(level.name in card["lead"] for level in counsel.national.floor.levels)
    assert not any(f"level {level.code}" in str(card) for level in counsel.national.floor.levels), "no code of ours"
    assert "Children's social care" in str(section(card, "utter_heading_next")) or "Ring children" in str(card)


def test_without_levels_and_with_a_danger_in_doubt_no_height_is_told(counsel: Counsel) -> None:
    card = card_of(counsel, child_area="medway", in_danger="unknown")
    assert not any(level.name in card["lead"] for level in counsel.national.floor.levels)


def test_no_desk_is_promised_where_none_answers(counsel: Counsel, records: FakeRecords) -> None:
    lines = section(card_of(counsel, child_area="other"), "utter_heading_next")
    assert any("No duty desk" in line for line in lines)
    records.add_worker("ann", "Ann", "medway", "hash", "secret")
    counsel.records.set_area("c1", "medway", NOW)
    lines = section(card_of(counsel, child_area="medway"), "utter_heading_next")
    assert any("Ask for the duty social worker here" in line for line in lines)


# beside a level


def test_what_speaks_for_the_child_is_said_and_lowers_nothing(counsel: Counsel) -> None:
    slots = {**SLOTS}
    found = counsel.assessment("c1", slots)
    row = replace(found.because[0], words="has an adult to turn to")
    card = Telling(counsel, replace(found, protective=(row,)), slots, "REF", "c1").card()
    assert section(card, "utter_heading_protective") == ["has an adult to turn to"]
    assert card["title"] == Telling(counsel, found, slots, "REF", "c1").card()["title"]


def test_the_one_fact_that_would_tip_it_stands_alone(counsel: Counsel) -> None:
    slots = {**SLOTS}
    found = counsel.assessment("c1", slots)
    assert found.tips is not None, "these facts leave one"
    card = Telling(counsel, found, slots, "REF", "c1").card()
    assert len(section(card, "utter_heading_tips")) == 1
    assert not any(found.tips.words in line for line in section(card, "utter_heading_would_change"))


@pytest.mark.parametrize(
    ("basis", "says"),
    [("national", "by the national floor"), ("professional_judgement", "professional judgement")],
)
def test_a_row_says_on_what_basis_it_stands(counsel: Counsel, basis: str, says: str) -> None:
    slots = {**SLOTS}
    found = counsel.assessment("c1", slots)
    row = replace(found.because[0], basis=basis)
    card = Telling(counsel, replace(found, because=(row,)), slots, "REF", "c1").card()
    assert says in section(card, "utter_heading_because")[0]


def test_the_kit_is_offered_for_early_help_and_not_at_the_top(counsel: Counsel) -> None:
    early = str(card_of(counsel))
    assert "/kit/kent.docx" in early
    assert "/kit/kent.ics" in early
    top = {"worry": "he hits himself and self harms", "child_area": "buckinghamshire", "age_band": "13_15"}
    card = card_of(counsel, **top)
    assert "level 4" in card["title"]
    assert "/kit/" not in str(card)


def test_the_ladder_of_challenge_has_its_stages_and_days(counsel: Counsel) -> None:
    lines = section(card_of(counsel), "utter_heading_challenge")
    assert len(lines) == len(pack_of("kent", NOW.date()).escalation)


def test_the_rows_that_reach_the_level_come_first_and_milder_ones_are_folded(counsel: Counsel) -> None:
    card = card_of(counsel)
    weightiest = section(card, "utter_heading_because")
    assert weightiest
    assert all("level 3" in line for line in weightiest)
    assert all("level 3" not in line for line in section(card, "utter_heading_because_too"))
    assert next(p for p in card["sections"] if p["heading"] == wording().say("utter_heading_because_too"))["folded"]


def test_long_parts_are_folded_and_what_to_do_next_never_is(counsel: Counsel) -> None:
    folded = {part["heading"]: part["folded"] for part in card_of(counsel)["sections"]}
    assert folded[wording().say("utter_heading_challenge")]
    assert not folded[wording().say("utter_heading_next")]
    assert not folded[wording().say("utter_heading_because")]


# an area's own cards


@pytest.mark.parametrize("area", ["kent", "medway", "oxfordshire", "hampshire"])
def test_how_it_works_there_leaves_nothing_out_and_says_what_is_not_published(area: str) -> None:
    pack = pack_of(area, NOW.date())
    card = area_cards.how_it_works(pack, wording())
    lines = [line for part in card["sections"] for line in part["items"]]
    silent = [key for key in ("no_name_allowed", "recorded", "consent_to_consult", "name_needed_when", "order_to_ring")
              if pack.profile[key].value == "not published"]  # fmt: skip
    assert len(lines) == 5 - len(silent) + bool(silent)
    assert all(line["source"] for line in lines if "Not published" not in line["text"])
    assert len([line for line in lines if "Not published" in line["text"]]) == bool(silent)


@pytest.mark.parametrize("area", ["kent", "medway", "oxfordshire", "hampshire", "rotherham"])
def test_nobody_is_left_out_of_who_is_who(area: str) -> None:
    pack = pack_of(area, NOW.date())
    card = area_cards.whos_who(pack, wording(), NOW.date())
    lines = [line["text"] for part in card["sections"] for line in part["items"]]
    assert all(any(contact.value in line for line in lines) for contact in pack.contacts.values())
    assert len(lines) == len(pack.contacts) + len(pack.roles_not_published)


def test_the_front_door_is_the_first_and_the_staff_line_is_not() -> None:
    card = area_cards.whos_who(pack_of("kent", NOW.date()), wording(), NOW.date())
    assert "03000 411111" in card["sections"][0]["items"][0]["text"]
    assert card["sections"][1]["items"], "the designated officer among them"


def test_a_contact_past_its_check_is_shown_and_marked() -> None:
    pack = pack_of("kent", NOW.date())
    late = area_cards.whos_who(pack, wording(), date(2099, 1, 1))
    lines = [line["text"] for part in late["sections"][:3] for line in part["items"]]
    assert all("Was due to be checked" in line for line in lines[: len(pack.contacts)])


def test_deputies_and_who_is_above_are_named() -> None:
    pack = pack_of("kent", NOW.date())
    contacts = dict(pack.contacts)
    contacts["front_door"] = replace(
        contacts["front_door"], deputy="out_of_hours", answers_to="lado", cluster="schools in Thanet"
    )
    card = area_cards.whos_who(replace(pack, contacts=contacts), wording(), NOW.date())
    first = card["sections"][0]["items"][0]["text"]
    assert "schools in Thanet" in first
    assert "03000 419191" in first
    assert "Answers to" in first
