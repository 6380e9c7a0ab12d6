"""Facts of people: which role opens what, and which cookies a browser is given."""

from collections import defaultdict

from bot.desk.council import ERRAND_LASTS
from bot.desk.people import Role
from bot.desk.sign_in import DSL_SESSION
from bot.web.rights import ANYBODY, RIGHTS
from evaluation.papers.seen import Seen, words
from evaluation.results import table

_READS = {"GET"}


class UnnamedPart(LookupError):
    """Tried to tell who may do what, and a route is of no part of the service that the words name."""


def roles(seen: Seen) -> str:
    """Return what each role opens, by parts of the service: nothing, reading, or reading and doing."""
    said = words()
    asked: dict[str, dict[Role, set[str]]] = {line["what"]: defaultdict(set) for line in said["parts"]}
    for (method, path), who in RIGHTS.items():
        for role in () if who is ANYBODY else who:
            asked[part_of(path)][role].add(method)
    rows = [(what, *(_may(by_role[role]) for role in Role)) for what, by_role in asked.items()]
    people = "\n".join(f"- **{said['roles'][role.value]['name']}**: {said['roles'][role.value]['is']}" for role in Role)
    return f"{people}\n\n{table([said['roles_head'], *(said['roles'][role.value]['name'] for role in Role)], rows)}"


def part_of(path: str) -> str:
    """Return the part of the service that a path belongs to. Raises UnnamedPart."""
    for line in words()["parts"]:
        if any(path == one or path.startswith(f"{one}/") for one in line["paths"]):
            return line["what"]
    raise UnnamedPart(path)


def cookies(seen: Seen) -> str:
    """Return every cookie with what it is for and how long a browser keeps it, and what else is kept in a browser."""
    said = words()
    lasts = {"dsl": f"{DSL_SESSION.total_seconds() / 3600:.0f}", "errand": f"{ERRAND_LASTS.total_seconds() / 60:.0f}"}
    is_https = seen.settings.public_url.startswith("https://")
    rows = [
        (f"`{_name(line, is_https)}`", line["for"], line["lasts"].format(**lasts), line["what"])
        for line in said["cookies"]
    ]
    return f"{table(said['cookies_heads'], rows)}\n\n{said['cookies_else']}"


def _name(line: dict[str, str], is_https: bool) -> str:
    """Return a cookie's name; over https it has the prefix that browsers enforce."""
    if not is_https:
        return line["name"]
    return f"__Host-{line['name']}" if line["path"] == "/" else f"__Secure-{line['name']}"


def _may(methods: set[str]) -> str:
    said = words()["may"]
    if not methods:
        return said["nothing"]
    return said["read"] if methods <= _READS else said["do"]


