"""One example of each kind of update that the Bot API knows, as plain dictionaries by name.

`EVERY_UPDATE` names messages by their content (`message_voice`) and the others by their type, with what is special
about them behind it (`callback_query_inline`). `PERSON` is who does it all; `in_chat_of` puts somebody else there.
"""

from copy import deepcopy
from typing import Any

from bot_api.every_message import (
    A_BOT,
    A_CHANNEL,
    CANARIES,
    CONTENT,
    GONE,
    NAME,
    OTHER,
    PAID,
    PERSON,
    PLACE,
    POLL,
    PRIVATE,
    SUPERGROUP,
    WHEN,
    user,
)
from bot_api.world import OURSELVES

Update = dict[str, Any]

# What can only happen in a group or a channel.
_IN_A_GROUP = frozenset("""
    new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo supergroup_chat_created
    migrate_from_chat_id boost_added sender_boost_count proximity_alert_triggered chat_owner_changed chat_owner_left
    paid_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened
    general_forum_topic_hidden general_forum_topic_unhidden video_chat_scheduled video_chat_started video_chat_ended
    video_chat_participants_invited
""".split())
_IN_AN_OLD_GROUP = frozenset({"group_chat_created", "migrate_to_chat_id"})
_IN_A_CHANNEL = frozenset("""
    channel_chat_created giveaway giveaway_created giveaway_completed giveaway_winners direct_message_price_changed
    suggested_post_info suggested_post_approved suggested_post_approval_failed suggested_post_declined
    suggested_post_paid suggested_post_refunded
""".split())
OLD_GROUP = {"id": -91, "title": "Old staff room", "type": "group"}


