"""`user` and `school`: people are added with secrets that are shown once, and shut out at once."""

import logging
import re
import secrets
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from argon2 import PasswordHasher

from bot import cli
from bot.commands.records import people_records
from bot.consultation import RawText
from bot.desk import sign_in
from bot.desk.people import Role
from bot.desk.sign_in import SignIn
from bot.desk.staff.links import LinkKind
from bot.desk.watch import Watch
from bot.settings import load_settings
from bot.staff_wiring import staff_of
from bot.storage import SqlRecords, migrate
from bot.wiring import clock

QUICK = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
ADA = ("user", "add", "ada", "--name", "Ada Field", "--area", "kent")


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    monkeypatch.setattr(sign_in, "PasswordHasher", QUICK)
    settings = load_settings()
    migrate(settings.database_url, pepper=settings.pepper)
    return tmp_path


@pytest.fixture
def records(var: Path):
    with people_records() as records:
        yield records


@pytest.fixture
def told(var: Path, capsys: pytest.CaptureFixture[str]):
    """Return what a command prints, having gone well."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(arguments) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(var: Path, capsys: pytest.CaptureFixture[str]):
    """Return the one line with which a command is refused."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(arguments) == 1
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return run


def secrets_in(shown: str) -> tuple[str, str]:
    """Return the password and the second-factor secret of what was printed."""
    password = re.search(r"^  password +(\S+)$", shown, re.MULTILINE)[1]
    return password, second_factor_in(shown)


def second_factor_in(shown: str) -> str:
    address = re.search(r"^  second factor +(otpauth://\S+)$", shown, re.MULTILINE)[1]
    return parse_qs(urlsplit(address).query)["secret"][0]


def lets_in(records: SqlRecords, password: str, secret: str, login: str = "ada", later: int = 0):
    now = clock() + timedelta(minutes=later)
    sign_ins = SignIn(records, lambda n: b"7" * n)
    return sign_ins.worker(login, RawText(password), pyotp.TOTP(secret).at(now), "192.0.2.7", now)


def code_in(shown: str) -> str:
    return re.search(r"^  ([0-9A-Z-]{20,})$", shown, re.MULTILINE)[1]


def a_school(told) -> str:
    return re.search(r"--school (\w+)", told("school", "add", "Oak Primary", "--area", "kent"))[1]


def test_who_was_added_signs_in_with_what_was_shown(told, records) -> None:
    session = lets_in(records, *secrets_in(told(*ADA)))
    assert (session.person.role, session.person.area, session.person.name) == (Role.DUTY_WORKER, "kent", "Ada Field")


def test_a_login_may_be_the_address_that_a_councils_own_sign_in_knows(told, records, refused) -> None:
    given = ("--name", "Bob Lee", "--area", "kent")
    told("user", "add", "bob.o'lee@council.example", *given)
    assert records.worker_by_sign_in("Bob.O'Lee@council.example")[0].name == "Bob Lee"
    for odd in ("@council.example", "bob@", "bob@lee@council.example", "bob@council example"):
        assert "e-mail address" in refused("user", "add", odd, *given)


def test_what_was_shown_once_is_shown_nowhere_again_and_stands_in_no_log(told, var, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        password, secret = secrets_in(told(*ADA))
        listed = told("user", "list")
    assert "ada" in listed
    assert password not in listed + caplog.text
    assert secret not in listed + caplog.text
    assert password.encode() not in b"".join(file.read_bytes() for file in var.glob("noname.db*"))


def test_two_are_never_given_the_same(told) -> None:
    first = secrets_in(told(*ADA))
    second = secrets_in(told("user", "add", "bob", "--name", "Bob", "--area", "kent", "--role", "manager"))
    assert not set(first) & set(second)
    assert len(first[0]) >= 16


def test_nobody_is_added_twice_or_to_an_area_that_is_not_held_or_with_an_odd_login(told, refused) -> None:
    told(*ADA)
    assert "already" in refused(*ADA)
    assert "no area" in refused("user", "add", "bob", "--name", "Bob", "--area", "atlantis")
    assert "small letters" in refused("user", "add", "Bob Lee", "--name", "Bob", "--area", "kent")


def test_nobody_at_the_council_is_given_a_schools_role(var, capsys) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, "--role", "dsl"])
    assert "invalid choice" in capsys.readouterr().err


