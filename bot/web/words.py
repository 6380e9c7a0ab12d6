"""What people type, as requests carry it: it hides itself in whatever prints a request."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from bot.consultation import RawText

MOST_WORDS = 40
_LONGEST_WORD = 40  # letters
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def _storable(typed: SecretStr) -> SecretStr:
    # Half a surrogate pair is no text, and not every database takes a null.
    typed.get_secret_value().encode("utf-8")
    if "\x00" in typed.get_secret_value():
        raise ValueError("a null is no text")
    return typed


def _one_word(typed: SecretStr) -> SecretStr:
    if not _WORD.fullmatch(typed.get_secret_value()):
        raise ValueError("not a single word of letters")
    return typed


Typed = Annotated[SecretStr, AfterValidator(_storable)]
# Words that were taken for names; the DSL says that they are none, and may be wrong.
Word = Annotated[SecretStr, Field(max_length=_LONGEST_WORD), AfterValidator(_one_word)]
Words = Annotated[list[Word], Field(max_length=MOST_WORDS)]


def raw(typed: SecretStr) -> RawText:
    """Return what was typed as the house takes it."""
    return RawText(typed.get_secret_value())


def told(words: list[SecretStr]) -> tuple[str, ...]:
    """Return words that are no names as the house takes them."""
    return tuple(word.get_secret_value() for word in words)
