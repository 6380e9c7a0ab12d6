"""The redactor: the anonymiser with everything it needs, or shut when something of that is missing.

Built in one way for the service and for every command, so that what is measured is what serves. Shut, it
refuses every text, buttons still work, and it is tried again from time to time.
"""

import logging
import re
import threading
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import anonymiser
from bot.consultation import Finding, RawText, RedactedText, Redaction, Status
from bot.knowledge import reading_patterns
from bot.knowledge.published import published_numbers
from bot.knowledge.spelling import reading_spelling
from bot.knowledge.word_classes import CLASSES

if TYPE_CHECKING:  # what only redacts need not load the reading
    from bot.reading import Reader

log = logging.getLogger("noname.redactor")

TRY_AGAIN_SECONDS = 20.0


def danger_signs(reader: "Reader", is_flagging: Callable[[str], bool]) -> anonymiser.anonymiser.Listen:
    """Return what hears the danger signs in a text: their ids and places, and nothing of its words."""

    def listen(text: str) -> frozenset[tuple[str, int, int]]:
        concerns = reader.read(RedactedText(text), as_a_whole=False).concerns
        signs = (c for c in concerns if c.status is Status.PRESENT and is_flagging(c.indicator))
        return frozenset((sign.indicator, sign.start, sign.end) for sign in signs)

    return listen


def load_redactor(
    root: Path, listen: anonymiser.anonymiser.Listen | None = None
) -> anonymiser.Anonymiser | anonymiser.Shut:
    """Return the anonymiser over the name model and the vocabulary of a knowledge base.

    `listen` is `danger_signs`, where what is typed is answered. When the model or a list cannot be used, what
    is returned refuses every text: buttons still work.
    """
    try:
        # Imported here: a model whose library is missing or broken is a model that is missing.
        from bot import name_model

        return anonymiser.load(name_model.load().odds, reading_vocabulary(root), published_numbers(root), listen)
    except Exception as missing:
        # Whatever it is, without it no text may pass. Its kind is told, and nothing it says.
        log.error("redactor_shut kind=%s", type(missing).__name__)
        return anonymiser.Shut(type(missing).__name__)


class Redactor:
    """An anonymiser that is opened anew while it is shut, at most every TRY_AGAIN_SECONDS.

    `seconds` tells the time on a clock that never goes back.
    """

    def __init__(
        self, opened: Callable[[], anonymiser.Anonymiser | anonymiser.Shut], seconds: Callable[[], float]
    ) -> None:
        self._opened, self._seconds = opened, seconds
        self._lock = threading.Lock()
        self._tried = seconds()
        self._held = opened()

    def redact(
        self,
        raw: RawText,
        memory: anonymiser.Memory | None = None,
        *,
        on: date | None = None,
        not_names: Collection[str] = (),
    ) -> Redaction:
        """As `Anonymiser.redact`."""
        return self._standing().redact(raw, memory, on=on, not_names=not_names)

    def second_scan(self, text: str, not_names: Collection[str] = ()) -> tuple[Finding, ...]:
        """As `Anonymiser.second_scan`."""
        return self._standing().second_scan(text, not_names)

    def record_of(self, text: str, not_names: Collection[str] = ()) -> RedactedText:
        """As `Anonymiser.record_of`."""
        return self._standing().record_of(text, not_names)

    def _standing(self) -> anonymiser.Anonymiser | anonymiser.Shut:
        held = self._held
        if not isinstance(held, anonymiser.Shut):
            return held
        with self._lock:
            if isinstance(self._held, anonymiser.Shut) and self._seconds() - self._tried >= TRY_AGAIN_SECONDS:
                self._tried = self._seconds()
                self._held = self._opened()
            return self._held


def reading_vocabulary(root: Path) -> frozenset[str]:
    """Return the words by which concerns are recognised, slips of them too: they may be written down.

    A stem stands with its star (`bruis*`).
    """
    patterns = (pattern for some in reading_patterns(root).values() for pattern in some)
    words = (word for pattern in patterns for word in re.findall(r"(?<!@)\b[^\W\d_]{3,}\*?", pattern))
    return frozenset(words) | frozenset(reading_spelling(root)) | frozenset().union(*CLASSES.values())
