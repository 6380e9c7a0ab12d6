"""One consultation, walked by a simulated DSL through the widget's door, turn by turn."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from evaluation.conversations.dsl import Dsl
from evaluation.conversations.heard import Heard
from evaluation.conversations.scene import Behind, Move, Option, Scene, Turn, Walked

MOST_TURNS = 120
_LAST_WORDS = "utter_finished"
_NOBODY_THERE = "utter_desk_not_here"
# From here on nothing is asked, unless a question follows: a duty worker answers next, or none does.
_NOTHING_TO_ASK = frozenset({"utter_waiting", _NOBODY_THERE})


class Client(Protocol):
    """The widget's door (bot.commands.widget_client.WidgetClient)."""

    def open(self, area: str | None) -> dict[str, Any]: ...
    def messages(self, consultation: str, after: int) -> list[dict[str, Any]]: ...
    def say(self, consultation: str, **said: Any) -> dict[str, Any]: ...


class Look(Protocol):
    """What stands behind the door, for the judges alone: the DSL never sees it."""

    def behind(self, consultation: str) -> Behind: ...
    def kept(self, consultation: str) -> str: ...
    def forget(self, consultation: str) -> None: ...


class Walk:
    """Holds one consultation until it is over, the DSL leaves, or it has gone on for too long."""

    def __init__(self, client: Client, heard: Heard, look: Look, clock: Callable[[], float] = time.perf_counter):
        self._client, self._heard, self._look, self._clock = client, heard, look, clock

    def hold(self, seed: int, dsl: Dsl, area: str | None) -> Walked:
        """Hold it and return every turn. `area` is named at the door, if the DSL knows it then."""
        opened = self._client.open(area)
        consultation, reference = opened["id"], opened["reference"]
        opening = self._client.messages(consultation, 0)
        scene = replace(self._scene(Scene(None), opening, "with_assistant", is_answer=False), reference=reference)
        # Where the assistant could not say its opening, the DSL types what it came for all the same.
        scene = replace(scene, asked=scene.asked or "worry")
        turns: list[Turn] = []
        while len(turns) < MOST_TURNS:
            move = dsl.next(scene)
            if move.kind == "leave":
                break
            turn = self._turn(consultation, len(turns) + 1, scene, move, turns)
            turns.append(turn)
            if move.told.get("ringing") == "misunderstood" and turn.asks != "ringing":
                dsl.misread()
            is_answer = move.kind in ("answer", "several")
            scene = self._scene(scene, turn.replies, turn.stage, is_answer=is_answer, over=_LAST_WORDS in turn.names())
        ended = _how_it_ended(turns, scene)
        return Walked(seed, consultation, opening, turns, ended, self._look.kept(consultation), area)

    def _turn(self, consultation: str, number: int, scene: Scene, move: Move, before: Sequence[Turn]) -> Turn:
        begun = self._clock()
        came = self._do(consultation, move, before)
        seconds = self._clock() - begun
        replies = came["replies"]
        asked = [question for question in map(self._heard.question, replies) if question]
        return Turn(
            number=number,
            asked=scene.asked,
            move=move,
            replies=replies,
            heard=[self._heard.names(reply) for reply in replies],
            asks=asked[-1] if asked else None,
            stage=came["stage"],
            refusal=(came.get("refusal") or {}).get("id"),
            seconds=seconds,
            behind=self._look.behind(consultation),
        )

    def _do(self, consultation: str, move: Move, before: Sequence[Turn]) -> Mapping[str, Any]:
        if move.kind == "silence":
            # Days later: what the dialogue held in its short memory has been let go meanwhile.
            self._look.forget(consultation)
            return {"replies": [], "stage": before[-1].stage if before else "with_assistant"}
        if move.kind == "twice":
            said = before[-1].move.body if before and before[-1].move.body else {"text": "hello"}
            return self._client.say(consultation, **said)
        return self._client.say(consultation, **move.body)

    def _scene(
        self, before: Scene, replies: Sequence[Mapping[str, Any]], stage: str, *, is_answer: bool, over: bool = False
    ) -> Scene:
        asked, options, ticks, rows = before.asked, before.options, before.ticks, before.rows
        for reply in replies:
            card = reply.get("card") or {}
            if card.get("kind") == "table":
                rows = [(row["label"], row["change"]) for row in card["rows"] if row.get("change")]
            question = self._heard.question(reply)
            if self._heard.names(reply) & _NOTHING_TO_ASK:
                asked, options, ticks = "answered", [], False
            if question:
                asked, ticks = question, card.get("kind") == "ticks"
                pressed = card["options"] if ticks else reply["buttons"]
                options = [self._option(question, one) for one in pressed if not one["title"].endswith("?")]
        times = before.times_asked + 1 if asked == before.asked and is_answer else 0
        asked = None if over else asked
        return Scene(asked, options, ticks, rows, stage, over, times, before.reference)

    def _option(self, question: str, one: Mapping[str, Any]) -> Option:
        value = next((v for (q, v), t in self._heard.titles.items() if q == question and t == one["title"]), None)
        return Option(one["title"], one["id"], value)


def _how_it_ended(turns: Sequence[Turn], scene: Scene) -> str:
    if len(turns) >= MOST_TURNS:
        return "cut_off"
    if scene.is_over or (scene.asked is None and any(_LAST_WORDS in turn.names() for turn in turns)):
        return "finished"
    if scene.stage in ("waiting", "claimed"):
        return "person"
    was_told = any(_NOBODY_THERE in turn.names() for turn in turns)
    return "told_to_ring" if was_told else "cut_off"
