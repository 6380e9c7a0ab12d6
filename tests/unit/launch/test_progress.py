"""Progress: numbered steps, signs of life, and seconds."""

import io
import time

import pytest

from bot.launch.progress import Progress


def test_steps_are_numbered_after_those_that_the_launcher_did():
    out = io.StringIO()
    progress = Progress(out, total=6, done=2)
    with progress.step("migrate", "Bringing the database up to date"):
        pass
    progress.skip("The dialogue is trained")
    assert out.getvalue().splitlines() == [
        "3/6 Bringing the database up to date ...",
        "4/6 The dialogue is trained.",
    ]


def test_a_long_step_shows_that_it_lives():
    out = io.StringIO()
    progress = Progress(out, total=1, heartbeat=0.01)
    with progress.step("train", "Training"):
        time.sleep(0.1)
    assert "still at it" in out.getvalue()
    assert progress.seconds["train"] >= 0.1


def test_a_step_that_fails_still_ends_and_lets_the_failure_through():
    progress = Progress(io.StringIO(), total=1)
    with pytest.raises(RuntimeError), progress.step("train", "Training"):
        raise RuntimeError
    assert "train" in progress.seconds


def test_quiet_shows_nothing():
    out = io.StringIO()
    with Progress(out, total=1, quiet=True).step("train", "Training"):
        pass
    assert out.getvalue() == ""
