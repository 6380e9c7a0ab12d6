"""A scene on Telegram: a server that answers as it is told to, a desk for staff and a house that follow a script."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import text

from bot.consultation import Finding, RawText, RedactedText, Redaction, Stage
from bot.desk.incoming import Received
from bot.desk.people import Person, Role
from bot.desk.ports import Button, Consultation, Message, NotKept, Utterance
from bot.desk.staff.links import CodeRefused, Link, LinkKind
from bot.knowledge import Wording
from bot.settings_of_others import TelegramSettings
from bot.storage import OutboxShelf
from bot.telegram.pace import Speeds
from bot.telegram.room import Room, keyed
from bot.telegram_wiring import put_together
from tests.factories import NOW
from tests.fakes import finds_nothing

TOKEN = "123456:a-token-that-nobody-may-see"
CHAT = 4711
KIM = Person("kim", Role.SCHOOL_STAFF, "Class teacher", "kent", "Elm Road Primary")
NUMBERS = {"area": "Kent", "front_door": "03000 411111", "out_of_hours": "03000 419191", "lado": "03000 410888"}
WORDING = Wording(Path(__file__).parents[3] / "nlu_data" / "responses")
FAST = Speeds(1e6, 1e6, 16)

Answer = tuple[int, dict[str, Any]] | str


def words(name: str, area: str | None = "kent", /, **blanks: Any) -> str:
    """Say a response as the house would."""
    return WORDING.say(name, **{"in_danger": "999", **NUMBERS, **blanks})


class BotServer:
    """Answers as Telegram would, or as `answer` says: a status and a body, "cut" for a lost line, or None as usual."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answer: Callable[[str, dict[str, Any]], Answer | None] = lambda method, given: None
        self.updates: list[dict[str, Any]] = []
        self._ids = count(100)
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                given = {name: _read(values[0]) for name, values in parse_qs(body).items()}
                answer = server.taken(self.path.rsplit("/", 1)[1], given)
                if isinstance(answer, str):
                    self.close_connection = True
                    return
                whole = json.dumps(answer[1]).encode()
                self.send_response(answer[0])
                self.send_header("content-length", str(len(whole)))
                self.end_headers()
                self.wfile.write(whole)

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.handle_error = lambda *_: None  # a line that is cut is no error here
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def taken(self, method: str, given: dict[str, Any]) -> Answer:
        if method == "getUpdates":
            return self._updates(given)
        self.calls.append((method, given))
        if (answer := self.answer(method, given)) is not None:
            return answer
        if method in ("sendMessage", "editMessageText", "editMessageReplyMarkup"):
            chat = {"id": given["chat_id"], "type": "private"}
            return 200, {"ok": True, "result": {"message_id": next(self._ids), "date": 1, "chat": chat}}
        return 200, {"ok": True, "result": True}

    def _updates(self, given: dict[str, Any]) -> Answer:
        if (answer := self.answer("getUpdates", given)) is not None:
            return answer
        waiting = [one for one in self.updates if one.get("update_id", 0) >= given.get("offset", 0)]
        if not waiting:
            time.sleep(0.05)
        return 200, {"ok": True, "result": waiting[:100]}

    def made(self, method: str) -> list[dict[str, Any]]:
        return [given for name, given in self.calls if name == method]

    @property
    def said(self) -> list[str]:
        return [given["text"] for given in self.made("sendMessage")]


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def refused(code: int, why: str = "", **parameters: Any) -> Answer:
    """Return how Telegram says no."""
    return code, {"ok": False, "error_code": code, "description": why, "parameters": parameters}


