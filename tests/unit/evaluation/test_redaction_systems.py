"""Systems are asked line by line, measured while they live, and a dead or shut one is no result."""

import sys

import pytest

from evaluation.redaction.systems import System, SystemFailed, ask, called

ECHO = """
import json, sys
for line in sys.stdin:
    text = json.loads(line)["text"]
    answer = {"error": "refused"} if "refuse" in text else {"redacted": text.replace("Keiran", "[name]")}
    print(json.dumps(answer), flush=True)
"""
DIES = 'import sys; print(\'{"redacted": ""}\', flush=True); sys.stdin.readline(); sys.exit(3)'
SHUT = 'import sys\nfor line in sys.stdin: print(\'{"error": "shut"}\', flush=True)'


def system(code, field="redacted"):
    return System("a system", (sys.executable, "-c", code), field)


def test_answers_come_in_the_order_asked_with_what_they_took():
    answered = ask(system(ECHO), ["Keiran cried", "nothing", "é refuse"])
    assert answered.redacted == ("[name] cried", "nothing", "")
    assert answered.refused == 1
    assert 0 < answered.cost.median <= answered.cost.p95
    assert answered.cost.start > answered.cost.median / 1000
    assert answered.cost.megabytes is None or 3 < answered.cost.megabytes < 200


@pytest.mark.parametrize("code", [DIES, SHUT, "raise SystemExit(1)"], ids=["dies", "is shut", "never starts"])
def test_a_system_that_does_not_answer_is_no_result(code, capfd):
    with pytest.raises(SystemFailed, match="a system"):
        ask(system(code), ["Keiran cried", "again"])


def test_a_command_that_is_not_there_is_no_result():
    with pytest.raises(SystemFailed, match="a system"):
        ask(System("a system", ("/nowhere/at/all",)), ["Keiran cried"])


def test_a_system_that_answers_under_another_name_is_no_result():
    with pytest.raises(SystemFailed, match="refused"):
        ask(system(ECHO, field="record"), ["Keiran cried"])


def test_times_in_one_process_leave_out_the_warming_up():
    # The clock: begun, built and asked once, then a start and an end for each of 50 messages.
    ends = [5.0] * 20 + [0.002] * 28 + [0.009] * 2
    ticks = iter([0.0, 1.5, *(tick for end in ends for tick in (0.0, end))])
    cost = called(lambda: str, ["a"] * 50, clock=lambda: next(ticks))
    assert (cost.start, cost.median, cost.p95) == (1.5, 2.0, 9.0)
