"""Looking for identifiers in bytes: however they are cased, spaced, escaped, quoted or encoded.

Everything is brought to one form (`folded`: no case, accents, blanks or signs) after what JSON, Python, HTML,
addresses and base64 make of letters has been undone, and so is what is looked for.
"""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from evaluation.canary.beginnings import begun

_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[nrt])")
_UNSIGNED = re.compile(r"[\W_]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}")
# What is sealed is written so, and ids are. Read as base64 they would say anything, and by chance a name.
_SEALED = re.compile(r"[0-9a-f]{32,}")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for, folded. A bare number counts only where no digit or letter stands beside it."""

    folded: str

    def stands_in(self, content: "Content") -> bool:
        """Whether it stands in a content."""
        if self.folded not in content.folded:
            return False
        if not _NUMBER.fullmatch(self.folded):
            return True
        spaced = r"[\W_]{0,3}".join(self.folded)
        return re.search(rf"(?<![0-9a-z]){spaced}(?![0-9a-z])", content.plain) is not None


@dataclass(frozen=True, slots=True)
class Content:
    """Something that was kept or answered, made fit to be searched."""

    plain: str
    folded: str

    @classmethod
    def of(cls, raw: bytes | str) -> "Content":
        """Return bytes or a text with everything undone that hides letters."""
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        parts = [_plain(part) for part in (text, *_undone(text), *_from_base64(text))]
        # Apart: what is put together out of two of them stands in neither.
        return cls("\n".join(parts), "\0".join(_UNSIGNED.sub("", part) for part in parts))


def folded(text: str) -> str:
    """Return a text without case, accents, blanks and signs."""
    return _UNSIGNED.sub("", _plain(text))


def found(needles: Iterable[Needle], content: Content) -> set[Needle]:
    """Return those needles that stand in a content."""
    by_word = {needle.folded: needle for needle in needles}
    return {by_word[word] for word in begun(by_word, content.folded) if by_word[word].stands_in(content)}


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in apart if not _is_unseen(c)) if not apart.isascii() else apart


def _is_unseen(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in ("Mn", "Me", "Cf")


def _undone(text: str) -> Iterator[str]:
    """Yield the text with JSON's and Python's escapes, percent signs and HTML's entities undone."""
    once = html.unescape(unquote(_ESCAPED.sub(_letter, text).replace("+", " "))) if set("\\%&+") & set(text) else text
    if once != text:
        yield once
        # Python's repr of UTF-8 writes one byte at a time: "\xc5\x82".
        yield once.encode("latin-1", "ignore").decode("utf-8", "ignore")


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else " "


def _from_base64(text: str) -> Iterator[str]:
    """Yield what runs of letters say when they are read as base64, begun at each of four places."""
    for run in set(_BASE64.findall(_SEALED.sub(" ", text))):
        letters = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            part = letters[start : start + (len(letters) - start) // 4 * 4]
            try:
                read = base64.b64decode(part).decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                continue
            # What is no text says letters by chance: put together across bytes that are none, they make short names.
            for said in read.split("\N{REPLACEMENT CHARACTER}"):
                if len(said) > 5 and sum(map(str.isprintable, said)) * 5 >= len(said) * 4:
                    yield said
