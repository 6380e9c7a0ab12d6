"""The answers that a text gives before they are asked for. Only what it says outright."""

import re
from collections.abc import Iterable, Mapping

from bot.consultation import Concern, Status
from bot.reading.age import read_age
from bot.reading.clock import just_a_time, only_a_time, read_time
from bot.reading.finder import Found
from bot.reading.pattern import Pattern, compile_pattern
from bot.reading.words import Words

# The first value that holds is taken: what weighs more stands first.
_FIRST = {
    "open_case": ("cp", "looked_after", "cin", "early_help", "no"),
    "how_often": ("over_6_months", "daily", "weekly", "few", "once"),
    "trend": ("worse", "sudden", "same", "better"),
    "parents_know": ("would_raise_risk", "refuse", "want_advice", "agree"),
    "effect": ("health_or_development", "school_and_friends", "none_seen"),
    "goes_home": ("today",),
}
_FACTORS = {
    "domestic_abuse": ("domestic_abuse", "domestic_abuse_possible", "domestic_abuse_past"),
    "substance_misuse": ("parent_substance_misuse",),
    "mental_illness": ("parent_mental_illness", "parent_suicidal"),
    "learning_difficulty": ("parent_learning_difficulty",),
    "prison": ("parent_in_prison",),
}
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,300})[\"”]")
_SPEAKS = re.compile(
    r"\b(?:he|she|they|child\]?|boy|girl|pupil)\b[^.\"“]{0,60}\b(?:said|says|told|saying|wrote|disclosed|shouted|whispered)"
    r"[^.\"“]{0,60}$",
    re.IGNORECASE,
)

Answers = dict[str, str | tuple[str, ...]]


def answer_patterns(said: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[Pattern, ...]:
    """Return the compiled patterns by question and value; their `indicator` is `question=value`.

    Raises PatternError for one that cannot mean anything.
    """
    return tuple(
        pattern
        for question, values in said.items()
        for value, patterns in values.items()
        for written in patterns
        for pattern in compile_pattern(f"{question}={value}", written)
    )


class Said:
    """Which values of which questions a text speaks of, by status."""

    def __init__(self, judged: Iterable[tuple[Found, Status, bool]]) -> None:
        self._now: dict[str, set[str]] = {}
        self._denied: dict[str, set[str]] = {}
        self._past: dict[str, set[str]] = {}
        self._unsure: dict[str, set[str]] = {}
        rows = list(judged)
        # "He has CP and a wheelchair": what else it may mean is said, so that it answers nothing.
        spared = {found.pattern.indicator for found, *_ in rows if found.pattern.spares}
        for found, status, past in rows:
            if found.pattern.indicator in spared:
                continue
            question, _, value = found.pattern.indicator.partition("=")
            held = self._now if status is Status.PRESENT and not past else self._past
            if status is Status.ABSENT:
                held = self._denied
            elif status is Status.UNSURE:
                held = self._unsure
            held.setdefault(question, set()).add(value)

    def now(self, question: str) -> set[str]:
        """Return the values said outright of the present."""
        return self._now.get(question, set())

    def ever(self, question: str) -> set[str]:
        """Return the values said outright of the present or the past."""
        return self.now(question) | self._past.get(question, set())

    def denied(self, question: str) -> set[str]:
        """Return the values that are denied."""
        return self._denied.get(question, set())

    def at_all(self, question: str) -> set[str]:
        """Return the values spoken of, sure or not; never the denied."""
        return self.ever(question) | self._unsure.get(question, set())


def read_answers(
    words: Words, said: Said, concerns: Iterable[Concern], present: frozenset[str], is_question: bool
) -> Answers:
    """Return the answers of a text by question id."""
    answers: Answers = {}
    band, baby = read_age(words)
    if band:
        answers["age_band"] = band
    _home(answers, words, said, baby)
    for question, values in _FIRST.items():
        # "Should I tell mum?" asks for advice by being a question.
        held = said.at_all(question) if question == "parents_know" and is_question else said.now(question)
        value = next((value for value in values if value in held), None)
        if value:
            answers.setdefault(question, value)
    _tried(answers, said)
    _how_known(answers, said)
    _injury(answers, said, tuple(concerns), present)
    if "frightened_to_go_home" in present:
        answers["effect"] = "frightened_to_go_home"
    factors = tuple(factor for factor, ids in _FACTORS.items() if present.intersection(ids))
    if factors:
        answers["parental_factors"] = factors
    words_of_child = _quoted(words.text)
    if words_of_child:
        answers["child_said"] = words_of_child
    return answers


def _home(answers: Answers, words: Words, said: Said, baby: bool) -> None:
    if baby:
        answers["baby_at_home"] = "yes"
    elif "no" in said.now("baby_at_home"):
        answers["baby_at_home"] = "no"
    time = read_time(words) or (just_a_time(words) if "today" in words.words or only_a_time(words) else None)
    if time:
        answers["goes_home"] = "today"
        answers["goes_home_time"] = time


def _tried(answers: Answers, said: Said) -> None:
    held = said.ever("tried")
    if said.ever("open_case") & {"cp", "cin"} and "open_case" not in answers:
        held = held | {"referred_before"}
    if "early_help" in said.ever("open_case"):
        held = held | {"early_help_plan"}
    order = ("nothing_yet", "school_support", "early_help_plan", "referred_before", "consulted_twice")
    tried = tuple(value for value in order if value in held)
    if len(tried) > 1:
        tried = tuple(value for value in tried if value != "nothing_yet")
    if tried:
        answers["tried"] = tried


def _how_known(answers: Answers, said: Said) -> None:
    held = set(said.at_all("how_known"))
    if "another_child" in held:
        held.discard("child_said")  # "another child told me" is not the child's own word
    if len(held) == 1:
        answers["how_known"] = next(iter(held))
    elif held:
        answers["how_known"] = "several"


def _injury(answers: Answers, said: Said, concerns: tuple[Concern, ...], present: frozenset[str]) -> None:
    """Read what is said of an injury. That there is none needs a plain denial and no injury besides."""
    doubtful = any(c.indicator in _INJURIES and c.status is Status.UNSURE for c in concerns)
    if not present & _INJURIES and "seen" not in said.at_all("injury"):
        if "seen" in said.denied("injury") and not doubtful:
            answers["injury"] = "none"
        return
    if "non_mobile_injury" in present:
        answers["injury"] = "non_mobile"
        return
    order = ("non_mobile", "does_not_fit", "no_explanation", "explained")
    value = next((value for value in order if value in said.now("injury")), None)
    if "injury_does_not_fit" in present:
        value = "does_not_fit"
    elif "injury_unexplained" in present and value != "does_not_fit":
        value = "no_explanation"
    if value and present & _INJURIES:
        answers["injury"] = value


def _quoted(text: str) -> str | None:
    """Return what stands in quotation marks after words that say the child said it."""
    said = [match[1].strip() for match in _QUOTED.finditer(text) if _SPEAKS.search(text[: match.start()])]
    return " … ".join(said) or None


_INJURIES = frozenset({"injury", "injury_repeated", "injury_unexplained", "injury_does_not_fit", "injury_pattern"}) | {
    "non_mobile_injury",
    "injury_deliberate",
}
