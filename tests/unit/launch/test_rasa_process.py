"""The Rasa process: what it is told, what it is not, and that it never outlives us."""

import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.dialogue import model
from bot.dialogue.rasa_process import RasaNotInstalled, RasaProcess, environment, run_arguments
from bot.settings import ROOT, load_settings

# Stands in for the package `rasa`: notes what it was given, then waits.
FAKE_RASA = """
import json, os, sys, time
def main():
    seen = {"argv": sys.argv, "pid": os.getpid(), "env": dict(os.environ), "folder": os.getcwd()}
    with open(sys.argv[-1] + ".part", "w") as out:
        json.dump(seen, out)
    os.rename(sys.argv[-1] + ".part", sys.argv[-1])
    time.sleep(60)
"""


@pytest.fixture
def house(tmp_path):
    """Settings of a house whose Rasa room holds the fake."""
    folder = tmp_path / ".venv" / "rasa" / "bin"
    package = tmp_path / "packages" / "rasa"
    folder.mkdir(parents=True)
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(FAKE_RASA)
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{package.parent}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return load_settings({}, root=tmp_path)


def until_there(file: Path):
    deadline = time.monotonic() + 10
    while not file.exists():
        assert time.monotonic() < deadline, "the process did not come up"
        time.sleep(0.01)
    return json.loads(file.read_text())


def is_running(pid):
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until_gone(pid):
    deadline = time.monotonic() + 10
    while is_running(pid):
        assert time.monotonic() < deadline, "the process outlived its parent"
        time.sleep(0.01)


def test_its_arguments_do_not_stand_on_the_command_line(house, tmp_path):
    seen_file = tmp_path / "seen"
    rasa = RasaProcess(
        house, ["rasa", "--auth-token", house.rasa_auth_token, str(seen_file)], house.logs / "rasa.log"
    )
    rasa.start()
    seen = until_there(seen_file)
    assert seen["argv"][1:3] == ["--auth-token", house.rasa_auth_token]
    assert house.rasa_auth_token.encode() not in Path(f"/proc/{rasa.pid}/cmdline").read_bytes()
    assert seen["folder"] == str(house.var / "rasa-home"), "our Python would be on its import path"
    rasa.stop()
    assert not is_running(seen["pid"])


def test_it_dies_when_its_parent_is_killed_outright(house, tmp_path):
    seen_file = tmp_path / "seen"
    parent = subprocess.Popen(
        [sys.executable, "-c", f"""
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from bot.dialogue.rasa_process import RasaProcess
from bot.settings import load_settings
house = load_settings({{}}, root=Path({str(tmp_path)!r}))
RasaProcess(house, ["rasa", {str(seen_file)!r}], house.logs / "rasa.log").start()
time.sleep(60)
"""],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    seen = until_there(seen_file)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until_gone(seen["pid"])


def test_it_is_told_its_own_secrets_and_no_others(house):
    ours = {"PATH": "/bin", "NONAME_PEPPER": "ours", "AWS_SECRET_ACCESS_KEY": "ours", "PYTHONPATH": "x"}
    told = environment(house, {**ours, "PYTHONDONTWRITEBYTECODE": "1"})
    assert told["PATH"] == "/bin"
    assert told["NONAME_ACTION_TOKEN"] == house.action_token
    assert told["RASA_TELEMETRY_ENABLED"] == "false"
    assert "ours" not in told.values()
    assert not {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"} & set(told)
    assert not {house.pepper, house.session_key} & set(told.values())


def test_it_listens_on_loopback_with_a_token(house):
    arguments = run_arguments(house, Path("m.tar.gz"))
    assert dict(pairwise(arguments))["--interface"] == "127.0.0.1"
    # One word and not two: a token that begins with a hyphen would be taken for an option.
    assert f"--auth-token={house.rasa_auth_token}" in arguments
    assert "--cors" not in arguments


def test_every_value_that_endpoints_yml_asks_for_is_given(house):
    asked = {part.split("}")[0] for part in (ROOT / "endpoints.yml").read_text().split("${")[1:]}
    assert asked, "endpoints.yml should take what differs from the environment"
    assert asked <= set(environment(house, {}))


def test_a_missing_room_is_named(tmp_path):
    house = load_settings({}, root=tmp_path)
    with pytest.raises(RasaNotInstalled):
        RasaProcess(house, ["rasa"], house.logs / "rasa.log").start()


def test_a_process_that_does_not_answer_is_not_healthy(house):
    assert not RasaProcess(house, ["rasa"], house.logs / "rasa.log").is_healthy(patience=0.2)


@pytest.fixture
def dialogue(tmp_path):
    """The files of a dialogue."""
    for name in ("config.yml", "domain.yml", "nlu_data/nlu/a.yml", "requirements/rasa.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    ["config.yml", "domain.yml", "nlu_data/nlu/a.yml", "nlu_data/lookups/new.txt", "requirements/rasa.txt"],
)
def test_a_change_to_what_is_learnt_from_makes_another_model(dialogue, changed):
    before = model.model_name(dialogue)
    assert model.model_name(dialogue) == before
    (dialogue / changed).parent.mkdir(parents=True, exist_ok=True)
    (dialogue / changed).write_text("changed")
    assert model.model_name(dialogue) != before


def test_moving_a_file_makes_another_model_and_other_files_do_not(dialogue):
    before = model.model_name(dialogue)
    (dialogue / "nlu_data" / "README.md").write_text("for people")
    assert model.model_name(dialogue) == before
    (dialogue / "nlu_data/nlu/a.yml").rename(dialogue / "nlu_data/nlu/b.yml")
    assert model.model_name(dialogue) != before


def test_a_finished_training_takes_its_place_and_the_oldest_models_go(dialogue):
    settings = load_settings({}, root=dialogue)
    settings.models.mkdir(parents=True)
    for age in range(model.MODELS_KEPT + 1):
        old = settings.models / f"old{age}.tar.gz"
        old.touch()
        os.utime(old, (1_000 - age, 1_000 - age))
    partial = settings.models / ".partial-1.tar.gz"
    with tarfile.open(partial, "w:gz") as packed:
        packed.add(dialogue / "config.yml")
    kept = model.keep_model(settings, partial)
    assert kept == model.model_file(settings)
    assert kept.exists()
    assert len(list(settings.models.glob("*.tar.gz"))) == model.MODELS_KEPT


def test_a_training_without_a_model_is_a_failure(dialogue):
    settings = load_settings({}, root=dialogue)
    with pytest.raises(model.TrainingFailed):
        model.keep_model(settings, settings.models / "missing.tar.gz")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_rasa_gets_the_address_of_its_store_in_the_words_of_its_own_driver(house, scheme):
    there = replace(house, tracker_url=f"{scheme}://us:word@host/db?sslmode=require")
    assert environment(there, {})["NONAME_TRACKER_URL"] == "postgresql://us:word@host/db?sslmode=require"


def test_a_store_in_a_file_is_named_as_it_is(house):
    assert environment(house, {})["NONAME_TRACKER_URL"] == house.tracker_url
