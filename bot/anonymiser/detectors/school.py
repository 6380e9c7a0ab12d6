"""Names of schools: Saint Somebody's, Ysgol, and a name before Primary, Academy, High School and the like."""

from collections.abc import Iterator

from bot.anonymiser.detectors.plain_school import plain_schools
from bot.anonymiser.detectors.school_name import is_strange, joined, short_names
from bot.anonymiser.detectors.street import is_rare
from bot.anonymiser.page import Page
from bot.anonymiser.slips import slips_of
from bot.anonymiser.words import Mark, Word

_LONGEST_NAME = 4
_SHORTEST_SLIP = 6  # letters of a mistyped "primary", "academy"


def _is_type(page: Page, index: int) -> bool:
    """Whether a word is a school type, or no word at all and one slip away from a long one."""
    word = page.at(index)
    if word is None or page.has_cue("school types", index):
        return word is not None
    if len(word.folded) < _SHORTEST_SLIP or not word.is_letters or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return not page.evidence(word).last and word.folded in slips_of(page.lists.cues["school types"], 6)


def _type_run(page: Page, index: int) -> int:
    """Return the index of the last word of the school type that begins at `index` ("RC Primary School")."""
    end = index
    while joined(page.at(end + 1)) and (
        _is_type(page, end + 1)
        or page.has_cue("after a school type", end + 1)
        or (page.has_cue("school middle words", end + 1) and _type_follows(page, end + 1))
    ):
        end += 1
    return end


def _type_follows(page: Page, index: int) -> bool:
    for i in range(index + 1, index + 5):
        if _is_type(page, i):
            return True
        if not page.has_cue("school middle words", i):
            return False
    return False


def _starts(page: Page) -> Iterator[int]:
    """Yield each index where a school type begins, with what may come before it (C of E, RC, girls)."""
    index = 0
    while index < len(page.words):
        middle = page.has_cue("school middle words", index) and _type_follows(page, index)
        if _is_type(page, index) or (middle and page.folded_at(index) not in ("of", "and", "special")):
            yield index
            index = _type_run(page, index)
        index += 1


def _name_before(page: Page, index: int, last: int) -> int | None:
    """Return where the school's name begins, or None when there is no name before the type."""
    start = index
    while start > 0 and index - start < _LONGEST_NAME and joined(page.at(start)):
        before = page.words[start - 1]
        if not _fits(page, before):
            break
        start -= 1
    if start == index:
        return None
    if page.cased:
        return _cased_start(page, start, index)
    return _small_start(page, start, index, last)


def _fits(page: Page, word: Word) -> bool:
    if word.folded in ("new", "old", "high", "park") and page.has_cue("streets said plainly", word.index + 1):
        return True  # "new road primary"
    if not word.is_letters or (word.possessive and not word.capital):
        return False
    if page.has_cue("never part of a school's name", word.index):
        return False
    return word.folded not in page.lists.keep or (page.cased and word.capital)


def _cased_start(page: Page, start: int, index: int) -> int | None:
    """In a cased sentence only the capitals next to the type belong to the name."""
    first = index
    while first > start and page.words[first - 1].text[0].isupper():
        first -= 1
    if first == index:
        lone = page.words[index - 1]
        return index - 1 if page.is_unknown(lone) or _is_rare(page, lone, page.evidence(lone).last) else None
    if page.words[index].text[0].isupper():
        return first
    # "Brookfield school" names one; "Mainstream school", at the start of a sentence, does not.
    return first if any(_is_rare(page, w) for w in page.words[first:index]) else None


def _is_no_word(page: Page, word: Word) -> bool:
    """Whether a word is in no dictionary and is no slip: "brookside", but not "loacl" before "primary"."""
    known = page.evidence(word)
    if known.ordinary or page.is_kept(word):
        return False
    return known.first or known.last or not page.is_slip(word)


def _is_rare(page: Page, word: Word, listed: bool = True) -> bool:
    return listed and not page.evidence(word).ordinary


def _small_start(page: Page, start: int, index: int, last: int) -> int | None:
    """Without capitals: a name that is no ordinary word, or ordinary words after "at", "from", "the"."""
    if any(_is_no_word(page, w) for w in page.words[start:index]):
        return start
    if all(w.capital for w in page.words[start : last + 1]):
        return start
    types = {page.folded_at(i) for i in range(index, last + 1)}
    placed = page.has_cue("before the name of a school", start - 1) or start == 0
    too_plain = types <= page.lists.cues["school types too plain for ordinary words"]
    kept = all(map(page.is_kept, page.words[start:index]))
    return start if placed and not too_plain and not kept else None


