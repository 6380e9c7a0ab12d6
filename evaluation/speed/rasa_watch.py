"""A watch in Rasa: read by Rasa's own Python (3.10) in place of lighter_rasa.py, whose work it does too.

After every message it notes beside Rasa's folder how many seconds each step took, and nothing else.
"""

import json
import os
import runpy
import time
from collections import defaultdict
from pathlib import Path

_LIGHTER = runpy.run_path(str(Path(__file__).resolve().parents[2] / "bot" / "dialogue" / "lighter_rasa.py"))
_NOTES = Path(os.getcwd()).parent / "rasa-steps.json"
leave_out_tensorflow = _LIGHTER["leave_out_tensorflow"]


def cut():
    """Make Rasa lighter, as always, and lay the watch."""
    _LIGHTER["cut"]()
    from rasa.core.actions.action import RemoteAction
    from rasa.core.processor import MessageProcessor
    from rasa.core.tracker_store import SQLTrackerStore

    taken = defaultdict(float)
    for owner, name, step in (
        (MessageProcessor, "parse_message", "parse"),
        (MessageProcessor, "run_action_extract_slots", "extract"),
        (RemoteAction, "run", "action"),
        (SQLTrackerStore, "retrieve", "retrieve"),
        (SQLTrackerStore, "save", "save"),
    ):
        setattr(owner, name, _awaited(getattr(owner, name), step, taken))
    MessageProcessor._predict_next_with_tracker = _called(
        MessageProcessor._predict_next_with_tracker, "predict", taken
    )
    MessageProcessor.handle_message = _noted(MessageProcessor.handle_message, taken)


def _awaited(work, step, taken):
    async def timed(*given, **named):
        begun = time.perf_counter()
        try:
            return await work(*given, **named)
        finally:
            taken[step] += time.perf_counter() - begun

    return timed


def _called(work, step, taken):
    def timed(*given, **named):
        begun = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            taken[step] += time.perf_counter() - begun

    return timed


def _noted(work, taken):
    async def timed(*given, **named):
        taken.clear()
        try:
            return await work(*given, **named)
        finally:
            _NOTES.write_text(json.dumps(taken), encoding="ascii")

    return timed
