"""How a record speaks: responses by their short names, and the lines that several parts share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from bot.desk.cards import shown
from bot.desk.record.contents import Line, line
from bot.desk.record.kept import Kept
from bot.desk.working_time import in_words as moment
from bot.knowledge.model import National
from bot.knowledge.wording import Wording


class Source(NamedTuple):
    """A published document as a decision cites it: `dated` in its own words, `verified` as 2026-11-02."""

    title: str
    dated: str
    verified: str
    url: str


def source_of(row: Mapping[str, Any]) -> Source:
    """Return the document that a row of a decision stands in."""
    return Source(row["title"], row["dated"], row["verified"], row["url"])


def sources_of(found: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return the documents that a decision cites, each once, in the order of its rows."""
    tips = [found["tips"]] if found.get("tips") else []
    rows = [*found["because"], *found["not_ruled_out"], *tips, *found["would_change"], *found.get("protective", ())]
    return tuple(dict.fromkeys(map(source_of, rows)))


@dataclass(frozen=True, slots=True)
class Voice:
    """The wording, with the area's own over it, and the national vocabulary with the area's own questions.

    `sources` are the sources of the last decision, in the order in which it names them: rows tell them by their number.
    """

    wording: Wording
    national: National
    sources: tuple[Source, ...] = ()

    def say(self, name: str, /, **blanks: object) -> str:
        """Return a response of the record's own."""
        return self.wording.say(f"utter_keep_{name}", **blanks)

    def label(self, question: str) -> str:
        """Return what a question is called, or its id where nobody has named it since."""
        name = f"utter_label_{question}"
        return self.wording.say(name) if name in self.wording.names() else question

    def answer(self, question: str, value: str | tuple[str, ...]) -> str:
        """Return an answer as it reads."""
        return shown(question, value, self.wording)

    def row(self, row: Mapping[str, Any], text: str, under: tuple[str, ...] = ()) -> Line:
        """Return a row in the words of `text`, with what it rests on, and the number and section of its source."""
        number = str(self.sources.index(source_of(row)) + 1)
        return line(text, (*under, self.say("source", number=number, section=row["section"])))

    def when(self, at: datetime | None) -> str:
        """Return when something was told, or nothing."""
        return self.say("when", at=moment(at)) if at else ""

    def level(self, kept: Kept) -> str:
        """Return the assistant's level in one sentence, or that there was none."""
        found = kept.decision.result if kept.decision else {}
        if found.get("exit"):
            return self.say("view_exit")
        if not found.get("local_code"):
            return self.say("view_none")
        return self.say("level", area=kept.area, name=found["local_name"], code=found["local_code"])
