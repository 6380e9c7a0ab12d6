"""People with Telegram, each with a conspicuous name and number, and what is looked for of them afterwards."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bot_api.people import Person
from bot_api.server import BotApi
from canary_people import FOUND, Typed, Walk, in_turn, text_of
from running_house import RunningHouse

from bot.desk.staff.links import Link
from bot.telegram.room import keyed
from bot.wiring import clock
from evaluation.canary.planting import Canary, Planted
from evaluation.canary.searching import Needle, folded

CHAT = "CHAT"  # the kind of a chat's id
A_MESSAGE, A_LONG_MESSAGE = 18, 45  # identifiers in it


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as Telegram shows them to a bot."""

    id: int
    first: str
    last: str
    username: str
    phone: str
    language: str

    @property
    def of_a_user(self) -> dict[str, Any]:
        """What stands of them beside their id."""
        return {"first_name": self.first, "last_name": self.last, "username": self.username}


COLLEAGUES = {
    "kent": (
        Who(7_311_902_645, "Wilhelmina", "Featherstonehaugh", "willa_quistgaard_x", "+447700900417", "qaa-Zyxu"),
        Who(6_920_417_733, "Bartholomew", "Ashkenazytrepel", "barty_trepelmann", "+447700900582", "qab-Zyxv"),
    ),
    "buckinghamshire": (
        Who(7_048_336_129, "Philippina", "Cholmondeleyvane", "pippa_vanewright", "+447700900639", "qac-Zyxw"),
        Who(5_883_271_906, "Thaddeusz", "Marjoribankswell", "thaddy_wellmarch", "+447700900744", "qad-Zyxq"),
    ),
}  # fmt: skip
FOR_NOTICES = Who(6_604_958_217, "Ermintrude", "Beauchampferris", "ermie_ferrisbeau", "+447700900851", "qae-Zyxr")
STRANGERS = tuple(
    Who(7_777_000_411 + 1_913 * number, first, last, username, f"+44770090096{number}", f"qaf-Zyx{number}")
    for number, (first, last, username) in enumerate((
        ("Ignatiusz", "Woolfardisworthy", "iggy_woolsery"), ("Clotildina", "Gloucesterhale", "tilda_glosterhale"),
        ("Leopoldino", "Belvoirstrand", "leo_beaverstrand"), ("Araminthea", "Mainwaringfold", "minty_manneringfold"),
        ("Ozymandiel", "Dalzielburgh", "ozzy_deeyellburgh"),
    ))
)  # fmt: skip


@dataclass
class Switchboard:
    """The house, the walk through it and Telegram; waits until what was sent was handled and answered."""

    walk: Walk
    api: BotApi

    @property
    def house(self) -> RunningHouse:
        """The house that is walked through."""
        return self.walk.house

    def settle(self, within: float = 300.0) -> None:
        """Wait until every update was handled and everything that is due was delivered."""
        self.api.until(lambda: not self.api.pending, within)
        self.api.until(lambda: not self._due(), within)

    def _due(self) -> int:
        database = self.house.settings.database_url.removeprefix("sqlite:///")
        asked = "select count(*) from telegram_outbox where state in ('waiting', 'sending') and not_before <= ?"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as held:
            return held.execute(asked, (f"{clock():%Y-%m-%d %H:%M:%S.%f}",)).fetchone()[0]


class Phone:
    """Somebody's phone, with identifiers of their own to type, which nobody else types."""

    def __init__(self, board: Switchboard, who: Who, own: list[Canary]) -> None:
        self.board, self.who, self.own = board, who, own
        self.person: Person = board.api.person(who.id, who.first)
        self.person.user |= {**who.of_a_user, "language_code": who.language}
        self.person.chat.shown |= who.of_a_user
        for kind, value in self._looked_for():
            needle = frozenset({Needle(folded(value))})
            planted = Planted(Canary(kind, value, (value,)), "as written", value, value, needle)
            board.walk.typed.append(Typed(planted, "phone", FOUND))

    def _looked_for(self) -> list[tuple[str, str]]:
        who = self.who
        phones = [("THEIR PHONE", who.phone), ("THEIR PHONE", who.phone.replace("+44", "0"))]
        names = [("THEIR NAME", name) for name in (who.first, who.last, who.username, who.language)]
        return [(CHAT, str(who.id)), *names, *phones]

    @property
    def heard(self) -> str:
        """All that the bot ever said to the chat, what was deleted since too."""
        asked = [call.fields for call in self.board.api.calls if call.fields.get("chat_id") == self.who.id]
        return "\n".join(f"{fields.get('text', '')} {fields.get('reply_markup', '')}" for fields in asked)


@dataclass
class Sent:
    """A message with identifiers that is on its way: its content, and which message of the chat it is."""

    door: str
    some: list[Planted]
    content: dict[str, Any]
    message: int
    before: tuple[str | None, int]


class Linked(Phone):
    """A phone that is linked. `talks` are all its talks, and `taken` messages of which something was taken out.

    `turned_away` are those that the house was too busy to look at.
    """

    def __init__(self, board: Switchboard, who: Who, own: list[Canary], area: str) -> None:
        super().__init__(board, who, own)
        self.area = area
        self.talks: list[str] = []
        self.taken: list[int] = []
        self.turned_away: list[int] = []
        self._under_way: Sent | None = None

    @property
    def link(self) -> Link:
        """Their link as it is now."""
        settings, staff = self.board.house.settings, self.board.house.built.house.staff
        link = staff.link_of(keyed(settings.pepper)(self.who.id), clock())
        assert link is not None, f"{self.who.first} is not linked"
        return link

    def batches(self, turn: int, size: int = A_MESSAGE) -> list[list[Planted]]:
        """Return the own identifiers, so many at a time, in the spellings that are due at a turn."""
        return list(in_turn(self.own, turn, size))

    def asked(self) -> str | None:
        """Return which question is open in the talk."""
        return self.board.house.tracker(self.link.talk)["slots"].get("requested_slot")

    def says(self, door: str, some: list[Planted], first: str = "hungry again", **more: Any) -> None:
        """Send identifiers as a text, with `more` of a message around it. What came of it is told by `note`."""
        text = text_of(some, first)[0]
        assert len(text) <= 4000, len(text)
        before, content = self._last(), {"text": text, **more}
        self._under_way = Sent(door, some, content, self.person.sends("text", **content), before)

    def note(self) -> bool:
        """Note what became of what was said, after it was handled; say it again if the house was too busy to take it.

        Return whether there is nothing more to be waited for.
        """
        sent = self._under_way
        if sent is None:
            return True
        talk, number = self._last()
        if talk is None or (talk, number) == sent.before:
            self.turned_away.append(sent.message)
            sent.message = self.person.sends("text", **sent.content)
            return False
        self._under_way = None
        if talk not in self.talks:
            self.talks.append(talk)
            self.board.walk.consultations[self.area].append(talk)
        record = next(m.utterance.text for m in self._messages(talk) if m.number == number)
        self.board.walk.note(sent.some, sent.door, record, talk)
        if "[" in record:
            self.taken.append(sent.message)
        for one in sent.some:
            for needle in one.needles:
                if talk in self.board.walk.shown.get(needle, ()):
                    self.board.walk.shown[needle].add(self.link.id)  # their chat, and what is on its way to it
        return True

    def _last(self) -> tuple[str | None, int]:
        talk = self.link.talk
        theirs = [m.number for m in self._messages(talk) if m.utterance.speaker == "dsl"] if talk else []
        return talk, max(theirs, default=0)

    def _messages(self, talk: str) -> Any:
        return self.board.house.built.records.messages(talk)
