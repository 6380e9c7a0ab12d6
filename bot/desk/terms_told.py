"""What a word or an abbreviation means, for who asks about it by name: that one alone, with its source."""

from bot.desk.cards import source_of
from bot.desk.consult import Counsel
from bot.desk.plain_words import plainly
from bot.knowledge.terms import Term

_AT_MOST = 2  # "the difference between CIN and CP"


def named(counsel: Counsel, text: str) -> dict[str, str]:
    """Return the blank that explains the terms a text names, in its order; none where it names none, or too many."""
    terms = _named(counsel.national.terms, text)
    if not 0 < len(terms) <= _AT_MOST:
        return {}
    say = counsel.wording.say
    told = (say("utter_about_term_line", words=t.words, source=source_of(t.citation, say)) for t in terms)
    return {"terms": " ".join(told)}


def all_names(counsel: Counsel) -> dict[str, str]:
    """Return the blank that lists what can be explained."""
    return {"terms": ", ".join(term.name for term in counsel.national.terms)}


def _named(terms: tuple[Term, ...], text: str) -> list[Term]:
    """Return the terms in the order in which the text names them; of two in one place, the longer."""
    plain = f" {plainly(text)} "
    found: dict[int, Term] = {}
    for phrase, term in sorted(((p, t) for t in terms for p in t.asked_as), key=lambda pair: -len(pair[0])):
        at = plain.find(f" {phrase} ")
        if at >= 0:
            found[at] = term
            plain = plain.replace(f" {phrase} ", f" {'_' * len(phrase)} ")
    return list({term.id: term for _, term in sorted(found.items(), key=lambda pair: pair[0])}.values())
