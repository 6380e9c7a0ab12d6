"""Whether some clause of a text told us nothing.

In doubt it did: what says something in the child's favour must be understood to the last word before
anything may rest on it, so a word that is neither named by a pattern nor known to be filling counts.
"""

from collections.abc import Collection, Iterable

from bot.reading import grammar
from bot.reading.age import number
from bot.reading.clauses import Clauses
from bot.reading.words import STOPS, Words

# Greetings, thanks, the talk of a consultation itself, and who is who in it.
_TALK = (
    "hi hello hiya hey good morning afternoon evening thanks thank cheers please sorry ok okay yes yeah yep nope no "
    "bye goodbye help advice advise call calling ring ringing chat query question consultation consult speak discuss "
    "talk dsl ddsl lead safeguarding designated deputy senco head headteacher teacher school college nursery academy "
    "primary secondary class form year yr reception group child children pupil student boy girl lad kid kids young "
    "person people son daughter mum mother dad father stepdad stepmum parent parents carer carers family home house "
    "baby brother sister siblings sibling nan grandparents gran lives live living male female teenager age aged old "
    "months month weeks week term name named kent buckinghamshire council county area about regarding re just would "
    "could can like want wanted know let tell ask asking wondering general overall"
)
# What colours a statement but adds nothing to it.
_COLOUR = (
    "very really quite always usually generally also too so well currently regularly often mostly all any "
    "some both each every day days daily week today date lovely happy bright kind polite great fine excellent strong "
    "loving caring warm stable supportive secure settled tidy smart pleasant both others "
    "positive doing seems seem appears appear overall here there this that these those it its which who what how "
    "than as at by for from in into of on onto to within with and or then because since while "
    "during a an the i we he she they you me us him her them my our his their your am is are be been being do does "
    "did has have having will shall"
)
FILLING = frozenset(_TALK.split()) | frozenset(_COLOUR.split())
_DENIAL_REACH = 8
_CHILDHOOD = 18


def is_unread(words: Words, told: Iterable[range], in_clause: Iterable[int]) -> bool:
    """Return whether a clause has words that told us nothing.

    `told` are the places of words that said something; `in_clause` are places whose whole clause
    did, because it speaks of a worry.
    """
    row, clause = words.words, Clauses(words).clause
    covered = {place for span in told for place in span}
    heard = {clause[place] for place in in_clause}
    return any(
        place not in covered and clause[place] not in heard and not _fills(row, place, covered)
        for place in range(len(row))
    )


def _fills(row: tuple[str, ...], place: int, covered: Collection[int]) -> bool:
    """Whether a word says nothing by itself; what is shown for a name says nothing either."""
    word = row[place]
    if word in grammar.NEGATORS:
        return _denies_what_was_heard(row, place, covered)
    if word in grammar.WORRYING:
        return not grammar.NEGATORS.isdisjoint(row[max(0, place - 3) : place])
    amount = number(word)
    return word in FILLING or word in STOPS or "_" in word or (amount is not None and amount <= _CHILDHOOD)


def _denies_what_was_heard(row: tuple[str, ...], place: int, covered: Collection[int]) -> bool:
    """Whether a "no" stands alone, belongs to "no concerns", or to a worry that it denies."""
    after = row[place + 1 : place + 1 + _DENIAL_REACH]
    if not after or after[0] in STOPS or not grammar.WORRYING.isdisjoint(after[:3]):
        return True
    return any(place + 1 + i in covered for i in range(len(after)))
