"""After an answer of the desk's things change: the assistant works the level out again, and both answers are kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from talking import Talk

from bot.wiring import clock
from tests.duty_moves import answer, claim

pytestmark = [pytest.mark.trained, pytest.mark.timeout(300)]

WORSE = "today she has a bruise on her cheek and says her mum's boyfriend hit her"


@pytest.fixture
def talk(house: Any) -> Iterator[Talk]:
    held = Talk(house, "kent")
    yield held
    held.close()


def person(talk: Talk, act: str) -> dict[str, Any]:
    done = talk._http.post(f"/api/consultations/{talk.id}/person/{act}")
    assert done.status_code == 200, done.text
    return done.json()


def answered(talk: Talk) -> Any:
    """Let a duty worker of the area answer what was asked."""
    records = talk.house.built.records
    worker = records.worker_by_sign_in("duty.kent")[0]
    case = claim(records, records.case_of(talk.id).id, worker, clock())
    told = {"outcome_level": "2", "outcome_reason": "some extra help", "outcome_advice": "a breakfast club"}
    return answer(records, replace(case, **told), clock())


def test_what_has_changed_is_worked_out_anew_beside_the_answer_before(talk: Talk) -> None:
    records = talk.house.built.records
    talk.finish()
    before = records.decisions_of(talk.id)
    assert before, "nothing was worked out"
    person(talk, "wait")
    kept = answered(talk)
    assert person(talk, "changed")["stage"] == "with_assistant"

    talk.say(WORSE)

    after = records.decisions_of(talk.id)
    assert after[: len(before)] == before
    assert after[-1].result != before[-1].result, "it was not worked out again"
    assert after[-1].result["exit"], "an adult at home hit the child"
    assert "999" in " ".join(reply["text"] for reply in talk.last["replies"])
    case = records.case(kept.id)
    assert (case.outcome_level, case.outcome_reason) == ("2", "some extra help")


def test_with_the_assistant_not_answering_there_is_a_way_to_a_person(talk: Talk, monkeypatch: Any) -> None:
    async def is_down() -> bool:
        return False

    monkeypatch.setattr(type(talk.house.built.house.dialogue), "is_healthy", lambda self: is_down())
    offered = talk._http.post(f"/api/consultations/{talk.id}/person").json()
    assert offered["can_wait"]
    assert "999" in " ".join(offered["lines"])
    assert person(talk, "wait")["stage"] == "waiting"
    assert talk.house.built.records.case_of(talk.id).reason == "utter_desk_reason_assistant_down"
