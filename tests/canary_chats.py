"""What colleagues who are linked type, send and press on Telegram, with identifiers wherever there is room for one.

Colleagues take turns: each sends one thing, and when all of it was handled it is noted what became of it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import batched, chain, cycle, zip_longest
from typing import Any

from bot_api.every_message import A_BOT, CONTENT, PLACE, POLL, file
from bot_api.world import Query
from canary_doors import lines_of
from canary_people import text_of
from canary_phones import A_LONG_MESSAGE, A_MESSAGE, Linked, Phone, Switchboard

from evaluation.canary.planting import Planted

PLAIN = {
    "in_danger": "No", "how_known": "The child said so", "child_said": "They have said nothing", "how_often": "Once",
    "answers_checked": "Pass it on",
}  # fmt: skip
COMMANDS = ("worry", "question", "whoswho", "status", "urgent", "again", "help", "privacy", "nosuchcommand")
A_CAPTION = 1000  # characters
MOST_TRIES, BUTTONS = 8, 12
ANSWERING = ("told me", "spoke to", "most days")
NOT_READ = "I can only read typed words here"

Things = Callable[[str], dict[str, Any]]
# What holds identifiers and no typed words, by the kind of content that it is.
THINGS: dict[str, Things] = {
    "photo": lambda line: {"caption": line},
    "voice": lambda line: {"caption": line},
    "video": lambda line: {"caption": line, "video": file("video", file_name=line)},
    "audio": lambda line: {"caption": line, "audio": file("audio", title=line, performer=line, file_name=line)},
    "document": lambda line: {"caption": "as asked", "document": file("document", file_name=f"{line[:200]}.pdf")},
    "media_group": lambda line: {"caption": line, "media_group_id": line[:60]},
    "contact": lambda line: {"contact": {"phone_number": line, "first_name": line, "last_name": line, "vcard": line}},
    "venue": lambda line: {"venue": {"location": PLACE, "title": line, "address": line}},
    "poll": lambda line: {"poll": poll_of(line)},
    "checklist": lambda line: {"checklist": {"title": line, "tasks": [{"id": 1, "text": line}]}},
    "story": lambda line: {"story": {"chat": {"id": -7, "type": "channel", "title": line}, "id": 2}, "caption": line},
    "web_app_data": lambda line: {"web_app_data": {"data": line, "button_text": line}},
    "users_shared": lambda line: {"users_shared": {"request_id": 1, "users": [{"user_id": 7, "first_name": line}]}},
}


def link_all(board: Switchboard, phones: Sequence[Phone], codes: Iterable[str]) -> None:
    """Let everybody follow the link with their code."""
    for phone, code in zip(phones, codes, strict=True):
        phone.person.starts(code)
    board.settle()
    for phone in phones:
        assert "Telegram can see what you type" in phone.heard or "now tells you when" in phone.heard, phone.heard


def take_turns(board: Switchboard, phones: Sequence[Linked], does: Callable[[Linked, int], bool]) -> None:
    """Let all do something, again and again, each as long as `does` says that there was something to do."""
    busy, turn = list(phones), 0
    while busy:
        busy = [phone for phone in busy if does(phone, turn)]
        board.settle()
        for _ in range(MOST_TRIES):
            if not [phone for phone in busy if not phone.note()]:
                break
            board.settle()
        else:
            raise AssertionError(f"nothing is taken in any more of {[phone.who.first for phone in busy]}")
        turn += 1


def hold_talks(board: Switchboard, phones: Sequence[Linked]) -> None:
    """Type all identifiers in one talk: some at each question and at the note, and the rest when it was passed on."""
    for phone in phones:
        phone.person.presses("I am worried about a child")
    board.settle()
    left = {phone: _answering_last(phone) for phone in phones}
    told: dict[Linked, list[str]] = {phone: [] for phone in phones}

    def goes_on(phone: Linked, turn: int) -> bool:
        asked = phone.asked()
        if asked in PLAIN and (asked in told[phone] or not left[phone]):
            phone.person.presses(PLAIN[asked])
        elif left[phone]:
            told[phone].append(str(asked))
            phone.says("talk", left[phone].pop(0))
        else:
            return False
        return True

    take_turns(board, phones, goes_on)
    for phone in phones:
        assert {"worry", *PLAIN} <= set(told[phone]), f"{phone.who.first} was asked {told[phone]} alone"
        assert "I have passed it on" in phone.heard


def behind_commands(board: Switchboard, phones: Sequence[Linked]) -> None:
    """Type every second message of identifiers behind commands, every command at least once among all."""
    left, names = {phone: phone.batches(1, A_MESSAGE)[::2] for phone in phones}, cycle(COMMANDS)

    def goes_on(phone: Linked, turn: int) -> bool:
        if not left[phone]:
            return False
        phone.says("command", left[phone].pop(), f"/{next(names)} hungry again")
        return True

    take_turns(board, phones, goes_on)


def around_words(board: Switchboard, phones: Sequence[Linked]) -> None:
    """Type the others in what is forwarded and replied, and have all of them in what stands around the words."""
    left = {phone: phone.batches(1, A_MESSAGE)[1::2] for phone in phones}
    beside = {phone: list(lines_of(phone.own, 3, A_CAPTION)) for phone in phones}

    def goes_on(phone: Linked, turn: int) -> bool:
        if not (left[phone] or beside[phone]):
            return False
        some = left[phone].pop() if left[phone] else []
        line = beside[phone].pop() if beside[phone] else "nobody"
        phone.says("reply", some, "yes, hungry again", **around(line)[turn % 3])
        return True

    take_turns(board, phones, goes_on)


def change_words(board: Switchboard, phones: Sequence[Linked]) -> list[tuple[Linked, int]]:
    """Change plain messages into some with identifiers, as texts and as captions; return which they were."""
    changed = []
    for number, batches in enumerate(zip_longest(*(phone.batches(4, A_LONG_MESSAGE) for phone in phones))):
        busy = [phone for phone, some in zip(phones, batches, strict=True) if some]
        plain = [(phone, _plain_message(board, phone)) for phone in busy]
        for (phone, message), some in zip(plain, filter(None, batches), strict=True):
            _change(board, phone, message, text_of(some)[0], as_caption=number % 2 == 1)
            board.walk.note(some, "edited", "", None)
        board.settle()
        changed += plain
    return changed


def send_things(board: Switchboard, phones: Sequence[Phone]) -> list[tuple[Phone, int]]:
    """Send identifiers with everything that is no typed word; return which messages they were."""
    sent = []
    for turn, (kind, holding) in enumerate(THINGS.items()):
        for phone in phones:
            for line in lines_of(phone.own, turn, A_CAPTION):
                sent.append((phone, phone.person.sends(kind, **holding(line))))
            phone.person.sends("location")
    board.settle()
    return sent


def press_anything(board: Switchboard, phones: Sequence[Phone]) -> None:
    """Send with presses what no button of ours sends, and what buttons of other people's talks send."""
    offered = {b.data for phone in phones for seen in phone.person.heard for row in seen.buttons for b in row if b.data}
    for phone in phones:
        values = [line.strip(", ") for line in lines_of(phone.own, 5, 60)]
        of_menus = [f"m:{value}" for value in values[:9]]
        for number, data in enumerate((*values, *sorted(offered)[:BUTTONS], *of_menus)):
            _press(board, phone, f"91{phone.who.id}{number}", data)
    board.settle()


