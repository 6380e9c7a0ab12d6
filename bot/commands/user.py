"""`user`: colleagues at the council who sign in at the duty desk. Add, list, disable, and change what they may.

A password and a second factor are drawn by the machine and shown once: hand them over, they are nowhere else.
"""

import argparse
import re
import secrets

from bot.commands import CannotRun
from bot.commands.records import known_area, people_records
from bot.desk.people import COLLEAGUES, Role

# An e-mail address too: it is what a council's own sign-in mostly knows its people by.
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._'+-]{0,60}(@[a-z0-9][a-z0-9.-]{0,120})?")
PASSWORD_BYTES = 12  # 96 bits, which nobody guesses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One thing to do, with whom."""
    below = parser.add_subparsers(dest="what", required=True, metavar="what")
    roles = sorted(role.value for role in COLLEAGUES)
    adding = _below(below, "add", _add, "add somebody, and show their password and second factor once")
    adding.add_argument("--name", required=True, help="the name that DSLs and colleagues read")
    adding.add_argument("--area", required=True, help="an area's short name, such as kent")
    adding.add_argument("--role", choices=roles, default=Role.DUTY_WORKER.value)
    _below(below, "list", _list, "show everybody, and who may sign in no more", whom=False)
    _below(below, "disable", _disable, "let somebody sign in no more, and end their sessions at once")
    _below(below, "reset-second-factor", _reset, "show a new second factor once; the old one opens nothing")
    changing = _below(below, "role", _role, "give somebody another role, and end their sessions")
    changing.add_argument("role", choices=roles)


def run(options: argparse.Namespace) -> int:
    """Do it."""
    options.user_run(options)
    return 0


def _below(below, name: str, do, does: str, *, whom: bool = True) -> argparse.ArgumentParser:
    own = below.add_parser(name, help=does, description=does)
    own.set_defaults(user_run=do)
    if whom:
        own.add_argument("login")
    return own


def _add(options: argparse.Namespace) -> None:
    from bot.consultation import RawText
    from bot.desk.sign_in import hash_password, new_second_factor
    from bot.storage.access import OPERATOR
    from bot.wiring import clock

    if not _LOGIN.fullmatch(options.login):
        raise CannotRun("a login is an e-mail address or a word: small letters, digits, dots, hyphens and underscores.")
    password, secret = secrets.token_urlsafe(PASSWORD_BYTES), new_second_factor(secrets.token_bytes)
    with people_records() as records:
        if any(one.login == options.login for one in records.colleagues()):
            raise CannotRun(f"there is somebody who signs in as {options.login} already.")
        given = (options.login, options.name, known_area(options.area), hash_password(RawText(password)), secret)
        person = records.add_worker(*given, role=Role(options.role))
        records.note("worker.added", OPERATOR, person.id, clock())
    print(f"{options.login} may sign in at /duty. This is shown once:")
    print(f"  password       {password}")
    _show_second_factor(secret, options.login)


def _list(options: argparse.Namespace) -> None:
    with people_records() as records:
        for one in records.colleagues():
            ended = f"  disabled {one.disabled_at:%Y-%m-%d}" if one.disabled_at else ""
            print(f"{one.login:24} {one.role:16} {one.area:20} {one.name}{ended}")


def _disable(options: argparse.Namespace) -> None:
    _change(options, "disable")
    print(f"{options.login} may sign in no more. Their sessions have ended.")


def _reset(options: argparse.Namespace) -> None:
    from bot.desk.sign_in import new_second_factor

    secret = new_second_factor(secrets.token_bytes)
    _change(options, "renew_second_factor", secret)
    print(f"{options.login} has a new second factor, and their sessions have ended. This is shown once:")
    _show_second_factor(secret, options.login)


def _role(options: argparse.Namespace) -> None:
    _change(options, "change_role", Role(options.role))
    print(f"{options.login} is {options.role} now. Their sessions have ended.")


def _change(options: argparse.Namespace, name: str, *given: object) -> None:
    from bot.desk.ports import NotKept
    from bot.wiring import clock

    with people_records() as records:
        try:
            getattr(records, name)(options.login, *given, clock())
        except NotKept:
            raise CannotRun(f"nobody signs in as {options.login}.") from None


def _show_second_factor(secret: str, login: str) -> None:
    from bot.desk.sign_in import second_factor_uri

    print(f"  second factor  {second_factor_uri(secret, login)}")
