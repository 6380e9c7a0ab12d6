"""Log lines: one JSON object for each event, with fields from a list and nothing else.

An event is written `log.error("round_failed name=%s kind=%s", ...)`: its name, then fields. What is not written so
(libraries do not know how) is told by its place in the code alone. The words of an exception are never told.
"""

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from bot import request_id

FIELDS = frozenset(
    {
        *("action", "area", "at", "attempt", "count", "errand", "kind", "method", "ms", "name", "route"),
        *("seconds", "status", "step"),
    }
)
FOREIGN = "library_line"
OURS = "noname"  # the name that all our own loggers begin with
_EVENT = re.compile(r"([a-z][a-z0-9_]*)((?: [a-z_]+=%[sd])*)")
_FIELD = re.compile(r"([a-z_]+)=%")
# A value of ours is a name, a number or a place in the code; whatever else it is, it is left out.
_VALUE = re.compile(r"[\w.:/{}+-]{1,120}", re.ASCII)
_FRAMES = 12
_ROOT = Path(__file__).resolve().parents[2]

type Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class JsonLines(logging.Formatter):
    """Writes each event on one line as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        line |= _event(record)
        if asked := request_id.current():
            line["request"] = asked
        if record.exc_info:
            line |= raised(record.exc_info)
        return json.dumps(line)


def _event(record: logging.LogRecord) -> dict[str, Any]:
    is_ours = isinstance(record.msg, str) and record.name.partition(".")[0] == OURS
    said = _EVENT.fullmatch(record.msg) if is_ours else None
    given = record.args if isinstance(record.args, tuple) else ()
    names = _FIELD.findall(said[2]) if said else []
    if said is None or len(names) != len(given):
        return {"event": FOREIGN, "at": f"{record.filename}:{record.lineno}"}
    fields = {name: _plain(value) for name, value in zip(names, given, strict=True) if name in FIELDS}
    return {"event": said[1]} | {name: value for name, value in fields.items() if value is not None}


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, int | float):
        return value
    return str(value) if _VALUE.fullmatch(str(value)) else None


def raised(given: Raised | Any) -> dict[str, Any]:
    """Return the kind of an exception and where it was raised, and none of its words."""
    kind, _, trace = given
    frames = [f"{_place(frame.filename)}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-_FRAMES:]]
    return {"raised": kind.__name__ if kind else "nothing", "frames": frames}


def _place(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])


def tell_what_nobody_caught() -> None:
    """Let exceptions that nobody catches become lines too; Python itself would print their words."""
    log = logging.getLogger("noname")

    def hook(kind: type[BaseException], fell: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("nobody_caught kind=%s", kind.__name__, exc_info=(kind, fell, trace))

    def in_a_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook, threading.excepthook = hook, in_a_thread