def test_who_is_disabled_is_out_and_stays_out(told, records) -> None:
    given = secrets_in(told(*ADA))
    session = lets_in(records, *given)
    told("user", "disable", "ada")
    assert SignIn(records, lambda n: b"8" * n).who(session.token, clock()) is None
    assert lets_in(records, *given, later=5) is None
    assert "disabled" in told("user", "list")


def test_a_new_second_factor_opens_and_the_old_one_does_not(told, records) -> None:
    password, old = secrets_in(told(*ADA))
    new = second_factor_in(told("user", "reset-second-factor", "ada"))
    assert lets_in(records, password, old) is None
    assert lets_in(records, password, new)


def test_another_role_is_had_from_the_next_sign_in(told, records) -> None:
    given = secrets_in(told(*ADA))
    told("user", "role", "ada", "scrutineer")
    assert lets_in(records, *given).person.role is Role.SCRUTINEER


@pytest.mark.parametrize("what", [("disable",), ("reset-second-factor",), ("role",)])
def test_who_is_not_there_is_said_in_one_line(refused, what) -> None:
    rest = ("manager",) if what == ("role",) else ()
    assert "nobody signs in as eve" in refused("user", *what, "eve", *rest)


def test_a_schools_person_signs_in_with_the_code_that_was_shown(told, records) -> None:
    code = code_in(told("school", "code", "--school", a_school(told), "--name", "Ann"))
    person = SignIn(records, lambda n: b"7" * n).dsl(RawText(code), "192.0.2.7", clock()).person
    assert (person.role, person.school, person.area) == (Role.DSL, "Oak Primary", "kent")
    assert code not in told("school", "list")


def test_staff_of_a_school_get_a_code_of_their_own(told, records) -> None:
    code = code_in(told("school", "code", "--school", a_school(told), "--name", "Tom", "--role", "school_staff"))
    assert records.person_by_access_code(code).role is Role.SCHOOL_STAFF


def test_a_code_that_was_revoked_or_renewed_opens_nothing_any_more(told, records) -> None:
    old = code_in(told("school", "code", "--school", a_school(told), "--name", "Ann"))
    person = records.person_by_access_code(old)
    told("school", "revoke", person.id)
    assert records.person_by_access_code(old) is None
    assert "revoked" in told("school", "list")
    new = code_in(told("school", "code", "--person", person.id))
    assert records.person_by_access_code(old) is None
    assert records.person_by_access_code(new) == person


def test_a_school_or_a_person_that_is_not_there_is_said_in_one_line(refused) -> None:
    assert "no school" in refused("school", "code", "--school", "none")
    assert "nobody" in refused("school", "code", "--person", "none")
    assert "nobody" in refused("school", "revoke", "none")
    assert "no area" in refused("school", "add", "Oak", "--area", "atlantis")


def test_all_that_was_done_is_in_the_audit_chain(told, records) -> None:
    told(*ADA)
    told("user", "role", "ada", "manager")
    code = code_in(told("school", "code", "--school", a_school(told)))
    told("school", "revoke", records.person_by_access_code(code).id)
    worker = records.worker_by_sign_in("ada")[0]
    assert records.times_noted("worker.added", worker.id) == records.times_noted("worker.role", worker.id) == 1
    assert records.verify_audit() is None


def test_without_a_database_it_says_what_to_do(tmp_path, monkeypatch, refused) -> None:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path / "elsewhere"))
    assert "noname up" in refused(*ADA)
    assert "noname up" in refused("school", "list")


def test_a_schools_linked_colleagues_are_listed_and_leave_with_who_let_them_in(told, records, refused) -> None:
    school = a_school(told)
    dsl = records.person_by_access_code(code_in(told("school", "code", "--school", school)))
    assert told("school", "staff", "--school", school) == "Nobody is linked.\n"
    desk = staff_of(records, Watch(), secrets.randbelow, lambda name: name)
    link = desk.link(desk.make_code(dsl, LinkKind.STAFF, "Cook", clock()), "a" * 64, 4711, clock())
    shown = told("school", "staff", "--school", school)
    assert shown.startswith("Cook, staff, ")
    assert f"{link.last_day} ({link.person.id})" in shown
    assert "4711" not in shown
    told("school", "revoke", dsl.id)
    assert told("school", "staff", "--school", school) == "Nobody is linked.\n"
    assert "no school" in refused("school", "staff", "--school", "none")
