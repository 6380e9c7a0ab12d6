"""Schools by their short names: what stands behind "at", "near", "moved from" and is named as places are.

Not a detector by itself: `school` asks it for what has no "Primary" or "Academy" behind it.
"""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

type Stretch = tuple[int, int]  # the first and the last word of a name

_SHORTEST = 6  # letters of a name in one word
_SHORTEST_STEM = 3  # letters before its ending


def short_names(page: Page) -> Iterator[Stretch]:
    """Yield "oakfield", "hollins brow", "little acorns", "sir roger manwick", "canon hargreave c of e"."""
    for finder in (_of_one_word, _of_two_words, _nurseries, _honoured, _church_schools):
        yield from finder(page)


def is_strange(page: Page, word: Word | None) -> bool:
    """Say whether a word is in no dictionary, not kept and no slip for an everyday one."""
    if word is None or not word.is_letters or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return page.evidence(word).last or not page.is_slip(word)


def _is_led(page: Page, index: int) -> bool:
    """Whether a school is spoken of just before a word: "at", "near", "moved from", "gone to", "handover from"."""
    if page.has_cue("at a school", index - 1):
        return True
    if page.folded_at(index - 1) in ("from", "to"):
        return any(page.has_cue("going to a school", index - back) for back in (2, 3))
    return False


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


def _of_two_words(page: Page) -> Iterator[Stretch]:
    for word in page.words:
        name = page.at(word.index - 1)
        if not page.has_cue("ending a place of two words", word.index) or name is None or word.gap != " ":
            continue
        named = is_strange(page, name) or (page.evidence(name).first and not page.is_kept(name))
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
