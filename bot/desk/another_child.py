"""Another child: what is told of one is no answer about the first, and is never put with it unasked."""

from bot.consultation import RedactedText
from bot.desk.consult import Counsel
from bot.desk.plain_words import holds, plainly

ACT = "another_child"

_OTHER = ("another", "other", "second", "different", "also", "too", "new", "next", "separate")
_HOW_KNOWN = "how_known"


def is_told(counsel: Counsel, act: str, asked: str, text: str) -> bool:
    """Whether a text that was heard as about another child is, by its words, no answer to the question `asked`.

    "Another child told me" is an answer to how it is known; "another child too, in year 2" is none to how old.
    """
    if act != ACT or not holds(plainly(text), _OTHER):
        return False
    reading = counsel.gathering.read(RedactedText(text))
    says_how = reading.answers.get(_HOW_KNOWN) == ACT or not reading.concerns
    return not (asked == _HOW_KNOWN and says_how)
