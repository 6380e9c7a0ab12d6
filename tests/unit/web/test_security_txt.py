"""Whom to tell of a weakness: by the standard, until a day that is reckoned, and not there without a contact."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.settings import BadSetting, load_settings
from bot.web.upkeep import Upkeep
from tests.fakes_web import NOW, FakeHouse, make_app

PATH = "/.well-known/security.txt"


def asked(contact: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        app = make_app(FakeHouse(), "https://noname.example", upkeep=Upkeep(security_contact=contact))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://noname.example") as browser:
            return await browser.get(PATH)

    return asyncio.run(ask())


def test_it_names_the_contact_and_holds_for_less_than_a_year() -> None:
    answer = asked("mailto:security@noname.example")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:security@noname.example"
    assert fields["Canonical"] == f"https://noname.example{PATH}"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - NOW < timedelta(days=366)


def test_without_a_contact_it_is_not_there() -> None:
    assert asked("").status_code == 404


@pytest.mark.parametrize("contact", ["security@noname.example", "http://noname.example", "mailto:a\nContact: b"])
def test_a_contact_that_nobody_could_use_is_refused(tmp_path, contact: str) -> None:
    with pytest.raises(BadSetting, match="NONAME_SECURITY_CONTACT"):
        load_settings({"NONAME_SECURITY_CONTACT": contact}, root=tmp_path)


def test_a_token_for_the_numbers_is_in_a_file_and_long_enough(tmp_path) -> None:
    (tmp_path / "short").write_text("guess")
    (tmp_path / "token").write_text("a-token-that-is-long-enough\n")
    for file in ("short", "nowhere"):
        with pytest.raises(BadSetting, match="NONAME_METRICS_TOKEN_FILE"):
            load_settings({"NONAME_METRICS_TOKEN_FILE": file}, root=tmp_path)
    settings = load_settings({"NONAME_METRICS_TOKEN_FILE": "token"}, root=tmp_path)
    assert settings.running.metrics_token == "a-token-that-is-long-enough"
    assert "long-enough" not in repr(settings)
