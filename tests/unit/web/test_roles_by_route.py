"""Every role on every route, in their own area and another: the doors and the desk's own walls against a list.

The list is `tests/cases/rights.yml`, which was written by hand; the table that the doors work by is another.
"""

import asyncio
import json
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.routing import Mount

from bot.anonymiser import Memory
from bot.consultation import RedactedText, Redaction
from bot.consultation.reference import make_reference
from bot.desk.duty.asking import Asking
from bot.desk.duty.board import Board
from bot.desk.duty.desk import DutyDesk
from bot.desk.duty.routing import Routing
from bot.desk.hand_over import DutyDesks
from bot.desk.house import House
from bot.desk.people import AT_SCHOOL, Person, Role
from bot.desk.ports import Utterance
from bot.desk.receive import Reception
from bot.desk.record import Keeping
from bot.desk.sentences import sentences
from bot.desk.sign_in import DSL_SESSION, SignIn
from bot.desk.staff.desk import StaffDesk
from bot.desk.staff.links import LinkKind
from bot.desk.talking.desk import talk_desk
from bot.desk.watch import Watch
from bot.knowledge.logo import Logo
from bot.knowledge.partnership import Colours, Partnership
from bot.web import record_pages
from bot.web.app import create_app
from bot.web.framing import Framing
from bot.web.rights import RIGHTS, RouteWithoutRights, Verdict, verdict, with_rights
from tests.at_the_desk import answer_reader, make_counsel, reader, wording
from tests.at_the_editing_desk import EditingDesk
from tests.factories import NOW, create_consultation, make_case
from tests.fakes import FakeRecords
from tests.fakes_ladder import make_disagreeing
from tests.fakes_rescoring import MANAGER, make_rescoring
from tests.fakes_scrutiny import YEAR, granted, make_scrutiny, published
from tests.fakes_staff import make_staff
from tests.testshire import SLUG
from tests.unit.web.test_who_is_let_in import every_route

