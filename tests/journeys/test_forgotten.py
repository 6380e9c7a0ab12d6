"""Rasa forgets: when a person takes over, when nothing was said for a while; and the talk goes on all the same."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from running_house import running_house
from talking import Talk

from bot.demo import code_at
from bot.desk.purging import Kind, Purging, Times
from bot.storage import Tracker
from bot.wiring import clock

pytestmark = [pytest.mark.trained, pytest.mark.timeout(300)]

WORRY = "he is always hungry and hides flapjacks in his bag, dirty uniform most days"


@pytest.fixture(scope="module")
def own_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A house of its own: what is looked for in its files must not be there for another test's sake."""
    with running_house(tmp_path_factory.mktemp("forgetful")) as running:
        yield running


@pytest.fixture
def talk(own_house: Any) -> Iterator[Talk]:
    held = Talk(own_house, "kent")
    yield held
    held.close()


def rows(house: Any, consultation_id: str) -> int:
    file = house.settings.tracker_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as held:
        return held.execute("select count(*) from events where sender_id = ?", [consultation_id]).fetchone()[0]


def purge(house: Any, later: timedelta) -> list[str]:
    """Let Rasa forget what it will so much later, and return that; who is signed in stays so."""
    tracker = Tracker(house.settings.tracker_url)
    purging = Purging(house.built.records, tracker, Times(silence=timedelta(hours=24)))
    gone = [one.subject for one in purging.going(clock() + later) if one.kind is Kind.DIALOGUE]
    tracker.forget(gone)
    tracker.tidy()
    return gone


def places(house: Any, words: bytes) -> list[str]:
    """Return Rasa's files below the house's folder in which the words stand."""
    held = [*Path(house.settings.var).glob("rasa*"), *Path(house.settings.var).glob("log/*")]
    return [file.name for file in held if file.is_file() and words in file.read_bytes()]


def wait_until(is_so: Any) -> bool:
    deadline = time.monotonic() + 20
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_so()


BEGUN_BY = "session_started_metadata"


def slots(talk: Talk) -> dict[str, Any]:
    """Return what Rasa holds of a talk; which request began it is no part of that."""
    held = talk.tracker()["slots"].items()
    return {name: value for name, value in held if value not in (None, False, []) and name != BEGUN_BY}


