"""Choosing: what the buttons that were pressed say, and what the dialogue gets for them.

A choice is an id that the web door minted: `<message number>.<place>`, `<message number>.r<row>` for a row of
a table, several joined by commas. Payloads are found again here, so that none can come from outside.
"""

from collections.abc import Mapping, Sequence

from bot.consultation import RedactedText
from bot.desk.payloads import NotTogether, together
from bot.desk.ports import Button, Message, Utterance


class NoSuchChoice(LookupError):
    """Tried to choose what was not offered, or choices that do not answer one question."""


def chosen(messages: Sequence[Message], choice: str, change: str) -> tuple[RedactedText, str]:
    """Return what the chosen buttons show and their payload. `change` is the word before a row's label.

    Raises NoSuchChoice.
    """
    offered = {str(message.number): message.utterance for message in messages}
    buttons = [_button(offered, one, change) for one in choice.split(",")]
    try:
        payload = together([button.payload for button in buttons])
    except NotTogether:
        raise NoSuchChoice from None
    return RedactedText("; ".join(button.title for button in buttons)), payload


def _button(offered: Mapping[str, Utterance], choice: str, change: str) -> Button:
    number, _, place = choice.strip().partition(".")
    utterance = offered.get(number)
    try:
        if place.startswith("r") and utterance and utterance.card:
            row = utterance.card["rows"][int(place[1:])]
            if row["change"] and int(place[1:]) >= 0:
                return Button(f"{row.get('change_label') or change}: {row['label']}", row["change"])
        elif utterance and int(place) >= 0:
            return utterance.buttons[int(place)]
    except (ValueError, IndexError, KeyError):
        pass
    raise NoSuchChoice
