"""Demo: invented schools, and colleagues of every role at the council, so that the house can be tried at once.

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
from bot.desk.people import Role
from bot.desk.sign_in import hash_password, new_access_code, new_second_factor
from bot.knowledge import load_national
from bot.settings import Settings
from bot.storage import SqlRecords
from bot.wiring import clock, records_of

_SCHOOLS = (
    ("Hollybank Primary (demo)", "kent"),
    ("Brackenfield School (demo)", "buckinghamshire"),
    ("Thornfield Academy (demo)", "kent"),
)
_WORKERS = (
    ("duty.kent", "Duty social worker, Kent (demo)", "kent", Role.DUTY_WORKER),
    ("second.kent", "Second duty social worker, Kent (demo)", "kent", Role.DUTY_WORKER),
    ("duty.bucks", "Duty social worker, Buckinghamshire (demo)", "buckinghamshire", Role.DUTY_WORKER),
    ("editor.kent", "Knowledge editor, Kent (demo)", "kent", Role.KNOWLEDGE_EDITOR),
    ("second.editor.kent", "Second knowledge editor, Kent (demo)", "kent", Role.KNOWLEDGE_EDITOR),
    ("manager.kent", "Manager of the duty desk, Kent (demo)", "kent", Role.MANAGER),
    ("scrutineer.kent", "Scrutineer, Kent (demo)", "kent", Role.SCRUTINEER),
    ("administrator.kent", "Administrator, Kent (demo)", "kent", Role.ADMINISTRATOR),
)


def seed(settings: Settings) -> Sequence[str]:
    """Make those of the demo's people who are not there yet, and return lines that say how to sign in."""
    made = _noted(settings)
    if missing := _missing(made):
        national = load_national(settings.root / "knowledge_base", clock().date())
        records = records_of(settings, national, Shut().second_scan)  # people alone: no text is to pass here
        try:
            _note(settings, _with_people(records, made, *missing))
        finally:
            records.let_go()
    return _lines(_noted(settings), settings)


def _noted(settings: Settings) -> dict[str, Any]:
    if not settings.demo_file.exists():
        return {"schools": [], "workers": []}
    return json.loads(settings.demo_file.read_text(encoding="utf-8"))


def _missing(made: dict[str, Any]) -> tuple[list, list] | None:
    """Return the schools and workers that an earlier demo did not have, or None."""
    schools, logins = {s["name"] for s in made["schools"]}, {w["login"] for w in made["workers"]}
    lacking = [one for one in _SCHOOLS if one[0] not in schools], [one for one in _WORKERS if one[0] not in logins]
    return lacking if any(lacking) else None


def code_at(secret: str, now: datetime) -> str:
    """Return the six digits that a phone would show at that moment."""
    return pyotp.TOTP(secret).at(now)


def _with_people(records: SqlRecords, made: dict[str, Any], schools: list, workers: list) -> dict[str, Any]:
    """Return what was noted with what is made now; what was there stays as it is."""
    made = {"schools": [*made["schools"]], "workers": [*made["workers"]]}
    for name, area in schools:
        code = new_access_code(secrets.randbelow)
        school = records.add_school(name, area)
        records.add_dsl("DSL", school, code, telephone="01632 960 001")
        made["schools"].append({"name": name, "area": area, "code": code})
    for login, name, area, role in workers:
        password, secret = secrets.token_urlsafe(9), new_second_factor(secrets.token_bytes)
        records.add_worker(login, name, area, hash_password(RawText(password)), secret, role=role)
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
        f"As a colleague at the council, at {settings.public_url}/duty",
        *workers,
        "  A second factor lasts half a minute; ./noname codes shows a fresh one.",
    ]
