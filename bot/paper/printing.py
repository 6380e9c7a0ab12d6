"""Printing: from plain values to a PDF, beside the event loop and never later than its deadline."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.paper.letters import held

SECONDS = 10.0  # a record of ten pages takes less than one
AT_ONCE = 2
LARGEST_RECORD = 512 * 1024
LARGEST_PAPER = 8 * 1024 * 1024
# Alone: no settings of ours, no secret of ours, and no path that something else could be imported from.
_PRESS = (sys.executable, "-I", str(Path(__file__).with_name("press.py")))


class PaperFailed(Exception):
    """Tried to set a record: it was too large, took too long, or the press would not have it. Holds no text."""


class Printing:
    """Sets records, at most `at_once` side by side; others wait, and their deadline with them."""

    def __init__(
        self, press: Sequence[str] = _PRESS, *, seconds: float = SECONDS, at_once: int = AT_ONCE
    ) -> None:
        self._press, self._seconds = tuple(press), seconds
        self._places = asyncio.Semaphore(at_once)

    async def pdf(self, record: Mapping[str, Any], sheet: str = "record") -> bytes:
        """Return a record, as `bot.desk.record.Record.plain` gives it, as the bytes of a PDF. Raises PaperFailed.

        On the sheet `report` it is a report of a year, as `bot.desk.report_pictures.on_paper` gives it.
        """
        written = json.dumps(held(dict(record)), ensure_ascii=False).encode()
        if len(written) > LARGEST_RECORD:
            raise PaperFailed
        try:
            async with asyncio.timeout(self._seconds), self._places:
                paper = await self._set(written, sheet)
        except (TimeoutError, OSError):
            raise PaperFailed from None
        if not paper.startswith(b"%PDF-") or len(paper) > LARGEST_PAPER:
            raise PaperFailed
        return paper

    async def _set(self, written: bytes, sheet: str) -> bytes:
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        pipes = {"stdin": pipe, "stdout": pipe, "stderr": nowhere}
        press = await asyncio.create_subprocess_exec(*self._press, sheet, **pipes, env={})
        try:
            paper, _ = await press.communicate(written)
        finally:
            if press.returncode is None:
                with suppress(ProcessLookupError):
                    press.kill()
                await press.wait()
        return paper if press.returncode == 0 else b""
