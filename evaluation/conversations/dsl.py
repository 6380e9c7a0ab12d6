"""The simulated DSL: a case, an area and a temperament drawn from a number, and what it answers.

It sees what a person sees: the question that is open, the buttons below it, the last table. It answers truly
to its case, in words or by button, several things at once, or that it does not know. What it says beside the
questions is in `beside`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from evaluation.conversations.beside import Beside
from evaluation.conversations.phrases import Phrases
from evaluation.conversations.scene import Move, Option, Scene

UNKNOWN = "unknown"
NOT_HELD, NOT_SURE, FURTHER = "It is not in this list", "Not sure", "Another council"
_SAID_ALONG = ("age_band", "how_known", "trend", "baby_at_home", "tried", "parents_know")
_MOST_TURNS_AFTER_THE_END = 3


@dataclass(frozen=True, slots=True)
class Temper:
    """How often out of one it answers in words, says several things, does not know, or wanders off."""

    words: float
    several: float
    unknowing: float
    wanders: float


class Dsl:
    """One DSL with one worry. The same number gives the same DSL."""

    def __init__(self, seed: int, phrases: Phrases, options: Mapping[str, Sequence[str]], areas: Sequence[str]) -> None:
        """`options` are the values of every question that has some, `areas` the names of the councils held."""
        draw = self._draw = Random(seed)
        self._phrases = phrases
        self.temper = Temper(
            words=draw.choice((0.1, 0.4, 0.8)),
            several=draw.choice((0, 0, 0.2)),
            unknowing=draw.choice((0, 0.05, 0.3)),
            wanders=draw.choice((0, 0.15, 0.35)),
        )
        self.area = draw.choice(("Kent", "Kent", "Buckinghamshire", *draw.sample(list(areas), 3), NOT_HELD, NOT_SURE))
        self.says_the_area_first = draw.random() < 0.5
        self.case = {question: draw.choice(tuple(phrases.calm.get(question) or v)) for question, v in options.items()}
        if draw.random() < 0.3:
            question = draw.choice(tuple(phrases.urgent))
            self.case[question] = draw.choice(tuple(phrases.urgent[question]))
        self.case |= {question: draw.choice(tuple(values)) for question, values in phrases.beside.items()}
        self.case["worry"] = ", ".join(draw.sample(list(phrases.worries), draw.choice((1, 2, 3))))
        self._beside = Beside(draw, phrases)
        self._after = draw.randrange(_MOST_TURNS_AFTER_THE_END)

    def next(self, scene: Scene) -> Move:
        """Return what it does now."""
        if scene.is_over or scene.asked in (None, "answered"):
            self._after -= 1
            return self._beside.at_the_end() if self._after >= 0 else Move("leave")
        wanders = self._draw.random() < self.temper.wanders
        move = self._beside.aside(scene) if wanders else None
        return move or self._answer(scene, scene.asked)

    def misread(self) -> None:
        """Drop what it says was misunderstood: from now on nothing of its case is urgent."""
        for question, values in self._phrases.urgent.items():
            if self.case.get(question) in values:
                self.case[question] = self._draw.choice(tuple(self._phrases.calm[question]))
        self.case["ringing"] = self._draw.choice(("ringing", "cannot"))

    def _answer(self, scene: Scene, question: str) -> Move:
        if question == "child_area":
            return self._area_answer(scene)
        value = self._value(question)
        if question == "worry":
            return _typed(value, told={question: value})
        if question == "reference_kept" and self._draw.random() < 0.3:
            return _typed(scene.reference, told={question: "yes"})
        option = next((o for o in scene.options if o.value == value), None)
        words = self._phrases.of(question, value, self._draw) or self._phrases.of(question, "", self._draw)
        is_wordy = scene.times_asked < 2 and self._draw.random() < self.temper.words
        if words and (option is None or is_wordy):
            return self._in_words(question, value, words)
        return self._by_button(question, option or self._any(scene), scene)

    def _value(self, question: str) -> str:
        value = self.case.get(question, "")
        can_doubt = UNKNOWN in self._phrases.answers.get(question, {}) and question not in self._phrases.beside
        is_urgent = value in self._phrases.urgent.get(question, ())
        doubts = can_doubt and not is_urgent and self._draw.random() < self.temper.unknowing
        return UNKNOWN if doubts else value

    def _area_answer(self, scene: Scene) -> Move:
        titles = {option.title: option for option in scene.options}
        if self.area in (NOT_HELD, NOT_SURE) or self._draw.random() > self.temper.words:
            option = titles.get(self.area) or titles.get(FURTHER)
            if option:
                return self._by_button("child_area", option, scene)
        return _typed(self.area, told={"child_area": self.area})

    def _in_words(self, question: str, value: str, words: str) -> Move:
        if self._draw.random() < self.temper.several and question not in self._phrases.beside:
            other = self._draw.choice(_SAID_ALONG)
            also = self._phrases.of(other, self.case.get(other, ""), self._draw)
            if also and other != question:
                return _typed(f"{words}, {also}", kind="several", told={question: value})
        secret = (words,) if question == "school_alias" and value == "given" else ()
        return _typed(words, told={question: value}, gone=secret)

    def _by_button(self, question: str, option: Option | None, scene: Scene) -> Move:
        if option is None:
            return _typed("I am not sure what to say")
        told = {question: option.value} if option.value else {}
        body = {"choices": [option.id]} if scene.ticks else {"choice": option.id}
        return Move("answer", body, told, "button")

    def _any(self, scene: Scene) -> Option | None:
        """Return some answer to a question that this DSL was not written for."""
        answering = [option for option in scene.options if option.value is not None]
        return self._draw.choice(answering or list(scene.options)) if scene.options else None


def _typed(text: str, kind: str = "answer", **more: Any) -> Move:
    return Move(kind, {"text": text}, by="words", **more)
