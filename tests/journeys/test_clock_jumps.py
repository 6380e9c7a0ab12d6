"""The machine's clock jumps a day forward and an hour back: order, promises, sessions and rounds stand it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.duty_wiring import rounds_of
from tests.attacked_house import AttackedHouse

pytestmark = pytest.mark.timeout(120)

JUMPS = (timedelta(), timedelta(hours=-1), timedelta(days=1), timedelta(days=1, hours=-1), timedelta(hours=-1))


@pytest.fixture
def house(attacked: AttackedHouse) -> AttackedHouse:
    return attacked


def jumps(house: AttackedHouse, by: timedelta) -> None:
    """Let the doors of the house, and who signs in, have another time than it is."""
    for app in (mount.app for mount in house.built.app.routes if hasattr(getattr(mount, "app", None), "state")):
        if hasattr(app.state, "door"):
            object.__setattr__(app.state.door, "clock", lambda: datetime.now(UTC) + by)


def says(house: AttackedHouse, talk: str, number: int) -> int:
    said = {"client_message_id": f"message-{number:04}", "text": f"hungry {'i' * number}"}
    return house.ask("dsl", "POST", f"/api/consultations/{talk}/messages", json=said).status_code


def test_a_day_forward_ends_a_session_and_signing_in_again_finds_everything_in_order(house: AttackedHouse) -> None:
    talk = house.opened()
    assert says(house, talk, 1) == 200
    jumps(house, timedelta(days=1))
    assert says(house, talk, 2) == 401, "a school's session is no longer than a day of work"
    code = {"code": house.made["schools"][0]["code"]}
    assert house.ask("dsl", "POST", "/api/session", json=code).status_code == 201
    cookie = house.client("dsl").cookies
    del house.client("dsl").headers["Cookie"]
    assert cookie
    assert says(house, talk, 2) == 200
    jumps(house, timedelta(hours=-1))
    assert says(house, talk, 3) == 200, "going back locks nobody out"
    messages = house.records.messages(talk)
    assert [one.number for one in messages] == list(range(1, len(messages) + 1))
    said = [one.utterance.text for one in messages if one.utterance.speaker == "dsl"]
    assert said == ["hungry i", "hungry ii", "hungry iii"], "in the order in which they came, whatever the clock said"
    assert house.records.verify_audit() is None


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_a_promise_is_made_for_later_than_the_clock_says_and_is_kept_when_it_jumps(
    house: AttackedHouse, by: timedelta
) -> None:
    talk = house.opened()
    assert house.ask("dsl", "POST", f"/api/consultations/{talk}/person").status_code == 200
    assert house.ask("dsl", "POST", f"/api/consultations/{talk}/person/wait").status_code == 200
    promised = house.records.case_of(talk)
    assert promised.due_at > promised.handed_over_at
    jumps(house, by)
    assert house.records.case_of(talk).due_at == promised.due_at, "what was promised stays promised"
    case = promised.id
    duty = house.signed_in_anew("duty.kent")  # a jump of a day ends theirs too
    house.client("duty.kent").headers["Cookie"] = duty
    door = next(m.app.state.door for m in house.built.app.routes if hasattr(getattr(m, "app", None), "state"))
    if by < timedelta(hours=12):
        assert case in house.ask("duty.kent", "GET", "/duty/queue").text
        assert house.ask("duty.kent", "POST", f"/duty/cases/{case}/claim").status_code == 303
        assert house.records.case_of(talk).claimed_at >= door.clock() - timedelta(minutes=1)
        assert house.ask("duty.kent", "GET", f"/duty/cases/{case}").status_code == 200


def test_rounds_go_on_whatever_the_clock_does_and_say_nothing_twice(house: AttackedHouse) -> None:
    talk = house.opened()
    says(house, talk, 1)
    house.ask("dsl", "POST", f"/api/consultations/{talk}/person")
    house.ask("dsl", "POST", f"/api/consultations/{talk}/person/wait")
    rounds = rounds_of(house.settings, house.records, house.built.silence, house.built.house.asking.desks)
    stood = []
    for by in (timedelta(), timedelta(days=5), timedelta(days=5), timedelta(hours=-1), timedelta(days=5)):
        for one in rounds:
            one.look(datetime.now(UTC) + by)
        stood.append(len(house.records.messages(talk)))
    assert stood[1] > stood[0], "that the answer is late is said"
    assert stood[1:] == stood[1:2] * 4, "and once, whatever the clock does then"
    texts = [one.utterance.text for one in house.records.messages(talk)]
    assert [one.number for one in house.records.messages(talk)] == list(range(1, len(texts) + 1))
    assert house.records.verify_audit() is None
