"""References: what a DSL keeps to come back by, and what a desk calls a case.

A reference is 17 random characters of 31 that are hard to confuse (84 bits; no I, L, O, U or Z)
and a check character, grouped in fours: `7K2M-9QXC-W4TD-XB0N-5H`. Because 31 is prime, one wrong
character or two neighbours swapped is always noticed. A designation is two plain words (`amber heron`), so
that staff can speak of a case and never of a child.
"""

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "Z": "2"})
_BODY = 17

COLOURS = tuple(
    "amber azure bronze copper coral crimson ebony golden hazel indigo ivory jade lilac linen "
    "maroon mauve navy ochre olive opal pearl plum russet sable sage saffron scarlet sienna "
    "silver slate teal umber violet".split()
)
BIRDS = tuple(
    "avocet bittern bunting curlew dipper dunlin dunnock egret fieldfare finch gannet godwit "
    "goldcrest grebe harrier heron hobby jackdaw kestrel kite lapwing linnet martin merlin "
    "nuthatch osprey ouzel petrel pipit plover puffin redstart sandpiper serin shrike siskin "
    "snipe swift tern thrush treecreeper turnstone twite wagtail warbler waxwing whimbrel wren".split()
)


class NotAReference(ValueError):
    """Tried to use something as a reference that cannot be one: a slip of the pen, most likely."""


def _check_character(body: str) -> str:
    total = 0
    for place, character in enumerate(body, start=1):
        total += place * ALPHABET.index(character)
    return ALPHABET[total % len(ALPHABET)]


def make_reference(random_below: Callable[[int], int]) -> str:
    """Return a new reference; `random_below(n)` gives a random number from 0 to n - 1."""
    body = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(_BODY))
    return grouped(body + _check_character(body))


def grouped(characters: str) -> str:
    """Return the characters in groups of four, joined by hyphens."""
    return "-".join(characters[i : i + 4] for i in range(0, len(characters), 4))


def parse_reference(typed: str) -> str:
    """Return the grouped reference that was typed or pasted, or raise NotAReference.

    Case, spaces and hyphens do not matter, and letters that look like digits are read as digits.
    """
    cleaned = "".join(typed.split()).replace("-", "").upper().translate(_LOOKALIKES)
    if len(cleaned) != _BODY + 1 or any(c not in ALPHABET for c in cleaned):
        raise NotAReference("wrong length or character")
    if _check_character(cleaned[:_BODY]) != cleaned[_BODY]:
        raise NotAReference("check character does not fit")
    return grouped(cleaned)


def make_designation(random_below: Callable[[int], int]) -> str:
    """Return two words for the desk, such as `amber heron`."""
    return f"{COLOURS[random_below(len(COLOURS))]} {BIRDS[random_below(len(BIRDS))]}"


def in_capitals(designation: str) -> str:
    """Return a designation as it is shown where it has to stand out: AMBER-HERON."""
    return designation.upper().replace(" ", "-")