def _press(board: Switchboard, phone: Phone, query: str, data: str) -> None:
    with board.api.world.lock:
        board.api.world.queries[query] = Query(query, phone.who.id, board.api.clock.now)
    message = {"message_id": 1, "date": 1, "chat": phone.person.chat.shown, "text": data, "from": A_BOT}
    said = {"id": query, "from": phone.person.user, "chat_instance": data}
    odd = ({"message": message, "game_short_name": data}, {"inline_message_id": data, "data": data[:64]})
    for how in ({"message": message, "data": data[:64]}, *(odd if query.endswith("7") else ())):
        board.api.happens({"callback_query": said | how})


def start_with_anything(board: Switchboard, phones: Sequence[Phone], most: int = 4) -> list[tuple[Phone, int]]:
    """Type identifiers where a code should stand, as often as may be; return which messages they were."""
    typed = []
    for phone in phones:
        for line in list(lines_of(phone.own, 6, 3900))[:most]:
            typed.append((phone, phone.person.starts(line)))
    board.settle()
    return typed


def _answering_last(phone: Linked) -> list[list[Planted]]:
    """Return the own identifiers, those last whose sentences answer a question that would then not be asked."""
    some = list(chain.from_iterable(phone.batches(0)))
    some.sort(key=lambda one: any(words in one.sentence for words in ANSWERING))
    return [list(batch) for batch in batched(some, A_MESSAGE, strict=False)]


def around(line: str) -> tuple[dict[str, Any], ...]:
    """Return ways in which identifiers stand around the words of a message."""
    someone = {"id": 7_007_009_417, "is_bot": False, "first_name": line, "last_name": line, "username": line[:30]}
    before = {"message_id": 2, "date": 1, "chat": {"id": 7_007_009_417, "type": "private"}, "text": line}
    return (
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": line}},
        {"quote": {"text": line, "position": 0}, "reply_to_message": before | {"from": someone}},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": someone}, "external_reply": {"origin": before},
         "via_bot": someone, "author_signature": line, "link_preview_options": {"url": line}},
    )  # fmt: skip


def _plain_message(board: Switchboard, phone: Linked) -> int:
    """Type something without identifiers, again if the house was too busy to look at it; return what stands there."""
    for _ in range(MOST_TRIES):
        message = phone.person.types("still hungry, most days")
        board.settle()
        if message in {seen.id for seen in phone.person.sees}:
            return message
    raise AssertionError("a plain message is deleted every time")


def _change(board: Switchboard, phone: Phone, message: int, text: str, *, as_caption: bool) -> None:
    if not as_caption:
        phone.person.edits(message, text)
        return
    head = {"message_id": message, "date": 1, "chat": phone.person.chat.shown, "from": phone.person.user}
    board.api.happens({"edited_message": head | {"photo": CONTENT["photo"]["photo"], "caption": text}})


def poll_of(line: str) -> dict[str, Any]:
    """Return a poll that asks for identifiers."""
    option = {"text": line, "voter_count": 1, "persistent_id": "o1"}
    return POLL | {"id": line[:20], "question": line, "explanation": line, "options": [option, option]}
