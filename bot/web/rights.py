"""Rights: one table of who may use which route. What does not stand in it is refused.

It says which pages a role opens. Whose consultation or which area's case it is, the desk looks at by itself.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from starlette.routing import BaseRoute, Mount

from bot.desk.people import AT_SCHOOL, AT_THE_DESK, COLLEAGUES, Role

ANYBODY = None  # who has not signed in too
_DSL = frozenset({Role.DSL})
_EDITOR = frozenset({Role.KNOWLEDGE_EDITOR})
_DUTY_WORKER = frozenset({Role.DUTY_WORKER})
_MANAGER = frozenset({Role.MANAGER})
_SCRUTINEER = frozenset({Role.SCRUTINEER})
_SCRUTINY = _SCRUTINEER | _MANAGER
_READS_KNOWLEDGE = AT_THE_DESK | _EDITOR

_TABLE = (
    # for machines, each with what it needs to show
    (ANYBODY, "GET /livez", "GET /readyz", "POST /rasa/webhook", "POST /rasa/model/parse", "GET /api/openapi.json"),
    (ANYBODY, "GET /metrics", "GET /.well-known/security.txt"),
    (ANYBODY, "POST /telegram/webhook"),
    # signing in
    (ANYBODY, "GET /", "POST /sign-in", "POST /api/session", "DELETE /api/session", "GET /accessibility"),
    (ANYBODY, "GET /api/session"),  # it says whether somebody has signed in
    (ANYBODY, "GET /duty", "GET /duty/sign-in", "POST /duty/sign-in"),
    (ANYBODY, "GET /duty/sign-in/council", "GET /duty/sign-in/council/back"),
    # for other sites' pages, and what a partnership looks like
    (ANYBODY, "GET /widget.js", "GET /embed/{area}", "GET /theme/{area}.css", "GET /theme/{area}/logo"),
    # a school's people: guidance
    (AT_SCHOOL, "POST /sign-out", "POST /sign-out-everywhere", "POST /api/session/stay"),
    (AT_SCHOOL, "GET /compare", "POST /compare", "GET /kit/{area}.docx", "GET /kit/{area}.ics"),
    # a DSL's consultations, and practice
    (_DSL, "POST /consultations", "GET /another", "POST /resume", "GET /consultations/{consultation_id}"),
    (_DSL, "GET /consultations/{consultation_id}/plain", "POST /consultations/{consultation_id}/plain"),
    (_DSL, "GET /practise", "POST /practise"),
    (_DSL, "POST /api/consultations", "GET /api/consultations/{consultation_id}", "POST /api/resume"),
    (_DSL, "POST /api/consultations/{consultation_id}/messages", "GET /api/consultations/{consultation_id}/events"),
    (_DSL, "POST /api/consultations/{consultation_id}/typing", "POST /api/consultations/{consultation_id}/preview"),
    (_DSL, "POST /api/consultations/{consultation_id}/messages/{number}/put-back"),
    (_DSL, "GET /api/consultations/{consultation_id}/understood"),
    (_DSL, "POST /api/consultations/{consultation_id}/reference"),
    (_DSL, "GET /api/consultations/{consultation_id}/unsent", "POST /api/consultations/{consultation_id}/unsent"),
    (_DSL, "POST /api/consultations/{consultation_id}/person"),
    (_DSL, "POST /api/consultations/{consultation_id}/person/{act}"),
    (_DSL, "POST /api/consultations/{consultation_id}/seen", "POST /consultations/{consultation_id}/referral"),
    (_DSL, "POST /consultations/{consultation_id}/follow-up", "POST /consultations/{consultation_id}/call-back"),
    (_DSL, "POST /consultations/{consultation_id}/came-of-it"),
    (_DSL, "GET /consultations/{consultation_id}/outcome", "POST /consultations/{consultation_id}/outcome"),
    (_DSL, "GET /consultations/{consultation_id}/disagree", "POST /consultations/{consultation_id}/disagree"),
    (_DSL, "GET /consultations/{consultation_id}/record", "GET /consultations/{consultation_id}/record.txt"),
    (_DSL, "GET /consultations/{consultation_id}/record.pdf"),
    # a DSL's colleagues, and what they passed on: which school's, the desk looks at by itself
    (_DSL, "GET /staff", "POST /staff/codes", "POST /staff/links/{link_id}/end"),
    (_DSL, "POST /staff/passed-on/{passed_on_id}/seen", "POST /staff/passed-on/{passed_on_id}/take-up"),
    (_DSL, "GET /api/consultations/{consultation_id}/draft"),
    # every colleague at the council: where they begin, and their own sign-in
    (COLLEAGUES, "GET /duty/", "POST /duty/sign-out", "GET /duty/account", "POST /duty/sign-out-everywhere"),
    (COLLEAGUES, "GET /duty/api/session", "POST /duty/api/session/stay"),
    # the duty desk
    (AT_THE_DESK, "GET /duty/queue", "GET /duty/events"),
    (AT_THE_DESK, "GET /duty/cases/{case_id}", "GET /duty/cases/{case_id}/events"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/claim", "POST /duty/cases/{case_id}/release"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/reply", "POST /duty/cases/{case_id}/typing"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/seen", "POST /duty/cases/{case_id}/outcome", "POST /duty/next"),
    (AT_THE_DESK, "POST /duty/presence"),
    (AT_THE_DESK, "GET /duty/cases/{case_id}/name", "POST /duty/cases/{case_id}/name"),
    (AT_THE_DESK, "GET /duty/cases/{case_id}/record", "GET /duty/cases/{case_id}/record.pdf"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/referral", "POST /duty/cases/{case_id}/transfer"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/accept", "POST /duty/cases/{case_id}/refuse"),
    (AT_THE_DESK, "POST /duty/cases/{case_id}/recall", "POST /duty/cases/{case_id}/give-back"),
    # whether a case may be given up by this person is the table of moves' to say: a manager's alone
    (AT_THE_DESK, "POST /duty/cases/{case_id}/abandon"),
    # which disagreements of their area: the desk's own walls again
    (AT_THE_DESK, "GET /duty/disagreements", "POST /duty/disagreements"),
    # what a desk keeps and looks up for itself
    (AT_THE_DESK, "POST /duty/cases/{case_id}/notes", "GET /duty/shift", "GET /duty/search"),
    (_MANAGER, "GET /duty/answered"),
    # scrutiny: what was published; and samples, which one role asks for and another grants
    (_SCRUTINY, "GET /duty/reports", "POST /duty/reports", "GET /duty/reports/{year}/{area}"),
    (_SCRUTINY, "GET /duty/reports/{year}/{area}/report.pdf", "GET /duty/reports/{year}/{area}/{name}.csv"),
    (_SCRUTINY, "GET /duty/reports/{year}/{area}/{table}.svg", "GET /duty/samples"),
    (_SCRUTINEER, "POST /duty/samples", "GET /duty/samples/{request_id}"),
    (_MANAGER, "POST /duty/samples/{request_id}"),
    # re-scoring of practice cases: one role opens and closes rounds, the other places, both read a closed one
    (AT_THE_DESK, "GET /duty/rescoring", "GET /duty/rescoring/{round_id}"),
    (_MANAGER, "POST /duty/rescoring", "POST /duty/rescoring/{round_id}/close"),
    (_DUTY_WORKER, "GET /duty/rescoring/{round_id}/next", "POST /duty/rescoring/{round_id}/next"),
    # knowledge
    (_READS_KNOWLEDGE, "GET /duty/knowledge", "GET /duty/knowledge/{area}"),
    (_READS_KNOWLEDGE, "GET /duty/compare", "POST /duty/compare"),
    (_EDITOR, "POST /duty/revisions", "GET /duty/revisions/{revision_id}", "GET /duty/revisions/{revision_id}/sheet"),
    (_EDITOR, "POST /duty/revisions/{revision_id}/save", "POST /duty/revisions/{revision_id}/submit"),
    (_EDITOR, "POST /duty/revisions/{revision_id}/take-back", "POST /duty/revisions/{revision_id}/approve"),
    (_EDITOR, "POST /duty/revisions/{revision_id}/send-back", "POST /duty/revisions/{revision_id}/withdraw"),
)

RIGHTS = MappingProxyType({tuple(route.split(" ")): roles for roles, *routes in _TABLE for route in routes})
# By path: another method of a public path is no page of anybody's.
PUBLIC_ROUTES = frozenset(path for (_, path), roles in RIGHTS.items() if roles is ANYBODY)


def pattern_of(path: str) -> re.Pattern[str]:
    """Return what fits the paths of a route."""
    parts = re.split(r"(\{\w+\})", path)
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts))


_PATTERNS = tuple((method, pattern_of(path), roles) for (method, path), roles in RIGHTS.items())


class Verdict(Enum):
    """What the table says of a person at a route."""

    MAY = auto()
    NOT_YOUR_ROLE = auto()
    WRONG_METHOD = auto()
    NO_SUCH_PAGE = auto()


class RouteWithoutRights(LookupError):
    """Tried to make an app with a route of which nobody has said who may use it."""


def verdict(role: Role, method: str, path: str) -> Verdict:
    """Return whether somebody in a role may use a route. Where a path fits two rows, both have to allow it."""
    asked = "GET" if method == "HEAD" else method
    fits = [(of, roles) for of, pattern, roles in _PATTERNS if pattern.fullmatch(path)]
    if not fits:
        return Verdict.NO_SUCH_PAGE
    rows = [roles for of, roles in fits if of == asked]
    if not rows:
        return Verdict.WRONG_METHOD
    allowed = all(roles is ANYBODY or role in roles for roles in rows)
    return Verdict.MAY if allowed else Verdict.NOT_YOUR_ROLE


def with_rights(routes: Sequence[BaseRoute]) -> Sequence[BaseRoute]:
    """Return the routes of an app, every one of which is in the table. Raises RouteWithoutRights."""
    if forgotten := sorted(set(_walk(routes, "")) - RIGHTS.keys()):
        raise RouteWithoutRights(", ".join(" ".join(route) for route in forgotten))
    return routes


def _walk(routes: Sequence[Any], under: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        path = under + getattr(route, "path", "")
        if isinstance(route, Mount):
            yield from _walk(route.routes or (), path)
        elif included := getattr(route, "original_router", None):
            yield from _walk(included.routes, under)
        else:
            yield from ((method, path) for method in (route.methods or {"GET"}) - {"HEAD"})
