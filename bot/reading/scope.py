"""Whether words that were found say that something is so, may be so, or is not.

Every doubt is settled towards the child: a "no" reaches only over words without content of their
own, a suspected adult's denial is no absence, and what is both denied and hedged is unsure.
"""

from collections.abc import Iterable

from bot.consultation import Status
from bot.reading import grammar
from bot.reading.clauses import Clauses
from bot.reading.finder import Found
from bot.reading.words import STOPS, Words

REACH = 8
HEDGE_REACH = 12


class Scope:
    """The clauses of one text, and what its small words do to what was found in it.

    `taken` are the places of words that a pattern named itself: a "never" that belongs to
    "never took him to the dentist" denies nothing.
    """

    def __init__(self, words: Words, taken: Iterable[int]) -> None:
        self._words = words.words
        self._paused = words.paused
        self._taken = frozenset(taken)
        self._clauses = Clauses(words)
        self._clause = self._clauses.clause

    def status(self, found: Found) -> Status | None:
        """Return the status of what was found, or None where the text speaks of no child at all."""
        if self._is_general(found):
            return None
        denied = self._is_denied(found)
        if denied is False:
            denied = self._is_denied_after(found)
        doubted = (
            self._is_hedged(found) or self._is_supposed(found) or self._is_asked(found) or self._is_discounted(found)
        )
        if found.pattern.denies:
            return Status.UNSURE if denied or doubted else Status.ABSENT
        if denied:
            return Status.UNSURE if doubted or self._has_ended(found) else Status.ABSENT
        return Status.UNSURE if doubted or denied is None or self._is_enquired(found) else Status.PRESENT

    def is_past(self, found: Found) -> bool:
        """Return whether the words are said of earlier times."""
        return self._is_past(found)

    def _before(self, found: Found, reach: int) -> range:
        """Return the places before what was found, no further than its clause begins."""
        return range(max(self._clause[found.first], found.first - reach), found.first)

    # --- not

    def _is_denied(self, found: Found) -> bool | None:
        """Return whether it is denied; None where the denial is that of an adult under suspicion."""
        negator = self._negator_of(found)
        if negator is None:
            return False
        return None if self._speaker_is_adult(negator) else True

    def _negator_of(self, found: Found) -> int | None:
        """Return the place of the "no" that reaches what was found, over words without content."""
        for place in range(found.first, found.after):
            if place not in found.own and self._negates(place) and self._reaches(place, found):
                return place
        listed = False
        for place in reversed(self._before(found, REACH)):
            word = self._words[place]
            if self._negates(place) and not (listed and place in self._taken):
                return place
            listed = listed or word in grammar.LIST_JOINS
            if not (listed or word in grammar.TRANSPARENT or word in grammar.TELLING):
                break
            if word in grammar.TELLING and not self._plain_no_before(place):
                break
        return self._denial_before(found)

    def _reaches(self, place: int, found: Found) -> bool:
        """Return whether a "no" in a gap is said of the next word that the pattern names."""
        after = next(i for i in range(place, found.after) if i in found.own)
        between = self._words[place + 1 : after]
        return not grammar.LIST_JOINS.isdisjoint(between) or all(word in grammar.TRANSPARENT for word in between)

    def _plain_no_before(self, place: int) -> bool:
        return any(self._words[i] in grammar.PLAIN_NEGATORS for i in range(max(self._clause[place], place - 4), place))

    def _denial_before(self, found: Found) -> int | None:
        reach = self._before(found, HEDGE_REACH)
        return next((i for i in reversed(reach) if self._words[i] in grammar.DENIALS and self._negates(i)), None)

    def _negates(self, place: int) -> bool:
        if self._words[place] not in grammar.NEGATORS:
            return False
        after = self._words[place + 1 : place + 2]
        if self._words[place] == "no" and not grammar.AFTER_A_CONTRADICTION.isdisjoint(after):
            return False
        if self._words[place] in grammar.DENIALS and grammar.UNDOING & set(self._words[max(0, place - 2) : place]):
            return False
        return not (self._is_unbelief(place) or self._clauses.has_phrase(grammar.NOT_NEGATING, place, place + 2))

    def _is_unbelief(self, place: int) -> bool:
        """Whether this "not" is of knowing and not of being: "can not believe it, he was", "is not aware he was"."""
        ahead = [*self._words[place + 1 : place + 8], "", ""]
        if ahead[0] == "believe":
            return self._words[max(0, place - 1)] in ("can", "could")
        if ahead[0] == "aware":
            return ahead[1] != "of" and "any" not in ahead
        return ahead[0] == "really" and ahead[1] in grammar.AFTER_A_CONTRADICTION

    def _speaker_is_adult(self, negator: int) -> bool:
        """Return whether the "no" is told by an adult at home or at work with the child."""
        if self._words[negator] in grammar.DENIALS:
            return self._person_before(negator) == "adult"
        said = [i for i in range(self._clause[negator], negator) if self._words[i] in grammar.SAYING]
        return bool(said) and self._person_before(said[-1]) == "adult"

    def _person_before(self, place: int) -> str | None:
        for i in range(place - 1, -1, -1):
            if self._words[i] in grammar.ADULTS:
                return "adult"
            if self._words[i] in grammar.CHILDREN:
                return "child"
        return None

    def _is_denied_after(self, found: Found) -> bool:
        after = self._words[found.after :]
        if found.after in self._taken:
            return False
        if after[:1] == ("?",) or (after and self._paused[found.after]):
            bare = after[after[0] == "?" :][:2]
            if bare and bare[0] in grammar.BARE_NO and (len(bare) == 1 or bare[1] in STOPS):
                return True
        said = " ".join(after[:6])
        return any(said == words or said.startswith(f"{words} ") for words in grammar.DENIED_AFTER)

    # --- perhaps, if, and whether

    def _is_hedged(self, found: Found) -> bool:
        places = [*self._before(found, HEDGE_REACH)]
        places += [i for i in range(found.first, found.after) if i not in found.own]
        if any(self._hedges(i) for i in places):
            return True
        first = self._clause[found.first]
        if any(
            first <= start and end <= found.first and not self._is_childs_worry(start)
            for start, end in self._hedge_phrases()
        ):
            return True
        _, after = self._clauses.sentence_of(found.after - 1)
        tail = " ".join(self._words[found.after : after][-6:])
        return any(tail == words or tail.endswith(f" {words}") for words in grammar.AFTER_HEDGES)

    def _hedge_phrases(self) -> list[tuple[int, int]]:
        return self._clauses.phrases(grammar.HEDGE_PHRASES)

    def _is_childs_worry(self, place: int) -> bool:
        """Return whether it is the child who worries: that is no doubt of the one who writes."""
        before = self._words[max(0, place - 2) : place]
        return self._words[place].startswith("worr") and bool(before) and before[0] in grammar.WORRIERS

    def _hedges(self, i: int) -> bool:
        word, before = self._words[i], self._words[i - 1] if i else ""
        after = self._words[i + 1] if i + 1 < len(self._words) else ""
        if word not in grammar.HEDGES:
            return False
        if word == "may" and before in grammar.BEFORE_A_MONTH:
            return False
        if word == "could" and after == "not":
            return False
        return not (word.startswith(("think", "thought")) and before in {"he", "she", "child"})

    def _is_supposed(self, found: Found) -> bool:
        first, after = self._clauses.sentence_of(found.first)
        if self._clauses.has_phrase(grammar.SUPPOSING_PHRASES, first, after):
            return True
        if found.pattern.indicator in grammar.HOLDS_WITH_IF:
            return False
        for i in self._before(found, HEDGE_REACH):
            if self._words[i] in grammar.SUPPOSING and not self._clauses.has_phrase(
                grammar.NOT_SUPPOSING, max(0, i - 3), i + 1
            ):
                return True
        return False

    def _is_asked(self, found: Found) -> bool:
        first = self._clause[found.first]
        while first < found.first and self._words[first] in grammar.BEFORE_A_QUESTION:
            first += 1
        word = self._words[first]
        after = self._words[first + 1] if first + 1 < len(self._words) else ""
        if word not in grammar.ASKING or first >= found.first:
            return False
        if word in grammar.OPEN_QUESTIONS:
            _, end = self._clauses.sentence_of(found.first)
            asked = end < len(self._words) and self._words[end] == "?"
            return asked or after in grammar.ASKING or after in {"if", "to"}
        return after in grammar.SUBJECTS

    def _is_enquired(self, found: Found) -> bool:
        """Return whether somebody is asked for it: "has anyone seen any bruises", "any call outs to this address?"."""
        first, end = self._clauses.sentence_of(found.first)
        opening = self._words[first : min(first + 3, found.first + 1)]
        if not opening or found.first - first > HEDGE_REACH:
            return False
        asked = end < len(self._words) and self._words[end] == "?"
        if opening[0] in grammar.ENQUIRING:
            return asked or opening[1:2] == ("know",)
        return opening[0] in grammar.ASKING and any(word in grammar.ENQUIRED for word in opening[1:])

    def _is_discounted(self, found: Found) -> bool:
        """Return whether the sentence tells that somebody found it was not so, and takes nothing of that back."""
        first, after = self._clauses.sentence_of(found.first)
        return self._clauses.has_phrase(grammar.DISCOUNTED_PHRASES, first, after) and not any(
            word in grammar.BREAKS for word in self._words[first:after]
        )

    # --- in general, and long ago

    def _is_general(self, found: Found) -> bool:
        first, after = self._clauses.sentence_of(found.first)
        if self._clauses.has_phrase(grammar.TAUGHT_PHRASES, first, after) and not any(
            word in grammar.TELLS_OF_SOMEBODY for word in self._words[first:after]
        ):
            return True
        if not self._clauses.has_phrase(grammar.GENERAL_PHRASES, first, after):
            return False
        return not any(word in grammar.SOMEBODY for word in self._words[first:after])

    def _has_ended(self, found: Found) -> bool:
        _, after = self._clauses.sentence_of(found.after - 1)
        return self._clauses.has_phrase(grammar.ENDED_PHRASES, self._clause[found.first], min(after, found.after + 5))

    def _is_past(self, found: Found) -> bool:
        _, after = self._clauses.sentence_of(found.after - 1)
        return self._clauses.has_phrase(grammar.PAST_PHRASES, self._clause[found.first], min(after, found.after + 5))
