"""A new area is a folder: made from the template, filled in by an editor, and the assistant answers for it.

No Python, no wording and no training data change, and the dialogue is not trained again.
"""

import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from at_the_desk import make_counsel
from factories import NOW, create_consultation, create_dsl
from fakes import FakeRecords

from bot.commands.packs.check import findings
from bot.commands.packs.new import TEMPLATE, make
from bot.consultation import Facts, HardExit, Outcome, Status
from bot.desk.places import Places
from bot.dialogue.model import model_name, trained_from
from bot.knowledge import areas, load_area, load_national
from bot.settings import ROOT
from bot.thresholds import assess

FOLDER, SLUG, NAME = "E06000036-bracknell-forest", "bracknell-forest", "Bracknell Forest"
TODAY = NOW.date()

# Nothing of these is touched by a new area.
UNTOUCHED = ("bot", "actions", "nlu_data", "domain.yml", "config.yml", "endpoints.yml", "requirements")

# code, name, neutral: schemes of every kind that councils use
FOUR = (("1", "Universal", "N1"), ("2", "Early Help", "N2"), ("3", "Targeted", "N3"), ("4", "Specialist", "N4"))
THREE = (("1", "Universal", "N1"), ("2", "Family Help", "N2, N3"), ("3", "Protection", "N4"))
FIVE = (*FOUR[:3], ("4", "Complex", "N3"), ("5", "Acute", "N4"))
HALVES = (FOUR[0], ("2a", "Networks", "N2"), ("2b", "Early Help Assessment", "N2"), *FOUR[2:])
NAMES = (
    ("thriving", "Thriving", "N1"),
    ("advice", "Getting advice", "N2"),
    ("help", "Getting help", "N2"),
    ("more-help", "Getting more help", "N3"),
    ("statutory", "Statutory", "N4"),
)

# scheme, the level of missing school now and then, the level of missing it persistently
SCHEMES = {
    "four tiers": (FOUR, "2", "3"),
    "three tiers": (THREE, "2", "3"),
    "five tiers": (FIVE, "3", "4"),
    "half tiers": (HALVES, "2a", "2b"),
    "names without numbers": (NAMES, "help", "more-help"),
}

QUIET = {
    "in_danger": "no",
    "about_staff": "no",
    "red_flag_list": ("none",),
    "open_case": "no",
    "age_band": "13_15",
    "injury": "none",
    "sexual": "none",
    "how_often": "few",
    "trend": "same",
    "effect": "some",
    "baby_at_home": "no",
    "parent_capacity": "needs_support",
    "tried": ("nothing_yet",),
}


@pytest.fixture
def root(tmp_path) -> Path:
    """A copy of the knowledge base with a new area, as the command makes it."""
    copy = Path(shutil.copytree(ROOT / "knowledge_base", tmp_path / "knowledge_base"))
    make(copy, FOLDER, NAME, TODAY)
    return copy


def _fill_in(root: Path, scheme, low: str, high: str) -> None:
    """Do what an editor does: levels in area.yml, two rows in thresholds.yml. Nothing else."""
    here = root / "areas" / FOLDER
    levels = "\n".join(
        f'      - {{code: "{code}", name: {name}, neutral: [{neutral}], consent: Ask the parents., route: Ring us.}}'
        for code, name, neutral in scheme
    )
    _change(here / "area.yml", "      scheme: []", f"      scheme:\n{levels}")
    rows = "\n".join(
        f"""  absence-{word}:
    from: 2024-04-01
    level: "{level}"
    source: bracknell-forest-pages
    section: page 7
    verified: {TODAY}
    rows:
      bracknell-{word}: {{domain: child, words: misses school, needs: [[absence_{word}]]}}"""
        for word, level in (("occasional", low), ("persistent", high))
    )
    _change(here / "thresholds.yml", "sections: {}", f"sections:\n{rows}")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _told(indicator: str) -> Facts:
    return Facts({indicator: Status.PRESENT}, QUIET)


def _assess(root: Path, facts: Facts):
    return assess(facts, load_area(root, SLUG, TODAY), load_national(root, TODAY), TODAY)


def test_the_template_is_no_area():
    assert (ROOT / "knowledge_base" / TEMPLATE / "area.yml").is_file()
    assert not [area for area in areas(ROOT / "knowledge_base") if "template" in area.slug or "{" in area.name]


def test_a_new_area_gives_no_level_and_lists_what_to_find_out(root):
    found = findings(root, TODAY, SLUG)

    assert SLUG in {area.slug for area in areas(root)}
    mine = [finding for finding in found if finding.file.parent.name == FOLDER]
    assert mine
    assert all(finding.words.startswith("still to be filled in") and not finding.is_note for finding in mine)
    assert {finding.file.name for finding in mine} >= {"area.yml", "thresholds.yml", "sources.yml", "cases.yml"}


