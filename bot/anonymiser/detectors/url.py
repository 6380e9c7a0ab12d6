"""Web addresses, with or without the scheme."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import LINK
from bot.anonymiser.words import Mark

_LINK = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}"
    r"(?:co\.uk|org\.uk|sch\.uk|gov\.uk|ac\.uk|nhs\.uk|com|org|net|info|io|tv|gg|ly|me|uk|live|app|online)"
    r"\b(?:/\S*)?(?![\w@])",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Mark]:
    """Yield each web address; closing punctuation stays."""
    for pattern in (_LINK, _BARE):
        for match in pattern.finditer(page.plain):
            shortened = match[0].rstrip(".,;:!?)]}'\"")
            if shortened:
                yield Mark(match.start(), match.start() + len(shortened), "URL", LINK)
