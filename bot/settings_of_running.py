"""Settings of running: what whoever runs a house may say of its logs, its numbers and whom to tell of a weakness."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.scrutiny.rules import MOST, USUAL, BadRules, Rules
from bot.settings_of_others import PREFIX, BadSetting

LOG_FORMATS = ("text", "json")
LEAST_TOKEN = 20  # characters: what may be guessed is no token

type Value = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class RunningSettings:
    """`log_format` is "text", "json" or empty: text on a terminal and JSON elsewhere.

    Whoever shows `metrics_token` may read the numbers from elsewhere. `security_contact` is an address to write to.
    By `report_rules` annual reports are published.
    """

    log_format: str = ""
    metrics_token: str = field(default="", repr=False)
    security_contact: str = ""
    report_rules: Rules = field(default_factory=Rules)


def running(value: Value, root: Path) -> RunningSettings:
    """Return the settings of running. Raises BadSetting, which never quotes the token."""
    form, contact = value("log_format", "").lower(), value("security_contact", "")
    if form and form not in LOG_FORMATS:
        raise BadSetting(f"{PREFIX}LOG_FORMAT must be one of {', '.join(LOG_FORMATS)}.")
    if contact and (urlsplit(contact).scheme not in ("https", "mailto") or any(c.isspace() for c in contact)):
        raise BadSetting(f"{PREFIX}SECURITY_CONTACT must begin with https:// or mailto: and have no blanks.")
    return RunningSettings(form, _token(value("metrics_token_file", ""), root), contact, _rules(value))


def _rules(value: Value) -> Rules:
    under, rounding = (value(name, str(USUAL)) for name in ("report_under", "report_rounding"))
    try:
        return Rules(int(under), int(rounding))
    except (BadRules, ValueError):
        least = f"{PREFIX}REPORT_UNDER must be a number from {USUAL} to {MOST}"
        raise BadSetting(f"{least}, and {PREFIX}REPORT_ROUNDING one from 1 to that.") from None


def _token(file: str, root: Path) -> str:
    if not file:
        return ""
    place = root / file
    token = place.read_text(encoding="ascii", errors="ignore").strip() if place.is_file() else ""
    if len(token) < LEAST_TOKEN:
        raise BadSetting(f"{PREFIX}METRICS_TOKEN_FILE must be a file with {LEAST_TOKEN} characters or more.")
    return token