def _message(content: dict[str, Any], chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    by = {"sender_chat": chat} if chat["type"] == "channel" else {"from": user()}
    return {"message_id": 11, "date": WHEN, "chat": chat} | by | more | content


def _as_it_comes(name: str) -> Update:
    if name in _IN_A_CHANNEL:
        return {"channel_post": _message(CONTENT[name], A_CHANNEL)}
    if name in _IN_AN_OLD_GROUP:
        return {"message": _message(CONTENT[name], OLD_GROUP)}
    return {"message": _message(CONTENT[name], SUPERGROUP if name in _IN_A_GROUP else PRIVATE)}


def _becomes(who: dict[str, Any], chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    def status(now: str) -> dict[str, Any]:
        return {"user": who, "status": now} | ({"until_date": 0} if now == "kicked" else {})

    told = {"old_chat_member": status(before), "new_chat_member": status(after)}
    return {"chat": chat, "from": user(), "date": WHEN} | told


TEXT = CONTENT["text"]
EDITED = TEXT | {"edit_date": WHEN + 60}
OWN_MESSAGE = {"message_id": 12, "date": WHEN, "chat": PRIVATE, "from": OURSELVES, "text": "Which?"}
PRESSED = {"id": "4400000001", "from": user(), "chat_instance": "77001"}
BOOST_SOURCE = {"source": "premium", "user": user()}
BOOST = {"boost_id": "b1", "add_date": WHEN, "expiration_date": WHEN + 86400, "source": BOOST_SOURCE}
REACTION = {"type": "emoji", "emoji": "👍"}
ADDRESS = {
    "country_code": "GB", "state": "", "city": "Testshire", "street_line1": f"{NAME}, 1 Invented Lane",
    "street_line2": "", "post_code": "ZZ99 9ZZ",
}  # fmt: skip
ORDER = {"name": NAME, "phone_number": "447700900123"}
CONNECTED = {
    "id": "bc1", "user": user(), "user_chat_id": PERSON, "date": WHEN, "is_enabled": True,
    "rights": {"can_reply": True},
}  # fmt: skip
FROM_BUSINESS = {"business_connection_id": "bc1"}

OTHERS: dict[str, Update] = {
    "edited_message": {"edited_message": _message(EDITED)},
    "edited_message_location": {"edited_message": _message(CONTENT["live_location"], edit_date=WHEN + 60)},
    "message_in_group": {"message": _message(TEXT, SUPERGROUP)},
    "message_anonymous": {"message": _message(TEXT, SUPERGROUP, sender_chat=SUPERGROUP)},
    "channel_post": {"channel_post": _message(TEXT, A_CHANNEL)},
    "edited_channel_post": {"edited_channel_post": _message(EDITED, A_CHANNEL)},
    "business_connection": {"business_connection": CONNECTED},
    "business_message": {"business_message": _message(TEXT, **FROM_BUSINESS, sender_business_bot=A_BOT)},
    "edited_business_message": {"edited_business_message": _message(EDITED, **FROM_BUSINESS)},
    "deleted_business_messages": {"deleted_business_messages": FROM_BUSINESS | {"chat": PRIVATE, "message_ids": [11]}},
    "guest_message": {"guest_message": _message(TEXT, SUPERGROUP, guest_query_id="gq1")},
    "message_reaction": {
        "message_reaction": {"chat": SUPERGROUP, "message_id": 11, "date": WHEN, "user": user(), "old_reaction": [],
                             "new_reaction": [REACTION]},
    },
    "message_reaction_count": {
        "message_reaction_count": {"chat": A_CHANNEL, "message_id": 11, "date": WHEN,
                                   "reactions": [{"type": REACTION, "total_count": 3}]},
    },
    "inline_query": {"inline_query": {"id": "iq1", "from": user(), "query": NAME, "offset": "", "location": PLACE}},
    "chosen_inline_result": {
        "chosen_inline_result": {"result_id": "r1", "from": user(), "query": NAME, "inline_message_id": "im1"},
    },
    "callback_query": {"callback_query": PRESSED | {"message": OWN_MESSAGE, "data": "yes"}},
    "callback_query_inaccessible": {"callback_query": PRESSED | {"message": GONE, "data": "yes"}},
    "callback_query_inline": {"callback_query": PRESSED | {"inline_message_id": "im1", "data": "yes"}},
    "callback_query_game": {"callback_query": PRESSED | {"message": OWN_MESSAGE, "game_short_name": "game"}},
    "shipping_query": {
        "shipping_query": {"id": "sq1", "from": user(), "invoice_payload": "invented", "shipping_address": ADDRESS},
    },
    "pre_checkout_query": {
        "pre_checkout_query": {"id": "pq1", "from": user(), "order_info": ORDER,
                               **{name: PAID[name] for name in ("currency", "total_amount", "invoice_payload")}},
    },
    "purchased_paid_media": {"purchased_paid_media": {"from": user(), "paid_media_payload": "invented"}},
    "poll": {"poll": POLL},
    "poll_answer": {
        "poll_answer": {"poll_id": "9001", "user": user(), "option_ids": [1], "option_persistent_ids": ["o2"]},
    },
    "my_chat_member_blocked": {"my_chat_member": _becomes(OURSELVES, PRIVATE, "member", "kicked")},
    "my_chat_member_unblocked": {"my_chat_member": _becomes(OURSELVES, PRIVATE, "kicked", "member")},
    "my_chat_member_added": {"my_chat_member": _becomes(OURSELVES, SUPERGROUP, "left", "member")},
    "my_chat_member_thrown_out": {"my_chat_member": _becomes(OURSELVES, SUPERGROUP, "member", "kicked")},
    "chat_member": {"chat_member": _becomes(user(OTHER), SUPERGROUP, "left", "member")},
    "chat_join_request": {
        "chat_join_request": {"chat": SUPERGROUP, "from": user(), "user_chat_id": PERSON, "date": WHEN, "bio": NAME},
    },
    "chat_boost": {"chat_boost": {"chat": A_CHANNEL, "boost": BOOST}},
    "removed_chat_boost": {
        "removed_chat_boost": {"chat": A_CHANNEL, "boost_id": "b1", "remove_date": WHEN, "source": BOOST_SOURCE},
    },
    "managed_bot": {"managed_bot": {"user": user(), "bot": A_BOT}},
}  # fmt: skip

_BY_NAME = {f"message_{name}": _as_it_comes(name) for name in CONTENT} | OTHERS
EVERY_UPDATE: dict[str, Update] = {
    name: {"update_id": number} | update for number, (name, update) in enumerate(_BY_NAME.items(), 1)
}
TYPES = frozenset(kind for update in EVERY_UPDATE.values() for kind in update.keys() - {"update_id"})


def in_chat_of(update: Update, person: int) -> Update:
    """Return an example as if somebody else had done it, in their private chat if it happened in one."""

    def other(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: other(value) for name, value in part.items()}
        if isinstance(part, list):
            return [other(value) for value in part]
        return person if part == PERSON and not isinstance(part, bool) else part

    return other(deepcopy(update))


__all__ = ["CANARIES", "EVERY_UPDATE", "PERSON", "TYPES", "in_chat_of"]
