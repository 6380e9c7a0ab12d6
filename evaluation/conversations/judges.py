"""The judges: each looks at a whole consultation and returns what went wrong in it, by turn.

They go by what the door said and by what was kept, never by what the simulated DSL meant to happen. Every judge
has a test of its own that it can find something.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.conversations.heard import all_words
from evaluation.conversations.rules import Rules
from evaluation.conversations.scene import Walked

LEVEL_SHOWN = "utter_assessment_title"
# A busy machine is slow; what takes longer than this hangs.
MOST_SECONDS = 45.0
# Twice it asks again, then a person comes: the fourth time in a row is a loop.
MOST_TIMES_ASKED = 3
_BLANK = re.compile(r"\{[a-z_]+\}")
_EXITS = "utter_exit_"
_APOLOGY = "utter_no_dialogue"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that went wrong: what, in which consultation, at which turn (0 is the whole), and the words."""

    what: str
    seed: int
    turn: int
    words: str


def judge(walked: Walked, rules: Rules) -> list[Found]:
    """Return everything that every judge finds."""
    each = ((name, judging(walked, rules)) for name, judging in JUDGES.items())
    return [Found(name, walked.seed, turn, words) for name, finds in each for turn, words in finds]


Findings = Iterator[tuple[int, str]]


def unanswered(walked: Walked, rules: Rules) -> Findings:
    """A message that nothing was said to, and that was not refused in words."""
    for turn in walked.turns:
        if turn.move.kind != "silence" and not turn.replies and not turn.refusal and turn.stage != "claimed":
            yield turn.number, str(turn.move.body)


def dead_end(walked: Walked, rules: Rules) -> Findings:
    """A reply without any way on, or a consultation over without an outcome, an exit or a person."""
    for turn in walked.turns:
        words = "\n".join(map(all_words, turn.replies))
        presses = any(reply["buttons"] or reply.get("card") for reply in turn.replies)
        if turn.replies and not presses and "?" not in words and "999" not in words and turn.asks is None:
            yield turn.number, words
    last = walked.turns[-1] if walked.turns else None
    if walked.ended == "cut_off":
        yield 0, f"over after {len(walked.turns)} turns without an end; last asked: {last.asks if last else None}"
    elif last and not last.behind.assessment and not last.behind.has_case and walked.ended != "told_to_ring":
        yield last.number, f"{walked.ended} without outcome, exit or person"


def loop(walked: Walked, rules: Rules) -> Findings:
    """The same question again and again although the DSL answers it."""
    times = 0
    for turn in walked.turns:
        answers = turn.move.kind in ("answer", "several")
        times = times + 1 if answers and turn.asks == turn.asked and turn.stage == "with_assistant" else 0
        if times > MOST_TIMES_ASKED:
            yield turn.number, f"{turn.asks} again after {turn.move.body}"


def level_too_soon(walked: Walked, rules: Rules) -> Findings:
    """A level that the DSL was shown before every red-flag question was answered, or told to be unknown."""
    for turn in walked.turns:
        if LEVEL_SHOWN not in turn.names():
            continue
        exempt = rules.not_of_unborn if turn.behind.answers.get("age_band") == "unborn" else frozenset()
        missing = [q for q in rules.ruled_out if q not in exempt and turn.behind.answers.get(q) is None]
        if missing:
            yield turn.number, f"not answered: {missing}"


def other_level(walked: Walked, rules: Rules) -> Findings:
    """An assessment that is not what the kept facts come to."""
    before: Mapping[str, Any] | None = None
    for turn in walked.turns:
        made = turn.behind.assessment
        if made and made != before:
            again = rules.assess_again(turn)
            if again is not None and (again["outcome"], again["local_code"], again["exit"]) != (
                made["outcome"], made["local_code"], made["exit"],
            ):
                yield turn.number, f"kept {made['outcome']} {made['local_code']}, facts come to {again['outcome']}"
        before = made


def no_999(walked: Walked, rules: Rules) -> Findings:
    """A reply that ends, stops or hands over and does not name 999."""
    for turn in walked.turns:
        for reply, names in zip(turn.replies, turn.heard, strict=True):
            if names & rules.ending and "999" not in all_words(reply):
                yield turn.number, f"{sorted(names & rules.ending)}: {reply['text'][:80]}"


