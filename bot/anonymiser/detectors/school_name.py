"""Schools by their short names: what stands behind "at", "near", "moved from" and is named as places are.

Not a detector by itself: `school` asks it for what has no "Primary" or "Academy" behind it.
"""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

type Stretch = tuple[int, int]  # the first and the last word of a name

_SHORTEST = 6  # letters of a name in one word
_SHORTEST_STEM = 3  # letters before its ending


def short_names(page: Page) -> Iterator[Stretch]:
    """Yield "oakfield", "hollins brow", "little acorns", "sir roger manwick", "canon hargreave c of e"."""
    for finder in (_of_one_word, _of_two_words, _nurseries, _honoured, _church_schools, _with_a_short_type):
        yield from finder(page)


def joined(word: Word | None) -> bool:
    """Say whether a word goes on from the one before, as the words of a school's name do."""
    return word is not None and re.fullmatch(r"[ ]{1,2}|\. ?|-|[ ]?& ?|'? ?", word.gap) is not None


def is_strange(page: Page, word: Word | None) -> bool:
    """Say whether a word is in no dictionary, not kept and no slip for an everyday one."""
    if word is None or not word.is_letters or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return page.evidence(word).last or not page.is_slip(word)


def _is_led(page: Page, index: int) -> bool:
    """Whether a school is spoken of just before a word: "at", "near", "moved from", "gone to", "handover from"."""
    if page.has_cue("at a school", index - 1):
        return True
    lead = page.folded_at(index - 1)
    if lead in ("from", "to", "of"):
        near = ("beside a school",) if lead == "of" else ("going to a school", "beside a school")
        return any(page.has_cue(heading, index - back) for heading in near for back in (2, 3))
    return False


def _is_placed(page: Page, index: int) -> bool:
    """Whether a place is spoken of just before a word, be it a school or not."""
    return _is_led(page, index) or page.folded_at(index - 1) in ("from", "to", "by", "in", "past", "over")


def _with_a_short_type(page: Page) -> Iterator[Stretch]:
    """Yield "from eastgate boys'", "at rosewood ap", "by harrow lane academy": a name before what schools are for."""
    for word in page.words:
        name = page.at(word.index - 1)
        if not page.has_cue("short school types", word.index) or word.gap != " " or name is None:
            continue
        two = name.gap == " " and page.has_cue("ending a place of two words", name.index)
        start = name.index - two
        first = page.at(start)
        if first is None or not first.is_letters or not _is_placed(page, start) or first.possessive or name.possessive:
            continue
        if page.has_cue("never part of a school's name", start) or page.has_cue("before a street, not its name", start):
            continue
        known = page.evidence(first)
        endings = tuple(page.lists.cues["endings of places"])
        placelike = name.folded.endswith(endings) and len(name.folded) >= _SHORTEST and not page.is_kept(name)
        if two or placelike or (is_strange(page, first) and not known.first) or _is_named_high(page, word, first):
            yield start, word.index


def _is_named_high(page: Page, kind: Word, name: Word) -> bool:
    """Whether a first name stands before "high" or "comp", as in "at trinity high"."""
    known = page.evidence(name)
    led = page.folded_at(name.index - 1) == "at"
    if led and page.is_kept(name) and kind.folded in ("grammar", "high", "girls", "boys"):
        return not known.ordinary and page.folded_at(kind.index + 1) not in ("risk", "level", "need", "needs")
    return led and kind.folded in ("high", "comp", "infants", "juniors") and (known.first or known.rare_first)


def _of_one_word(page: Page) -> Iterator[Stretch]:
    for word in page.words:
        known = page.evidence(word)
        if len(word.folded) < _SHORTEST or not word.is_letters or known.ordinary or page.is_kept(word):
            continue
        stem = next((e for e in page.lists.cues["endings of places"] if word.folded.endswith(e)), "")
        if not stem or len(word.folded) - len(stem) < _SHORTEST_STEM or known.first or word.possessive:
            continue
        if _is_led(page, word.index) and word.gap == " ":
            yield word.index, word.index
    yield from _initials(page)
    yield from _gone_to(page)