def test_a_talk_that_was_silent_for_a_day_leaves_no_byte_with_rasa(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    there = places(own_house, b"hides flapjacks")
    assert {"rasa.db", "rasa.db-wal"} & set(there), "or the search would find nothing of anybody"
    assert purge(own_house, timedelta(hours=23)) == []
    assert rows(own_house, talk.id) > 0
    assert talk.id in purge(own_house, timedelta(hours=25))
    assert rows(own_house, talk.id) == 0
    assert places(own_house, b"hides flapjacks") == []


@pytest.mark.parametrize("until", ["in_danger", "worry", "understood", "open_case", "parents_know", "answers_checked"])
def test_a_forgotten_talk_goes_on_with_the_question_that_was_open(own_house: Any, talk: Talk, until: str) -> None:
    talk.finish({"worry": WORRY}, until=until)
    before = slots(talk)
    purge(own_house, timedelta(hours=25))
    assert rows(own_house, talk.id) == 0
    answers = {"in_danger": "no", "worry": WORRY, "understood": "yes that is right", "open_case": "not that I know of"}
    answers |= {"parents_know": "they know and agree", "answers_checked": "yes, work it out"}
    talk.say(answers[until])
    assert "utter_opened_again" in {e.get("metadata", {}).get("utter_action") for e in talk.tracker()["events"]}
    after = slots(talk)
    for slot, value in before.items():
        if slot != "requested_slot":
            assert after.get(slot) == value, slot
    assert after[until], "the message that came first is taken as the answer"
    replied = " ".join(reply["text"] for reply in talk.last["replies"])
    assert "999" in replied, "whoever comes back reads the number first"


def test_nothing_known_is_asked_again_and_it_is_worked_out(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="effect")
    purge(own_house, timedelta(hours=25))
    talk.choose("Some")
    talk.finish({"worry": WORRY})
    assert talk.form() == "view_form"
    stored = own_house.built.records.messages(talk.id)
    questions = [b.payload.split('"')[1] for m in stored for b in m.utterance.buttons[:1] if '"' in b.payload]
    assert len(questions) > 15
    assert sorted(questions) == sorted(set(questions)), "each question was asked once"
    known = own_house.built.records.consultation(talk.id).facts
    assert known.indicators
    assert known.answers["worry"] == WORRY


def test_a_concern_said_in_passing_outlasts_the_forgetting(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    talk.say("I forgot, his mum drinks every evening")
    before = own_house.built.records.consultation(talk.id).facts
    purge(own_house, timedelta(hours=25))
    talk.say("not that I know of")
    after = own_house.built.records.consultation(talk.id).facts
    missing = {i for i, status in before.indicators.items() if after.indicators.get(i) != status}
    assert not missing
    assert slots(talk)["additions"]


def test_what_was_taken_back_stays_taken_back(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="understood")
    before = own_house.built.records.consultation(talk.id).facts
    indicator = next(iter(before.indicators))
    talk.say("ok")  # stays at the question
    own = own_house.built.records
    with httpx.Client() as http:
        sent = {"sender": talk.id, "message": f'/not_so{{"indicator": "{indicator}"}}'}
        http.post(f"{own_house.settings.rasa_url}/webhooks/rest/webhook", json=sent, timeout=60)
    taken_back = own.consultation(talk.id).facts
    purge(own_house, timedelta(hours=25))
    talk.say("yes that is right")
    assert own.consultation(talk.id).facts.indicators == taken_back.indicators


def test_the_view_is_asked_again_after_the_assessment(own_house: Any, talk: Talk) -> None:
    talk.finish()
    assert talk.form() == "view_form"
    purge(own_house, timedelta(hours=25))
    talk.choose("I agree")
    assert talk.form() == "ending_form"


def test_the_reference_is_asked_for_at_the_end(own_house: Any, talk: Talk) -> None:
    talk.finish()
    talk.choose("I agree")
    purge(own_house, timedelta(hours=25))
    talk.choose("It is in our record")
    assert talk.asked() == "anything_else"


def test_an_exit_is_said_again_and_still_open(own_house: Any, talk: Talk) -> None:
    talk.say("no")
    talk.say("he says his stepdad choked him last night")
    assert talk.form() == "exit_form"
    purge(own_house, timedelta(hours=25))
    talk.say("sorry I had to go into class")
    assert talk.form() == "exit_form"
    assert "999" in str(talk.last["replies"])


def test_a_red_flag_is_the_first_thing_said_after_the_forgetting(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    purge(own_house, timedelta(hours=25))
    talk.say("he says his stepdad choked him last night")
    assert talk.form() == "exit_form"
    assert "999" in talk.last["replies"][0]["text"]


def test_a_forgotten_talk_that_waits_for_a_person_goes_on_waiting(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    talk.say("can I just talk to a social worker please")
    assert talk.form() == "waiting_form"
    purge(own_house, timedelta(hours=25))
    talk.say("she came to school without a coat again")
    assert talk.form() == "waiting_form"
    assert own_house.built.records.case_of(talk.id).stage == "waiting"
    talk.say("he says his stepdad choked him last night")
    assert talk.form() == "exit_form"
    assert own_house.built.records.case_of(talk.id).urgency == "red"


def test_claiming_and_answering_make_rasa_forget_at_once(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    talk.say("can I just talk to a social worker please")
    case = own_house.built.records.case_of(talk.id)
    person = next(w for w in own_house.demo["workers"] if w["login"] == "duty.kent")
    with httpx.Client(base_url=own_house.url, headers={"Origin": own_house.url}, timeout=60) as http:
        fields = {name: person[name] for name in ("login", "password")}
        fields["second_factor"] = code_at(person["totp_secret"], datetime.now(UTC))
        assert http.post("/duty/sign-in", data=fields).status_code == 303
        assert http.post(f"/duty/cases/{case.id}/claim").status_code == 303
        assert wait_until(lambda: rows(own_house, talk.id) == 0)
        assert http.post(f"/duty/cases/{case.id}/release").status_code == 303
        said = talk.say("she came to school without a coat again")
        assert said["replies"] == [], "put back in the queue, the assistant stays silent"
        assert rows(own_house, talk.id) == 0, "and is told nothing"
        assert http.post(f"/duty/cases/{case.id}/claim").status_code == 303
        soon = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        advice = {"reason": "neglect over several months", "advice": "Ring the front door on 03000 411111 today."}
        agreed = {"action_0": "Ring the front door", "owner_0": "school", "by_0": soon}
        outcome = {"level": "3", "referral_advised": "no", **advice, **agreed, "send": "yes"}
        assert http.post(f"/duty/cases/{case.id}/outcome", data=outcome).status_code == 303
    assert wait_until(lambda: rows(own_house, talk.id) == 0)
    assert own_house.built.records.case_of(talk.id).outcome_advice == advice["advice"], "a published number stays"


def test_rasas_logs_hold_nothing_of_what_was_said(own_house: Any, talk: Talk) -> None:
    talk.finish({"worry": WORRY}, until="open_case")
    talk.say("I forgot, his mum drinks every evening")
    logs = {file.name: file.read_bytes() for file in Path(own_house.settings.logs).iterdir()}
    assert logs
    for name, content in logs.items():
        assert b"flapjacks" not in content, name
        assert b"drinks every evening" not in content, name
        assert json.dumps(WORRY).encode()[1:20] not in content, name
