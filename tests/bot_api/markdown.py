"""MarkdownV2, read as strictly as Telegram reads it, but for quotes and custom emoji."""

import re
from typing import Any

from bot_api.refusals import bad_request

Entity = dict[str, Any]

RESERVED = "_*[]()~`>#+-=|{}.!"
MARKS = {
    "*": "bold", "__": "underline", "_": "italic", "~": "strikethrough", "||": "spoiler", "```": "pre", "`": "code",
}  # fmt: skip
_TITLES = {"pre": "Pre", "code": "Code", "text_link": "TextUrl"}
_MARK = re.compile(r"```|__|\|\||[*_~`]")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, in which Telegram measures entities."""
    return len(text.encode("utf-16-le")) // 2


def _unreadable(said: str) -> Exception:
    return bad_request(f"can't parse entities: {said}")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.plain = ""
        self.entities: list[Entity] = []
        self.open: list[tuple[str, int, int]] = []  # kind, where it begins in the plain text, and in the bytes

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._step()
        if self.open:
            kind, _, byte = self.open[-1]
            title = _TITLES.get(kind, kind.capitalize())
            raise _unreadable(f"Can't find end of {title} entity at byte offset {byte}")
        return self.plain, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _step(self) -> None:
        here = self.text[self.at]
        inside = self.open[-1][0] if self.open else ""
        if here == "\\" and self.at + 1 < len(self.text) and 0 < ord(self.text[self.at + 1]) <= 126:
            self.plain += self.text[self.at + 1]
            self.at += 2
        elif (mark := _MARK.match(self.text, self.at)) and self._may_mark(mark[0], inside):
            self._mark(mark[0], inside)
        elif here == "[" and inside not in {"code", "pre"}:
            self._begin("text_link", "[")
        elif here == "]" and inside == "text_link":
            self._end_link()
        elif here in RESERVED and inside not in {"code", "pre"}:
            raise _unreadable(f"Character '{here}' is reserved and must be escaped with the preceding '\\'")
        else:
            self.plain += here
            self.at += 1

    def _may_mark(self, mark: str, inside: str) -> bool:
        return inside not in {"code", "pre"} or MARKS[mark] == inside

    def _mark(self, mark: str, inside: str) -> None:
        if MARKS[mark] == inside:
            self.at += len(mark)
            self._end()
        else:
            self._begin(MARKS[mark], mark)

    def _begin(self, kind: str, mark: str) -> None:
        self.open.append((kind, units(self.plain), len(self.text[: self.at].encode())))
        self.at += len(mark)

    def _end(self, **more: str) -> None:
        kind, begin, _ = self.open.pop()
        if (length := units(self.plain) - begin) > 0:
            self.entities.append({"type": kind, "offset": begin, "length": length} | more)

    def _end_link(self) -> None:
        link = re.compile(r"\]\(([^)]*)\)").match(self.text, self.at)
        if not link:
            raise _unreadable("Can't find end of a URL at byte offset " + str(len(self.text[: self.at].encode())))
        self.at = link.end()
        self._end(url=link[1])


def read_markdown(text: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities; raises Refused where Telegram cannot read it."""
    return _Reader(text).read()
