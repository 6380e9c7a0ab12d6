"""Whom found words are about, where grammar decides it: a parent or the child, a listener or a culprit.

"Mum has mental health problems" is no concern about the child's own mental health; "told the TA that
dad hits him" is none about the teaching assistant.
"""

from bot.knowledge.word_classes import CLASSES
from bot.reading import grammar
from bot.reading.finder import Found
from bot.reading.words import Words

_PARENTS_STATE = frozenset({"parental_mental_health", "parental_substance_misuse"})
# The categories whose words may cover others.
SHADING = _PARENTS_STATE | {"domestic_abuse", "physical_harm"}
_LISTENERS_AFTER = frozenset(["told", "tell", "tells", "telling", "asked", "informed"])
_TO_AFTER = frozenset(
    "said says disclosed spoke speaking talked reported went came up mentioned confided admitted".split()
)
_NOTICES = frozenset(
    "noticed saw seen heard overheard reported reports spotted found told says said asked witnessed observed "
    "concerned worried".split()
)
# A parent who found the child tells of the child: "mum found her after she took an overdose".
_FINDS = frozenset("found finds caught discovered noticed walked rang called phoned".split())
_FOUND = frozenset("her him them child daughter son that after".split())
_SHE = frozenset({"mum", "mother", "stepmum", "nan", "gran", "girlfriend", "wife"})
_HE = frozenset({"dad", "father", "stepdad", "boyfriend", "husband", "grandad"})
# A parent further off than this many words may only have found or told it: the child's own danger stands.
_NEAR = 8
# What a parent's harm or hurt must not be read as, where the same words say both.
_OWN_HURT = frozenset(
    {"injury", "injury_repeated", "strangled", "physical_assault", "hurt_by_adult", "injury_pattern", "self_harm"}
)


def is_about_another(found: Found, category: str, words: Words) -> bool:
    """Return whether the words join one person to what is said of another."""
    gap = [words.words[i] for i in range(found.first, found.after) if i not in found.own]
    if category in _PARENTS_STATE:
        return _parent_only_speaks(words.words[found.first], gap)
    if category == "staff_allegation":
        return bool(set(gap) & (grammar.ADULTS - CLASSES["staff"])) or _staff_only_hears(found, words)
    return False


def _parent_only_speaks(subject: str, gap: list[str]) -> bool:
    """Return whether a parent is telling, or does not know, of somebody else: "mum says he is depressed"."""
    if not _FINDS.isdisjoint(gap) and not _FOUND.isdisjoint(gap):
        return True
    agreeing = {"she"} if subject in _SHE else {"he"} if subject in _HE else {"they"}
    if agreeing & set(gap):
        return False
    other = {"he", "she"} - agreeing if "they" not in agreeing else set()
    return bool((grammar.SAYING | other) & set(gap))


def _staff_only_hears(found: Found, words: Words) -> bool:
    row = words.words
    staff = [i for i in range(found.first, found.after) if row[i] in CLASSES["staff"]]
    if not staff:
        return False
    place = staff[0]
    if place + 1 < len(row) and row[place + 1] in _NOTICES:
        return True
    before = [word for word in row[max(0, place - 5) : place] if word not in _ARTICLES]
    if not before:
        return False
    return before[-1] in _LISTENERS_AFTER or (before[-1] == "to" and len(before) > 1 and before[-2] in _TO_AFTER)


_ARTICLES = frozenset("the his her their our a an my class form year maths english pe head one".split())


def shadows(parents: Found, of: str, own: Found, category: str) -> bool:
    """Return whether words on a parent (of category `of`) cover words that would tell of the child."""
    if not (parents.first < own.after and own.first < parents.after):
        return False
    if (parents.pattern.indicator, own.pattern.indicator) == ("weapon_used_at_home", "carries_knife"):
        return True
    if of in _PARENTS_STATE:
        # Where the child's words say all of the parent's and more, both stand.
        near = 0 <= own.first - parents.first <= _NEAR
        return category == "child_mental_health" and near and not parents.own < own.own
    if of != "domestic_abuse" or own.pattern.indicator not in _OWN_HURT or not _tells_of_parent(parents):
        return False
    # Being strangled is never taken for a parent's because a row stands beside it: all of it must be told of them.
    return own.pattern.indicator != "strangled" or own.own <= set(range(parents.first, parents.after))


def _tells_of_parent(parents: Found) -> bool:
    return not any(element.words & {"child", "him"} for element in parents.pattern.elements)
