"""How long one is signed in, and staying: a look keeps nobody in, a button does, and not for ever."""

from datetime import timedelta

import pytest

from bot.consultation import RawText
from bot.desk.sign_in import DSL_SESSION, LONGEST_SESSION, STAY, WORKER_IDLE, WORKER_SESSION, SignIn
from bot.storage import SqlRecords, make_engine, migrate
from tests.factories import CODE, NOW, create_dsl, create_worker
from tests.fakes import FakeRecords, finds_nothing
from tests.keys import make_keys
from tests.unit.web.visitor import Visitor

MINUTE = timedelta(minutes=1)


def test_a_page_is_told_how_long_is_left(dsl: Visitor) -> None:
    dsl.house.lasts = timedelta(minutes=5)
    answer = dsl.get("/api/session")
    assert answer.json() == {"seconds_left": 300, "can_stay": True}


def test_to_look_is_no_sign_of_life_and_to_stay_is(worker: Visitor) -> None:
    for session in ("/api/session", "/duty/api/session"):
        worker.house.activity.clear()
        assert worker.get(session).status_code == 200
        assert worker.house.activity == [False]
        assert worker.post(f"{session}/stay").json()["can_stay"]
        assert worker.house.activity == [False, True]
    assert worker.house.stayed == 2


def test_who_is_signed_out_is_told_so_with_the_number_to_ring(visitor: Visitor) -> None:
    for answer in (visitor.get("/api/session"), visitor.get("/duty/api/session"), visitor.post("/api/session/stay")):
        assert answer.status_code == 401
        assert "999" in answer.json()["message"]


def test_another_site_keeps_nobody_signed_in(dsl: Visitor) -> None:
    assert dsl.post("/api/session/stay", headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert dsl.house.stayed == 0


# what is kept of it


@pytest.fixture(params=["in memory", "in a database"])
def records(request, tmp_path):
    if request.param == "in memory":
        yield FakeRecords()
        return
    url = f"sqlite:///{tmp_path / 'noname.db'}"
    migrate(url)
    given = {"pepper": "p" * 16, "scan": finds_nothing, "new_id": iter("abcdef").__next__}
    records = SqlRecords(make_engine(url), keys=make_keys(tmp_path), **given)
    yield records
    records.let_go()


@pytest.fixture
def sign_ins(records) -> SignIn:
    drawn = iter(range(1, 100))
    return SignIn(records, lambda n: next(drawn).to_bytes(n, "big"))


def test_who_stays_is_signed_in_for_another_hour_and_as_often_as_they_ask_within_a_day(records, sign_ins) -> None:
    dsl = create_dsl(records)
    token = sign_ins.dsl(RawText(CODE), "a", NOW).token
    at, times = NOW + DSL_SESSION - MINUTE, 0
    while sign_ins.who(token, at):
        sign_ins.stay(dsl, token, at)
        (held,) = sign_ins.sessions(dsl, token, at)
        assert held.ends_at <= NOW + LONGEST_SESSION
        at, times = at + STAY - MINUTE, times + 1
    assert times > 10
    assert timedelta(hours=20) < at - NOW <= LONGEST_SESSION + STAY


def test_to_stay_early_takes_nothing_away(records, sign_ins) -> None:
    dsl = create_dsl(records)
    token = sign_ins.dsl(RawText(CODE), "a", NOW).token
    sign_ins.stay(dsl, token, NOW + MINUTE)
    assert [one.ends_at for one in sign_ins.sessions(dsl, token, NOW + MINUTE)] == [NOW + DSL_SESSION]


def test_a_session_that_has_ended_is_not_begun_again(records, sign_ins) -> None:
    dsl = create_dsl(records)
    token = sign_ins.dsl(RawText(CODE), "a", NOW).token
    records.prolong_session("unknown", NOW, NOW + LONGEST_SESSION)
    sign_ins.stay(dsl, token, NOW + DSL_SESSION)
    assert sign_ins.who(token, NOW + DSL_SESSION) is None


def test_an_idle_worker_is_signed_out_by_idling_and_stays_by_asking(records, sign_ins) -> None:
    worker = create_worker(records)
    records.start_session(worker, "digest", NOW, NOW + WORKER_SESSION, idle=WORKER_IDLE)
    (held,) = records.sessions_of(worker, NOW + MINUTE, "digest")
    assert held.ends_at == NOW + WORKER_IDLE
    records.prolong_session("digest", NOW + 29 * MINUTE, NOW + 29 * MINUTE + STAY)
    (held,) = records.sessions_of(worker, NOW + 31 * MINUTE, "digest")
    assert held.ends_at == NOW + 29 * MINUTE + WORKER_IDLE
