"""The real library, pointed at the tests' server."""

from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from bot_api.server import BotApi


def request(**more: Any) -> HTTPXRequest:
    """Return the library's own way to speak HTTP, without the certificates that loopback does not need."""
    return HTTPXRequest(connection_pool_size=8, httpx_kwargs={"verify": False, "trust_env": False}, **more)


def bot_at(api: BotApi, token: str | None = None) -> Bot:
    """Return a bot of the library at the tests' server; `async with` it."""
    addresses = {"base_url": api.url, "base_file_url": api.file_url}
    return Bot(token or api.token, request=request(), get_updates_request=request(), **addresses)
