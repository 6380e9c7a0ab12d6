"""A service that is killed in mid-chat: both sides go on, and no message is lost, doubled or out of order.

The suite holds one short talk. With NONAME_LONG=1 there are twenty of a thousand messages, of which every fourth
waits as long as pages in a browser do; `./noname evaluate chaos` takes its figures from the file that
NONAME_CHAOS_FIGURES names. NONAME_CHAOS_RUNS says how many, NONAME_CHAOS_SEED with which seed they begin.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from evaluation.chaos import Found, Run, figures
from tests.chaos import hold, service
from tests.chaos_pages import Plan

RUNS = int(os.environ.get("NONAME_CHAOS_RUNS", "20"))
FIRST = int(os.environ.get("NONAME_CHAOS_SEED", "1"))
MESSAGES, KILLS, SHORTENED = 1000, 40, 0.1


def _plan(seed: int) -> Plan:
    return Plan(seed, MESSAGES, KILLS, 1.0 if seed % 4 == 0 else SHORTENED)


def test_both_sides_of_a_talk_go_on_after_every_kill(tmp_path: Path) -> None:
    plan = Plan(seed=11, messages=100, kills=6, pace=SHORTENED)
    with service() as running:
        run = hold(plan, running, tmp_path)
    assert run.kills >= plan.kills
    assert run.found == Found(), f"seed {plan.seed}: {run}"


@pytest.mark.skipif(not os.environ.get("NONAME_LONG"), reason="half an hour: NONAME_LONG=1")
@pytest.mark.timeout(4 * 3600)
def test_thousands_of_messages_survive_hundreds_of_kills(tmp_path: Path) -> None:
    runs: list[Run] = []
    with service() as running:
        for seed in range(FIRST, FIRST + RUNS):
            runs.append(hold(_plan(seed), running, tmp_path / str(seed)))
            sys.stdout.write(f"{runs[-1]}\n")
            sys.stdout.flush()
            if where := os.environ.get("NONAME_CHAOS_FIGURES"):
                Path(where).write_text(json.dumps(figures(runs)), encoding="utf-8")
    wrong = [run for run in runs if run.found != Found()]
    assert not wrong
    assert all(run.kills >= KILLS for run in runs)
    assert any(run.cut_when_kept for run in runs), "no kill fell between the storing of a message and its answer"
