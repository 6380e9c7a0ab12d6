"""The methods that are about the bot itself, and about buttons that were pressed, files and leaving."""

import re
from typing import Any

from bot_api.fields import Fields, json_field
from bot_api.refusals import bad_request, forbidden, too_many
from bot_api.world import World

QUERY_LIVES = 30  # seconds; Telegram does not say how long
LONGEST_TOAST = 200
FIRST_CLOSE = 600  # seconds after the start
LONGEST_TEXTS = {"description": 512, "short_description": 120}

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")


def get_me(world: World, fields: Fields) -> dict[str, Any]:
    """Say who the bot is."""
    return world.me


def answer_callback_query(world: World, fields: Fields) -> bool:
    """Answer a button that was pressed, once and soon."""
    query = world.queries.get(fields.get("callback_query_id", ""))
    if query is None or query.answer is not None or query.at + QUERY_LIVES < world.clock.now:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(fields.get("text", "")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = fields
    return True


def _place(fields: Fields) -> tuple[str, str]:
    scope = json_field(fields, "scope", {})
    about = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
    return ":".join(about) or "default", fields.get("language_code", "")


def set_my_commands(world: World, fields: Fields) -> bool:
    """Keep the commands that people are shown."""
    commands = json_field(fields, "commands", [])
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bare = [command | {"command": command["command"].lstrip("/")} for command in commands]
    world.profile.commands[_place(fields)] = bare
    return True


def get_my_commands(world: World, fields: Fields) -> list[dict[str, str]]:
    """Return the commands of exactly this scope and language."""
    return world.profile.commands.get(_place(fields), [])


def delete_my_commands(world: World, fields: Fields) -> bool:
    """Forget the commands of a scope and language."""
    world.profile.commands.pop(_place(fields), None)
    return True


def text_setter(name: str):
    """Return the method that keeps what the bot says of itself under a name."""

    def set_it(world: World, fields: Fields) -> bool:
        if len(fields.get(name, "")) > LONGEST_TEXTS[name]:
            raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
        world.profile.texts[name, fields.get("language_code", "")] = fields.get(name, "")
        return True

    return set_it


def text_getter(name: str):
    """Return the method that says what is kept under a name, in English if not in the language asked for."""

    def get_it(world: World, fields: Fields) -> dict[str, str]:
        texts = world.profile.texts
        return {name: texts.get((name, fields.get("language_code", "")), texts.get((name, ""), ""))}

    return get_it


def get_file(world: World, fields: Fields) -> dict[str, Any]:
    """Say where a file could be fetched. Nobody here should ask."""
    if not fields.get("file_id"):
        raise bad_request("file_id not specified")
    name = fields["file_id"]
    return {"file_id": name, "file_unique_id": f"unique-{name}", "file_size": 3, "file_path": f"files/{name}"}


def leave_chat(world: World, fields: Fields) -> bool:
    """Leave a room. A private chat cannot be left."""
    chat = world.chat(fields.get("chat_id"))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot in {"left", "kicked"}:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    chat.bot = "left"
    return True


def log_out(world: World, fields: Fields) -> bool:
    """Leave Telegram's own Bot API server."""
    world.profile.has_logged_out = True
    return True


def close(world: World, fields: Fields) -> bool:
    """Close the bot before it is moved; not in the first ten minutes."""
    left = int(world.launched_at + FIRST_CLOSE - world.clock.now)
    if left > 0:
        raise too_many(left)
    return True