class FakeStaff:
    """The desk about a school's staff: whoever has the code is Kim, and every link has a key."""

    def __init__(self, keys: Any) -> None:
        self.keys, self.links, self.addresses = keys, {}, {}
        self.codes = {"GOOD-CODE": LinkKind.STAFF, "NOTICE-CODE": LinkKind.NOTICES}
        self.passed_on: list[Any] = []
        self.ended: list[tuple[str, str]] = []

    def link(self, code: str, chat: str, address: int, now: Any) -> Link:
        if code not in self.codes:
            raise CodeRefused
        link = Link(f"link-{address}", chat, KIM, self.codes.pop(code), now, now + timedelta(days=200), None)
        self.keys.make(link.id)
        self.links[chat], self.addresses[link.id] = link, address
        return link

    def link_of(self, chat: str, now: Any) -> Link | None:
        return self.links.get(chat)

    def leave(self, link: Link, why: Any, now: Any) -> None:
        self.ended.append((link.id, why.value))
        self.keys.forget(link.id)
        self.links.pop(link.chat, None)
        self.addresses.pop(link.id, None)

    def address_of(self, link_id: str) -> int | None:
        return self.addresses.get(link_id)

    def begin(self, link: Link, consultation_id: str, now: Any) -> None:
        self.links[link.chat] = replace(self.links[link.chat], talk=consultation_id)

    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: Any) -> Any:
        self.passed_on.append((consultation_id, urgent, words))

    def passed_on_by(self, link: Link, now: Any) -> tuple[Any, ...]:
        return tuple(
            SimpleNamespace(designation="amber heron", at=NOW, seen_at=NOW if seen else None, taken_up=taken)
            for seen, taken in ((False, None), (True, None), (True, "c9"))
        )


class FakeHouse:
    """A house in which `replies` are said to whatever comes; "Jayden" is a name, and "!" cannot be looked at."""

    def __init__(self) -> None:
        self.said: dict[str, list[Message]] = {}
        self.stages: dict[str, Stage] = {}
        self.answered: dict[str, Received] = {}
        self.taken: list[tuple[str, str, str | None]] = []
        self.said_under: set[tuple[str, str]] = set()
        self.replies: tuple[Utterance, ...] = (Utterance("assistant", "and then?"),)
        self.opening: tuple[Utterance, ...] = (Utterance("assistant", "What worries you?"),)
        self.falls: Exception | None = None
        self.opened = 0

    async def open(self, person: Person, area: str | None, now: Any, practice: str = "") -> Consultation:
        self.opened += 1
        talk = f"{self.opened:032x}"[::-1]
        self.said[talk], self.stages[talk] = [], Stage.WITH_ASSISTANT
        self._add(talk, *self.opening)
        return self._consultation(talk)

    async def consultation(self, person: Person, talk: str) -> Consultation:
        if talk not in self.said:
            raise NotKept("consultation")
        return self._consultation(talk)

    async def conversation(self, person: Person, talk: str, after: int = 0) -> tuple[Message, ...]:
        return tuple(one for one in self.said[talk] if one.number > after)

    async def receive(self, person, talk, client_id, typed, choice, now, not_names=()) -> Received:
        if self.falls:
            raise self.falls
        if client_id in self.answered:
            return self.answered[client_id]
        if typed is not None and "!" in typed.reveal():
            return Received(None, (), (), Stage.WITH_ASSISTANT, "utter_refused_not_safe")
        if choice and not all(self._is_offered(talk, one) for one in choice.split(",")):
            return Received(None, (), (), Stage.WITH_ASSISTANT, "utter_refused_choice")
        record, removed = redact(typed.reveal()) if typed is not None else (choice or "", ())
        self.taken.append((talk, record, choice))
        self.said_under.add((talk, client_id))
        message = self._add(talk, Utterance("dsl", record))[0]
        replies = tuple(self._add(talk, *self.replies))
        self.answered[client_id] = Received(message, replies, removed, self.stages[talk])
        return self.answered[client_id]

    async def has_said(self, person: Person, talk: str, client_id: str) -> bool:
        return (talk, client_id) in self.said_under

    def emergency(self, area: str | None) -> dict[str, Any]:
        return {"in_danger": "999", "front_door": None, "out_of_hours": None}

    def _is_offered(self, talk: str, choice: str) -> bool:
        number, _, place = choice.partition(".")
        offered = [one.utterance for one in self.said[talk] if str(one.number) == number]
        return bool(offered) and (place.startswith("r") or int(place) < len(offered[0].buttons))

    def _add(self, talk: str, *utterances: Utterance) -> list[Message]:
        number = len(self.said[talk])
        added = [Message(number + place, NOW, one) for place, one in enumerate(utterances, start=1)]
        self.said[talk] += added
        return added

    def _consultation(self, talk: str) -> Consultation:
        stage = self.stages[talk]
        return Consultation(talk, "REF", "amber heron", KIM.id, KIM.school, KIM.area, KIM.area, stage, NOW)


def redact(typed: str) -> tuple[str, tuple[Finding, ...]]:
    """Take out the one name that there is."""
    if "Jayden" not in typed:
        return typed, ()
    at = typed.index("Jayden")
    return typed.replace("Jayden", "[child]"), (Finding(at, at + 6, "NAME", "[child]"),)


