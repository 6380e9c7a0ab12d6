"""Plain: what is said in a talk as messages of a chat, with buttons below the last of them.

Only headings of ours are bold: a text may quote what somebody typed, and their signs are no formatting.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.desk.outbox import Body
from bot.desk.ports import Message
from bot.telegram import keys
from bot.telegram.pieces import Text, in_units, joined, pieces
from bot.web.outward import MessageOut, message_out

type Say = Callable[..., str]


def body(text: str, buttons: keys.Keyboard | None = None) -> Body:
    """Return a short message of ours."""
    return {"text": _unmarked(text), "bold": [], "buttons": buttons or []}


def paged(text: str) -> list[Body]:
    """Return a text as messages: what it quotes may be as long as a message."""
    return [body(piece.text) for piece in pieces(Text(_unmarked(text)))]


def said(messages: Sequence[Message], talk: str, say: Say) -> list[Body]:
    """Return messages of a talk as a chat shows them."""
    return [one for message in messages for one in _said(message_out(message), talk, say)]


def with_choice(shown: Body, chosen: str) -> Body:
    """Return a message without its buttons and with what was chosen below it, if both fit into one."""
    text = f"{shown['text']}\n\n{keys.TICKED}{chosen}"
    kept = {"bold": shown.get("bold") or [], "buttons": []}
    return {"text": text, **kept} if len(pieces(Text(text))) == 1 else {"buttons": []}


def title_of(message: MessageOut, choice: str, say: Say) -> str:
    """Return what the button of a choice says, or nothing if there is none."""
    titles = {data: title for title, data in _choices(message, say)}
    return titles.get(choice, "")


def options_of(message: MessageOut) -> list[dict[str, Any]]:
    """Return the options of a message that can be ticked."""
    card = message.card or {}
    return card["options"] if card.get("kind") == "ticks" else []


def _said(message: MessageOut, talk: str, say: Say) -> Iterator[Body]:
    buttons = keys.rows([(title, keys.choose(choice, talk)) for title, choice in _choices(message, say)])
    ticks = _ticks(message, talk)
    if ticks:
        buttons = keys.tick_rows(ticks, say("utter_telegram_done")) + buttons
    texts = pieces(joined([Text(_unmarked(message.text)), _card(message.card)]))
    if not texts and buttons:
        texts = [Text(say("utter_telegram_choose"))]
    for number, text in enumerate(texts, start=1):
        is_last = number == len(texts)
        written = {"text": text.text, "bold": [list(one) for one in in_units(text)]}
        yield {**written, "buttons": buttons, **ticks_of(ticks)} if is_last else {**written, "buttons": []}


def ticks_of(ticks: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a body that knows what is ticked."""
    return {"ticks": ticks} if ticks else {}


def _ticks(message: MessageOut, talk: str) -> dict[str, Any]:
    options = options_of(message)
    return {"number": message.number, "talk": talk, "options": options, "ticked": []} if options else {}


def _choices(message: MessageOut, say: Say) -> list[tuple[str, str]]:
    """Return titles and ids of what can be pressed: buttons, and rows that can be changed."""
    found = [(button.title, button.id) for button in message.buttons]
    for row in (message.card or {}).get("rows") or ():
        if row["change"]:
            label = row.get("change_label") or say("utter_label_change")
            found.append((f"{label}: {row['label']}", row["change"]))
    return found


def _card(card: dict[str, Any] | None) -> Text:
    match card:
        case {"kind": "table"}:
            lines = [line for row in card["rows"] for line in _row(row)]
            return joined([_bold(card["title"]), Text("\n".join(lines))], "\n")
        case {"kind": "sections"}:
            parts = [joined(_section(section), "\n") for section in card.get("sections") or ()]
            whole = joined([_bold(card.get("title")), Text(_unmarked(card.get("lead") or ""))], "\n")
            return joined([whole, *parts, Text(card.get("copy") or "")])
    return Text("")


def _row(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['label']}: {_unmarked(row['value'])}" if row["value"] else f"• {row['label']}"
    yield from (f"   “{words}”" for words in row["words"])


def _section(section: dict[str, Any]) -> Iterator[Text]:
    yield _bold(section["heading"])
    for item in section["items"]:
        where = ", ".join(part for part in (item.get("source"), item.get("url")) if part)
        yield Text(f"• {_unmarked(item['text'])}" + (f" ({where})" if where else ""))


def _bold(title: str | None) -> Text:
    text = _unmarked(title or "")
    return Text(text, ((0, len(text)),) if text else ())


def _unmarked(text: str) -> str:
    # Pages make these bold. Here they may stand around words of somebody's own.
    return text.replace("**", "")
