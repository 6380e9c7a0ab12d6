"""The same seam with the real Rasa behind it: what we rely on is what it does."""

import os
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.dialogue.rasa_process import ask, environment
from bot.settings import load_settings

pytestmark = pytest.mark.trained


def _say(house: Any, sender: str, message: str) -> list[dict[str, Any]]:
    body = {"sender": sender, "message": message}
    return httpx.post(f"{house.settings.rasa_url}/webhooks/rest/webhook", json=body, timeout=60).json()


@pytest.fixture(scope="module")
def talked(house: Any) -> tuple[str, list[dict[str, Any]]]:
    """A consultation that was opened at our door, and what Rasa answered to one more message."""
    from talking import Talk

    talk = Talk(house, "kent")
    talk.close()
    return talk.id, _say(house, talk.id, '/answer{"in_danger":"no"}')


def test_it_holds_a_model(house: Any) -> None:
    status = ask(house.settings, "GET", "/status")
    assert status["model_file"].endswith(".tar.gz")


def test_its_api_opens_to_nobody_without_the_token(house: Any) -> None:
    for path in ("/status", "/conversations/x/tracker", "/domain"):
        assert httpx.get(f"{house.settings.rasa_url}{path}", timeout=20).status_code == 401, path


def test_a_text_is_parsed_into_an_act_and_its_rivals(house: Any) -> None:
    parsed = ask(house.settings, "POST", "/model/parse", {"text": "why do you ask"})
    assert parsed["intent"]["name"] == "ask_why"
    assert 0 <= parsed["intent"]["confidence"] <= 1
    assert {"name", "confidence"} <= set(parsed["intent_ranking"][0])
    assert parsed["entities"] == [], "nothing a person types becomes an entity"


def test_the_rest_channel_answers_a_list_of_texts_buttons_and_cards(talked: Any) -> None:
    consultation, replies = talked
    assert replies
    for reply in replies:
        assert reply["recipient_id"] == consultation
        assert set(reply) <= {"recipient_id", "text", "buttons", "custom"}
        for button in reply.get("buttons", []):
            assert set(button) == {"title", "payload"}
            assert button["payload"].startswith("/")
            assert "{{" not in button["payload"], "a doubled brace would be no JSON"


def test_the_tracker_has_the_slots_the_loop_and_the_names_of_responses(house: Any, talked: Any) -> None:
    tracker = house.tracker(talked[0])
    assert tracker["slots"]["in_danger"] == "no"
    assert tracker["slots"]["requested_slot"] == "goes_home"
    assert tracker["active_loop"]["name"] == "consultation_form"
    said = [e["metadata"].get("utter_action") for e in tracker["events"] if e["event"] == "bot"]
    assert "utter_opening" in said


def test_the_training_data_validates_without_a_warning(tmp_path: Path) -> None:
    settings = load_settings({"NONAME_VAR": str(tmp_path)})
    (tmp_path / "rasa-home").mkdir()
    root = settings.root
    python = root / ".venv" / "rasa" / "bin" / "python"
    done = subprocess.run(
        [
            str(python), "-m", "rasa", "data", "validate", "--fail-on-warnings", "--domain", str(root / "domain.yml"),
            "--config", str(root / "config.yml"), "--data", str(root / "nlu_data"),
        ],
        cwd=tmp_path,
        env={**environment(settings, os.environ), "LOG_LEVEL": "INFO", "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-3000:]
    assert "No story structure conflicts found" in told
    said_by_actions = "is not used in any story or rule"
    by_our_door = "is not found in the NLU training data"
    ours = (
        "answer", "came_back", "not_so", "open_consultation", "raise_red_flag", "use_vaguer", "write_challenge",
    )  # fmt: skip
    warned = [line for line in told.splitlines() if "UserWarning:" in line and said_by_actions not in line]
    strange = [w for w in warned if not (by_our_door in w and any(f"'{act}'" in w for act in ours))]
    assert strange == []
