"""From a DSL's words to the answer of the question that is open, or None when they are not one.

Used only for the open question, after buttons (which carry their value) and beside the reading
(which finds answers nobody asked for). A hedge is never taken for yes or no: it is unknown.
"""

import re
from collections.abc import Mapping

from bot.knowledge.answer_words import AnswerWords
from bot.knowledge.model import Question

YES_NO = frozenset({"in_danger", "about_staff", "baby_at_home"})
_CONFIRM = {"understood": "yes", "answers_checked": "yes"}
_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")

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
        plain = plainly(text)
        if question in _CONFIRM:
            agrees = intent in ("affirm", "agree_view") or _starts(plain, self._words.yes)
            return _CONFIRM[question] if agrees else None
        if question == "safe_scale":
            return self._scale(plain)
        if self._says_unknown(question, plain, intent):
            return "unknown"
        if question in YES_NO:
            return self._yes_or_no(question, plain, intent, also_read)
        if question in also_read:
            return also_read[question]
        return self._by_phrase(question, plain) or self._own_words(question, text)

    def _says_unknown(self, question: str, plain: str, intent: str) -> bool:
        if question == "worry":
            return False
        return intent in ("unsure", "skip_question") or _starts(plain, self._words.unknown)

    def _yes_or_no(self, question: str, plain: str, intent: str, also_read: Mapping[str, Answer]) -> Answer | None:
        if _holds(plain, self._words.hedges):
            return "unknown"
        if _starts(plain, self._words.no):
            return "no"
        if _starts(plain, self._words.yes):
            return "yes"
        if question in also_read:
            return also_read[question]
        if _longest(plain, self._words_of(question)):
            return "yes"
        return {"affirm": "yes", "deny": "no"}.get(intent)

    def _by_phrase(self, question: str, plain: str) -> Answer | None:
        words = self._words_of(question)
        if self._is_many(question):
            ticked = tuple(value for value, phrases in words.items() if _holds(plain, phrases))
            several = tuple(v for v in ticked if v not in ("none", "nothing_yet"))
            return several or ticked or None
        return _longest(plain, words)

    def _own_words(self, question: str, text: str) -> str | None:
        held = self._questions.get(question)
        is_text = question == "view_reason" or (held is not None and held.kind == "text")
        return text.strip() or None if is_text else None

    def _is_many(self, question: str) -> bool:
        held = self._questions.get(question)
        return held is not None and held.kind == "many"

    def _words_of(self, question: str) -> Mapping[str, tuple[str, ...]]:
        return self._words.questions.get(question, {})

    def _scale(self, plain: str) -> str | None:
        if _starts(plain, self._words.unknown):
            return "unknown"
        numbers = [int(n) for n in re.findall(r"\b\d{1,2}\b", plain)]
        return str(numbers[0]) if numbers and 0 <= numbers[0] <= 10 else None


def plainly(text: str) -> str:
    """Return the text in lower case without apostrophes or punctuation, single-spaced."""
    lowered = text.lower().replace("'", "").replace("\u2019", "")
    return " ".join(_NOT_LETTERS.sub(" ", lowered).split())


def _holds(plain: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in f" {plain} " for phrase in phrases)


def _starts(plain: str, phrases: tuple[str, ...]) -> bool:
    return any(f"{plain} ".startswith(f"{phrase} ") for phrase in phrases)


def _longest(plain: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the value whose longest phrase stands in the text; longer phrases say more."""
    found = [
        (len(phrase), value)
        for value, phrases in words.items()
        for phrase in phrases
        if f" {phrase} " in f" {plain} "
    ]
    return max(found)[1] if found else None
