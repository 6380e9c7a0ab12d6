"""People with Telegram on their phones, and the rooms in which they and the bot may be."""

from copy import deepcopy
from itertools import count
from typing import Any

from bot_api.chats import Chat, Message, as_answered
from bot_api.every_message import CONTENT
from bot_api.seen import Button, CannotBeDone, Seen, seen_in
from bot_api.texts import found_in
from bot_api.world import Query, World

_QUERY_IDS = count(4_400_000_001)


def text_message(text: str) -> dict[str, Any]:
    """Return a typed text as content of a message, with the entities that Telegram finds."""
    found = found_in(text)
    return {"text": text} | ({"entities": found} if found else {})


def member(user: dict[str, Any], status: str, may_delete: bool = False) -> dict[str, Any]:
    """Return what somebody is in a chat, as the Bot API shows it."""
    said: dict[str, Any] = {"user": user, "status": status}
    if status == "kicked":
        said["until_date"] = 0
    if status == "administrator":
        names = "can_be_edited is_anonymous can_manage_chat can_manage_video_chats can_restrict_members"
        more = "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories"
        said |= dict.fromkeys(f"{names} {more} can_delete_stories".split(), False)
        said["can_delete_messages"] = may_delete
    return said


class Room:
    """A group, supergroup or channel. `sees` is what stands in it now."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world, self.chat, self.id = world, chat, chat.id

    @property
    def sees(self) -> tuple[Seen, ...]:
        with self._world.lock:
            return seen_in(self.chat, self._world.me["id"])

    def posts(self, text: str) -> int:
        """Let the channel publish a text; returns the message's number."""
        with self._world.lock:
            message = self._world.post(self.chat, None, text_message(text))
            self._world.updates.add({"channel_post": message})
            return message["message_id"]

    def adds_the_bot(self, by: "Person", status: str = "member", may_delete: bool = False) -> None:
        """Let somebody bring the bot in, as member or administrator."""
        with self._world.lock:
            self.chat.bot_may_delete = may_delete
            self._becomes(by, status, may_delete)
            if self.chat.kind != "channel":
                message = self._world.post(self.chat, by.user, {"new_chat_members": [self._world.bot]})
                self._world.updates.add({"message": message})

    def removes_the_bot(self, by: "Person") -> None:
        """Let somebody throw the bot out."""
        with self._world.lock:
            self._becomes(by, "kicked")

    def becomes_supergroup(self, new_id: int) -> "Room":
        """Let the group move to a new id, as groups do when they grow; returns the new room."""
        with self._world.lock:
            shown = self.chat.shown | {"id": new_id, "type": "supergroup"}
            new = self._world.chats[new_id] = Chat(new_id, shown, bot=self.chat.bot)
            self.chat.moved_to = new_id
            moves = (self.chat, {"migrate_to_chat_id": new_id}), (new, {"migrate_from_chat_id": self.id})
            for chat, content in moves:
                self._world.updates.add({"message": self._world.post(chat, None, content)})
            return Room(self._world, new)

    def _becomes(self, by: "Person", status: str, may_delete: bool = False) -> None:
        before, self.chat.bot = self.chat.bot, status
        bot = self._world.bot
        change = {
            "chat": self.chat.shown, "from": by.user, "date": int(self._world.clock.now),
            "old_chat_member": member(bot, before), "new_chat_member": member(bot, status, may_delete),
        }  # fmt: skip
        self._world.updates.add({"my_chat_member": change})