def _is_somebody(page: Page, start: int, index: int, last: int) -> bool:
    """Whether a person stands before the word "school" by chance: "told tyler school would ring"."""
    if start < index - 1 or index != last or page.folded_at(index) != "school" or page.words[index].capital:
        return False
    placed = page.has_cue("before the name of a school", start - 1) or page.has_cue("at a school", start - 1)
    return page.evidence(page.words[start]).first and not placed


def _with_article(page: Page, start: int) -> int:
    before = page.at(start - 1)
    return start - 1 if before and before.folded == "the" and before.capital and not before.opens else start


def _saints(page: Page) -> Iterator[tuple[int, int]]:
    """Yield "St Mary's", with its type if it has one. Towns such as St Albans are on the keep-list."""
    for word in page.words:
        saint = page.at(word.index + 1)
        if word.folded not in ("st", "saint") or word.kept or saint is None or not saint.is_letters:
            continue
        if not joined(saint) or page.plain[max(word.start - 1, 0)].isdigit() or saint.kept:
            continue
        if _is_a_saint(page, saint):
            yield word.start, _closing(page, _dedication(page, saint))


def _is_a_saint(page: Page, word: Word) -> bool:
    if word.possessive or page.is_unknown(word) or page.is_name_cased(word) or is_rare(page, word):
        return True
    return word.folded in page.lists.first or word.folded.removesuffix("s") in page.lists.first


def _dedication(page: Page, saint: Word) -> Word:
    """Return the last word of "Mary and Joseph", "Lady of Lourdes"."""
    named = page.at(saint.index + 2)
    surname = page.at(saint.index + 1)
    if surname is not None and surname.gap == " " and not saint.possessive and is_strange(page, surname):
        listed = page.evidence(surname)
        if not (page.evidence(saint).ordinary or listed.first or listed.rare_first):
            return surname  # "st cuthbert mayne"
    if page.folded_at(saint.index + 1) not in ("and", "of", "&") or named is None or not named.is_letters:
        return saint
    belongs = page.is_plainly_a_name(named) or page.is_name_cased(named) or not page.evidence(named).ordinary
    return named if belongs else saint


def _closing(page: Page, word: Word) -> int:
    after = page.at(word.index + 1)
    is_type = joined(after) and (page.has_cue("school types", after.index) or (
        page.has_cue("school middle words", after.index) and _type_follows(page, after.index)))  # fmt: skip
    if is_type:
        return page.words[_type_run(page, after.index)].end
    if after is not None and after.gap == " ":
        for phrase in page.phrases(page.lists.cue_phrases["school types of several words"]):
            if phrase[0] is after:
                return phrase[-1].end
    return word.end + 2 * word.possessive


def _places_of_work(page: Page) -> Iterator[Word]:
    """Yield the name after "DSL at", "attends", "pupil at", where it is no word or has its capital."""
    for word in page.after_phrase("before a school"):
        if word.gap != " " or page.is_kept(word) or word.folded in page.lists.grammar or len(word.folded) < 4:
            continue
        if (_is_rare(page, word) and not page.is_slip(word)) or page.is_name_cased(word):
            yield word


def _typed_first(page: Page) -> Iterator[tuple[int, int]]:
    """Yield "ysgol maes helyg", "gaelscoil an droichid": the type, one word, and those that are no English."""
    for word in page.words:
        last = word.index + 1
        if not page.has_cue("school types that come first", word.index) or not joined(page.at(last)):
            continue
        while joined(page.at(last + 1)) and (
            is_rare(page, page.at(last + 1)) or page.has_cue("small words inside a name", last)
        ):
            last += 1
        yield word.index, last


def find(page: Page) -> Iterator[Mark]:
    """Yield each school named. "his primary school" and "the academy" name none."""
    for start, end in _saints(page):
        yield Mark(start, end, "SCHOOL")
    for word in _places_of_work(page):
        yield Mark(word.start, word.end, "SCHOOL")
    for phrase in page.phrases(page.lists.cue_phrases["church schools"]):
        yield Mark(phrase[0].start, _closing(page, _dedication(page, phrase[-1])), "SCHOOL")
    for index in _starts(page):
        last = _type_run(page, index)
        start = _name_before(page, index, last)
        if start is not None and not _is_somebody(page, start, index, last):
            yield Mark(page.words[_with_article(page, start)].start, page.words[last].end, "SCHOOL")
    for finder in (short_names, _typed_first, plain_schools):
        for first, end in finder(page):
            yield Mark(page.words[first].start, page.words[end].end, "SCHOOL")
