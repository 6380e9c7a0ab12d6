"""One example of each kind of content that a message can have, by the name that the Bot API gives it.

All of it is invented: the names, the number (of those kept for plays and films) and the place.
"""

from typing import Any

# Found in what people send; a test may look for them wherever nothing may be kept.
NAME, PHONE, LATITUDE = "Zebulon Quillfeather", "+447700900123", 51.501364
CANARIES = ("Zebulon", "Quillfeather", "447700900123", "51.501364")

PERSON, OTHER, GROUP, CHANNEL = 7_100_001, 7_100_002, -1_009_100_000_001, -1_009_100_000_002
WHEN = 1_790_000_000

User = dict[str, Any]


def user(number: int = PERSON, name: str = "Zebulon") -> User:
    """Return somebody as the Bot API shows them."""
    return {"id": number, "is_bot": False, "first_name": name, "last_name": "Quillfeather", "language_code": "en"}


A_BOT = {"id": 5_550_002, "is_bot": True, "first_name": "Another bot", "username": "another_test_bot"}
PRIVATE = {"id": PERSON, "first_name": "Zebulon", "last_name": "Quillfeather", "type": "private"}
SUPERGROUP = {"id": GROUP, "title": "Staff room", "type": "supergroup"}
A_CHANNEL = {"id": CHANNEL, "title": "School news", "username": "invented_school_news", "type": "channel"}
GONE = {"chat": SUPERGROUP, "message_id": 3, "date": 0}


def file(name: str, **more: Any) -> dict[str, Any]:
    """Return a file of 4 KB as the Bot API shows one."""
    return {"file_id": f"file-{name}", "file_unique_id": f"unique-{name}", "file_size": 4096} | more


PICTURE = file("picture", width=90, height=67)
FILM = {"width": 320, "height": 240, "duration": 4}
STICKER = file("sticker", width=512, height=512, type="regular", is_animated=False, is_video=False, emoji="👋")
PLACE = {"latitude": LATITUDE, "longitude": -0.14189}
PRICE = {"currency": "XTR", "amount": 5}
PAID = {
    "currency": "GBP", "total_amount": 100, "invoice_payload": "invented", "telegram_payment_charge_id": "t-1",
    "provider_payment_charge_id": "p-1",
}  # fmt: skip
OPTIONS = [
    {"text": "Yes", "voter_count": 0, "persistent_id": "o1"},
    {"text": "No", "voter_count": 1, "persistent_id": "o2"},
]
POLL = {
    "id": "9001", "question": f"Have you seen {NAME}?", "options": OPTIONS, "total_voter_count": 1, "is_closed": False,
    "is_anonymous": False, "type": "regular", "allows_multiple_answers": False, "allows_revoting": True,
    "members_only": False,
}  # fmt: skip
TASK = {"id": 1, "text": f"Ring {NAME}"}
GIFT = {"id": "g1", "sticker": STICKER, "star_count": 15}
COLORS = {"center_color": 1, "edge_color": 2, "symbol_color": 3, "text_color": 4}
UNIQUE_GIFT = {
    "gift_id": "g2", "base_name": "Cup", "name": "cup-1", "number": 1,
    "model": {"name": "Tin", "sticker": STICKER, "rarity_per_mille": 5},
    "symbol": {"name": "Star", "sticker": STICKER, "rarity_per_mille": 5},
    "backdrop": {"name": "Blue", "colors": COLORS, "rarity_per_mille": 5},
}  # fmt: skip
PASSPORT = {
    "data": [{"type": "phone_number", "phone_number": PHONE, "hash": "aGFzaA=="}],
    "credentials": {"data": "ZGF0YQ==", "hash": "aGFzaA==", "secret": "c2VjcmV0"},
}  # fmt: skip
GIVEN = {"chats": [A_CHANNEL], "winners_selection_date": WHEN, "winner_count": 1}
WON = {
    "chat": A_CHANNEL, "giveaway_message_id": 4, "winners_selection_date": WHEN, "winner_count": 1, "winners": [user()],
}  # fmt: skip
HOUSE = {"location": PLACE, "title": f"House of {NAME}", "address": "1 Invented Lane"}
NEAR = {"traveler": user(), "watcher": user(OTHER), "distance": 9}
SHARED_USER = {"user_id": OTHER, "first_name": "Zebulon"}

