"""The line: the one place that speaks to Telegram, and what its answers mean for us.

Neither the token, nor what was sent, nor what came back is in any of our exceptions or in a log: the library is kept
from logging at all, because it quotes what it cannot read.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.desk.outbox import Body
from bot.telegram.meaning import (
    Gone,
    MayHaveLeft,
    NeverLeft,
    NotAllowed,
    NotNow,
    NotOurs,
    NotSure,
    NotThere,
    Refused,
    meaning,
)

__all__ = ["API", "Gone", "Line", "NotAllowed", "NotNow", "NotOurs", "NotSure", "NotThere"]

API = "https://api.telegram.org"
# What is not asked for here Telegram does not send: no reactions, no votes, nobody who joins.
ASKED_FOR = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")
_UNMODIFIED = "message is not modified"
# By name, because the library below the library is none of ours.
_BEFORE_IT_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"})
# httpx tells of each address it asks, which has the token in it; the others quote what was sent or answered.
_QUIET = ("httpx", "httpcore", "telegram")


class _Request(HTTPXRequest):
    """How a request is made: what comes of it is told in our own words, before the library puts any into its own."""

    async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
        """Return the status and the body of an answer that is one. Raises Refused, NeverLeft and MayHaveLeft."""
        try:
            code, answer = await super().do_request(*args, **named)
        except TelegramError as failed:
            never = type(failed.__cause__).__name__ in _BEFORE_IT_LEFT
            raise NeverLeft if never else MayHaveLeft from None
        if 200 <= code < 300:
            return code, answer
        raise Refused(code, answer)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer; one that cannot be read is not quoted anywhere."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "result" not in answer:
            raise MayHaveLeft from None
        return answer


class _Bot(Bot):
    """The library's bot, with updates as they came: one that the library cannot read must not stop the others."""

    async def as_they_came(self, offset: int, seconds: int) -> Any:
        asked = {"offset": offset, "limit": 100, "timeout": seconds, "allowed_updates": list(ASKED_FOR)}
        return await self._post("getUpdates", asked, read_timeout=seconds + 10)


class Line:
    """A line to Telegram for one bot.

    Every method raises NotNow where nothing came of it and another try may help, NotSure where nobody knows, Gone where
    the chat is closed to us, and NotAllowed where it never will be done. `patience` is in seconds.
    """

    def __init__(self, token: str, api: str = API, *, patience: float = 10.0, at_once: int = 32) -> None:
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.CRITICAL if name == "telegram" else logging.WARNING)
        waits = {"read_timeout": patience, "write_timeout": patience, "connect_timeout": patience}
        requests = [_Request(connection_pool_size=size, pool_timeout=patience, **waits) for size in (at_once, 2)]
        api = api.rstrip("/")
        self._bot = _Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
        self._requests = requests

    async def send(self, chat: int, body: Body) -> int:
        """Send a message that cannot be passed on from the chat, and return its id."""
        asked = self._bot.send_message(
            chat,
            body["text"],
            entities=_bold(body),
            reply_markup=_keyboard(body),
            protect_content=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        sent = await _told(asked)
        return sent.message_id

    async def edit(self, chat: int, body: Body) -> None:
        """Change the text and the buttons of a message of ours, or its buttons alone. Twice does no harm."""
        message, keys = body["message_id"], _keyboard(body)
        if "text" in body:
            asked = self._bot.edit_message_text(body["text"], chat, message, entities=_bold(body), reply_markup=keys)
        else:
            asked = self._bot.edit_message_reply_markup(chat, message, reply_markup=keys)
        try:
            await _told(asked)
        except NotAllowed as refused:
            if _UNMODIFIED not in refused.why:
                raise

    async def delete(self, chat: int, message_id: int) -> None:
        """Delete a message, ours or theirs. Raises NotThere too."""
        await _told(self._bot.delete_message(chat, message_id))

    async def delete_all(self, chat: int, message_ids: Sequence[int]) -> None:
        """Delete up to a hundred messages; those that cannot be are left out."""
        await _told(self._bot.delete_messages(chat, list(message_ids[:100])))

    async def answer(self, query_id: str, text: str = "") -> None:
        """Answer a press, so that the button stops waiting; `text` is shown for a moment."""
        await _told(self._bot.answer_callback_query(query_id, text=text or None))

    async def leave(self, chat: int) -> None:
        """Leave a group or channel."""
        await _told(self._bot.leave_chat(chat))

    async def updates(self, offset: int, seconds: int) -> list[Any]:
        """Return up to 100 updates from an offset on, when there is one or after so many seconds."""
        came = await _told(self._bot.as_they_came(offset, seconds))
        return came if isinstance(came, list) else []

    async def name(self) -> str:
        """Return the name by which people find the bot. Raises NotOurs where the token is not taken."""
        return (await _told(self._bot.get_me())).username or ""

    async def be_called(self, url: str, secret: str) -> None:
        """Have updates sent to an address, with a secret that shows whose they are."""
        await _told(self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(ASKED_FOR)))

    async def be_asked_no_more(self) -> None:
        """Have updates sent nowhere, so that they can be asked for."""
        await _told(self._bot.delete_webhook())

    async def shows(self, commands: Mapping[str, str]) -> None:
        """Have commands offered in private chats, each with what it does."""
        asked = [BotCommand(name, does) for name, does in commands.items()]
        await _told(self._bot.set_my_commands(asked, scope=BotCommandScopeAllPrivateChats()))

    async def says_of_itself(self, text: str) -> None:
        """Have a text shown where people look at who the bot is, in 120 characters at most."""
        await _told(self._bot.set_my_short_description(text))

    async def open(self) -> None:
        """Take the connections up again after they were let go of; else nothing."""
        for request in self._requests:
            await request.initialize()

    async def close(self) -> None:
        """Let go of the connections."""
        await asyncio.gather(*(request.shutdown() for request in self._requests))


async def _told[T](asked: Awaitable[T]) -> T:
    try:
        return await asked
    except Refused as refused:
        raise meaning(refused) from None
    except NeverLeft:
        raise NotNow from None
    except Exception:  # the library could not read what came back, or fell over it: it may have been done
        raise NotSure from None


def _bold(body: Body) -> list[MessageEntity]:
    return [MessageEntity(MessageEntity.BOLD, start, length) for start, length in body.get("bold") or ()]


def _keyboard(body: Body) -> InlineKeyboardMarkup | None:
    rows = body.get("buttons")
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in rows]
    )
