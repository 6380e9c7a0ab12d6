"""Settings of several: what a house needs to know that has more than one web process or more than one Rasa."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings_of_others import PREFIX, BadSetting

type Value = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class SeveralSettings:
    """`is_so` where this process is one of several.

    Each of `rasa_urls` is where a Rasa answers. `inner_url` is where every Rasa reaches some web process: an address of
    the proxy that only this house can call. `rasa_host` is what a Rasa listens on. `redis_url` and `redis_password` are
    of the store in which several Rasas keep their locks.
    """

    is_so: bool = False
    rasa_urls: tuple[str, ...] = ()
    inner_url: str = ""
    rasa_host: str = "127.0.0.1"
    redis_url: str = ""
    redis_password: str = field(default="", repr=False)


def several(value: Value, root: Path, databases: Iterable[str]) -> SeveralSettings:
    """Return the settings of several, for a house with these addresses of databases. Raises BadSetting."""
    said = value("several", "no").lower()
    if said not in ("yes", "no"):
        raise BadSetting(f"{PREFIX}SEVERAL must be yes or no.")
    found = SeveralSettings(
        is_so=said == "yes",
        rasa_urls=tuple(_url("rasa_urls", one.strip()) for one in value("rasa_urls", "").split(",") if one.strip()),
        inner_url=_url("inner_url", value("inner_url", "")),
        rasa_host=value("rasa_host", "127.0.0.1"),
        redis_url=_redis(value("redis_url", "")),
        redis_password=_password(value("redis_password_file", ""), root),
    )
    if found.is_so:
        _refuse_what_cannot_be(found, databases)
    return found


def _refuse_what_cannot_be(said: SeveralSettings, databases: Iterable[str]) -> None:
    if any(url.startswith("sqlite") for url in databases):
        raise BadSetting(
            f"{PREFIX}SEVERAL needs PostgreSQL: SQLite is for one web process. Set {PREFIX}DATABASE_URL, "
            f"{PREFIX}KEYS_URL and {PREFIX}TRACKER_URL (docs/POSTGRESQL.md), or leave {PREFIX}SEVERAL out."
        )
    missing = [n for n in ("rasa_urls", "inner_url", "redis_url") if not getattr(said, n)]
    if missing:
        names = " and ".join(PREFIX + name.upper() for name in missing)
        raise BadSetting(f"{PREFIX}SEVERAL needs {names} as well (docs/OPERATIONS.md).")


def _url(name: str, typed: str) -> str:
    if typed and (urlsplit(typed).scheme != "http" or not urlsplit(typed).hostname):
        raise BadSetting(f"{PREFIX}{name.upper()} must be addresses that begin with http://.")
    return typed.rstrip("/")


def _redis(typed: str) -> str:
    at = urlsplit(typed)
    if typed and (at.scheme not in ("redis", "rediss") or not at.hostname):
        raise BadSetting(f"{PREFIX}REDIS_URL must be like redis://HOST:6379/0.")
    if at.password or at.username:
        raise BadSetting(f"{PREFIX}REDIS_URL must hold no password: {PREFIX}REDIS_PASSWORD_FILE names a file with it.")
    return typed


def _password(file: str, root: Path) -> str:
    if not file:
        return ""
    place = root / file
    password = place.read_text(encoding="utf-8").strip() if place.is_file() else ""
    if not password:
        raise BadSetting(f"{PREFIX}REDIS_PASSWORD_FILE must be a file with a password in it.")
    return password