async def look(typed: RawText) -> Redaction:
    """Look at a text as the anonymiser would."""
    record, found = redact(typed.reveal())
    return Redaction(RedactedText(record), found, RedactedText(record))


class Scene:
    """All of it together; everything is called without `await`."""

    def __init__(self, engine: Any, keys: Any, pepper: str) -> None:
        self.server, self.house, self.staff = BotServer(), FakeHouse(), FakeStaff(keys)
        self.outbox = OutboxShelf(engine, pepper=pepper, keys=keys, scan=finds_nothing, new_id=lambda: "new")
        self.engine, self.now, self.key_of = engine, NOW, keyed(pepper)
        self.runner = asyncio.Runner()
        self._updates = count(1000)
        self.telegram: Any = None
        self.start()

    def start(self, api: str = "") -> None:
        """Start the service, anew after a fall, with its own server or another."""
        if self.telegram:
            self.run(self.telegram.line.close())
        self.room = Room(self.house, self.staff, self.outbox, words, look, self.key_of, lambda: self.now)
        said = TelegramSettings(TOKEN, "noname_bot", False, api or self.server.url, 24)
        self.telegram = put_together(self.room, said, None, FAST)

    def run(self, doing: Any) -> Any:
        return self.runner.run(doing)

    def close(self) -> None:
        self.run(self.telegram.line.close())
        self.runner.close()
        self.server.close()

    def link(self, code: str = "GOOD-CODE") -> Link:
        """Link the chat, and forget what was said about it."""
        self.types(f"/start {code}")
        self.deliver()
        self.server.calls.clear()
        return self.staff.links[self.key_of(CHAT)]

    @property
    def linked(self) -> Link | None:
        return self.staff.links.get(self.key_of(CHAT))

    def types(self, typed: str, **given: Any) -> dict[str, Any]:
        """Let the chat's person type something."""
        return self.handles(message=self.message(text=typed, **given))

    def presses(self, data: str, message_id: int = 100) -> dict[str, Any]:
        """Let them press a button."""
        message = self.message(message_id=message_id)
        return self.handles(callback_query={"id": "q1", "from": {"id": CHAT}, "data": data, "message": message})

    def message(self, **given: Any) -> dict[str, Any]:
        """Return a message of theirs."""
        return {"message_id": 5, "date": 1, "chat": {"id": CHAT, "type": "private"}} | given

    def handles(self, **update: Any) -> dict[str, Any]:
        """Let an update be handled, with what is done in passing."""
        whole = {"update_id": next(self._updates)} | update
        self.again(whole)
        return whole

    def again(self, update: Any) -> None:
        """Let the same update come again."""

        async def handle() -> None:
            await self.telegram.updates.handle(update)
            await self.telegram.updates.asides.finished()

        self.run(handle())

    def deliver(self, seconds: float = 5.0, until: Callable[[], bool] | None = None) -> None:
        """Deliver what is due, or until something is so."""

        async def deliver() -> None:
            sending = asyncio.ensure_future(self.telegram.sender.run())
            for _ in range(int(seconds / 0.01)):
                await asyncio.sleep(0.01)
                if until() if until else not self._is_due():
                    break
            sending.cancel()
            await asyncio.wait([sending])

        self.run(deliver())

    def _is_due(self) -> bool:
        waits = "state = 'sending' OR state = 'waiting' AND not_before <= :now"
        due = text(f"SELECT count(*) FROM telegram_outbox WHERE {waits}")
        with self.engine.connect() as connection:
            return bool(connection.scalar(due, {"now": self.now.strftime("%Y-%m-%d %H:%M:%S.%f")}))

    def states(self) -> dict[str, str]:
        """Return the state of everything in the outbox by its key."""
        with self.engine.connect() as connection:
            return dict(connection.execute(text("SELECT once, state FROM telegram_outbox ORDER BY id")).all())


def buttons(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the buttons of a message as it was sent: titles and what they send."""
    rows = given.get("reply_markup", {}).get("inline_keyboard", [])
    return [(one["text"], one["callback_data"]) for row in rows for one in row]


def asks(*titles: str, ticks: bool = False) -> Utterance:
    """Return a question with buttons."""
    given = tuple(Button(title, f'/answer{{"signs":"{title.lower().replace(" ", "_")}"}}') for title in titles)
    return Utterance("assistant", "Which of these?", given, {"kind": "ticks"} if ticks else None)
