"""JSON Lines in, JSON Lines out: one for one, in order, each as soon as it is ready.

A line that cannot be answered gets a line with `error`, which never repeats what was written.
"""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from bot.anonymiser import AnonymiserFailed, AnonymiserShut

Answer = Callable[[dict[str, Any]], dict[str, Any]]


class BadLine(Exception):
    """Tried to answer a line that does not have the shape the command reads; the message names what."""


def answer_lines(answer: Answer, lines: Iterable[bytes] | None = None, out: BinaryIO | None = None) -> None:
    """Write for every line what `answer` adds to it. Keys that the command does not know stay."""
    out = out or sys.stdout.buffer
    for line in sys.stdin.buffer if lines is None else lines:
        out.write(_encode(_answered(line, answer)) + b"\n")
        out.flush()


def text_of(record: dict[str, Any]) -> str:
    """Return the text of a record, or raise BadLine."""
    text = record.get("text")
    if not isinstance(text, str):
        raise BadLine("text must be a string")
    return text


def _answered(line: bytes, answer: Answer) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not a line of JSON"}
    if not isinstance(record, dict):
        return {"error": "not a JSON object"}
    try:
        return {**record, **answer(record)}
    except BadLine as bad:
        problem = str(bad)
    except AnonymiserShut:
        problem = "no text is taken in: the anonymiser could not be opened; ./noname doctor says why"
    except AnonymiserFailed as failed:
        problem = f"the text could not be anonymised ({type(failed).__name__})"
    except Exception as fell:
        # One line that breaks something must not take the lines after it along; its text is not shown.
        problem = f"this line could not be answered ({type(fell).__name__})"
    return {**{key: value for key, value in record.items() if key != "text"}, "error": problem}


def _encode(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character, which JSON can spell and UTF-8 cannot
        return json.dumps(record).encode()
