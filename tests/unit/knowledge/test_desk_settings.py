"""A desk's own settings: what a desk.yml says, what is refused of it, and that no level rests on it."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
import yaml

from bot.knowledge import PackError, areas, load_area
from bot.knowledge.check import known_nationally, of_area
from bot.knowledge.checks.finding import Finding
from bot.knowledge.checks.written import Nation
from bot.knowledge.desk_settings import DAYS, DeskSettings, Fallback, Promised, Stalled, load_desk_settings
from tests.testshire import HERE, REAL, SLUG, make_knowledge

ON = date(2026, 11, 22)
CITED = "source: testshire-doc\n  section: page 9\n  verified: 2026-11-02\n"
DATED = f"from: 2026-01-01\n  {CITED}"
REPLY = 'text: "%s", approved_by: desk_manager, approved_on: 2026-10-01, review_by: 2027-10-01'
WHOLE = f"""
sources:
  testshire-rota:
    title: Rota of the duty desk
    publisher: Testshire Council
    dated: November 2026
    verified: 2026-11-02
    review_months: 6
hours:
  {DATED}  monday: ["08:30-12:30", "13:15-17:00"]
  saturday: ["22:00-24:00"]
  sunday: ["00:00-06:00"]
closed:
  days: {{2026-12-29: The offices are shut, 2026-12-30: The offices are shut}}
  {CITED}
promise: {{from: 2026-01-01, red_hours: 2, amber_days: 1, source: testshire-rota, section: all, verified: 2026-11-02}}
fallback:
  {DATED}  link_worker: 45
stalled:
  {DATED}  remind: 10
  return: 20
  manager: 40
keep_days:
  {DATED}  days: 200
replies:
  seen: {{{REPLY % "We have read what you wrote. You hear from us by {due}."}}}
  over: {{text: Old words, approved_by: desk_manager, approved_on: 2025-01-01, review_by: 2026-11-21}}
"""


@pytest.fixture
def root(tmp_path) -> Path:
    return make_knowledge(tmp_path)


@pytest.fixture
def write(root):
    """Return a function that writes Testshire's desk.yml."""

    def put(text: str) -> Path:
        file = root / "areas" / HERE / "desk.yml"
        file.write_text(text, "utf-8")
        return file

    return put


@pytest.fixture(scope="module")
def nation() -> Nation:
    return known_nationally(REAL, ON)


@pytest.fixture
def told(root, nation):
    """Return a function that tells what the checks find in Testshire's desk.yml."""

    def tell(on: date = ON) -> list[Finding]:
        found = of_area(root / "areas" / HERE, replace(nation, on=on))
        return [finding for finding in found if finding.file.name == "desk.yml"]

    return tell


def test_an_area_without_a_file_and_one_without_a_folder_work_as_usual(root):
    assert load_desk_settings(root, SLUG, ON) == load_desk_settings(root, "nowhere", ON) == DeskSettings()


def test_everything_may_be_set(root, write):
    write(WHOLE)
    settings = load_desk_settings(root, SLUG, ON)

    assert dict(zip(DAYS, settings.week, strict=True)) == {
        **dict.fromkeys(DAYS, ()),
        "monday": ((time(8, 30), time(12, 30)), (time(13, 15), time(17))),
        "saturday": ((time(22), time(0)),),
        "sunday": ((time(0), time(6)),),
    }
    assert settings.closed == dict.fromkeys((date(2026, 12, 29), date(2026, 12, 30)), "The offices are shut")
    assert settings.promise == Promised(red_hours=2, amber_days=1)
    assert settings.fallback == Fallback(link_worker=45)
    assert settings.stalled == Stalled(remind=10, give_back=20, tell_manager=40)
    assert settings.keep_days == 200
    assert [reply.text for reply in settings.replies] == ["We have read what you wrote. You hear from us by {due}."]


def test_a_reply_whose_approval_is_over_is_told_of_with_its_line(root, write, told):
    line = write(WHOLE).read_text("utf-8").splitlines().index(WHOLE.splitlines()[-1]) + 1

    assert [(one.line, str(one).rpartition(": ")[2]) for one in told()] == [(line, "it is no longer offered")]


def test_a_reply_is_offered_while_its_approval_holds_and_not_a_day_longer(root, write):
    write(WHOLE)

    def offered(on: date) -> list[str]:
        return [reply.id for reply in load_desk_settings(root, SLUG, on).replies]

    assert offered(date(2026, 11, 21)) == ["seen", "over"]
    assert offered(date(2026, 11, 22)) == ["seen"]
    assert offered(date(2026, 9, 30)) == ["over"]


def test_what_is_set_holds_from_its_first_day_until_the_next(root, write):
    numbers = "{days: %d, source: testshire-doc, section: page 9, verified: 2026-11-02}"
    write(f"keep_days:\n  values:\n    2026-01-01: {numbers % 100}\n    2026-12-01: {numbers % 50}\n")

    days = [load_desk_settings(root, SLUG, on).keep_days for on in (date(2025, 1, 1), ON, date(2026, 12, 1))]
    assert days == [None, 100, 50]


def test_a_pack_version_does_not_change_with_the_desk(root, write):
    before = load_area(root, SLUG, ON).version
    write(WHOLE)

    assert load_area(root, SLUG, ON).version == before


