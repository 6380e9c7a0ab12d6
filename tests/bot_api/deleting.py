"""The methods with which a bot deletes, and what it may not delete."""

from bot_api.chats import Chat, Message
from bot_api.fields import Fields, json_field
from bot_api.refusals import Refused, bad_request
from bot_api.world import World

DELETED_WITHIN = 48 * 3600  # seconds
DICE_KEPT = 24 * 3600  # seconds, in a private chat: nobody is to throw again
MOST_AT_ONCE = 100


def refusal_to_delete(world: World, chat: Chat, message: Message) -> Refused | None:
    """Return why the bot may not delete a message, if it may not."""
    age = world.clock.now - message["date"]
    own = message.get("from", {}).get("id") == world.me["id"]
    if not chat.is_private and not (own or (chat.bot == "administrator" and chat.bot_may_delete)):
        return bad_request("message can't be deleted")
    too_fresh = chat.is_private and "dice" in message and age < DICE_KEPT
    if age > DELETED_WITHIN or too_fresh or "supergroup_chat_created" in message:
        return bad_request("message can't be deleted for everyone")
    return None


def delete_message(world: World, fields: Fields) -> bool:
    """Take one message out of a chat, for everybody in it."""
    chat = world.chat(fields.get("chat_id"))
    if "message_id" not in fields:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(fields["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if refusal := refusal_to_delete(world, chat, message):
        raise refusal
    del chat.messages[message["message_id"]]
    return True


def delete_messages(world: World, fields: Fields) -> bool:
    """Take up to a hundred messages out of a chat, or none; those that are not there are passed over."""
    chat = world.chat(fields.get("chat_id"))
    numbers = json_field(fields, "message_ids", [])
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    for message in found:
        if refusal := refusal_to_delete(world, chat, message):
            raise refusal
    for message in found:
        chat.messages.pop(message["message_id"], None)
    return True
