"""All that the server knows, under one lock: the bot, its chats, what waits for it and what it has asked for."""

from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from typing import Any

from bot_api.chats import Chat, Message
from bot_api.clock import Clock
from bot_api.faults import Faults
from bot_api.fields import Fields
from bot_api.refusals import bad_request
from bot_api.updates import Updates

BOT_ID = 5_550_001
OURSELVES = {"id": BOT_ID, "is_bot": True, "first_name": "Noname test", "username": "noname_test_bot"}


@dataclass
class Call:
    """One request: its number in order, the method, its fields, and the answer once there is one (0: cut off)."""

    number: int
    method: str
    fields: Fields
    files: tuple[str, ...] = ()
    status: int = 0
    answer: Any = None


@dataclass
class Query:
    """A button that was pressed; `answer` is what the bot said to it."""

    id: str
    person_id: int
    at: float
    answer: Fields | None = None


@dataclass
class Hook:
    """Where the bot wants its updates posted."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: tuple[int, str] | None = None


@dataclass
class Profile:
    """What the bot has said of itself: commands and texts, by scope and language."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    has_logged_out: bool = False


class World:
    """Every change is made with `lock` held."""

    def __init__(self, token: str) -> None:
        self.lock = RLock()
        self.token = token
        self.clock = Clock()
        self.launched_at = self.clock.now
        self.me = OURSELVES | {
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        }  # fmt: skip
        self.profile = Profile()
        self.chats: dict[int, Chat] = {}
        self.updates = Updates(self.clock)
        self.queries: dict[str, Query] = {}
        self.hook: Hook | None = None
        self.calls: list[Call] = []
        self.faults = Faults()
        self._message_ids = count(101)
        self._call_numbers = count(1)

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as the sender of a message."""
        return dict(OURSELVES)

    def note(self, method: str, fields: Fields, files: tuple[str, ...]) -> Call:
        """Keep a request for tests to look at."""
        with self.lock:
            call = Call(next(self._call_numbers), method, fields, files)
            self.calls.append(call)
            return call

    def chat(self, chat_id: object) -> Chat:
        """Return a chat that the bot knows; raises Refused if there is none."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def chat_to_write_in(self, chat_id: object) -> Chat:
        """Return a chat in which the bot may write; raises Refused if it may not."""
        chat = self.chat(chat_id)
        if refusal := chat.refusal_to_write():
            raise refusal
        return chat

    def next_message_id(self, chat: Chat) -> int:
        if not chat.numbers_its_messages:
            return next(self._message_ids)
        chat.last_id += 1
        return chat.last_id

    def post(self, chat: Chat, sender: dict[str, Any] | None, content: Message) -> Message:
        """Put a message into a chat and return it."""
        head = {"message_id": self.next_message_id(chat), "date": int(self.clock.now), "chat": chat.shown}
        by = {"from": sender} if sender else {"sender_chat": chat.shown}
        message = head | by | content
        chat.messages[message["message_id"]] = message
        return message
