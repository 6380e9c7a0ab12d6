"""The door for tests: a Bot API of their own, with people, rooms, a clock and faults.

    with BotApi() as api:
        bot = telegram.Bot(api.token, base_url=api.url, base_file_url=api.file_url)
        colleague = api.person(7001)
        colleague.starts("CODE")
        ...
        assert colleague.heard[-1].labels == ["Yes", "No"]
        colleague.presses("Yes")
"""

import asyncio
import time
from collections.abc import Callable
from copy import deepcopy
from types import TracebackType
from typing import Any, Self

from bot_api.chats import Chat
from bot_api.every_update import PERSON, in_chat_of
from bot_api.people import Person, Room
from bot_api.seen import CannotBeDone
from bot_api.serving import Serving
from bot_api.updates import Update, kind_of
from bot_api.world import BOT_ID, Call, Hook, World

TOKEN = f"{BOT_ID}:AAtests-own-token_0123456789abcdefghi"
# Updates whose message is new, and is put into its chat.
_NEW = frozenset({"message", "channel_post", "business_message", "guest_message"})


class BotApi:
    """A Bot API server on loopback. `url` and `file_url` go to the library, which adds the token."""

    def __init__(self, token: str = TOKEN) -> None:
        self.world = World(token)
        self.token = token
        self.faults = self.world.faults
        self.clock = self.world.clock
        self._serving = Serving(self.world)

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._serving.stop()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._serving.port}"

    @property
    def url(self) -> str:
        """What stands before the token."""
        return f"{self.root}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.root}/file/bot"

    # people and rooms

    def person(self, id: int = PERSON, first_name: str = "Somebody", has_started: bool = True) -> Person:
        """Return somebody with a phone. Who has not started is one to whom a bot cannot write first."""
        user = {"id": id, "is_bot": False, "first_name": first_name, "language_code": "en"}
        shown = {"id": id, "first_name": first_name, "type": "private"}
        with self.world.lock:
            chat = self.world.chats.setdefault(id, Chat(id, shown, has_started=has_started))
        return Person(self.world, chat, user)

    def room(self, id: int, kind: str = "supergroup", title: str = "A room", bot: str = "left") -> Room:
        """Return a group, supergroup or channel in which the bot is not yet, unless told otherwise."""
        shown = {"id": id, "title": title, "type": kind}
        with self.world.lock:
            chat = self.world.chats.setdefault(id, Chat(id, shown, bot=bot))
        return Room(self.world, chat)

    def happens(self, update: Update, by: int | None = None) -> int | None:
        """Let any update happen, such as one of `every_update`; `by` puts somebody else in the example's place.

        Its chat is known from then on, and a new message gets a number of its own and stands in its chat. Returns the
        update's number, or None if the bot has not asked for its kind.
        """
        update = in_chat_of(update, by) if by is not None else deepcopy(update)
        kind = kind_of(update)
        part = update[kind]
        shown = part.get("chat") or (part.get("message") or {}).get("chat")
        with self.world.lock:
            if shown:
                self.world.chats.setdefault(shown["id"], Chat(shown["id"], shown))
            if kind in _NEW:
                chat = self.world.chats[shown["id"]]
                part["message_id"], part["date"] = self.world.next_message_id(chat), int(self.clock.now)
                chat.messages[part["message_id"]] = deepcopy(part)
            return self.world.updates.add(update)

    # what was asked of the server, and what waits

    @property
    def calls(self) -> list[Call]:
        """Every request so far, in order."""
        with self.world.lock:
            return list(self.world.calls)

    def called(self, method: str) -> list[Call]:
        """Return the requests for one method, in order."""
        return [call for call in self.calls if call.method == method]

    @property
    def pending(self) -> list[Update]:
        """The updates that the bot has not confirmed."""
        with self.world.lock:
            return [waiting.update for waiting in self.world.updates]

    @property
    def webhook(self) -> Hook | None:
        with self.world.lock:
            return self.world.hook

    def drops(self, update_id: int) -> None:
        """Forget an update that the bot does not take."""
        with self.world.lock:
            self.world.updates.forget(update_id)

    # being away, and time

    @property
    def is_up(self) -> bool:
        return self._serving.is_up

    def goes_down(self) -> None:
        """Refuse connections, and end those that there are. People can still write: it waits."""
        self._serving.stop()

    def comes_back(self) -> None:
        """Listen at the same port again."""
        self._serving.start()

    def passes(self, **much: float) -> None:
        """Put the server's clock forward: `api.passes(hours=49)`. The bot's own clock is another."""
        self.clock.passes(**much)

    def until(self, it_is_so: Callable[[], object], within: float = 5.0) -> None:
        """Wait, for a bot in another thread, until something is so."""
        end = time.monotonic() + within
        while not it_is_so():
            if time.monotonic() > end:
                raise CannotBeDone(f"it was not so within {within} s; {self._lately()}")
            time.sleep(0.005)

    async def soon(self, it_is_so: Callable[[], object], within: float = 5.0) -> None:
        """Wait, for a bot on this loop, until something is so."""
        end = time.monotonic() + within
        while not it_is_so():
            if time.monotonic() > end:
                raise CannotBeDone(f"it was not so within {within} s; {self._lately()}")
            await asyncio.sleep(0.005)

    def _lately(self) -> str:
        said: list[Any] = [(call.method, call.status) for call in self.calls[-8:]]
        return f"the latest requests: {said}; waiting: {[kind_of(update) for update in self.pending]}"


