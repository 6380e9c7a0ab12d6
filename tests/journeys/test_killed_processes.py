"""Each process of a whole house is killed while people talk in it: nothing is lost, doubled or said over a person.

The suite kills three times. With NONAME_LONG=1 it is as often as NONAME_FAULTS_KILLS says; `./noname evaluate faults`
takes its figures from the file that NONAME_FAULTS_FIGURES names. NONAME_FAULTS_SEED says with which seed.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from evaluation.faults.judging import Found, figures
from tests.faults import hold
from tests.faults_house import supervised

KILLS = int(os.environ.get("NONAME_FAULTS_KILLS", "200"))
SEED = int(os.environ.get("NONAME_FAULTS_SEED", "1"))
pytestmark = pytest.mark.trained


@pytest.mark.timeout(240)
def test_a_house_whose_processes_are_killed_keeps_its_promises(tmp_path: Path) -> None:
    with supervised(tmp_path / "house") as house:
        run = hold(house, seed=3, kills=3)
    assert sum(run.kills.values()) == 3
    assert run.messages > 0
    assert run.found == Found(), run


@pytest.mark.skipif(not os.environ.get("NONAME_LONG"), reason="an hour: NONAME_LONG=1")
@pytest.mark.timeout(6 * 3600)
def test_hundreds_of_kills_of_each_process_break_no_promise(tmp_path: Path) -> None:
    with supervised(tmp_path / "house") as house:
        run = hold(house, SEED, KILLS)
    if where := os.environ.get("NONAME_FAULTS_FIGURES"):
        Path(where).write_text(json.dumps(figures(run)), encoding="utf-8")
    sys.stdout.write(f"{run}\n")
    assert run.found == Found(), run
    assert sum(run.kills.values()) >= KILLS
