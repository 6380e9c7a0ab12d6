"""Buildings that have a name: "rose cottage", "Balfour Mansions", "nelson mandela court".

Not a detector by itself: `dwelling` yields what is found here.
"""

from collections.abc import Iterator

from bot.anonymiser.detectors.street import Part, is_rare, lived_before, names_a_school, segment_after
from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

_NO_NAMES = ("never the name of a street", "never part of a street", "before a street, not its name", "determiners")
_SHORTEST_TOWN = 4  # letters: what is kept and shorter is initials
_LONGEST_NAME = 3  # words before "house" or "court"


def named_buildings(page: Page) -> Iterator[Part]:
    """Yield each building with a name. "crown court", "a safe house" and "at this point" are none."""
    buildings = page.lists.cues["buildings"]
    for word in page.words:
        if word.folded not in buildings or word.gap != " ":
            continue
        after = page.at(word.index + 1)
        if after is not None and after.gap == " " and after.folded in buildings:
            continue
        if after is not None and after.gap == " " and names_a_school(page, after.index):
            continue
        kinds = [word] if _first_kind(page, word) is word else [_first_kind(page, word), word]  # else "manor farm"
        starts = (find(page, kind, word) for kind in kinds for find in (_capitals, _small))
        start = next((each for each in starts if each is not None), None)
        if start is not None:
            yield start, word.index


def given_houses(page: Page) -> Iterator[Part]:
    """Yield "windy ridge" of "lives at windy ridge, moor lane": any name where an address is given, and goes on."""
    giving = page.lists.cues["giving an address"]
    for word in page.words:
        if word.folded not in giving or page.folded_at(word.index + 1) not in ("at", "is"):
            continue
        start = word.index + 2
        first = start + (page.folded_at(start) == "the")
        for last in range(first, first + _LONGEST_NAME):
            if not _may_name(page, page.at(last)) or page.words[last].gap != " ":
                break
            if segment_after(page, last + 1) is not None:
                yield start, last
                break


def _first_kind(page: Page, last: Word) -> Word:
    """Return the first of several kinds in a row: the "court" of "hazel court flats"."""
    before = page.at(last.index - 1)
    twice = before is not None and before.gap == " " and page.has_cue("buildings", before.index)
    return before if before is not None and twice else last


def _may_name(page: Page, word: Word | None, kind: Word | None = None) -> bool:
    if word is not None and word.folded in ("tree", "trees") and page.has_cue("trees and birds", word.index - 1):
        return True
    if (
        word is None
        or not word.is_letters
        or (page.is_kept(word) and not _is_a_place(page, word, kind))
        or word.folded in page.lists.roles
    ):
        return False
    return not any(page.has_cue(heading, word.index) for heading in _NO_NAMES)


def _is_a_place(page: Page, word: Word, kind: Word | None) -> bool:
    """Whether a kept word may name a building: a tree, somebody famous, or what is in no dictionary, as towns are."""
    if page.has_cue("trees and birds", word.index) or not page.evidence(word).ordinary:
        return True
    any_name = kind is not None and page.has_cue("homes of any name", kind.index)
    return page.evidence(word).last and (word.kept or any_name)


def _capitals(page: Page, kind: Word, last: Word) -> int | None:
    """Return where a name in capitals begins: "Sycamore Heights is", "at High Trees Farm"."""
    if not (page.cased and kind.capital and last.capital) or kind.possessive:
        return None
    start = kind.index
    while kind.index - start < _LONGEST_NAME and page.words[start].gap in (" ", "-"):
        before = page.at(start - 1)
        high = start < kind.index and page.has_cue("first words of a building", start - 1)
        if before is None or not before.capital or not (high or _may_name(page, before, kind)):
            break
        start -= 1
    if start < kind.index and page.words[start].opens and page.evidence(page.words[start]).ordinary:
        start += start + 1 < kind.index  # "Visited Elm Tree Cottage"
    plain = start == kind.index or (
        page.words[start].opens and kind.folded in page.lists.cues["buildings in plain speech"]
    )
    return None if plain else start


def _small(page: Page, kind: Word, last: Word) -> int | None:
    """Return where a name in small letters begins: a rare word, or any words where somebody lives."""
    start = kind.index
    rare = False
    while kind.index - start < _LONGEST_NAME:
        before = page.at(start - 1)
        if before is None or page.words[start].gap != " " or before.possessive:
            break
        high = start < kind.index and page.has_cue("first words of a building", start - 1)
        if page.has_cue("leading to a building", before.index) or not (high or _may_name(page, before, kind)):
            break
        rare = rare or _is_no_word(page, before)
        start -= 1
    if start == kind.index or not page.has_cue("leading to a building", start - 1):
        return _alone(page, start, kind, last)
    lived = lived_before(page, start) or page.has_cue("giving an address", start - 1)
    homely = page.has_cue("homes with a name", kind.index) and (kind is not last or kind.folded != "court" or lived)
    named = any(page.evidence(page.words[i]).first for i in range(start, kind.index))
    wooded = kind.folded in ("court", "point") and page.has_cue("trees and birds", kind.index - 1)
    # Every court of law and of sport is among the words that name no street.
    wooded = wooded or (kind.folded == "court" and page.folded_at(start - 1) in ("at", "in", "from", "near", "outside"))
    in_a_row = segment_after(page, last.index + 1) is not None
    if page.has_cue("adjectives of buildings", kind.index - 1) and not in_a_row:
        return None
    long = kind.index - start > 1 or kind is not last
    two = long and page.has_cue("homes with a name", kind.index)
    named = named and (long or kind.folded != "house")
    return start if rare or in_a_row or wooded or two or (lived and homely) or named else None


def _alone(page: Page, start: int, kind: Word, last: Word) -> int | None:
    """Return where "balfour mansions" begins with nothing that leads up to it: a kind that is hardly a word else.

    Any kind will do between brackets or commas, if the name is no word or an address goes on.
    """
    if start < kind.index and page.words[start].gap in ("", ". ", ", ", " (", ": ", " - "):
        rare = any(page.words[i].folded not in page.lists.ordinary for i in range(start, kind.index))
        if segment_after(page, last.index + 1) is not None or (rare and _is_a_home(page, kind)):
            return start
    name = page.at(kind.index - 1)
    closed = page.has_cue("buildings hardly said otherwise", kind.index) and kind.gap == " "
    return (
        kind.index - 1 if closed and start < kind.index and name is not None and _may_name(page, name, kind) else None
    )


def _is_no_word(page: Page, word: Word) -> bool:
    if not is_rare(page, word):
        return len(word.folded) > _SHORTEST_TOWN and page.is_kept(word) and not page.evidence(word).ordinary
    listed = page.evidence(word).first or page.evidence(word).last
    if word.folded.endswith(tuple(page.lists.cues["endings of places"])) and not page.is_slip(word):
        return True
    return listed or not (page.is_slip(word) or page.lists.is_made_of_words(word.folded))


def _is_a_home(page: Page, kind: Word) -> bool:
    return page.has_cue("homes with a name", kind.index) or kind.folded == "point"
