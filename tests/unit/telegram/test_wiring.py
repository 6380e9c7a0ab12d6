"""What the wiring gives: Telegram's part of a real house, only where there is a bot."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.consultation import RawText, RedactedText, Redaction
from bot.settings import load_settings
from bot.telegram_wiring import door_of, telegram_of
from bot.web.telegram_door import TelegramDoor
from tests.at_the_desk import make_counsel
from tests.factories import NOW
from tests.fakes import FakeRecords
from tests.unit.telegram.scene import KIM, WORDING


class Anonymiser:
    async def redact(self, typed: RawText, *, on) -> Redaction:
        text = RedactedText(f"looked at on {on}")
        return Redaction(text, (), text)


@pytest.fixture
def house():
    counsel = make_counsel(FakeRecords())
    return SimpleNamespace(
        counsel=counsel, staff="the staff desk", anonymiser=Anonymiser(), emergency=lambda area: {"in_danger": "999"}
    )


@pytest.fixture
def records(sql_records):
    return sql_records()


def settings(root, **said):
    (root / "token").write_text("123456:token")
    given = {f"NONAME_TELEGRAM_{name}": value for name, value in said.items()}
    return load_settings(given | {"NONAME_PUBLIC_URL": "https://noname.example/"}, root=root, draw=lambda: "x" * 40)


def test_without_a_token_there_is_nothing(tmp_path, house, records):
    assert telegram_of(settings(tmp_path), house, records, lambda: NOW) is None


def test_with_one_updates_are_asked_for_or_brought_as_it_is_said(tmp_path, house, records):
    asked = telegram_of(settings(tmp_path, TOKEN_FILE="token"), house, records, lambda: NOW)
    brought = telegram_of(settings(tmp_path, TOKEN_FILE="token", MODE="webhook"), house, records, lambda: NOW)
    assert asked.hook is None
    assert brought.hook.url == "https://noname.example/telegram/webhook"
    assert brought.hook.secret == "x" * 40
    assert isinstance(door_of(brought), TelegramDoor)
    assert asked.room.staff == "the staff desk"
    looked = asyncio.run(asked.room.look(RawText("hello")))
    assert looked.record == "looked at on 2026-11-23"
    for one in (asked, brought):
        asyncio.run(one.line.close())


@pytest.mark.parametrize("person", [KIM, None])
def test_everything_can_be_said_with_the_numbers_of_an_area_and_without(tmp_path, house, records, person):
    room = telegram_of(settings(tmp_path, TOKEN_FILE="token"), house, records, lambda: NOW).room
    blanks = dict.fromkeys(("what", "kept", "lines", "name", "day"), "…")
    ours = [name for name in WORDING.names() if name.startswith("utter_telegram_")]
    said = {name: room.words(name, person, **blanks) for name in ours}
    assert len(said) > 30
    assert "999" in said["utter_telegram_welcome"]
    assert not [name for name, text in said.items() if "{" in text]
