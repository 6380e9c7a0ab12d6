"""What lies beneath the house fails: a locked database, a full disk, a clock that jumps, a dialogue that cannot act.

The DSL gets words with 999 and a number; what was acknowledged is there once and in order, and the house goes on.
"""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.desk.ports import DialogueUnavailable
from tests.attacked_house import AttackedHouse

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def house(attacked: AttackedHouse) -> AttackedHouse:
    return attacked


class Talk:
    """A DSL who sends again under the same id whatever was not acknowledged, as a page does."""

    def __init__(self, house: AttackedHouse) -> None:
        self.house, self.id, self.acknowledged = house, house.opened(), []

    def says(self, number: int, text: str) -> Any:
        """Send it, and note what was acknowledged."""
        said = {"client_message_id": f"message-{number:04}", "text": text}
        answer = self.house.ask("dsl", "POST", f"/api/consultations/{self.id}/messages", json=said)
        if answer.status_code == 200 and answer.json()["message"] and text not in self.acknowledged:
            self.acknowledged.append(text)
        return answer

    def kept(self) -> list[str]:
        return [m.utterance.text for m in self.house.records.messages(self.id) if m.utterance.speaker == "dsl"]

    def is_whole(self) -> None:
        messages = self.house.records.messages(self.id)
        assert [m.number for m in messages] == list(range(1, len(messages) + 1))
        assert self.kept() == self.acknowledged, "each once, in the order in which it was acknowledged"


# Another program, which holds the writing lock until so many seconds have passed.
HOLDS = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
other.execute("ROLLBACK")
"""


def test_a_database_that_another_holds_is_waited_for_or_apologised_for_and_loses_nothing(house: AttackedHouse) -> None:
    talk = Talk(house)
    assert talk.says(1, "he is hungry").status_code == 200
    file = house.settings.database_url.removeprefix("sqlite:///")
    other = subprocess.Popen([sys.executable, "-c", HOLDS, file, "8"], stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "held\n"
    meanwhile = talk.says(2, "every day")
    assert meanwhile.status_code in (200, 500)
    assert meanwhile.status_code == 200 or "999" in meanwhile.text
    other.wait(30)
    other.stdout.close()
    assert talk.says(2, "every day").status_code == 200
    assert talk.says(3, "and cold").status_code == 200
    talk.is_whole()
    assert talk.acknowledged == ["he is hungry", "every day", "and cold"]


def test_a_full_disk_is_apologised_for_and_loses_nothing(house: AttackedHouse) -> None:
    """SQLite itself is told that there is no room for another page, as a full disk tells it."""
    talk = Talk(house)
    talk.says(1, "he is hungry")
    engine = house.records._reading
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    room = {"most": pages}

    def limited(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {room['most']}")

    event.listen(engine, "checkout", limited)
    answers = [talk.says(number, f"hungry {number} " * 100) for number in range(2, 30)]
    fell = [answer for answer in answers if answer.status_code == 500]
    assert fell, "there was room for all of it"
    assert all("999" in answer.text and "full" not in answer.text for answer in fell)
    assert house.ask("dsl", "GET", f"/consultations/{talk.id}/plain").status_code in (200, 500)
    room["most"] = 2**30
    assert talk.says(99, "and cold").status_code == 200
    event.remove(engine, "checkout", limited)
    kept = talk.kept()
    assert len(kept) == len(set(kept))
    assert {text.strip() for text in talk.acknowledged} <= {text.strip() for text in kept}


def test_a_clock_that_jumps_back_and_forth_changes_no_order_and_ends_no_session(
    house: AttackedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(house)
    real = datetime.now
    for number, hours in enumerate((0, 1, -1, 1, 0, -1, 1), start=1):
        _clock(house, monkeypatch, lambda tz=None, hours=hours: real(tz) + timedelta(hours=hours))
        assert talk.says(number, f"hungry {'i' * number}").status_code == 200, hours
        assert house.ask("dsl", "GET", "/api/session").status_code == 200
    talk.is_whole()
    assert len(talk.acknowledged) == 7


def _clock(house: AttackedHouse, patch: pytest.MonkeyPatch, now: Any) -> None:
    for app in (mount.app for mount in house.built.app.routes if hasattr(getattr(mount, "app", None), "state")):
        if hasattr(app.state, "door"):
            door = app.state.door
            object.__setattr__(door, "clock", lambda: now(UTC))


def test_a_dialogue_that_can_reach_nobody_leaves_words_a_number_and_a_way_to_a_person(
    house: AttackedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where Rasa is slow, or its actions cannot be reached: it falls silent either way."""
    talk = Talk(house)

    async def silent(consultation_id: str, message: str) -> Any:
        raise DialogueUnavailable("silent")

    monkeypatch.setattr(house.rasa, "say", silent)
    said = talk.says(1, "he is hungry").json()
    words = " ".join(reply["text"] for reply in said["replies"])
    assert "999" in words
    assert "03000" in words
    asked = house.ask("dsl", "POST", f"/api/consultations/{talk.id}/person")
    assert asked.status_code == 200, "a person is asked for without the assistant"
    assert house.ask("dsl", "POST", f"/api/consultations/{talk.id}/person/wait").status_code == 200
    assert house.ask("duty.kent", "GET", "/duty/").text.count("/duty/cases/") >= 1
    talk.is_whole()
