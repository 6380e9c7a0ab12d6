"""Demo: two invented schools, duty workers and knowledge editors, so that the house can be tried at once.

Their codes and passwords are drawn afresh in every house and noted in `var/demo.json`, readable
by this account alone. A house that serves real people is started with `--no-demo`.
"""

import json
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyotp

from bot.anonymiser import Shut
from bot.consultation import RawText
from bot.desk.sign_in import hash_password, new_access_code, new_second_factor
from bot.knowledge import load_national
from bot.settings import Settings
from bot.storage import SqlRecords
from bot.wiring import clock, records_of

_SCHOOLS = (("Hollybank Primary (demo)", "kent"), ("Brackenfield School (demo)", "buckinghamshire"))
_EDITORS = (
    ("editor.kent", "Knowledge editor, Kent (demo)", "kent"),
    ("second.editor.kent", "Second knowledge editor, Kent (demo)", "kent"),
)
_WORKERS = (
    ("duty.kent", "Duty social worker, Kent (demo)", "kent"),
    ("second.kent", "Second duty social worker, Kent (demo)", "kent"),
    ("duty.bucks", "Duty social worker, Buckinghamshire (demo)", "buckinghamshire"),
)


def seed(settings: Settings) -> Sequence[str]:
    """Make the demo's people if they are not there, and return lines that say how to sign in."""
    if not settings.demo_file.exists():
        national = load_national(settings.root / "knowledge_base", clock().date())
        records = records_of(settings, national, Shut().second_scan)  # people alone: no text is to pass here
        try:
            _note(settings, _people(records))
        finally:
            records.let_go()
    return _lines(json.loads(settings.demo_file.read_text(encoding="utf-8")), settings)


def code_at(secret: str, now: datetime) -> str:
    """Return the six digits that a phone would show at that moment."""
    return pyotp.TOTP(secret).at(now)


def _people(records: SqlRecords) -> dict[str, Any]:
    made: dict[str, Any] = {"schools": [], "workers": []}
    for name, area in _SCHOOLS:
        code = new_access_code(secrets.randbelow)
        school = records.add_school(name, area)
        records.add_dsl("DSL", school, code, telephone="01632 960 001")
        made["schools"].append({"name": name, "area": area, "code": code})
    for login, name, area in (*_WORKERS, *_EDITORS):
        password, secret = secrets.token_urlsafe(9), new_second_factor(secrets.token_bytes)
        edits = (login, name, area) in _EDITORS
        records.add_worker(login, name, area, hash_password(RawText(password)), secret, edits=edits)
        made["workers"].append({"login": login, "password": password, "totp_secret": secret, "area": area})
    return made


def _note(settings: Settings, made: dict[str, Any]) -> None:
    file = os.open(settings.demo_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as note:
        json.dump(made, note, indent=1)


def _lines(made: dict[str, Any], settings: Settings) -> list[str]:
    schools = [f"  {s['name']}: access code {s['code']}" for s in made["schools"]]
    workers = [
        f"  {w['login']}  password {w['password']}  second factor now {code_at(w['totp_secret'], clock())}"
        for w in made["workers"]
    ]
    return [
        "",
        f"As a DSL, at {settings.public_url}/",
        *schools,
        f"As a duty social worker or a knowledge editor, at {settings.public_url}/duty",
        *workers,
        "  A second factor lasts half a minute; ./noname codes shows a fresh one.",
    ]
