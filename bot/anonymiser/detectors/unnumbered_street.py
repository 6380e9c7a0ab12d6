"""Streets without a house number, where the words before or the capitals say that it is a street.

Not a detector by itself: `address` joins what is found here with flats, houses and sites.
"""

from collections.abc import Iterator

from bot.anonymiser.detectors.street import Part, is_mistyped_type, is_rare, leads, names_a_school, with_direction
from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

_PLAINEST = ("road", "rd", "street", "avenue", "crescent")
_BEFORE_A_RARE_NAME = ("on", "off", "at", "in", "past", "near", "outside", "behind", "opposite")
_SHORTEST = 5  # letters
_LONGEST_NAME = 3  # words between "on" and the street type


def unnumbered_streets(page: Page) -> Iterator[Part]:
    """Yield each street without a number."""
    yield from _by_the_words_around(page)
    yield from _by_capitals(page)
    yield from _of_one_word(page)


def _of_one_word(page: Page) -> Iterator[Part]:
    """Yield "on kirkgate", "off tanyard": one word that ends as old streets do, in no dictionary."""
    endings = tuple(page.lists.cues["endings of old streets"])
    for word in page.words:
        if not page.has_cue("along a street", word.index - 1):
            continue
        ends = word.folded.endswith(endings) and len(word.folded) > _SHORTEST
        listed = page.evidence(word).first or page.evidence(word).rare_first
        if not ends or word.gap != " " or word.possessive or listed or not is_rare(page, word):
            continue
        yield word.index, word.index


def _by_the_words_around(page: Page) -> Iterator[Part]:
    """Yield "on Copthorne Drive" by its capitals, "past marlpit close" by the words before."""
    for word in page.words:
        mistyped = not page.has_cue("street types", word.index) and is_mistyped_type(page, word)
        known = _is_known(page, word.index)
        if not (mistyped or known) or word.gap not in (" ", "-"):
            continue
        after = page.at(word.index + 1)
        if names_a_school(page, word.index + 1) or (after and after.gap == " " and _is_known(page, after.index)):
            continue
        start = _capitals_before(page, word)
        if start is None:
            start = _name_before(page, word, mistyped)
        only_a_way = not (
            mistyped or page.has_cue("street types", word.index) or page.has_cue("streets said plainly", word.index)
        )
        if start is None or (only_a_way and page.folded_at(start - 1) in ("at", "from", "to")):
            continue  # "at hollins brow" is a school
        if start < word.index:
            yield start, with_direction(page, word.index)


def _is_known(page: Page, index: int) -> bool:
    cues, word = page.lists.cues, page.folded_at(index)
    return word in cues["street types"] or word in cues["streets said plainly"] or word in cues["ways after on and off"]


def _by_capitals(page: Page) -> Iterator[Part]:
    """Yield "on Tinker's Bottom": capitals where a place is spoken of. In small letters it may be a bruise."""
    for word in page.words:
        owner = page.at(word.index - 1)
        if not (page.cased and word.capital and page.has_cue("small places in capitals", word.index)) or owner is None:
            continue
        named = owner.possessive and owner.capital and not page.is_kept(owner) and word.gap.endswith(" ")
        if named and page.has_cue("before a street, near or on it", owner.index - 1):
            yield owner.index, word.index


def _capitals_before(page: Page, word: Word) -> int | None:
    if not (page.cased and word.capital):
        return None
    start = word.index
    while start > 0 and page.words[start].gap in (" ", "-"):
        before = page.words[start - 1]
        plain = page.has_cue("before a street, not its name", before.index)
        if not (before.is_letters and before.capital) or page.is_kept(before) or (plain and before.opens):
            break
        start -= 1
    return start if start < word.index and not page.words[start].opens else None


def _name_before(page: Page, kind: Word, mistyped: bool) -> int | None:
    """Return where the name begins that stands between "on", "past", "at" and the street type."""
    start = kind.index
    while kind.index - start < _LONGEST_NAME + 1:
        before = page.at(start - 1)
        if before is None or not before.is_letters or page.words[start].gap not in (" ", "-", "'"):
            return None
        led = _leads_to_a_street(page, before, kind)
        if led and start < kind.index:
            return start if _is_one(page, range(start, kind.index), kind, mistyped) else None
        if not _may_stand_in_it(page, before, kind):
            return None
        start = before.index
    return None