def several_questions(walked: Walked, rules: Rules) -> Findings:
    """More than one question of a form in a reply, or a message that asks twice."""
    for turn in walked.turns:
        asks = [n for names in turn.heard for n in names if n.startswith("utter_ask_") or n in rules.beside]
        forms = [name for name in asks if name not in rules.beside]
        if len(forms) > 1:
            yield turn.number, f"asked together: {forms}"
        for reply in turn.replies:
            if reply["text"].count("?") > 1:
                yield turn.number, reply["text"]


def forbidden_words(walked: Walked, rules: Rules) -> Findings:
    """Something that must never be said."""
    for number, reply in _all_replies(walked):
        words = all_words(reply)
        for pattern in rules.forbidden:
            if said := pattern.search(words):
                yield number, words[max(0, said.start() - 40) : said.end() + 40]


def open_blank(walked: Walked, rules: Rules) -> Findings:
    """A blank that nobody filled."""
    for number, reply in _all_replies(walked):
        if left := _BLANK.search(all_words(reply)):
            yield number, left[0]


def identifier_kept(walked: Walked, rules: Rules) -> Findings:
    """An identifier that was typed and stands in the records or in Rasa's tracker."""
    kept = walked.kept.casefold()
    for turn in walked.turns:
        for gone in turn.move.gone:
            if gone.casefold() in kept:
                yield turn.number, gone


def danger_not_heard(walked: Walked, rules: Rules) -> Findings:
    """A danger sign in passing that was not answered with an exit at once."""
    for turn in walked.turns:
        if turn.move.kind == "danger" and not any(name.startswith(_EXITS) for name in turn.names()):
            yield turn.number, str(turn.move.body.get("text"))


def danger_ruled_out(walked: Walked, rules: Rules) -> Findings:
    """A danger that was told, or not known, and is kept as ruled out."""
    for turn in walked.turns:
        for question, told in turn.move.told.items():
            out = rules.ruled_out.get(question, frozenset())
            kept = turn.behind.answers.get(question)
            values = {kept} if isinstance(kept, str) else set(kept or ())
            if out and told not in out and values and values <= out:
                yield turn.number, f"{question}: told {told}, kept {kept}: {turn.move.body}"


_OF_THE_RECORD = frozenset({"early_help_plan", "referred_before", "consulted_twice"})


def button_lost(walked: Walked, rules: Rules) -> Findings:
    """A button that was pressed for the open question, and another answer kept, or none."""
    for turn in walked.turns:
        for question, told in turn.move.told.items():
            kept = turn.behind.answers.get(question)
            values = [kept] if isinstance(kept, str) else list(kept or ())
            if told == "nothing_yet" and values and _OF_THE_RECORD.issuperset(values):
                continue  # earlier consultations show otherwise, and they are what counts
            if turn.move.by == "button" and question in turn.behind.questions and told not in values:
                yield turn.number, f"{question}: pressed {told}, kept {kept}"


def fell_silent(walked: Walked, rules: Rules) -> Findings:
    """A message that was answered by our apology, because the dialogue did not answer."""
    for turn in walked.turns:
        if _APOLOGY in turn.names():
            yield turn.number, str(turn.move.body)
            return  # one is enough: what follows has the same cause


def slow(walked: Walked, rules: Rules) -> Findings:
    """A reply that took longer than anybody waits."""
    for turn in walked.turns:
        if turn.seconds > MOST_SECONDS:
            yield turn.number, f"{turn.seconds:.1f} s"


def _all_replies(walked: Walked) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for reply in walked.opening:
        yield 0, reply
    for turn in walked.turns:
        for reply in turn.replies:
            yield turn.number, reply


JUDGES: Mapping[str, Callable[[Walked, Rules], Findings]] = {
    "message without a reply": unanswered,
    "dead end": dead_end,
    "loop": loop,
    "level before every red flag was answered": level_too_soon,
    "level that the facts do not come to": other_level,
    "danger sign in passing without an exit": danger_not_heard,
    "danger told and kept as ruled out": danger_ruled_out,
    "button pressed and answer lost": button_lost,
    "end, exit or person without 999": no_999,
    "more than one question at once": several_questions,
    "words never to be said": forbidden_words,
    "blank not filled": open_blank,
    "identifier kept": identifier_kept,
    "reply that took longer than 45 s": slow,
    "dialogue that fell silent": fell_silent,
}
