"""Quoting: the DSL's own words for the signs that a record names, as they were kept.

The reader looks at them once more, only to find where a sign is spoken of. What was counted, the decision says.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.consultation import RedactedText, Status
from bot.desk.consult import Counsel
from bot.desk.ports import Message

_MOST_QUOTED = 2
_LONGEST_QUOTE = 240
_ENDS = ".!?\n"

type Quotes = Mapping[str, tuple[str, ...]]


def quotes_of(counsel: Counsel, messages: Sequence[Message]) -> Quotes:
    """Return the DSL's words by what they tell of, as they were kept: with what was taken out left out."""
    pressed = {button.title for message in messages for button in message.utterance.buttons}
    held: dict[str, dict[str, None]] = {}
    for message in messages:
        text = message.utterance.text
        if message.utterance.speaker != "dsl" or pressed.issuperset(text.split("; ")):
            continue
        for concern in counsel.gathering.read(RedactedText(text)).concerns:
            if concern.status is not Status.ABSENT:
                words = _sentence(text, concern.start, concern.end)
                for indicator in (concern.indicator, *_implied(counsel, concern.indicator)):
                    held.setdefault(indicator, {})[words] = None
    return {indicator: tuple(words)[:_MOST_QUOTED] for indicator, words in held.items()}


def _implied(counsel: Counsel, indicator: str) -> Iterator[str]:
    known = counsel.national.indicators.get(indicator)
    yield from known.implies if known else ()


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place of a text, or the words there where it is too long to quote."""
    begins = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    whole = " ".join(text[begins : ends + 1].split())
    return whole if len(whole) <= _LONGEST_QUOTE else " ".join(text[start:end].split())[:_LONGEST_QUOTE]
