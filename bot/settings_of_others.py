"""Settings of others: what the house is told of services that it does not run, a council's sign-in and Telegram."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "NONAME_"
MODES = ("polling", "webhook")
LONGEST_STAY = 47  # hours: what is older Telegram lets nobody delete
_TOKEN = re.compile(r"\d{3,20}:[\w-]{5,100}", re.ASCII)
_NAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_HERE = ("127.0.0.1", "localhost")

type Value = Callable[[str, str], str]


class BadSetting(ValueError):
    """Tried to use a setting whose value cannot mean anything."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """A bot on Telegram. `name` is what people type to find it; messages of ours are deleted after `delete_hours`.

    `api` is where Telegram's servers are, empty for its own.
    """

    token: str = field(repr=False)
    name: str
    is_called: bool
    api: str
    delete_hours: int


def council(value: Value, root: Path) -> dict[str, Any]:
    """Return the settings of a council's own sign-in. Raises BadSetting."""
    issuer, client_id, file = (value(f"oidc_{name}", "") for name in ("issuer", "client_id", "client_secret_file"))
    if bool(issuer) != bool(client_id):
        raise BadSetting(f"{PREFIX}OIDC_ISSUER and {PREFIX}OIDC_CLIENT_ID are set together or not at all.")
    if issuer and urlsplit(issuer).scheme != "https" and urlsplit(issuer).hostname not in _HERE:
        raise BadSetting(f"{PREFIX}OIDC_ISSUER must begin with https://.")
    if file and not (root / file).is_file():
        raise BadSetting(f"{PREFIX}OIDC_CLIENT_SECRET_FILE must be a file that is there.")
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": client_id,
        "oidc_client_secret_file": root / file if file else None,
        "oidc_login_claim": value("oidc_login_claim", "email"),
    }


def telegram(value: Value, root: Path) -> TelegramSettings | None:
    """Return the settings of a bot on Telegram, None without one. Raises BadSetting, which never quotes the token."""
    file, name = value("telegram_token_file", ""), value("telegram_name", "").removeprefix("@")
    if not file:
        return None
    if not (root / file).is_file() or not (token := (root / file).read_text(encoding="ascii", errors="ignore").strip()):
        raise BadSetting(f"{PREFIX}TELEGRAM_TOKEN_FILE must be a file that is there, with a token in it.")
    if not _TOKEN.fullmatch(token):
        raise BadSetting(f"{PREFIX}TELEGRAM_TOKEN_FILE must hold a token as @BotFather gives it: digits:letters.")
    if name and not _NAME.fullmatch(name):
        raise BadSetting(f"{PREFIX}TELEGRAM_NAME must be the bot's name as in https://t.me/NAME, and nothing else.")
    mode, api, hours = value("telegram_mode", MODES[0]), value("telegram_api", ""), value("telegram_delete_hours", "24")
    if mode not in MODES:
        raise BadSetting(f"{PREFIX}TELEGRAM_MODE must be one of {', '.join(MODES)}.")
    if mode == "webhook" and urlsplit(value("public_url", "")).scheme != "https" and not api:
        raise BadSetting(f"{PREFIX}TELEGRAM_MODE can be webhook only where {PREFIX}PUBLIC_URL begins with https://.")
    if api and urlsplit(api).scheme != "https" and urlsplit(api).hostname not in _HERE:
        raise BadSetting(f"{PREFIX}TELEGRAM_API must begin with https://.")
    if not hours.isdecimal() or not 0 < int(hours) <= LONGEST_STAY:
        raise BadSetting(f"{PREFIX}TELEGRAM_DELETE_HOURS must be a whole number from 1 to {LONGEST_STAY}.")
    return TelegramSettings(token, name, mode == "webhook", api, int(hours))