class Person:
    """Somebody with a phone, in a private chat with the bot unless told `to` which room."""

    def __init__(self, world: World, chat: Chat, user: dict[str, Any]) -> None:
        self._world, self.chat, self.user, self.id = world, chat, user, user["id"]

    @property
    def sees(self) -> tuple[Seen, ...]:
        """What stands in the private chat now, from both sides."""
        with self._world.lock:
            return seen_in(self.chat, self._world.me["id"])

    @property
    def heard(self) -> tuple[Seen, ...]:
        """What the bot has said in it."""
        return tuple(seen for seen in self.sees if seen.is_from_bot)

    @property
    def toasts(self) -> list[str]:
        """What was shown for a moment when buttons were pressed."""
        with self._world.lock:
            mine = [query for query in self._world.queries.values() if query.person_id == self.id]
            return [query.answer.get("text", "") for query in mine if query.answer is not None]

    def types(self, text: str, to: Room | None = None, reply_to: int | None = None) -> int:
        """Write a text; returns the message's number."""
        return self._sends(text_message(text), to, reply_to)

    def starts(self, code: str = "") -> int:
        """Follow the bot's link, or press Start."""
        with self._world.lock:
            self.chat.has_started = True
        return self.types(f"/start {code}".strip())

    def sends(self, content: str, to: Room | None = None, **more: Any) -> int:
        """Send anything of `every_message.CONTENT`: photo, voice, location, contact, poll ..."""
        return self._sends(deepcopy(CONTENT[content]) | more, to)

    def sends_photo(self, caption: str = "", to: Room | None = None) -> int:
        return self.sends("photo", to, caption=caption)

    def sends_voice(self, to: Room | None = None) -> int:
        return self.sends("voice", to)

    def sends_document(self, caption: str = "", to: Room | None = None) -> int:
        return self.sends("document", to, caption=caption)

    def sends_location(self, to: Room | None = None) -> int:
        return self.sends("location", to)

    def sends_contact(self, to: Room | None = None) -> int:
        return self.sends("contact", to)

    def edits(self, message_id: int, text: str, to: Room | None = None) -> None:
        """Change the words of an own message."""
        with self._world.lock:
            message = self._own(message_id, to)
            message.pop("entities", None)
            message.update(text_message(text), edit_date=int(self._world.clock.now))
            self._world.updates.add({"edited_message": message})

    def deletes(self, message_id: int, to: Room | None = None) -> None:
        """Take back an own message. The bot is not told."""
        with self._world.lock:
            del self._chat(to).messages[self._own(message_id, to)["message_id"]]

    def presses(self, button: Button | str, to: Room | None = None) -> str:
        """Press a button, or the newest with these words; returns the query's id. Its message may have gone since."""
        with self._world.lock:
            button = self._newest(button, to) if isinstance(button, str) else button
            if button.data is None:
                raise CannotBeDone(f"the button {button.text!r} opens an address and tells the bot nothing")
            chat = self._world.chats[button.chat_id]
            gone = {"chat": chat.shown, "message_id": button.message_id, "date": 0}
            query = Query(str(next(_QUERY_IDS)), self.id, self._world.clock.now)
            self._world.queries[query.id] = query
            message = chat.messages.get(button.message_id, gone)
            said = {"id": query.id, "from": self.user, "chat_instance": str(chat.id), "data": button.data}
            self._world.updates.add({"callback_query": said | {"message": message}})
            return query.id

    def blocks(self) -> None:
        """Block the bot. It is told, and can write no more."""
        with self._world.lock:
            self.chat.has_blocked = True
            self._tell("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        with self._world.lock:
            self.chat.has_blocked = False
            self._tell("kicked", "member")

    def deletes_account(self) -> None:
        """Leave Telegram. Nobody is told."""
        with self._world.lock:
            self.chat.has_gone = True

    def _tell(self, before: str, after: str) -> None:
        bot = self._world.bot
        change = {"old_chat_member": member(bot, before), "new_chat_member": member(bot, after)}
        head = {"chat": self.chat.shown, "from": self.user, "date": int(self._world.clock.now)}
        self._world.updates.add({"my_chat_member": head | change})

    def _chat(self, to: Room | None) -> Chat:
        return to.chat if to else self.chat

    def _own(self, message_id: int, to: Room | None) -> Message:
        message = self._chat(to).messages.get(message_id)
        if message is None or message.get("from", {}).get("id") != self.id:
            raise CannotBeDone(f"{message_id} is no message of theirs there")
        return message

    def _newest(self, words: str, to: Room | None) -> Button:
        shown = [
            button
            for seen in reversed(seen_in(self._chat(to), self._world.me["id"]))
            for row in seen.buttons
            for button in row
        ]
        found = next((button for button in shown if button.text == words), None)
        if found is None:
            raise CannotBeDone(f"no button {words!r} is there; there are {[button.text for button in shown]}")
        return found

    def _sends(self, content: Message, to: Room | None = None, reply_to: int | None = None) -> int:
        with self._world.lock:
            chat = self._chat(to)
            if self.chat.has_gone or (chat is self.chat and chat.has_blocked):
                raise CannotBeDone("who has left or has blocked the bot cannot write to it")
            if reply_to is not None:
                content = {"reply_to_message": as_answered(chat.messages[reply_to])} | content
            message = self._world.post(chat, self.user, content)
            self._world.updates.add({"message": message})
            return message["message_id"]
