"""Rasa is gone: a DSL describes the worry all the same, a red flag is answered first, and a person gets all of it."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest
from running_house import RunningHouse, rasa, running_house
from talking import Talk

from bot.demo import code_at
from bot.desk.untold import UntoldHere
from bot.launch.training import ensure_model
from bot.settings import load_settings

pytestmark = pytest.mark.trained

WORRY = "he is always hungry and hides food in his bag"
FLAG = "he says his stepdad choked him last night"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    with running_house(tmp_path_factory.mktemp("without") / "house") as house:
        house.rasa.stop()
        yield house


def form_of(page: httpx.Response) -> dict[str, str]:
    """Return what the plain page's form sends along by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))


def at_the_desk(house: RunningHouse, login: str = "duty.kent") -> httpx.Client:
    named = next(one for one in house.demo["workers"] if one["login"] == login)
    http = httpx.Client(base_url=house.url, headers={"Origin": house.url}, timeout=60)
    code = code_at(named["totp_secret"], datetime.now(UTC))
    form = {"login": login, "password": named["password"], "second_factor": code}
    assert http.post("/duty/sign-in", data=form).status_code == 303
    return http


def test_a_dsl_without_the_assistant_reaches_a_person_by_forms_alone(house: RunningHouse) -> None:
    talk = Talk(house, "kent")
    page, http = f"/consultations/{talk.id}/plain", talk._http
    shown = http.get(page)
    assert "999" in shown.text
    assert "Ask for a person" in shown.text, "the way to a person is there, and said"
    told = http.post(page, data={**form_of(shown), "text": WORRY}, follow_redirects=True)
    assert WORRY in told.text
    assert "works without me" in told.text

    flagged = http.post(page, data={**form_of(told), "text": FLAG}, follow_redirects=True)
    after = flagged.text[flagged.text.index("choked") :]
    assert "give the child" in after, "the red flag is answered first, with what to do now"
    assert "03000 411111" in after

    for act in ("ask", "wait"):
        asked = http.post(page, data={**form_of(flagged), "act": act}, follow_redirects=True)
        assert asked.status_code == 200, act
    assert talk.house.built.records.case_of(talk.id).urgency == "red"

    with closing(at_the_desk(house)) as desk:
        (case,) = set(re.findall(r'data-case="([^"]+)"', desk.get("/duty/queue").text))
        assert desk.post(f"/duty/cases/{case}/claim").status_code == 303
        brief = desk.get(f"/duty/cases/{case}").text
        assert WORRY in brief
        assert "choked" in brief
        assert "not answer" in brief, "why a person is asked for"
        reply = {"text": "Please ring me now.", "client_id": "reply-0000000001"}
        sent = desk.post(f"/duty/cases/{case}/reply", data=reply, headers={"Accept": "application/json"})
        assert sent.status_code == 204
    assert "Please ring me now." in http.get(page).text

    with rasa(house.settings, ensure_model(load_settings())):
        talk.say("thank you")
        assert talk.messages()[-1]["text"] == "thank you", "the assistant is silent when it is back"
    talk.close()


def test_a_red_flag_that_only_we_answered_is_known_to_the_dialogue_after_a_restart_of_ours(
    house: RunningHouse,
) -> None:
    with rasa(house.settings, ensure_model(load_settings())):
        talk = Talk(house, "kent")
        talk.say("no")
    flagged = talk.say(FLAG)["replies"]
    assert "give the child's name" in " ".join(reply["text"] for reply in flagged)
    house.built.house.reception._untold = UntoldHere()  # as it is in a process that was started anew
    with rasa(house.settings, ensure_model(load_settings())):
        talk.say("ok")
        assert talk.form() == "exit_form"
    talk.close()


def test_practice_is_sent_to_nobody_when_the_assistant_does_not_answer(house: RunningHouse) -> None:
    talk = Talk(house, "kent", practice="always-hungry")
    said = " ".join(message["text"] for message in talk.messages())
    assert "999" in said
    assert "Ask for a person" not in said
    talk.close()
