"""Approved replies: offered while their approval holds, with their blanks filled in, and sent as anything else is."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import anonymiser
from bot.consultation import RawText
from bot.desk.duty.ready import blanks, ready
from bot.desk.numbers import whom_to_ring
from bot.knowledge.desk_settings import load_desk_settings
from bot.knowledge.replies import PLACEHOLDERS, Reply
from tests.at_the_desk import national, pack_of, redactor, wording
from tests.testshire import HERE, SLUG, make_knowledge

REPLIES = """
replies:
  seen:
    text: "We have read {reference}. You hear from us by {due}. In {area}: {front_door}, {out_of_hours}."
    approved_by: desk_manager
    approved_on: 2026-10-01
    review_by: 2027-10-01
  over: {text: Old words, approved_by: desk_manager, approved_on: 2025-01-01, review_by: 2026-11-21}
  to_come: {text: New words, approved_by: service_manager, approved_on: 2026-12-01, review_by: 2027-12-01}
"""
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
BLANKS = {name: name.upper() for name in PLACEHOLDERS}


def a_reply(text: str) -> Reply:
    return Reply("one", text, "desk_manager", date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_knowledge(tmp_path)
    (root / "areas" / HERE / "desk.yml").write_text(REPLIES, "utf-8")
    return root


@pytest.mark.parametrize(
    ("on", "offered"),
    [
        (date(2026, 9, 30), ["over"]),
        (date(2026, 11, 21), ["seen", "over"]),
        (date(2026, 11, 22), ["seen"]),
        (date(2026, 12, 1), ["seen", "to_come"]),
        (date(2027, 10, 1) + timedelta(days=1), ["to_come"]),
    ],
)
def test_a_reply_is_offered_from_its_approval_until_the_end_of_its_review_day(root, on, offered):
    assert [one.id for one in ready(load_desk_settings(root, SLUG, on).replies, BLANKS)] == offered


def test_every_blank_is_filled_in_from_the_closed_list(root):
    (said,) = ready(load_desk_settings(root, SLUG, date(2026, 11, 23)).replies, BLANKS)
    assert said.text == "We have read REFERENCE. You hear from us by DUE. In AREA: FRONT_DOOR, OUT_OF_HOURS."


def test_a_reply_with_a_blank_that_nothing_fills_is_not_offered():
    for values in ({}, {"due": ""}, {"name": "Sharon"}):
        assert ready([a_reply("By {due}.")], values) == ()
    assert ready([a_reply("About {name}.")], {"name": "Sharon"}) == (), "what is not on the list is never filled in"


def filled(due_at: datetime) -> dict[str, str]:
    """Return the blanks as they are filled in for Kent on a Monday morning."""
    kent = pack_of("kent", MONDAY.date())
    return blanks(due_at, MONDAY, kent.name, whom_to_ring(kent, national()), wording().say)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (timedelta(hours=4), "today, 14:00"),
        (timedelta(hours=14), "tomorrow, 00:00"),
        (timedelta(days=1), "tomorrow, 10:00"),
        (timedelta(days=2), "Wednesday, 10:00"),
        (timedelta(days=6), "Sunday, 10:00"),
        (timedelta(days=7), ""),
        (timedelta(0), ""),
        (-timedelta(hours=1), ""),
    ],
)
def test_what_is_due_is_said_by_the_day_of_the_week_and_only_while_that_is_plain(after, due):
    assert filled(MONDAY + after)["due"] == due


def test_a_contact_that_an_area_has_not_published_fills_no_blank():
    silent = {"front_door": None, "out_of_hours": None}
    assert blanks(MONDAY, MONDAY, "Kent", silent, wording().say)["front_door"] == ""


def test_what_fills_the_blanks_arrives_as_it_was_approved():
    """Replies go through the same redaction as what a worker types: what is of ours must come out of it whole."""
    text = "By {due}. In {area} ring {front_door}, at night {out_of_hours}. Please have {reference} at hand."
    look = anonymiser.SecondLook(redactor(), b"k" * 32)
    for days in range(7):
        (reply,) = ready([a_reply(text)], filled(MONDAY + timedelta(days=days, hours=2)))
        sent = asyncio.run(anonymiser.InTime(redactor(), look_again=look).redact(RawText(reply.text), on=MONDAY.date()))
        assert sent.record == reply.text
        assert look(sent.record, ()) == ()
