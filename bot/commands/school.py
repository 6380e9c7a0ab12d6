"""`school`: schools and their people, who sign in with a personal access code.

A code is drawn by the machine and shown once: hand it over, it is nowhere else.
"""

import argparse
import secrets

from bot.commands import CannotRun
from bot.commands.records import known_area, people_records
from bot.desk.came_of_it import Phase
from bot.desk.people import AT_SCHOOL, Role
from bot.desk.ports import NotKept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One thing to do, with which school or whom."""
    below = parser.add_subparsers(dest="what", required=True, metavar="what")
    adding = _below(below, "add", _add, "add a school, and show its id")
    adding.add_argument("name", help="the school's name, which a duty worker reads")
    adding.add_argument("--area", required=True, help="the area it lies in, such as kent")
    adding.add_argument("--phase", choices=[phase.value for phase in Phase], help="its phase, which reports count by")
    _below(below, "list", _list, "show every school and its people, with their ids")
    coding = _below(below, "code", _code, "show a new access code once, for somebody new or somebody who is there")
    whose = coding.add_mutually_exclusive_group(required=True)
    whose.add_argument("--school", help="somebody new of the school with this id")
    whose.add_argument("--person", help="the person with this id, whose old code opens nothing any more")
    coding.add_argument("--name", default="DSL", help="who it is, as a duty worker reads it")
    coding.add_argument("--telephone", default="", help="where a duty worker rings back")
    coding.add_argument("--role", choices=sorted(role.value for role in AT_SCHOOL), default=Role.DSL.value)
    clustering = _below(below, "cluster", _cluster, "put schools in a cluster, and say who its link workers are")
    clustering.add_argument("name", help="the cluster's name within its area, such as north")
    clustering.add_argument("--area", required=True, help="the area, such as kent")
    clustering.add_argument("--school", action="append", default=[], help="the id of a school; again for more")
    clustering.add_argument("--worker", action="append", default=[], help="the login of a link worker; again for more")
    linked = _below(below, "staff", _staff, "show which chats of colleagues at a school are linked, and until when")
    linked.add_argument("--school", required=True, help="the id of the school")
    revoking = _below(below, "revoke", _revoke, "revoke somebody's code, and end their sessions at once")
    revoking.add_argument("person", help="the person's id, as `school list` shows it")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    options.school_run(options)
    return 0


def _below(below, name: str, do, does: str) -> argparse.ArgumentParser:
    own = below.add_parser(name, help=does, description=does)
    own.set_defaults(school_run=do)
    return own


def _add(options: argparse.Namespace) -> None:
    from bot.storage.access import OPERATOR
    from bot.wiring import clock

    with people_records() as records:
        school = records.add_school(options.name, known_area(options.area), options.phase)
        records.note("school.added", OPERATOR, school, clock())
    print(f"{options.name} is there, with the id {school}. Its people need a code:")
    print(f"  ./noname school code --school {school} --name NAME")


def _list(options: argparse.Namespace) -> None:
    with people_records() as records:
        for one in records.at_school():
            print(_line(one))


def _cluster(options: argparse.Namespace) -> None:
    from bot.wiring import clock

    area, now = known_area(options.area), clock()
    with people_records() as records:
        here = {one.school_id for one in records.at_school() if one.area == area}
        if not set(options.school) <= here:
            raise CannotRun("not all of these are schools of that area; `./noname school list` shows them.")
        try:
            if options.worker:
                records.set_link_workers(area, options.name, tuple(options.worker), now)
        except NotKept:
            raise CannotRun("not all of these are colleagues of that area; `./noname user list` shows them.") from None
        for school in options.school:
            records.put_in_cluster(school, options.name, now)
    print(f"Schools put in {options.name}: {len(options.school)}. Link workers set: {len(options.worker)}.")


def _staff(options: argparse.Namespace) -> None:
    from bot.storage import StaffShelf
    from bot.wiring import clock

    with people_records() as records:
        if options.school not in {one.school_id for one in records.at_school()}:
            raise CannotRun("there is no school with that id; `./noname school list` shows them.")
        links = records.beside(StaffShelf).links_of_school(options.school, clock())
    for link in links:
        print(f"{link.person.name}, {link.kind}, {link.linked_at:%Y-%m-%d} to {link.last_day} ({link.person.id})")
    if not links:
        print("Nobody is linked.")


def _line(one) -> str:
    if not one.person_id:
        return f"{one.school}, {one.area} ({one.school_id})"
    ended = f", revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else ""
    return f"{one.school}, {one.area} ({one.school_id}): {one.name}, {one.role} ({one.person_id}){ended}"


def _code(options: argparse.Namespace) -> None:
    from bot.desk.sign_in import new_access_code
    from bot.storage.access import OPERATOR
    from bot.wiring import clock

    code = new_access_code(secrets.randbelow)
    with people_records() as records:
        if options.person:
            _renew(records, options.person, code)
        else:
            if options.school not in {one.school_id for one in records.at_school()}:
                raise CannotRun("there is no school with that id; `./noname school list` shows them.")
            given = (options.name, options.school, code, options.telephone)
            person = records.add_dsl(*given, role=Role(options.role))
            records.note("code.given", OPERATOR, person.id, clock())
    print("This code signs in at the widget. It is shown once:")
    print(f"  {code}")


def _renew(records, person_id: str, code: str) -> None:
    from bot.wiring import clock

    try:
        records.renew_code(person_id, code, clock())
    except NotKept:
        raise CannotRun("there is nobody with that id; `./noname school list` shows them.") from None


def _revoke(options: argparse.Namespace) -> None:
    from bot.wiring import clock

    with people_records() as records:
        try:
            records.revoke(options.person, clock())
        except NotKept:
            raise CannotRun("there is nobody with that id; `./noname school list` shows them.") from None
    print("The code is revoked. Their sessions and links have ended; what they asked is kept.")
