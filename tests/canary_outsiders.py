"""What people whom nobody linked do on Telegram, in groups, and in ways for which no house has asked."""

from collections.abc import Sequence

from bot_api.people import Room
from canary_chats import A_CAPTION, around, poll_of, press_anything, send_things, start_with_anything
from canary_doors import lines_of
from canary_phones import STRANGERS, Phone, Switchboard


def write_as_strangers(board: Switchboard) -> list[Phone]:
    """Let people whom nobody linked do all of it."""
    strangers = [Phone(board, who, board.walk.canaries[n :: len(STRANGERS)]) for n, who in enumerate(STRANGERS)]
    start_with_anything(board, strangers)
    for stranger in strangers:
        for line in lines_of(stranger.own, 0, 3900):
            message = stranger.person.types(f"hungry again. {line}")
            stranger.person.edits(message, f"still hungry. {line}")
            stranger.person.types(f"/worry {line}")
            stranger.person.sends("text", text="forwarded", **around(line)[0])
    send_things(board, strangers)
    press_anything(board, strangers)
    return strangers


def meet_in_groups(board: Switchboard, phones: Sequence[Phone]) -> list[Room]:
    """Bring the bot into groups named after children, where people write and others join; return the groups."""
    rooms = []
    for number, phone in enumerate(phones):
        room = board.api.room(-1_009_200_000_000 - number, ("group", "supergroup")[number % 2], "A room")
        rooms.append(room)
        for line in lines_of(board.walk.canaries[number :: len(phones)], 1, A_CAPTION):
            named = {"id": 7_007_008_417, "is_bot": False, "first_name": line, "last_name": line}
            room.chat.shown |= {"title": line[:128]}
            room.adds_the_bot(phone.person)
            phone.person.types(f"/worry {line}", to=room)
            phone.person.types(line, to=room)
            phone.person.sends("new_chat_members", to=room, new_chat_members=[named])
            phone.person.sends("left_chat_member", to=room, left_chat_member=named)
            phone.person.sends("new_chat_title", to=room, new_chat_title=line)
    board.settle()
    return rooms


def happen_elsewhere(board: Switchboard, by: Phone) -> None:
    """Send what no house asked for: inline queries, polls and votes, joins, posts and the like."""
    user = by.person.user
    room = {"id": -1_009_100_000_417, "type": "supergroup"}
    board.api.world.updates.wants = lambda kind: True  # as if Telegram sent it all the same
    for line in lines_of(board.walk.canaries, 0, A_CAPTION):
        named = {"id": 7_007_007_417, "is_bot": False, "first_name": line, "last_name": line, "username": line[:30]}
        joined = {"chat": room | {"title": line}, "from": named, "date": 1, "user_chat_id": 7_007_007_417, "bio": line}
        member = {"old_chat_member": {"user": named, "status": "left"}, "new_chat_member": {"user": named}}
        for update in (
            {"inline_query": {"id": line[:20], "from": user, "query": line, "offset": line}},
            {"chosen_inline_result": {"result_id": line, "from": user, "query": line}},
            {"poll": poll_of(line)}, {"poll_answer": {"poll_id": line, "user": named, "option_ids": [1]}},
            {"chat_join_request": joined}, {"chat_member": joined | member},
            {"message_reaction": joined | {"user": named, "message_id": 1, "new_reaction": [{"emoji": line}]}},
            {"channel_post": {"message_id": 1, "date": 1, "chat": room | {"type": "channel"}, "text": line}},
            {"business_message": {"message_id": 1, "date": 1, "chat": room, "from": named, "text": line}},
            {"something_new": {"text": line, "chat": room, "from": user}}, {line: {"text": line}},
        ):  # fmt: skip
            board.api.happens(update)
    board.settle()
