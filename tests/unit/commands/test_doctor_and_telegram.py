"""The doctor asks Telegram whose bot the token is, and says what to do about each answer."""

from dataclasses import replace

import pytest
from bot_api.server import BotApi
from bot_api.world import OURSELVES

from bot.commands.doctor import _telegram
from bot.settings import load_settings
from bot.settings_of_others import TelegramSettings

NAME = OURSELVES["username"]


@pytest.fixture(scope="module")
def api():
    with BotApi() as api:
        yield api


def look(tmp_path, **said):
    settings = load_settings({"NONAME_VAR": str(tmp_path)})
    return _telegram(replace(settings, telegram=TelegramSettings(**said, is_called=False, delete_hours=24)))


def test_a_house_without_a_bot_is_well(tmp_path):
    assert _telegram(load_settings({"NONAME_VAR": str(tmp_path)}))[0]


def test_a_bot_that_answers_by_its_name_is_well(api, tmp_path):
    is_well, words = look(tmp_path, token=api.token, name=NAME, api=api.root)
    assert is_well
    assert f"@{NAME}" in words


def test_a_name_that_is_not_the_tokens_is_told_with_the_right_one(api, tmp_path):
    is_well, words = look(tmp_path, token=api.token, name="another_bot", api=api.root)
    assert not is_well
    assert "set NONAME_TELEGRAM_NAME to that" in words
    assert f"@{NAME}" in words


def test_a_token_that_is_not_taken_is_told_and_not_shown(api, tmp_path):
    is_well, words = look(tmp_path, token="123456:not-the-token", name=NAME, api=api.root)
    assert not is_well
    assert "BotFather" in words
    assert "not-the-token" not in words


def test_a_telegram_that_is_away_is_told_and_the_web_goes_on(tmp_path):
    is_well, words = look(tmp_path, token="123456:a-token", name="a_bot", api="http://127.0.0.1:9")
    assert not is_well
    assert "the web works without it" in words
