"""From a DSL's words to the answer of the question that is open, or None when they are not one.

Used only for the open question, after buttons (which carry their value) and beside the reading
(which finds answers nobody asked for). A hedge is never taken for yes or no: it is unknown. A value
that rules something out is taken from a plain denial and from nothing else; in doubt it is asked again.
"""

import re
from collections.abc import Iterable, Mapping

from bot.desk import answer_rules as rules
from bot.desk.asked_age import asked_age
from bot.desk.plain_words import denies_anything, holds, is_only, longest, plainly, speaks_for, starts
from bot.knowledge.answer_words import AnswerWords
from bot.knowledge.model import Question
from bot.reading.age import number

_SHORT = 6
_OF_A_SCALE = re.compile(r"\b(?:out of|of|to) (?:10|ten)\b")

_STOPS = re.compile(r"[.,;:!?\n]+|\bbut\b")
_OPEN_A_QUESTION = tuple("what who why how when where which do does did can could should is are am will would".split())

Answer = str | tuple[str, ...]


class AnswerReader:
    """Reads answers in words, from the phrases of `answers.yml`."""

    def __init__(self, words: AnswerWords, questions: Mapping[str, Question]) -> None:
        self._words = words
        self._questions = questions

    def read(self, question: str, text: str, intent: str, also_read: Mapping[str, Answer]) -> Answer | None:
        """Return the value of `question` that `text` gives.

        `intent` is the dialogue act the model saw; `also_read` are the answers that the reading
        found in the text. Free-text questions take the text itself.
        """
        plain = self._without_fillers(plainly(text))
        if question in rules.CONFIRM:
            return rules.CONFIRM[question] if self._confirms(plain, intent) else None
        if question == "safe_scale":
            return self._scale(plain)
        if self._kind(question) == "text" or question == "view_reason":
            return self._own_words(question, text, plain, intent)
        if question in rules.YES_NO:
            return self._yes_or_no(question, plain, intent, also_read)
        weighty = self._weightiest(question, plain)
        # "Not sure how to tell them" asks for advice; of a danger a doubt is a doubt.
        if weighty and not self._is_red_flag(question):
            return weighty
        if self._says_unknown(plain, intent):
            return "unknown"
        value = weighty or self._chosen(question, plain, also_read)
        doubts = value is None and holds(plain, self._words.unknown)
        return "unknown" if doubts else value

    def _chosen(self, question: str, plain: str, also_read: Mapping[str, Answer]) -> Answer | None:
        read = also_read.get(question)
        if read is not None and self._is_doubtful(question, read, plain):
            read = None
        if self._kind(question) == "many" and isinstance(read, tuple):
            more = self._ticked(question, self._words_of(question), plain) or ()
            return tuple(dict.fromkeys((*read, *(value for value in more if value not in rules.NOTHING))))
        if read is None and question == "age_band":
            read = asked_age(plain)
        return read if read is not None else self._by_phrase(question, plain)

    def _without_fillers(self, plain: str) -> str:
        while filler := next((word for word in self._words.fillers if plain.startswith(f"{word} ")), ""):
            plain = plain.removeprefix(f"{filler} ")
        return plain

    def _confirms(self, plain: str, intent: str) -> bool:
        agrees = intent in ("affirm", "agree_view") or starts(plain, self._words.yes)
        return agrees and not holds(plain, (*self._words.turns, "no", "not"))

    def is_plain_answer(self, question: str, text: str) -> bool:
        """Whether a text that is no question answers this one by its own words, free texts apart."""
        if self._kind(question) == "text" or "?" in text or starts(plainly(text), _OPEN_A_QUESTION):
            return False
        return self.read(question, text, "", {}) not in (None, "unknown")

    def beside(self, question: str, text: str) -> dict[str, Answer]:
        """Return what a text that answers another question says of this one, by its phrases alone."""
        value = longest(plainly(text), self._words_of(question), rules.FAR)
        return {} if value is None else {question: value}

    def may_pass(self, question: str, value: Answer, text: str) -> bool:
        """Whether a value that was read in passing may stand without the question being asked.

        What rules a danger out must be said plainly and alone between two stops: "no bruises or
        anything" is, "no bruises in september" is not.
        """
        if (question, value) in rules.NEVER_IN_PASSING:
            return False
        values = (value,) if isinstance(value, str) else value
        ruled_out = [v for v in values if self._is_only_plain(question, v)]
        clauses = [plainly(clause) for clause in _STOPS.split(text)]
        return all(any(self._denies(question, v, clause) for clause in clauses) for v in ruled_out)

    def rules_out(self, question: str, value: Answer) -> bool:
        """Whether this answer says that a danger is not so."""
        values = (value,) if isinstance(value, str) else value
        return self._is_red_flag(question) and any(self._is_only_plain(question, v) for v in values)

    def is_shaken(self, text: str) -> bool:
        """Whether something in the text turns against what it agrees to."""
        plain = plainly(text)
        return holds(plain, self._words.turns) or denies_anything(plain)

    def _says_unknown(self, plain: str, intent: str) -> bool:
        return intent in ("unsure", "skip_question") or starts(plain, self._words.unknown)

    def _yes_or_no(self, question: str, plain: str, intent: str, also_read: Mapping[str, Answer]) -> Answer | None:
        # A yes comes before a doubt about the rest: "yes, I think he is". "Right, ..." opens any sentence.
        if plain == "right" or starts(plain, (yes for yes in self._words.yes if yes != "right")):
            return "yes"
        if holds(plain, self._words.hedges) or self._says_unknown(plain, intent):
            return "unknown"
        if self._denies(question, "no", plain):
            return "no"
        read = also_read.get(question)
        if read is not None and not self._is_doubtful(question, read, plain):
            return read
        if longest(plain, {"yes": self._words_of(question).get("yes", ())}, rules.FAR):
            return "yes"
        # An act of denial alone is not trusted: "he is not breathing" is one too.
        return "yes" if intent == "affirm" else None

    def _weightiest(self, question: str, plain: str) -> str | None:
        words = self._words_of(question)
        weighty = rules.WEIGHTIEST.get(question, ())
        value = next((value for value in weighty if _speaks(plain, _longer(words.get(value, ())))), None)
        return None if _is_not_rung(value, plain) else value

    def _by_phrase(self, question: str, plain: str) -> Answer | None:
        words = self._words_of(question)
        if self._kind(question) == "many":
            return self._ticked(question, words, plain)
        denied = next((v for v in words if self._is_only_plain(question, v) and self._denies(question, v, plain)), None)
        if denied:
            return denied
        rest = {v: _longer(p) for v, p in words.items() if not self._is_only_plain(question, v)}
        value = longest(plain, rest, rules.FAR if question in rules.READ_FAR else 1)
        if not self._is_meant(question, value, plain):
            return None
        if ((question, value) in rules.CALM and holds(plain, self._words.turns)) or _is_not_rung(value, plain):
            return None
        return value or self._bare(question, words, plain)

    def _ticked(self, question: str, words: Mapping[str, tuple[str, ...]], plain: str) -> Answer | None:
        several = tuple(
            value for value, phrases in words.items() if value not in rules.NOTHING and _speaks(plain, _longer(phrases))
        )
        if several:
            return several
        for value in words:
            if self._is_only_plain(question, value):
                if self._denies(question, value, plain):
                    return (value,)
            elif _speaks(plain, _longer(words[value])):
                return (value,)
        held = self._bare(question, words, plain)
        return (held,) if held else None

    def _bare(self, question: str, words: Mapping[str, tuple[str, ...]], plain: str) -> str | None:
        """Return the value of a one-word negative that the text starts with: anywhere else it denies a detail."""
        for value, phrases in words.items():
            if not self._is_only_plain(question, value) and starts(plain, rules.BARE.intersection(phrases)):
                return value
        return None

    def _denies(self, question: str, value: str, plain: str) -> bool:
        """Whether the text is the plain denial that this value needs, and nothing besides."""
        own = self._words_of(question).get(value, ())
        statements = (*self._words.no, *own) if value != "yes" else own
        return is_only(plain, statements, self._words.beside, self._words.beside_a_no.get(question, ()))

    def _is_only_plain(self, question: str, value: str) -> bool:
        """Whether this value rules something out, so that only a plain denial gives it."""
        held = self._questions.get(question)
        option = held.options.get(value) if held else None
        rules_out = bool(option and option.absent) or (self._is_red_flag(question) and value == "no")
        return rules_out or (question, value) in rules.ONLY_PLAIN

    def _is_doubtful(self, question: str, value: Answer, plain: str) -> bool:
        """Whether the reading settles or rules something out by a text that says it less than plainly."""
        values = (value,) if isinstance(value, str) else value
        ruled_out = [v for v in values if self._is_only_plain(question, v)]
        if (question, value) in rules.CALM and (holds(plain, self._words.turns) or denies_anything(plain)):
            return True
        if self._is_red_flag(question):
            return any(not self._denies(question, v, plain) for v in ruled_out)
        return bool(ruled_out) and holds(plain, (*self._words.turns, *self._words.hedges, *self._words.unknown))

    def _own_words(self, question: str, text: str, plain: str, intent: str) -> str | None:
        """Return the text, or a value where the text is nothing but that: a DSL's words are never lost to a tick."""
        if question != "worry":
            if is_only(plain, self._words.unknown, self._words.beside):
                return "unknown"
            if intent in ("unsure", "skip_question") and len(plain.split()) <= _SHORT and self._is_about_knowing(plain):
                return "unknown"
            for value, phrases in self._words_of(question).items():
                if is_only(plain, phrases, self._words.beside):
                    return value
        return text.strip() or None

    def _is_about_knowing(self, plain: str) -> bool:
        return holds(plain, self._words.unknown) or len(plain.split()) <= 2

    def _kind(self, question: str) -> str:
        held = self._questions.get(question)
        return held.kind if held else ""

    def _is_red_flag(self, question: str) -> bool:
        held = self._questions.get(question)
        return held is not None and held.red_flag

    def _words_of(self, question: str) -> Mapping[str, tuple[str, ...]]:
        return self._words.questions.get(question, {})

    def _is_meant(self, question: str, value: str | None, plain: str) -> bool:
        """Whether the words stand for this value: "CP" beside a wheelchair is no plan."""
        return not holds(plain, self._words.elsewhere.get(question, {}).get(value or "", ()))

    def _scale(self, plain: str) -> str | None:
        if starts(plain, self._words.unknown):
            return "unknown"
        said = [number(word) for word in _OF_A_SCALE.sub("", plain).split()]
        numbers = [n for n in said if n is not None]
        return str(numbers[0]) if numbers and numbers[0] <= 10 else None


def _longer(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if phrase not in rules.BARE)


def _is_not_rung(value: str | None, plain: str) -> bool:
    """Whether "I am not going to be ringing anyone" was taken for ringing."""
    return value == "ringing" and denies_anything(plain)


def _speaks(plain: str, phrases: Iterable[str]) -> bool:
    return any(speaks_for(plain, phrase) for phrase in phrases)
