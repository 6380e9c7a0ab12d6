"""One's own sign-in: where one is signed in, and ending it everywhere, also on pages that are open."""

import asyncio
from datetime import timedelta

import pytest

from bot.consultation import RawText
from bot.desk.people import Person, Role
from bot.desk.sign_in import DSL_SESSION, SignIn
from bot.storage import SqlRecords, make_engine, migrate
from tests.factories import CODE, create_dsl
from tests.fakes import FakeRecords, finds_nothing
from tests.fakes_web import ANN, DANA, NOW
from tests.keys import make_keys
from tests.unit.web.test_events import Follower
from tests.unit.web.visitor import Visitor

EVE = Person("worker-9", Role.SCRUTINEER, "Eve Poole", "kent")
ADA = Person("worker-8", Role.ADMINISTRATOR, "Ada Mint", "kent")
STAFF = Person("dsl-9", Role.SCHOOL_STAFF, "Tom Reed", "kent", "Elm Road Primary")


def visiting(visitor: Visitor, person: Person) -> Visitor:
    name, path = ("noname_dsl", "/") if person.school else ("noname_duty", "/duty")
    visitor._client.cookies.set(name, visitor.house.sign_in(person), path=path)
    return visitor


def test_a_worker_sees_where_they_are_signed_in_and_which_of_it_is_here(worker: Visitor) -> None:
    worker.house.sign_in(ANN)
    page = worker.get("/duty/account").text
    assert page.split("</main>")[0].count('<th scope="row"') == 2
    assert page.count("(this one)") == 1
    assert "20 November" in page
    assert "token-" not in page


def test_a_worker_who_signs_out_everywhere_has_no_session_left_and_others_keep_theirs(worker: Visitor) -> None:
    elsewhere = worker.house.sign_in(ANN)
    answer = worker.post("/duty/sign-out-everywhere")
    assert answer.headers["location"] == "/duty/sign-in"
    assert "noname_duty=" in answer.headers["set-cookie"]
    assert elsewhere not in worker.house.signed
    assert set(worker.house.signed.values()) == {DANA}
    assert worker.get("/duty/").headers["location"] == "/duty/sign-in"


def test_a_dsl_finds_the_button_on_the_first_page_and_it_ends_every_session_of_theirs(dsl: Visitor) -> None:
    dsl.house.sign_in(DANA)
    assert 'action="/sign-out-everywhere"' in dsl.get("/").text
    assert dsl.post("/sign-out-everywhere").headers["location"] == "/"
    assert dsl.house.signed == {}


def test_another_site_cannot_sign_anybody_out(worker: Visitor) -> None:
    for path in ("/sign-out-everywhere", "/duty/sign-out-everywhere"):
        assert worker.post(path, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert len(worker.house.signed) == 2


@pytest.mark.parametrize("person", [EVE, ADA], ids=["a scrutineer", "an administrator"])
def test_who_sees_no_consultation_is_told_so_where_they_begin(visitor: Visitor, person: Person) -> None:
    page = visiting(visitor, person).get("/duty/").text
    assert person.name in page
    assert "You see no consultation here" in page
    assert 'href="/duty/knowledge"' not in page
    assert 'href="/duty/"' not in page.split("<nav")[1].split("</nav>")[0]


def test_staff_of_a_school_are_offered_guidance_and_no_consultation(visitor: Visitor) -> None:
    page = visiting(visitor, STAFF).get("/").text
    assert 'href="/compare"' in page
    assert not any(way in page for way in ('action="/consultations"', 'action="/resume"', 'href="/practise"'))
    assert "designated safeguarding lead" in page


def test_who_is_refused_reads_it_in_words_with_the_number_to_ring(visitor: Visitor) -> None:
    answer = visiting(visitor, EVE).get("/duty/queue")
    assert answer.status_code == 403
    assert "does not open this page" in answer.text
    assert "999" in answer.text
    refused = visiting(visitor, STAFF).post("/api/consultations", json={})
    assert (refused.status_code, refused.json()["error"]) == (403, "not_your_role")
    assert "999" in refused.json()["message"]


# pages that are open


@pytest.fixture
def records(tmp_path) -> SqlRecords:
    url = f"sqlite:///{tmp_path / 'noname.db'}"
    migrate(url)
    given = {"pepper": "p" * 16, "scan": finds_nothing, "new_id": iter("abcdef").__next__}
    records = SqlRecords(make_engine(url), keys=make_keys(tmp_path), **given)
    yield records
    records.let_go()


def signs_in(records) -> SignIn:
    drawn = iter(range(1, 100))
    return SignIn(records, lambda n: next(drawn).to_bytes(n, "big"))


@pytest.mark.parametrize("how", ["revoked", "signed out everywhere"])
def test_a_page_that_is_open_is_told_and_hears_no_more(records: SqlRecords, how: str) -> None:
    dsl, sign_ins = create_dsl(records), signs_in(records)
    token = sign_ins.dsl(RawText(CODE), "192.0.2.7", NOW).token

    async def open_page() -> None:
        follower = Follower()
        follower.token = token

        async def whoami(token: str, now, *, active: bool = True) -> Person | None:
            return sign_ins.who(token, now, active=active)

        follower.house.whoami = whoami
        await follower.start()
        follower.house.bells.something_new()
        await follower.settle()
        assert "signed_out" not in follower.names()
        records.revoke(dsl.id, NOW) if how == "revoked" else sign_ins.out_everywhere(dsl, NOW)
        follower.house.bells.something_new()
        await follower.settle()
        assert follower.names()[-1] == "signed_out"
        assert follower.task.done()

    asyncio.run(open_page())


def test_of_two_browsers_both_are_signed_out_and_a_session_that_has_ended_is_not_listed() -> None:
    records = FakeRecords()
    dsl, sign_ins = create_dsl(records), signs_in(records)
    old = sign_ins.dsl(RawText(CODE), "a", NOW - DSL_SESSION)
    first, second = (sign_ins.dsl(RawText(CODE), "a", NOW + timedelta(minutes=m)) for m in (0, 1))
    listed = sign_ins.sessions(dsl, first.token, NOW + timedelta(minutes=2))
    assert [one.this for one in listed] == [False, True], "the newest first, and the one of long ago not at all"
    sign_ins.out_everywhere(dsl, NOW)
    assert [sign_ins.who(one.token, NOW) for one in (old, first, second)] == [None, None, None]
