"""What stands in a record to keep, as plain text: parts with a heading and lines, each line with what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_TO_PAGES = "https://"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `under` are shorter ones that belong to it: words it rests on, a source. `url` is the source's page."""

    text: str
    under: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part. `name` is the same in every language; `when` says when it was so, where that is known.

    `copy` is a text to take over elsewhere, lines and all.
    """

    name: str
    heading: str
    lines: tuple[Line, ...]
    when: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The whole. `practice` says that it is practice and is empty in earnest; `foot` stands on every page of it."""

    title: str
    practice: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str

    def part(self, name: str) -> Part | None:
        """Return a part by its name, or None where there was nothing to say."""
        return next((part for part in self.parts if part.name == name), None)

    def plain(self) -> dict[str, Any]:
        """Return the same as values that JSON knows."""
        return {
            "title": self.title,
            "practice": self.practice,
            "lead": list(self.lead),
            "foot": self.foot,
            "parts": [
                {
                    "name": part.name,
                    "heading": part.heading,
                    "when": part.when,
                    "copy": part.copy.split("\n") if part.copy else [],
                    "lines": [{"text": one.text, "under": list(one.under), "url": one.url} for one in part.lines],
                }
                for part in self.parts
            ],
        }


def line(text: str, under: Iterable[str] = (), url: str | None = "") -> Line:
    """Return a line without the marks by which pages make words bold. Only addresses of the web's are kept."""
    is_page = (url or "").startswith(_TO_PAGES)
    return Line(unmarked(text), tuple(unmarked(one) for one in under if one), (url or "") if is_page else "")


def of_item(item: Mapping[str, Any]) -> Line:
    """Return an item of a card as it was shown."""
    return line(str(item["text"]), [str(item.get("source") or "")], item.get("url"))


def unmarked(text: str) -> str:
    """Return a text in which nothing is marked as bold."""
    return text.replace("**", "")
