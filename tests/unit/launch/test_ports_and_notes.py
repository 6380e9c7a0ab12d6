"""Ports that are taken, and the notes that a running service leaves."""

import json
import os

import pytest

from bot.launch import notes
from bot.launch.notes import AlreadyRunning, Running
from bot.launch.ports import PortInUse, first_free, take

NO_PROCESS = 2**22 + 1  # above the highest process id that Linux gives out


def test_a_port_that_is_taken_is_refused():
    with take("127.0.0.1", 0) as held:
        port = held.getsockname()[1]
        with pytest.raises(PortInUse, match=str(port)):
            take("127.0.0.1", port)


def test_the_first_free_port_passes_over_those_in_use():
    with take("127.0.0.1", 0) as held:
        port = held.getsockname()[1]
        with take("127.0.0.1", 0) as other:
            free = other.getsockname()[1]
        assert first_free("127.0.0.1", [port, free]) == free
        with pytest.raises(PortInUse):
            first_free("127.0.0.1", [port])


def test_a_running_service_is_found_by_its_note(tmp_path):
    service = Running(os.getpid(), None, "http://127.0.0.1:8000")
    notes.note_running(tmp_path, service)
    assert notes.running(tmp_path) == service
    notes.forget_running(tmp_path)
    assert notes.running(tmp_path) is None


@pytest.mark.parametrize(
    "written", ["", "{", "[]", '{"pid": 1}', json.dumps({"pid": NO_PROCESS, "rasa_pid": 1, "url": "u"})]
)
def test_a_note_of_a_dead_process_or_half_a_note_does_not_count(tmp_path, written):
    (tmp_path / "service.json").write_text(written)
    assert notes.running(tmp_path) is None


def test_a_second_service_on_the_same_folder_is_refused_until_the_first_has_gone(tmp_path):
    with notes.hold(tmp_path):
        notes.note_running(tmp_path, Running(os.getpid(), None, "http://127.0.0.1:8000"))
        with pytest.raises(AlreadyRunning, match="8000"):
            notes.hold(tmp_path)
    notes.hold(tmp_path).close()


def test_the_first_start_is_kept_beside_the_latest(tmp_path):
    notes.note_start(tmp_path, {"train": 60.0, "ready": 90.0})
    notes.note_start(tmp_path, {"ready": 15.0})
    assert notes.start_timings(tmp_path) == {
        "first": {"train": 60.0, "ready": 90.0},
        "latest": {"ready": 15.0},
    }
