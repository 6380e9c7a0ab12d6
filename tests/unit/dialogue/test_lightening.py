"""Rasa is made lighter, and says and does what it did."""

import ast
import json
import runpy
import subprocess
from pathlib import Path

import pytest

from bot.dialogue import lightening
from bot.settings import ROOT

RUN, TRAIN = ["rasa", "run", "--enable-api"], ["rasa", "train"]


def _checkout(folder: Path, config: str) -> Path:
    (folder / "config.yml").write_text(config, encoding="utf-8")
    return folder


def test_this_checkout_s_rasa_runs_without_tensorflow() -> None:
    assert lightening.how(ROOT, RUN) == lightening.WITHOUT_TENSORFLOW


def test_training_is_left_as_it_is() -> None:
    assert lightening.how(ROOT, TRAIN) is None


def test_both_ways_of_writing_a_component_are_read() -> None:
    config = "pipeline:\n- name: WhitespaceTokenizer\n- {name: DIETClassifier, epochs: 3}\n- \"name\": 'TEDPolicy'\n"
    assert lightening.components(config) == {"WhitespaceTokenizer", "DIETClassifier", "TEDPolicy"}


@pytest.mark.parametrize(
    "config",
    [
        "policies:\n- name: RulePolicy\n- name: TEDPolicy\n",
        "pipeline:\n- {name: DIETClassifier}\n",
        "pipeline:\n- name: somebody.elses.Component\n",
        "recipe: default.v1\n",  # Rasa then takes what it thinks best, and that learns
    ],
)
def test_a_component_that_may_learn_with_tensorflow_keeps_it(tmp_path: Path, config: str) -> None:
    assert lightening.how(_checkout(tmp_path, config), RUN) == lightening.WHOLE


@pytest.fixture(scope="module")
def rasa() -> dict:
    """What Rasa's own Python does before the cuts and after them."""
    python = ROOT / ".venv" / "rasa" / "bin" / "python"
    script = Path(__file__).with_name("inside_rasa.py")
    command = [str(python), "-W", "ignore", str(script), str(lightening.FILE)]
    quiet = {"SQLALCHEMY_SILENCE_UBER_WARNING": "1", "RASA_TELEMETRY_ENABLED": "false", "HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=quiet, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_an_answer_of_an_action_is_judged_as_before(rasa: dict) -> None:
    before, after = rasa["before"]["verdicts"], rasa["after"]["verdicts"]
    assert after == before
    assert before[:5] == [True] * 5
    assert all("ValidationError" in verdict for verdict in before[5:])


def test_an_event_is_known_by_its_name_as_before(rasa: dict) -> None:
    assert rasa["after"]["kinds"] == rasa["before"]["kinds"]
    assert "Unknown event name 'nobody'." in rasa["after"]["kinds"]


def test_the_same_events_of_a_talk_hold_as_before(rasa: dict) -> None:
    before = rasa["before"]["applied"]
    assert rasa["after"]["applied"] == before
    assert len({json.dumps(one) for one in before}) > 15


def test_policies_are_told_the_same_of_a_talk_as_before(rasa: dict) -> None:
    before = rasa["before"]["states"]
    assert rasa["after"]["states"] == before
    assert len({json.dumps(one) for one in before}) > 200


def test_the_same_rules_hold_as_before(rasa: dict) -> None:
    before = rasa["before"]["rules"]
    assert rasa["after"]["rules"] == before
    assert len({json.dumps(one) for one in before}) > 20


def test_an_action_is_told_what_came_since_the_last_message_and_all_else_as_before(rasa: dict) -> None:
    before, after = rasa["before"]["call"], rasa["after"]["call"]
    told, of_all = after["told"]["tracker"].pop("events"), before["told"]["tracker"].pop("events")
    assert after == before
    assert told == of_all[-len(told) :]
    assert told[0]["event"] == "user"
    assert [one["event"] for one in told].count("user") == 1
    assert 1 < len(told) < len(of_all)


def test_a_talk_is_kept_and_read_as_before_whatever_others_do_to_it_meanwhile(rasa: dict) -> None:
    (before, read_before), (after, read_after) = rasa["before"]["talks"], rasa["after"]["talks"]
    assert after == before
    assert len({json.dumps(one) for one in before}) > 90
    assert (read_before, read_after < 40) == (124, True), read_after


def test_a_copy_of_a_talk_is_what_it_would_be_if_all_happened_again(rasa: dict) -> None:
    before = rasa["before"]["copies"]
    assert rasa["after"]["copies"] == before
    assert len({json.dumps(one) for one in before}) > 600


def test_the_parts_of_a_model_come_to_the_same_as_before(rasa: dict) -> None:
    before = rasa["before"]["graphs"]
    assert rasa["after"]["graphs"] == before
    assert before[0][0] == {"d": ["d", ["b", ["a", 1], 1], ["c", ["a", 1]]]}


def test_no_slot_is_filled_that_was_not_before_and_none_is_forgotten(rasa: dict) -> None:
    (told, names, listens), before = rasa["after"]["extracted"], rasa["before"]["extracted"]
    assert [told, names, listens] == before
    assert [len(filled) for filled in told] == [0, 1, 0]


def test_who_refuses_an_action_or_cuts_it_off_is_heard_as_before(rasa: dict) -> None:
    assert rasa["after"]["refusals"] == rasa["before"]["refusals"]
    assert rasa["before"]["refusals"] == [[400, "Bad", "{}"], [500, "Fell Over", "fell"], None, True, True, True]


def test_actions_are_called_over_one_connection_and_hear_the_same(rasa: dict) -> None:
    assert rasa["after"]["said"] == rasa["before"]["said"]
    assert rasa["after"]["said"][2] == {"asked": {"n": 2}, "auth": True}
    assert (rasa["before"]["connections"], rasa["after"]["connections"]) == (3, 1)


def test_what_rasa_has_kept_survives_a_loss_of_power_as_before(rasa: dict) -> None:
    full = 2
    assert rasa["before"]["store"] == ["delete", full]
    assert rasa["after"]["store"] == ["wal", full]


def test_what_is_no_longer_copied_was_copied_for_lines_of_the_log_alone() -> None:
    """Every `deepcopy` in the modules that go without it stands in what a line of the log is told."""
    (folder,) = (ROOT / ".venv" / "rasa" / "lib").glob("python*/site-packages")
    modules = runpy.run_path(str(lightening.FILE.with_name("lighter_logs.py")))["_FOR_LOGS"]
    for name in modules:
        file = folder / Path(*name.split(".")).with_suffix(".py")
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        told = {id(inner) for call in calls if _is_a_line(call) for inner in ast.walk(call)}
        copied = [call for call in calls if ast.unparse(call.func) == "copy.deepcopy"]
        assert copied, f"{name}: nothing to leave out"
        assert all(id(call) in told for call in copied), name


def _is_a_line(call: ast.Call) -> bool:
    return ast.unparse(call.func).startswith("structlogger.")


def test_tensorflow_is_not_used_in_silence(rasa: dict) -> None:
    assert rasa["used"] == "LeftOut: tensorflow.constant"
