"""What the simulated DSL says beside the questions: asks, thanks, adds, corrects, stops, types nonsense."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from evaluation.conversations.phrases import Phrases
from evaluation.conversations.scene import Move, Scene

# Nobody wanders off for ever.
_MOST = 12
_MANNERS = ("greet", "thank", "goodbye", "frustrated", "abusive", "carry_on")
_AFTER_THE_END = ("thank", "goodbye", "ask_who_to_ring", "nonsense")
# At an exit and about the view a DSL has no question to skip, and a request for a person is the answer itself.
_ONLY_QUESTIONS = frozenset({"skip_question", "unsure", "start_again", "correction", "ask_person"})
_ENDING = frozenset({"ringing", "view", "view_reason", "reference_kept", "anything_else"})


class Beside:
    """Draws what is said beside the questions, each kind as often as the tables say."""

    def __init__(self, draw: Random, phrases: Phrases) -> None:
        self._draw, self._phrases = draw, phrases
        self._left = _MOST
        questions = {act for act in phrases.asides if act.startswith("ask_")} - {"ask_why", "ask_person"}
        others = {"out_of_scope", "child_writing", "parent_writing", "adult_at_risk", "staff_writing"}
        self._questions = sorted((questions | others | {"medical_or_legal_advice"}) & set(phrases.asides))
        self._started_again = False

    def aside(self, scene: Scene) -> Move | None:
        """Return something beside the open question, or None when that would be out of place."""
        weights = {kind: often for kind, often in self._phrases.weights.items() if self._fits(kind, scene)}
        if self._left <= 0 or not weights:
            return None
        self._left -= 1
        kind = self._draw.choices(list(weights), list(weights.values()))[0]
        return self._special(kind, scene) or self._act(kind)

    def at_the_end(self) -> Move:
        """Return something said after the last words."""
        if self._draw.random() < 0.3:
            return self._says("addition", self._phrases.additions)
        return self._act(self._draw.choice(_AFTER_THE_END))

    def _fits(self, kind: str, scene: Scene) -> bool:
        if scene.asked in _ENDING and kind in _ONLY_QUESTIONS:
            return False
        if kind in ("skip_question", "unsure") and scene.asked in ("worry", "understood", "answers_checked"):
            return False
        if kind in ("addition", "correction", "twice", "nonsense", "planted") and scene.asked == "view_reason":
            return False
        return not (kind == "change" and not scene.rows) and not (kind == "start_again" and self._started_again)

    def _special(self, kind: str, scene: Scene) -> Move | None:
        making: Mapping[str, Callable[[], Move]] = {
            "addition": lambda: self._says("addition", self._phrases.additions),
            "correction": lambda: self._says("correction", self._phrases.corrections),
            "danger": lambda: self._says("danger", self._phrases.dangers),
            "change": lambda: self._changes(scene),
            "planted": self._plants,
            "twice": lambda: Move("twice"),
            "silence": lambda: Move("silence"),
        }
        return making[kind]() if kind in making else None

    def _changes(self, scene: Scene) -> Move:
        label, row = self._draw.choice(list(scene.rows))
        return Move("change", {"choice": row}, act=label)

    def _plants(self) -> Move:
        planted = self._draw.choice(list(self._phrases.planted))
        return Move("addition", {"text": planted["says"]}, by="words", gone=tuple(planted["gone"]))

    def _act(self, kind: str) -> Move:
        drawn = {"question": self._questions, "manners": _MANNERS, "stop": ("stop_for_now",)}.get(kind, (kind,))
        act = self._draw.choice(drawn)
        self._started_again = self._started_again or act == "start_again"
        named = {"stop_for_now": "stop", "start_again": "start_again", "ask_person": "person"}.get(act, "aside")
        return Move(named, {"text": self._draw.choice(list(self._phrases.asides[act]))}, by="words", act=act)

    def _says(self, kind: str, ways: Sequence[str]) -> Move:
        return Move(kind, {"text": self._draw.choice(list(ways))}, by="words")