def _leads_to_a_street(page: Page, lead: Word, kind: Word) -> bool:
    """Whether a word leads up to a street: "on", "the corner of", "church road and", "the" before a rare name."""
    before = lead.index - 1
    if lead.folded == "of":
        return page.has_cue("before of a street", before)
    if lead.folded == "and":
        return page.has_cue("streets said plainly", before) and page.has_cue("streets said plainly", kind.index)
    if lead.folded == "the":
        name = page.words[lead.index + 1]
        spoken_of = page.has_cue("along a street", before) or page.folded_at(before) in ("from", "in")
        named = not page.evidence(name).ordinary and spoken_of
        return kind.index == lead.index + 2 and (named or _is_no_word(page, name))
    if page.has_cue("giving an address", lead.index):
        return True
    return leads(page, lead.index, "before a street, near or on it") and not lead.possessive


def _is_no_word(page: Page, word: Word) -> bool:
    return is_rare(page, word) and not page.is_slip(word)


def _may_stand_in_it(page: Page, word: Word, kind: Word) -> bool:
    stops = ("before a street, not its name", "never part of a street", "never the name of a street")
    plain = page.has_cue("streets said plainly", kind.index)
    if word.folded in ("tree", "trees") and page.has_cue("trees and birds", word.index - 1):
        return True
    stopped = any(page.has_cue(heading, word.index) for heading in stops)
    if page.has_cue("first words of a street", word.index):  # "on old forge way", though not "on the old road"
        return word.index < kind.index - 1
    if stopped and plain and page.has_cue("names of plain streets all the same", word.index):
        return page.folded_at(word.index - 1) in page.lists.cues["along a street"]
    if page.is_kept(word) and not (plain or page.has_cue("ways after on and off", kind.index)):
        return False
    return word.folded not in page.lists.roles and not stopped


def _is_one(page: Page, name: range, kind: Word, mistyped: bool) -> bool:
    """Whether words and a type make a street, given what leads up to them."""
    lead, known = page.folded_at(name[0] - 1), kind.folded
    lived = page.has_cue("living words", name[0] - 2)
    known_place = any(page.is_kept(page.words[i]) for i in name)
    if known_place and lead != "the" and not (lead in page.lists.cues["along a street"] or lived or known in _PLAINEST):
        return False
    rare = any(_is_no_word(page, page.words[i]) for i in name)
    if lead == "the":
        return rare or known in page.lists.cues["streets said plainly"]
    if mistyped:
        return rare and lead != "to" and not page.evidence(kind).first
    if known == "st":
        return (rare or lived or lead not in ("to", "into", "through")) and not _reads_on(page, kind)
    if known in page.lists.cues["streets that are verbs too"]:
        on_it = lead in ("on", "off", "past", "along", "nr", "down", "up")
        return (rare or lived or on_it) and not _reads_on(page, kind)
    if known in page.lists.cues["streets said plainly"]:
        led = lead not in ("to", "into", "through") or known in _PLAINEST
        return rare or lived or led
    if known in page.lists.cues["ways after on and off"]:
        long, upwards = len(name) > 1, lead in ("up", "down", "along", "of", "bottom", "top")
        if lead == "off" or rare or (upwards and known not in ("way", "row", "rise")):
            return True
        return lead in page.lists.cues["on a street"] and (long or known not in ("rise", "yard"))
    if lived and page.has_cue("homes in a court", kind.index):
        return True
    return rare and known != "house" and (lead in _BEFORE_A_RARE_NAME)


def _reads_on(page: Page, kind: Word) -> bool:
    """Whether "close", "drive" or "st" go on as a verb, a nearness or a saint: "drive him", "close to"."""
    after = page.at(kind.index + 1)
    if after is None or after.gap != " ":
        return False
    if page.has_cue("after a verb that is a street type too", after.index):
        return True
    return kind.folded == "st" and (page.evidence(after).first or is_rare(page, after))
