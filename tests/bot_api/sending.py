"""The methods with which a bot writes and changes what it has written."""

from typing import Any

from bot_api.chats import Chat, Message, as_answered
from bot_api.fields import Fields, json_field
from bot_api.keyboards import keyboard_of
from bot_api.refusals import bad_request
from bot_api.texts import check_length, text_of
from bot_api.world import World

ACTIONS = frozenset("""
    typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location
    record_video_note upload_video_note
""".split())

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def send_message(world: World, fields: Fields) -> Message:
    """Write a text into a chat, with buttons, entities and protection as asked."""
    text, entities = text_of(fields)
    chat = world.chat_to_write_in(fields.get("chat_id"))
    answered = _answered(chat, fields)
    check_length(text)
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    if fields.get("protect_content"):
        content["has_protected_content"] = True
    sender = None if chat.kind == "channel" else world.bot
    return world.post(chat, sender, answered | content | keyboard_of(fields))


def _answered(chat: Chat, fields: Fields) -> dict[str, Any]:
    """Return the message to which this one is a reply, if it is one."""
    said = json_field(fields, "reply_parameters", {})
    number = said.get("message_id")
    if number is None:
        return {}
    if number in chat.messages:
        return {"reply_to_message": as_answered(chat.messages[number])}
    if said.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def edit_message_text(world: World, fields: Fields) -> Message:
    """Put another text, and other buttons or none, in the place of the bot's own."""
    text, entities = text_of(fields)
    message = _own(world, fields)
    check_length(text)
    return _edited(world, message, {"text": text} | ({"entities": entities} if entities else {}) | keyboard_of(fields))


def edit_message_reply_markup(world: World, fields: Fields) -> Message:
    """Put other buttons, or none, under the bot's own message."""
    message = _own(world, fields)
    kept = {name: message[name] for name in ("text", "entities") if name in message}
    return _edited(world, message, kept | keyboard_of(fields))


def _own(world: World, fields: Fields) -> Message:
    chat = world.chat_to_write_in(fields.get("chat_id"))
    if "message_id" not in fields:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(fields["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    sender = message.get("from", {}).get("id", chat.id)  # in a channel all posts are the channel's
    if sender != world.me["id"] and (chat.is_private or sender != chat.id):
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Message, content: dict[str, Any]) -> Message:
    shown = ("text", "entities", "reply_markup")
    if {name: message[name] for name in shown if name in message} == content:
        raise bad_request(_NOT_MODIFIED)
    for name in shown:
        message.pop(name, None)
    message.update(content, edit_date=int(world.clock.now))
    return message


def send_chat_action(world: World, fields: Fields) -> bool:
    """Show for a moment that the bot is doing something."""
    if fields.get("action", "").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.chat_to_write_in(fields.get("chat_id"))
    return True