LISTED = yaml.load(Path("tests/cases/rights.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
ROWS = {tuple(route.split(" ")): page for page in LISTED for route in page["routes"]}
STRANGER = "stranger"
WHO = [STRANGER, *Role]
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
REFERENCE = make_reference(lambda top: 1)
FORMS = {
    "resume": {"reference": REFERENCE},
    "plain": {"once": "0" * 32, "text": "hungry"},
    "codes": {"kind": "staff", "label": "Caretaker"},
    "approve": {"edition": "1", "starts": "2026-12-01"},
    "reply": {"client_id": "client-id-1", "text": "hungry"},
    "seen": {"number": "1"},
    "name": {"state": "taken"},
    "referral": {"result": "made"},
    "outcome": {"act": "settled"},
    "presence": {"state": "busy"},
    "came-of-it": {"meeting": "held", "came": "school"},
    "reports": {"year": "2025"},
    "samples": {"year": "2025", "reason": "thresholds"},
    "next": {"case": "always-hungry", "level": "3", "reasons": "harm"},
    "sample-1": {"decision": "grant"},
    "follow-up": {"answer": "same"},
    "call-back": {"at": "2026-11-24T10:00:00+00:00", "safe": "direct"},
    **{step: {"edition": "1"} for step in ("submit", "take-back", "send-back", "withdraw", "save")},
}
BODIES = {
    "resume": {"reference": REFERENCE},
    "messages": {"client_message_id": "client-id-1", "text": "hungry"},
    "put-back": {"text": "hungry", "words": ["hungry"]},
    "preview": {"text": "hungry"},
    "seen": {"number": 1},
    "unsent": {"text": "hungry", "after": 0},
    "reference": {"answer": "kept"},
}


class Quiet:
    """What stands behind the house and has no say in who may do what."""

    async def redact(self, typed, memory=None, **given) -> Redaction:
        text = RedactedText(typed.reveal())
        return Redaction(text, (), text)

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        return (Utterance("assistant", "and then?"),)

    def forget(self, consultation_id: str, in_doubt: bool = False) -> None:
        return None

    async def is_healthy(self) -> bool:
        return True

    def document(self, area: str, starts: date, on: date) -> bytes:
        return b"made"

    def calendar(self, area: str, starts: date, now: datetime) -> bytes:
        return b"made"

    async def pdf(self, record, sheet="record") -> bytes:
        return b"made"


class Everybody:
    """A house with the desk's own walls, somebody of each role in two areas, and something of each to ask for."""

    def __init__(self, into: Path) -> None:
        records, ids, quiet = FakeRecords(), count(1), Quiet()
        editing_desk, counsel = EditingDesk(into, records), make_counsel(records)
        drawn = count(1)
        self.records = records
        self.people = {(role, whose): self._person(role, whose) for role in Role for whose in ("own", "other")}
        create_consultation(records, self.people[Role.DSL, "own"], reference=REFERENCE)
        records.hand_over(make_case())
        self.ids = {
            "{consultation_id}": "c1",
            "{case_id}": "case-1",
            "{number}": "1",
            "{act}": "wait",
            "{area}": SLUG,
            "{revision_id}": editing_desk.drafted().id,
        }
        desks = DutyDesks(counsel, records.desks, frozenset(), lambda: f"new-{next(ids)}")
        board = Board(records, Routing(records, records, desks), Watch())
        reception = Reception(records, quiet, reader(), quiet, counsel, lambda: Memory(b"k" * 32))
        house = House(
            records=records,
            reception=reception,
            sign_ins=SignIn(records, lambda n: next(drawn).to_bytes(n, "big"), hasher=QUICK),
            counsel=counsel,
            anonymiser=quiet,
            dialogue=quiet,
            run_action=None,
            hear=None,
            watch=Watch(),
            random_below=lambda top: 0,
            new_id=lambda: f"new-{next(ids)}",
            editing=editing_desk.editing,
            asking=Asking(records, desks, sentences(counsel), quiet, Watch(), board),
            duty=DutyDesk(records, records, counsel, quiet, Watch(), quiet.redact, board),
            staff=self._staff(),
            talk=talk_desk(counsel, answer_reader(), reception, Watch()),
        )
        given = {"clock": lambda: NOW, "base_url": "http://testserver", "rasa_token": "for tests", "kits": quiet}
        given["disagreeing"] = disagreeing = make_disagreeing(records)
        given["record"] = record_pages.Records(Keeping(records, disagreeing.kept, counsel), quiet)
        given |= published(make_scrutiny(counsel), NOW)
        given["rescoring"] = rescoring = make_rescoring(counsel)
        self.ids["{round_id}"] = rescoring.start(MANAGER, NOW).id
        asked = granted(given, self.people[Role.SCRUTINEER, "own"], NOW)
        self.ids |= {"{year}": str(YEAR), "{name}": "figures", "{table}": "ages", "{request_id}": asked.id}
        shown = Partnership(light=Colours("#0b3d91"), logo=Logo("image/png", b"made"))
        given["framing"] = Framing({SLUG: shown})
        self.app = create_app(house, wording().say, **given)

    def _person(self, role: Role, whose: str) -> Person:
        """Add somebody. An editor's own area is the one whose knowledge is being changed."""
        own = SLUG if role is Role.KNOWLEDGE_EDITOR else "kent"
        area = own if whose == "own" else "buckinghamshire"
        if role in AT_SCHOOL:
            school = self.records.add_school(f"{whose} school", area)
            return self.records.add_dsl(whose, school, f"{role} {whose}", role=role)
        return self.records.add_worker(f"{role} {whose}", whose, area, "no hash", "NOSECRET", role=role)

    def _staff(self) -> StaffDesk:
        """Return the staff desk, with a colleague of the DSL's own school who has passed something on."""
        desk = make_staff(self.records)
        code = desk.make_code(self.people[Role.DSL, "own"], LinkKind.STAFF, "Cook", NOW)
        link = desk.link(code, "chat", 1, NOW)
        create_consultation(self.records, link.person, id="c2")
        self.ids |= {"{link_id}": link.id, "{passed_on_id}": desk.pass_on("c2", True, "hungry", NOW).id}
        return desk

    def status(self, method: str, path: str, who: str, whose: str) -> tuple[int, str]:
        """Return the status of an answer and where it leads; the rest of the answer is not waited for."""
        cookie = ""
        if who != STRANGER:
            token = f"{who} {whose}".replace(" ", "-")
            digest = sha256(token.encode()).hexdigest()
            self.records.start_session(self.people[Role(who), whose], digest, NOW, NOW + DSL_SESSION)
            cookie = f"noname_dsl={token}; noname_duty={token}"
        for blank, value in self.ids.items():
            path = path.replace(blank, value)
        return asyncio.run(_begun(self.app, method, path, cookie))


async def _begun(app, method: str, path: str, cookie: str) -> tuple[int, str]:
    last = path.rsplit("/", 1)[-1]
    as_json = path.startswith("/api/")
    body = json.dumps(BODIES.get(last, {"code": "none"})) if as_json else urlencode(FORMS.get(last, {}))
    kind = "application/json" if as_json else "application/x-www-form-urlencoded"
    headers = {"host": "testserver", "origin": "http://testserver", "cookie": cookie, "content-type": kind}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "client": ("192.0.2.7", 1),
        "server": ("testserver", 80), "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    started: asyncio.Future = asyncio.get_running_loop().create_future()
    bodies = iter([{"type": "http.request", "body": body.encode(), "more_body": False}])

    async def receive() -> dict:
        if there := next(bodies, None):
            return there
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict) -> None:
        if message["type"] == "http.response.start" and not started.done():
            answered = dict(message["headers"])
            # Who signs out is led to where one signs in, and their cookie is taken back.
            leads = b"" if b"set-cookie" in answered else answered.get(b"location", b"")
            started.set_result((message["status"], leads.decode()))

    # A stream of events never ends by itself.
    walk = asyncio.ensure_future(app(scope, receive, send))
    await asyncio.wait([started, walk], return_when=asyncio.FIRST_COMPLETED)
    walk.cancel()
    await asyncio.wait([walk])
    return await asyncio.wait_for(started, 5)


@pytest.fixture(scope="module")
def everybody(tmp_path_factory) -> Everybody:
    return Everybody(tmp_path_factory.mktemp("rights"))


ROUTES = sorted(ROWS.keys() | RIGHTS.keys())


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_role_gets_what_the_list_says_and_nothing_else(everybody: Everybody, method: str, path: str) -> None:
    page = ROWS[method, path]
    for who in WHO:
        for whose in ("own", "other"):
            status, leads = everybody.status(method, path, who, whose)
            if page["who"] == "anybody":
                assert status not in (403, 404, 405, 500), f"{who} of their {whose} area"
                continue
            expected = _expected(page, path, who, whose)
            assert _kind(status, leads) == expected, f"{who} of their {whose} area: {status} {leads}"


def _expected(page: dict, path: str, who: str, whose: str) -> str:
    if page["who"] == "nobody" and "seems" in page:
        return page["seems"]
    if page["who"] == "nobody":
        return "refused" if path.startswith("/telegram") else "asked to sign in"
    here = AT_SCHOOL if not path.startswith("/duty") else frozenset(Role) - AT_SCHOOL
    if who not in here:
        return "asked to sign in"
    if who not in page["who"]:
        return "refused"
    return "not there" if page.get("own") and whose == "other" else "let in"


def _kind(status: int, leads: str) -> str:
    kinds = {403: "refused", 404: "not there", 401: "asked to sign in", 500: "fallen"}
    return "asked to sign in" if leads in ("/", "/duty/sign-in") else kinds.get(status, "let in")


def test_the_list_and_the_app_have_the_same_routes(everybody: Everybody) -> None:
    assert set(every_route(everybody.app.routes)) == ROWS.keys()


def test_the_table_names_no_route_that_is_not_there(everybody: Everybody) -> None:
    assert set(every_route(everybody.app.routes)) == RIGHTS.keys()


def test_a_route_of_which_nobody_said_who_may_use_it_stops_the_start() -> None:
    app = FastAPI()
    app.add_api_route("/duty/everything", lambda: None, methods=["GET"])
    with pytest.raises(RouteWithoutRights, match="GET /duty/everything"):
        with_rights([Mount("", app)])


@pytest.mark.parametrize("role", Role)
def test_what_is_not_in_the_table_is_refused_to_every_role(role: Role) -> None:
    assert verdict(role, "GET", "/duty/everything") is Verdict.NO_SUCH_PAGE
    assert verdict(role, "PUT", "/duty/cases/case-1/outcome") is Verdict.WRONG_METHOD
    assert verdict(role, "GET", "/duty/cases/case-1/claim/more") is Verdict.NO_SUCH_PAGE
    assert verdict(role, "POST", "/duty/cases/case-1/claim\n") is Verdict.NO_SUCH_PAGE


def test_no_role_but_the_desks_is_let_near_a_case_and_none_but_the_dsls_near_a_consultation() -> None:
    near = {route: roles for route, roles in RIGHTS.items() if "{case_id}" in route[1]}
    assert near
    assert set().union(*near.values()) == {Role.DUTY_WORKER, Role.MANAGER}
    theirs = {route: roles for route, roles in RIGHTS.items() if "{consultation_id}" in route[1]}
    assert theirs
    assert set().union(*theirs.values()) == {Role.DSL}
