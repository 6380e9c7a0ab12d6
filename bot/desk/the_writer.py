"""Whether words of danger may be about who writes them: a pupil, a parent or a colleague who found this page.

It changes nothing of the exit. It only adds the numbers that such a person needs, so that one too many does no harm.
"""

import re

from bot.desk.plain_words import plainly

_KIN = "husband|wife|partner|boyfriend|girlfriend|ex|mum|mam|mom|dad|step ?dad|step ?mum|father|mother|uncle|brother"
_HURTS = "hits?|hitting|beats?|hurts?|hurting|abuse[sd]?|touche[sd]|choke[sd]|strangle[sd]|rape[sd]?|threatens"
_OF_THE_WRITER = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "its about me|about myself|not about a (?:pupil|child)",
        rf"my (?:own )?(?:{_KIN}) (?:\w+ ){{0,3}}(?:{_HURTS}) me",
        "i (?:just )?(?:want|wanna|feel like|am going) (?:to )?(?:die|dying|kill myself|end it|end my (?:own )?life)",
        "ending my (?:own )?life|im going to (?:die|kill myself|end it)",
        "i (?:cut|hurt|harm) myself|ive been (?:cutting|hurting|harming) myself|i am being (?:hit|hurt|abused|beaten)",
        "i(?:ve| have)? (?:took|taken) (?:an overdose|(?:some )?(?:tablets|pills))",
    )
)
_TELLS = "said|says|told|tells|wrote|disclosed|saying"
_OTHERS = "he|she|they|child|pupil|boy|girl|mum|dad|mother|father"
_REPORTED = re.compile(rf"\b(?:{_OTHERS}) (?:ha[sd] |have )?(?:{_TELLS})\b")


def speaks_of_the_writer(text: str) -> bool:
    """Whether a text seems to speak of who wrote it, and quotes nobody."""
    plain = plainly(text)
    return any(said.search(plain) for said in _OF_THE_WRITER) and not _REPORTED.search(plain)