# what is written, and words of the refusal
REFUSED = {
    "a key that nobody knows": ("hurs: {}", "'hurs'"),
    "a day that nobody knows": (f'hours:\n  {DATED}  munday: ["09:00-17:00"]', "'munday'"),
    "hours of no day": (f"hours:\n  {DATED}", "never opens"),
    "undated hours": (f'hours:\n  {CITED}  monday: ["09:00-17:00"]', "undated"),
    "hours without a source": ('hours:\n  from: 2026-01-01\n  monday: ["09:00-17:00"]', "'source' is missing"),
    "a source that nobody knows": ((f"keep_days:\n  {DATED}  days: 9").replace("testshire-doc", "x"), "in no sources"),
    "a stretch over midnight": (f'hours:\n  {DATED}  monday: ["22:00-06:00"]', "a stretch to 24:00"),
    "a stretch without length": (f'hours:\n  {DATED}  monday: ["09:00-09:00"]', "does not end on the day"),
    "a stretch after midnight": (f'hours:\n  {DATED}  monday: ["09:00-24:30"]', "no stretch of a day"),
    "a stretch in other signs": (f'hours:\n  {DATED}  monday: ["9.00 to 17.00"]', "no stretch of a day"),
    "stretches that overlap": (f'hours:\n  {DATED}  monday: ["09:00-13:00", "12:00-17:00"]', "put them in order"),
    "stretches without a break": (f'hours:\n  {DATED}  monday: ["09:00-13:00", "13:00-17:00"]', "put them in order"),
    "a stretch after one to midnight": (f'hours:\n  {DATED}  monday: ["22:00-24:00", "23:00-23:30"]', "in order"),
    "a closed day that is none": (f"closed:\n  {CITED}  days: {{2026-02-30: shut}}", "is not a day"),
    "a closed day without a reason": (f'closed:\n  {CITED}  days: {{2026-12-29: ""}}', "nothing is written"),
    "a promise of nothing": (f"promise:\n  {DATED}", "at least one of"),
    "a promise of no time": (f"promise:\n  {DATED}  red_hours: 0", "whole number"),
    "a manager told before the return": (f"stalled:\n  {DATED}  return: 60\n  manager: 50", "one after the other"),
    "a blank that nobody can fill": ("replies: {a: {" + REPLY % "Dear {name}" + "}}", "only these blanks"),
    "half a blank": ("replies: {a: {" + REPLY % "By {due" + "}}", "only these blanks"),
    "words that are never said": ("replies: {a: {" + REPLY % "There is no need to refer." + "}}", "never said"),
    "a reply approved by nobody of note": (
        "replies: {a: {" + REPLY.replace("desk_manager", "somebody") % "Yes" + "}}",
        "not one of",
    ),
    "a reply without a review": (
        "replies: {a: {text: Yes, approved_by: desk_manager, approved_on: 2026-10-01}}",
        "'review_by' is missing",
    ),
    "a review before the approval": (
        "replies: {a: {" + REPLY.replace("2027", "2025") % "Yes" + "}}",
        "after it was approved",
    ),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_its_place_and_packs_check_says_so(root, write, told, text, words):
    file = write(text)

    with pytest.raises(PackError, match=words) as refusal:
        load_desk_settings(root, SLUG, ON)
    assert refusal.value.file == file
    assert any(words in finding.words for finding in told())


@pytest.mark.parametrize(("days", "is_told"), [(1, False), (3, False), (4, True)])
def test_a_desk_may_promise_what_is_published_or_sooner_and_nothing_later(root, write, told, days, is_told):
    area = root / "areas" / HERE / "area.yml"
    green = "  answer_green_days: {value: '3', from: 2024-01-01, source: testshire-doc, "
    green += "verified: 2026-11-02, section: x}\n"
    area.write_text(area.read_text("utf-8").replace("profile:\n", f"profile:\n{green}"), "utf-8")
    write(f"promise:\n  {DATED}  green_days: {days}\n")

    assert ["later than 3, which the area publishes" in line for line in map(str, told())] == [True] * is_told


def test_a_source_of_the_desk_s_own_that_nobody_has_looked_at_for_long_is_due(write, told):
    write(WHOLE)

    found = [finding.words for finding in told(date(2027, 6, 1))]
    assert any("source 'testshire-rota' was due to be looked at again by 2027-05-02" in words for words in found)


def test_a_setting_that_was_not_compared_with_its_source_again_is_due(write, told):
    write(WHOLE.replace("dated: November 2026\n    verified: 2026-11-02", "dated: May 2027\n    verified: 2027-05-20"))

    found = [finding.words for finding in told(date(2027, 6, 1))]
    assert any("by 2027-05-02: compare it with 'testshire-rota' again" in words for words in found)


def test_every_desk_of_ours_opens_as_its_profile_says_in_words(on):
    root = Path("knowledge_base")
    files = sorted(root.glob("areas/*/desk.yml"))
    assert files
    for file in files:
        area = file.parent.name.partition("-")[2]
        said = load_area(root, area, on).said()["calendar"]
        written = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["hours"]
        for day in ("monday", "friday"):
            [stretch] = written[day]
            assert " to ".join(_spoken(clock) for clock in stretch.split("-")) in said, (area, day)


def _spoken(clock: str) -> str:
    """Return a time as the profiles write it: 8.30am, 5pm."""
    hour, minutes = map(int, clock.split(":"))
    past = f".{minutes:02}" if minutes else ""
    return f"{hour - 12 if hour > 12 else hour}{past}{'pm' if hour >= 12 else 'am'}"


def test_all_settings_of_ours_can_be_read(on):
    root = Path("knowledge_base")
    assert any(load_desk_settings(root, area.slug, on).week for area in areas(root))
