"""The name that does or owns something: "Grace said", "grace was", "Will's", "grace and her mum"."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_GROWN_UP = 19
_OLD = 100
_OWNERS = ("his", "her", "their")
_BEFORE_NAMES_TOO = {"and", "with", "that"}


def _opens_a_clause(page: Page, word: Word) -> bool:
    if word.opens or re.search(r"[,(]", word.gap):
        return True
    return page.has_cue("clause openers", word.index - 1) or page.folded_at(word.index - 1) in ("and", "or")


def _is_a_doer(page: Page, word: Word) -> bool:
    """Whether the words after it make an either-way word the name of somebody who acts."""
    following = page.at(word.index + 1)
    if following and _opens_a_clause(page, word) and re.fullmatch(r" ?[,(] ?", following.gap):
        return (
            following.folded in ("who", "aged", "age", "real", "aka", "nickname") or following.text.isdigit()
        )  # "Sky, who", "Ewa, 14"
    if following is None or following.gap != " ":
        return following is not None and following.gap.strip() == ":" and word.index == 0
    if page.has_cue("said verbs", following.index):
        return True
    if word.opens and following.folded == "from":
        return not page.evidence(word).ordinary  # "Jo from CAMHS"
    if not _opens_a_clause(page, word):
        return False
    if page.has_cue("third person verbs", following.index) or _is_past(page, following):
        return True
    return following.folded == "and" and page.folded_at(word.index + 2) in _OWNERS


def _is_past(page: Page, word: Word) -> bool:
    """Whether a word is a verb of something that was done: "River hid", "Bear kicked"."""
    done = word.folded.endswith("ed") and page.evidence(word).ordinary and len(word.folded) > 4
    return done or page.has_cue("done by somebody", word.index)


def _is_an_owner(page: Page, word: Word) -> bool:
    return word.possessive and not page.has_cue("determiners", word.index - 1)


def _speaks(page: Page, word: Word) -> bool:
    """Whether a month that is a name too says something: "April said", but not "April was hard"."""
    return page.has_cue("kept words that may speak", word.index) and page.has_cue("said verbs", word.index + 1)


def _is_determined(page: Page, word: Word) -> bool:
    return page.folded_at(word.index - 1) in page.lists.cues["determiners"] - _BEFORE_NAMES_TOO


def _acts(page: Page, word: Word) -> bool:
    if page.is_kept(word):
        return _speaks(page, word) and not _is_determined(page, word)
    known = page.evidence(word)
    if not (known.first or known.last) and word.text[0].islower() and page.cased:
        return False
    if _is_determined(page, word):
        return False
    return _is_a_doer(page, word) or _is_an_owner(page, word)


def _is_aged(page: Page, word: Word) -> bool:
    """Whether a word stands before an age: "Yaw, 6, ..." at the beginning, "engaged to omid, 31" if it is no word."""
    age = page.at(word.index + 1)
    if page.is_kept(word) or word.folded in page.lists.grammar or age is None or len(word.folded) < 2:
        return False
    if not word.opens and page.evidence(word).ordinary and word.folded not in page.lists.either:
        return False
    child = age.text.isdigit() and 0 < int(age.text[:4]) < (_GROWN_UP if word.opens else _OLD)
    after = page.at(word.index + 2)
    return (
        child and re.fullmatch(r", | \(", age.gap) is not None and (after is None or after.gap[:1] in (",", ")", "."))
    )


def _is_presented(page: Page, word: Word) -> bool:
    """Whether a word at the beginning is said to be somebody: "Budgie (uncle) has moved in"."""
    who = page.at(word.index + 1)
    after = page.at(word.index + 2)
    if not word.opens or page.is_kept(word) or who is None or after is None or word.folded in page.lists.grammar:
        return False
    return who.gap == " (" and page.kin_role(who.index) != "" and after.gap.startswith(")")


def _is_subject(page: Page, word: Word) -> bool:
    """Whether a word that is no English one opens a sentence as a person would: "Temi came", "Dom (dad)".

    A slip for an everyday word is taken too, unless it is for one that opens sentences itself ("Hse was").
    """
    if not word.opens or page.evidence(word).ordinary or page.is_kept(word) or len(word.folded) < 3:
        return False
    following = page.at(word.index + 1)
    if following is None or (page.cased and not word.capital) or word.folded in page.lists.grammar:
        return False
    acts = following.gap == " " and page.has_cue("third person verbs", following.index)
    presented = following.gap == " (" and page.kin_role(following.index) != ""
    if presented or not (acts or word.possessive):
        return presented
    near = page.seen.near(word.folded)
    openers = page.lists.cues["sentence openers"].isdisjoint(near) and page.lists.roles.keys().isdisjoint(near)
    return openers and not page.lists.is_made_of_words(word.folded)


def find(page: Page) -> Iterator[Mark]:
    """Yield each word that may be a name and stands where only a person would."""
    for word in page.words:
        if word.is_letters and (
            _is_aged(page, word)
            or _is_presented(page, word)
            or _is_subject(page, word)
            or (page.may_be_a_name(word) and _acts(page, word))
        ):
            yield Mark(word.start, word.end, "NAME")
