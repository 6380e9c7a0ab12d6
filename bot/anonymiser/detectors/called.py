"""The name after "called", "known as", "nickname", "his name is"."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word


def _is_named(page: Page, word: Word, strongly: bool) -> bool:
    if page.has_cue("not a name after called", word.index) or word.kept:
        return False
    if page.may_be_a_name(word):
        return True
    return strongly and not page.is_kept(word)


def _names_a_person(page: Page, cue: Word) -> bool:
    """Whether "called" follows somebody ("a boy called Rocket") and not a verb ("been called stupid")."""
    linked = page.folded_at(cue.index - 1) in ("is", "was", "are")
    return bool(page.kin_role(cue.index - 1) or (linked and page.kin_role(cue.index - 2)))


def _is_called_by_others(page: Page, word: Word) -> bool:
    """Whether a word ends "they call him Spud": listed, unknown or with a capital it is a name, else an insult."""
    called = page.folded_at(word.index - 2) in ("call", "calls", "called")
    if not called or page.folded_at(word.index - 1) not in ("him", "her", "them") or page.is_kept(word):
        return False
    if page.has_cue("not a name after called", word.index):
        return False
    return page.is_name_cased(word) or page.is_unknown(word) or page.evidence(word).first


def find(page: Page) -> Iterator[Mark]:
    """Yield each word announced as a name; after "nickname" any word is one."""
    for heading in ("naming phrases", "nickname phrases"):
        for word in page.after_phrase(heading):
            if _is_named(page, word, strongly=heading == "nickname phrases"):
                yield Mark(word.start, word.end, "NAME")
    for word in page.after_phrase("naming words"):
        cue = page.words[word.index - 1]
        if re.fullmatch(r"[ '\":]*", word.gap) and _is_named(page, word, _names_a_person(page, cue)):
            yield Mark(word.start, word.end, "NAME")
    for word in page.words:
        if _is_called_by_others(page, word):
            yield Mark(word.start, word.end, "NAME")