# What people send.
SENT: dict[str, dict[str, Any]] = {
    "text": {"text": f"{NAME} was hungry again"},
    "photo": {"photo": [PICTURE], "caption": NAME},
    "live_photo": {"live_photo": file("live", photo=[PICTURE], **FILM), "caption": NAME},
    "voice": {"voice": file("voice", duration=3, mime_type="audio/ogg")},
    "video": {"video": file("video", **FILM), "caption": NAME},
    "video_note": {"video_note": file("note", length=240, duration=4)},
    "audio": {"audio": file("audio", duration=5, title=NAME)},
    "document": {"document": file("document", file_name=f"{NAME}.pdf", mime_type="application/pdf"), "caption": NAME},
    "animation": {"animation": file("animation", **FILM), "document": file("animation")},
    "sticker": {"sticker": STICKER},
    "contact": {"contact": {"phone_number": PHONE, "first_name": "Zebulon", "last_name": "Quillfeather"}},
    "location": {"location": PLACE},
    "live_location": {"location": PLACE | {"live_period": 600}},
    "venue": {"venue": HOUSE, "location": PLACE},
    "poll": {"poll": POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "story": {"story": {"chat": A_CHANNEL, "id": 2}},
    "reply_to_story": {"text": NAME, "reply_to_story": {"chat": A_CHANNEL, "id": 2}},
    "game": {"game": {"title": "A game", "description": "Invented", "photo": [PICTURE]}},
    "invoice": {"invoice": {"title": "Trip", "description": "Invented", "start_parameter": "", "currency": "GBP",
                            "total_amount": 100}},
    "checklist": {"checklist": {"title": NAME, "tasks": [TASK]}},
    "giveaway": {"giveaway": GIVEN},
    "giveaway_winners": {"giveaway_winners": WON},
    "paid_media": {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 10, "height": 10}]}},
    "passport_data": {"passport_data": PASSPORT},
    "forwarded": {"text": NAME, "forward_origin": {"type": "hidden_user", "date": WHEN, "sender_user_name": NAME}},
    "quote": {"text": "Who?", "quote": {"text": NAME, "position": 0},
              "external_reply": {"origin": {"type": "user", "date": WHEN, "sender_user": user()}, "photo": [PICTURE]}},
    "via_bot": {"text": NAME, "via_bot": A_BOT},
    "media_group": {"photo": [PICTURE], "media_group_id": "77", "caption": NAME},
    "effect_id": {"text": NAME, "effect_id": "5107584321108051014"},
    "sender_boost_count": {"text": NAME, "sender_boost_count": 2},
    "connected_website": {"connected_website": "school.example"},
    "suggested_post_info": {"text": NAME, "suggested_post_info": {"state": "pending", "price": PRICE}},
}  # fmt: skip

# What Telegram says in a chat when something has happened there.
SERVICE: dict[str, dict[str, Any]] = {
    "new_chat_members": {"new_chat_members": [user(OTHER)]},
    "left_chat_member": {"left_chat_member": user(OTHER)},
    "new_chat_title": {"new_chat_title": NAME},
    "new_chat_photo": {"new_chat_photo": [PICTURE]},
    "delete_chat_photo": {"delete_chat_photo": True},
    "group_chat_created": {"group_chat_created": True},
    "supergroup_chat_created": {"supergroup_chat_created": True},
    "channel_chat_created": {"channel_chat_created": True},
    "migrate_to_chat_id": {"migrate_to_chat_id": GROUP},
    "migrate_from_chat_id": {"migrate_from_chat_id": -91},
    "message_auto_delete_timer_changed": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "pinned_message": {"pinned_message": {"message_id": 2, "date": WHEN, "chat": PRIVATE, "text": NAME}},
    "successful_payment": {"successful_payment": PAID},
    "refunded_payment": {"refunded_payment": PAID},
    "users_shared": {"users_shared": {"request_id": 1, "users": [SHARED_USER]}},
    "chat_shared": {"chat_shared": {"request_id": 2, "chat_id": GROUP, "title": NAME}},
    "gift": {"gift": {"gift": GIFT, "text": NAME}},
    "gift_upgrade_sent": {"gift_upgrade_sent": {"gift": GIFT}},
    "unique_gift": {"unique_gift": {"gift": UNIQUE_GIFT, "origin": "transfer"}},
    "write_access_allowed": {"write_access_allowed": {"from_request": True}},
    "proximity_alert_triggered": {"proximity_alert_triggered": NEAR},
    "boost_added": {"boost_added": {"boost_count": 1}},
    "chat_background_set": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🌊"}}},
    "checklist_tasks_done": {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
    "checklist_tasks_added": {"checklist_tasks_added": {"tasks": [TASK]}},
    "chat_owner_changed": {"chat_owner_changed": {"new_owner": user(OTHER)}},
    "chat_owner_left": {"chat_owner_left": {"new_owner": user(OTHER)}},
    "direct_message_price_changed": {"direct_message_price_changed": {"are_direct_messages_enabled": True}},
    "paid_message_price_changed": {"paid_message_price_changed": {"paid_message_star_count": 3}},
    "forum_topic_created": {"forum_topic_created": {"name": NAME, "icon_color": 7322096}},
    "forum_topic_edited": {"forum_topic_edited": {"name": NAME}},
    "forum_topic_closed": {"forum_topic_closed": {}},
    "forum_topic_reopened": {"forum_topic_reopened": {}},
    "general_forum_topic_hidden": {"general_forum_topic_hidden": {}},
    "general_forum_topic_unhidden": {"general_forum_topic_unhidden": {}},
    "giveaway_created": {"giveaway_created": {"prize_star_count": 5}},
    "giveaway_completed": {"giveaway_completed": {"winner_count": 1}},
    "managed_bot_created": {"managed_bot_created": {"bot": A_BOT}},
    "poll_option_added": {"poll_option_added": {"option_persistent_id": "o3", "option_text": NAME}},
    "poll_option_deleted": {"poll_option_deleted": {"option_persistent_id": "o3", "option_text": NAME}},
    "suggested_post_approved": {"suggested_post_approved": {"send_date": WHEN, "price": PRICE}},
    "suggested_post_approval_failed": {"suggested_post_approval_failed": {"price": PRICE}},
    "suggested_post_declined": {"suggested_post_declined": {"comment": NAME}},
    "suggested_post_paid": {"suggested_post_paid": {"currency": "XTR", "star_amount": {"amount": 5}}},
    "suggested_post_refunded": {"suggested_post_refunded": {"reason": "post_deleted"}},
    "video_chat_scheduled": {"video_chat_scheduled": {"start_date": WHEN}},
    "video_chat_started": {"video_chat_started": {}},
    "video_chat_ended": {"video_chat_ended": {"duration": 60}},
    "video_chat_participants_invited": {"video_chat_participants_invited": {"users": [user(OTHER)]}},
    "web_app_data": {"web_app_data": {"data": NAME, "button_text": "Open"}},
}  # fmt: skip

CONTENT = SENT | SERVICE
