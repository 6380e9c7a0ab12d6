"""An area is a folder, and what it has not published it says."""

import shutil
import time

import pytest

from bot.consultation import Neutral
from bot.knowledge import (
    PackError,
    UnknownArea,
    areas,
    closed_days,
    load_area,
    load_everything,
    load_national,
)
from bot.knowledge.bank_holidays import listed_days
from bot.knowledge.profile import KEYS


def test_the_areas_are_the_folders(root):
    found = areas(root)

    assert [a.name for a in found] == sorted(a.name for a in found)
    assert {f"{a.code}-{a.slug}" for a in found} == {here.name for here in (root / "areas").iterdir()}
    assert ("E10000016", "kent", "Kent") in {(a.code, a.slug, a.name) for a in found}


def test_every_area_that_is_promised_is_there(root, on):
    promised = (
        "buckinghamshire england hampshire kent lambeth medway northumberland oxfordshire rotherham "
        "southampton stockport trafford"
    )

    assert set(promised.split()) <= set(load_everything(root, on)[1])


SCHEMES = {
    "three tiers, the names not read": ("medway", 0),
    "four tiers": ("hampshire", 4),
    "five tiers": ("trafford", 5),
    "tiers with names and no numbers": ("derby", 4),
    "two, as only the referral is published": ("sheffield", 2),
}


@pytest.mark.parametrize(("slug", "tiers"), SCHEMES.values(), ids=SCHEMES)
def test_an_area_keeps_its_own_scheme(root, on, slug, tiers):
    pack = load_area(root, slug, on)

    assert len(pack.levels) == tiers
    assert pack.levels or any("level" in gap for gap in pack.missing), "what is not held is said to be missing"


def test_half_tiers_are_levels_like_others(copy, on):
    file = copy / "areas" / "E10000016-kent" / "area.yml"
    text = file.read_text("utf-8")
    half = text[text.index('      - code: "2"') : text.index('      - code: "3"')]
    file.write_text(text.replace(half, half + half.replace('code: "2"', 'code: "2b"')), "utf-8")

    levels = load_area(copy, "kent", on).levels

    assert [(level.code, level.rank) for level in levels] == [("1", 1), ("2", 2), ("2b", 3), ("3", 4), ("4", 5)]


def test_an_area_copied_under_a_new_code_answers_as_the_first_did(copy, on):
    shutil.copytree(copy / "areas" / "E10000016-kent", copy / "areas" / "E99999999-newshire")

    kent, new = load_area(copy, "kent", on), load_area(copy, "newshire", on)

    assert (new.area, new.code) == ("newshire", "E99999999")
    assert (new.rows, new.levels, new.contacts) == (kent.rows, kent.levels, kent.contacts)
    assert "newshire" in {a.slug for a in areas(copy)}
    assert load_area(copy, "E99999999", on) == new


def test_two_folders_of_one_name_are_refused(copy, on):
    shutil.copytree(copy / "areas" / "E10000016-kent", copy / "areas" / "E99999999-kent")

    with pytest.raises(PackError):
        load_area(copy, "kent", on)


@pytest.mark.parametrize("slug", ["atlantis", "", "..", "E1", "ken"])
def test_an_area_without_a_folder_is_unknown(root, on, slug):
    with pytest.raises(UnknownArea):
        load_area(root, slug, on)


def test_levels_keep_their_local_names_and_span_of_the_neutral_scale(root, on):
    kent = {level.code: level for level in load_area(root, "kent", on).levels}
    bucks = {level.code: level for level in load_area(root, "buckinghamshire", on).levels}

    assert [level.rank for level in kent.values()] == [1, 2, 3, 4]
    assert kent["3"].name == "Intensive Support"
    assert kent["3"].neutral == (Neutral.N2, Neutral.N3)
    assert kent["4"].neutral == (Neutral.N3, Neutral.N4)
    assert bucks["3"].neutral == (Neutral.N3,)
    assert all(level.consent and level.route for level in (*kent.values(), *bucks.values()))


def test_kent_s_numbers_carry_source_and_check(root, on):
    contacts = load_area(root, "kent", on).contacts

    assert contacts["front_door"].value == "03000 411111"
    assert contacts["out_of_hours"].value == "03000 419191"
    assert "2 working days" in contacts["district_conversation"].hours
    for contact in contacts.values():
        assert contact.citation.title
        assert contact.citation.section
        assert contact.review_by > contact.citation.verified


def test_a_number_whose_page_has_no_date_says_so(root, on):
    bucks = load_area(root, "buckinghamshire", on)

    assert all("undated" in contact.citation.dated for contact in bucks.contacts.values())
    assert any("telephone numbers carry no date" in gap for gap in bucks.missing)


def test_national_numbers_stand_in(root, on):
    numbers = {name: contact.value for name, contact in load_national(root, on).contacts.items()}

    assert numbers["emergency"] == "999"
    assert numbers["police_101"] == "101"
    assert numbers["childline"] == "0800 1111"


@pytest.mark.parametrize("area", ["kent", "buckinghamshire"])
def test_steps_that_are_not_the_area_s_own_say_so(root, on, area):
    steps = load_area(root, area, on).escalation

    assert [step["stage"] for step in steps] == ["1", "2", "3", "4"]
    assert "not read" in steps[0]["role"]
    assert all(step["source"] and step["checked"] for step in steps)


@pytest.mark.parametrize("area", ["kent", "buckinghamshire"])
def test_what_is_not_published_is_said_in_the_profile(root, on, area):
    profile = load_area(root, area, on).profile

    assert (profile["no_name_allowed"].value, profile["no_name_allowed"].is_) == ("not published", "not_published")
    assert set(KEYS) <= set(profile)
    assert all(line.citation.title and line.citation.verified for line in profile.values())


def test_oxfordshire_s_clocks_are_its_own(root, on):
    said = load_area(root, "oxfordshire", on).said()

    assert [said[f"answer_{clock}"] for clock in ("red_hours", "amber_days", "green_days")] == ["4", "1", "3"]


def test_listed_bank_holidays_are_weekdays_and_closed(root):
    days = listed_days(root)

    assert len(days) >= 8
    assert all(day.weekday() < 5 for day in days)
    assert days <= closed_days(root)


def test_everything_is_read_within_a_second(root, on):
    def seconds() -> float:
        start = time.process_time()
        load_everything(root, on)
        return time.process_time() - start

    # Of processor time, and of the quickest of three: whatever else the machine is doing.
    assert min(seconds() for _ in range(3)) < 1