def _gone_to(page: Page) -> Iterator[Stretch]:
    """Yield "moved to laisterdyke", "used to go to beckfoot": what is in no list at all, where somebody goes to it."""
    for word in page.words:
        if len(word.folded) <= _SHORTEST or page.folded_at(word.index - 1) not in ("to", "from"):
            continue
        known = page.evidence(word)
        if word.gap != " " or not word.is_letters or page.is_kept(word):
            continue
        listed = known.first or known.rare_first or known.last or known.ordinary
        if (
            page.has_cue("going to a school", word.index - 2)
            and not listed
            and not page.is_slip(word)
            and not page.is_made_of_words(word)
        ):
            yield word.index, word.index


def _initials(page: Page) -> Iterator[Stretch]:
    """Yield "outside QEGS", "at kegs": initials that end as those of schools do, or that somebody goes to."""
    endings = tuple(page.lists.cues["endings of initials"])
    for word in page.words:
        if not 3 <= len(word.text) <= 6 or word.gap != " " or not word.is_letters:
            continue
        ends, shouted = word.folded.endswith(endings), word.text.isupper() and not page.plain.isupper()
        if not (ends or shouted) or page.is_kept(word):
            continue
        known = page.evidence(word)
        lead = page.folded_at(word.index - 1)
        led = _is_led(page, word.index) or lead in ("from", "by", "to")
        vowels = sum(letter in "aeiou" for letter in word.folded)
        if ends and led and (shouted or (not known.ordinary and not known.first and vowels <= 1)):
            yield word.index, word.index
        gone = page.has_cue("going to a school", word.index - 2) and lead in ("from", "to")
        if shouted and len(word.text) > 3 and gone and not known.ordinary and not page.is_slip(word):
            yield word.index, word.index


def _of_two_words(page: Page) -> Iterator[Stretch]:
    for word in page.words:
        name = page.at(word.index - 1)
        if not page.has_cue("ending a place of two words", word.index) or name is None or word.gap != " ":
            continue
        named = is_strange(page, name) or (page.evidence(name).first and not page.is_kept(name))
        named = named or (page.is_kept(name) and not name.kept and page.has_cue("going to a school", name.index - 2))
        blocked = name.possessive or page.has_cue("before a street, not its name", name.index)
        if named and not blocked and _is_led(page, name.index) and name.gap == " ":
            yield name.index, word.index


def _nurseries(page: Page) -> Iterator[Stretch]:
    """Yield "at little acorns", "from busy bees"."""
    for word in page.words:
        small = page.at(word.index - 1)
        if not page.has_cue("nurseries are called after", word.index) or small is None or word.gap != " ":
            continue
        spoken_of = (small.index - 1, small.index - 2, word.index + 1)
        led = page.folded_at(small.index - 1) in ("at", "from", "to", "near")
        if led and word.folded in ("people", "kids", "legs", "hands", "feet", "steps", "days", "toddlers", "buttons"):
            led = page.folded_at(small.index - 1) == "at"
        if page.has_cue("small and happy", small.index) and (
            led or any(page.has_cue("nurseries are spoken of", index) for index in spoken_of)
        ):
            yield small.index, word.index
    for word in page.words:
        lead = page.folded_at(word.index - 1)
        spoken_of = page.has_cue("nurseries are spoken of", word.index - 1) and word.gap in (" (", ", ")
        alone = page.has_cue("nurseries in one word", word.index) and not word.possessive
        if alone and spoken_of:
            yield word.index, word.index
        if (
            alone
            and word.gap == " "
            and (lead in ("at", "from") or _is_led(page, word.index))
            and page.folded_at(word.index + 1) != "to"
        ):
            yield word.index, word.index


def _honoured(page: Page) -> Iterator[Stretch]:
    """Yield "gone to sir roger manwick", "at queen ethelburgas"."""
    for word in page.words:
        name = page.at(word.index + 1)
        if not page.has_cue("honours of schools", word.index) or not _is_led(page, word.index) or name is None:
            continue
        if name.gap == " " and (is_strange(page, name) or page.evidence(name).first):
            after = page.at(name.index + 1)
            more = after is not None and after.gap == " " and not name.possessive and is_strange(page, after)
            yield word.index, name.index + more


def _church_schools(page: Page) -> Iterator[Stretch]:
    """Yield "canon hargreave c of e", where no "primary" follows."""
    for phrase in page.phrases(page.lists.cue_phrases["schools are known as"]):
        start = phrase[0].index
        while start > 0 and page.words[start].gap == " " and phrase[0].index - start < 3:
            before = page.words[start - 1]
            if not (is_strange(page, before) or page.has_cue("honours of schools", before.index)):
                break
            start -= 1
        if start < phrase[0].index:
            yield start, phrase[-1].index
