"""Words that the name model takes for a name, more readily where the lists do not speak against it."""

from collections.abc import Iterator

from bot.anonymiser.detectors.bare import stands_for_a_person
from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

# The least odds (see bot.name_model) at which a word is taken for a name, by what the lists say of it. Drawn
# from the practice messages: at these odds names and other words of the kind are about equally frequent there.
_LISTED_NAME = 0.02
_UNKNOWN = 0.1
_SLIP = 0.5  # no word, but one typing slip away from an everyday one
_NAME_AND_WORD = 0.05  # sunny, pickle
_NAME_AND_EVERYDAY_WORD = 0.3  # grace, hope, mark
_LISTED_AND_WORD = 0.2  # on a list of names, though hardly ever met as one
_LISTED_AND_KEPT = 0.99  # kent, bailey: a place or a thing, unless the model is sure
_AFTER_A_DETERMINER = 0.6  # "a ruby ring", "the holly": a thing, more likely
_NEVER = 2.0
_SHORT = 4  # words of an answer such as "Devon please"


def _enough(page: Page, word: Word) -> float:
    known = page.evidence(word)
    if page.is_of_the_field(word):
        return _NEVER
    if page.is_kept(word):
        return _enough_for_a_kept_word(page, word)
    if known.ordinary:
        return _enough_for_a_word(page, word)
    if known.first:
        return _LISTED_NAME
    if page.is_slip(word):
        return _UNKNOWN if known.rare_first or stands_for_a_person(page, word) else _SLIP
    return _LISTED_NAME if known.rare_first or known.last else _UNKNOWN


def _enough_for_a_kept_word(page: Page, word: Word) -> float:
    known = page.evidence(word)
    if word.kept or word.folded in page.lists.roles or _names_a_place(page, word):
        return _NEVER
    if word.folded in page.lists.either:
        return _NAME_AND_EVERYDAY_WORD
    listed = known.first or known.rare_first or known.last
    return _LISTED_AND_KEPT if listed else _NEVER


def _names_a_place(page: Page, word: Word) -> bool:
    """Whether a council's or a town's name stands for itself: alone, after "in", before "council"."""
    if word.folded not in page.lists.areas:
        return False
    placed = page.has_cue("where somebody lives", word.index - 1) or page.has_cue("parts of a council", word.index + 1)
    return placed or len(page.words) <= _SHORT or word.opens


def _enough_for_a_word(page: Page, word: Word) -> float:
    known = page.evidence(word)
    if word.folded in page.lists.either:
        everyday = page.has_cue("names that are everyday words", word.index)
        enough = _NAME_AND_EVERYDAY_WORD if everyday else _NAME_AND_WORD
    elif known.first or known.last:
        enough = _LISTED_AND_WORD
    else:
        return _NEVER  # of plain words the model takes "she is hungry" for a name with all its might
    determined = page.has_cue("determiners", word.index - 1) and page.folded_at(word.index - 1) != "and"
    return max(enough, _AFTER_A_DETERMINER) if determined or page.has_cue("subjects", word.index - 1) else enough


def find(page: Page) -> Iterator[Mark]:
    """Yield each such word; words of one letter are left alone, and words to keep that are no names."""
    for word in page.words:
        if not word.is_letters or len(word.folded) < 2 or word.folded in page.lists.grammar - page.lists.either:
            continue
        if page.odds(word) >= _enough(page, word):
            yield Mark(word.start, word.end, "NAME")
