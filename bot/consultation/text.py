"""Text before and after the door: what a person typed, and what is left of it."""

from dataclasses import dataclass


class RawText:
    """What a person typed, before anything was taken out.

    It hides itself: `repr`, `str` and formatting show a length, so a raw text cannot slip into
    a log line or a traceback. Only the anonymiser calls `reveal`.
    """

    __slots__ = ("_typed",)

    def __init__(self, typed: str) -> None:
        self._typed = typed

    def reveal(self) -> str:
        """Return what was typed. For the anonymiser alone."""
        return self._typed

    def __len__(self) -> int:
        return len(self._typed)

    def __repr__(self) -> str:
        return f"<RawText of {len(self._typed)} characters>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> str:
        raise TypeError("RawText is never pickled")


@dataclass(frozen=True, slots=True)
class Finding:
    """An identifier that was found: where it stood in the raw text and of what kind.

    `shown` is the placeholder put in its place, such as `[child]` or `[phone]`. The identifier
    itself is not kept.
    """

    start: int
    end: int
    kind: str
    shown: str


class RedactedText(str):
    """Text that has been through the anonymiser. The only text that is stored or sent on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is left of a text, twice: to be understood, and to be written down.

    `text` has its identifiers taken out: `findings`, in order of place. `record` is what may be kept: of
    it every word is gone as well that is in no vocabulary of ours: `left_out`. Both lead into the raw text.
    `unheard` are ids of indicators that the raw text describes and the record does not: words that were
    taken out told of them, and they must not be lost with the words.
    """

    text: RedactedText
    findings: tuple[Finding, ...]
    record: RedactedText
    left_out: tuple[Finding, ...] = ()
    unheard: frozenset[str] = frozenset()