def test_a_new_area_sends_to_a_person_and_ends_at_danger(root):
    quiet, danger = _assess(root, _told("absence_occasional")), _assess(root, _told("suicide_attempt"))

    assert quiet.outcome is Outcome.PERSON
    assert "levels_not_held" in quiet.reasons
    assert (danger.outcome, danger.hard_exit) == (Outcome.EXIT, HardExit.EMERGENCY)


@pytest.mark.parametrize("kind", SCHEMES)
def test_four_levels_and_two_rows_are_enough_for_an_answer(root, kind):
    scheme, low, high = SCHEMES[kind]
    _fill_in(root, scheme, low, high)

    for indicator, level in (("absence_occasional", low), ("absence_persistent", high)):
        answer = _assess(root, _told(indicator))
        assert answer.outcome is Outcome.LEVEL, answer.reasons
        assert answer.level.code == level
        assert answer.level.name == {code: name for code, name, _ in scheme}[level]
        assert answer.because[0].citation.source == "bracknell-forest-pages"


@pytest.mark.parametrize("kind", SCHEMES)
def test_danger_is_the_level_of_significant_harm_in_every_scheme(root, kind):
    scheme, low, high = SCHEMES[kind]
    _fill_in(root, scheme, low, high)

    assert _assess(root, _told("non_mobile_injury")).level.code == scheme[-1][0]


@pytest.mark.parametrize("kind", SCHEMES)
def test_a_consultation_about_a_child_there_gets_the_local_level(root, kind):
    scheme, low, high = SCHEMES[kind]
    _fill_in(root, scheme, low, high)
    records = FakeRecords()
    consultation = create_consultation(records, create_dsl(records))
    counsel = replace(make_counsel(records), pack_of=lambda area, on: load_area(root, area, on))

    slots = {**QUIET, "worry": "misses a day of school now and then", "child_area": SLUG}
    answer = counsel.assessment(consultation.id, {**slots, "goes_home": "this_week"})

    assert answer.area == SLUG
    assert (answer.outcome, answer.level.code) == (Outcome.LEVEL, low), answer.reasons


@pytest.mark.parametrize(
    "said", ["she lives in Bracknell Forest", "bracknell forest", "it is the Bracknell Forest one"]
)
def test_the_new_area_is_known_by_its_name(root, said):
    places = Places(load_area(root, area.slug, TODAY) for area in areas(root))

    assert places.only_one_in(said) == SLUG


def test_an_area_that_is_filled_in_has_nothing_wrong(root):
    _fill_in(root, FOUR, "2", "3")
    here = root / "areas" / FOLDER
    for file in here.glob("*.yml"):
        file.write_text(re.sub(r"(?m)^.*TO FILL IN:.*\n", "", file.read_text("utf-8")), "utf-8")
    _change(
        here / "area.yml",
        "have not been read yet, so no level is given here.",
        "were read on attendance only: nothing here is published on physical harm, neglect, emotional harm, "
        "sexual harm, harm between young people, domestic abuse, parents' drink and drugs, parents' mental health, "
        "a child's mental health, exploitation, online harm, extremism, FGM, private fostering or young carers. "
        "Level 4 was not read.",
    )
    with (here / "cases.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- name: A bruise on a baby who cannot move about counts as level 4\n"
            "  facts: {indicators: {non_mobile_injury: present}}\n"
            '  expect: {outcome: exit, exit: front_door_now, level: "4"}\n'
        )

    assert [str(f) for f in findings(root, TODAY, SLUG) if f.file.parent.name == FOLDER] == []


def test_nothing_but_the_new_folder_changes(tmp_path):
    before = _fingerprint(ROOT, UNTOUCHED)
    copy = Path(shutil.copytree(ROOT / "knowledge_base", tmp_path / "knowledge_base"))
    held = _fingerprint(copy, ("areas", "national"))

    make(copy, FOLDER, NAME, TODAY)
    _fill_in(copy, *SCHEMES["four tiers"])

    changed = _fingerprint(copy, ("areas", "national")).items() - held.items()
    assert {Path(file).parent.as_posix() for file, _ in changed} == {f"areas/{FOLDER}"}
    assert _fingerprint(ROOT, UNTOUCHED) == before


def _fingerprint(root: Path, names) -> dict[str, str]:
    files = [
        file for name in names for file in ([root / name] if (root / name).is_file() else (root / name).rglob("*"))
    ]
    kept = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in kept}


def test_the_dialogue_is_not_trained_again_for_a_new_area(tmp_path):
    for name in ("config.yml", "domain.yml", "requirements", "nlu_data", "knowledge_base"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    name = model_name(tmp_path)

    make(tmp_path / "knowledge_base", FOLDER, NAME, TODAY)

    assert not [file for file in trained_from(tmp_path) if "knowledge_base" in file.relative_to(tmp_path).parts]
    assert model_name(tmp_path) == name
    (tmp_path / "domain.yml").write_text("changed", "utf-8")
    assert model_name(tmp_path) != name, "the name tells when it does have to be trained"
