"""What was said, told by its wording: which response a message is, and which question it asks."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

_OPEN = re.compile(r"\{[a-z_]+\}")
# A response that is hardly more than its blanks could be any sentence.
_ENOUGH = 12
_ASKED_OTHERWISE = {"utter_which_council": "child_area", "utter_which_other_council": "child_area"}
_ASKS = ("utter_ask_", "utter_rephrase_")

Said = Mapping[str, Any]


class Heard:
    """Knows every response of a folder by its words, blanks open."""

    def __init__(self, responses: Path, domain: Path) -> None:
        forms = yaml.load(domain.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["forms"].values()
        self.questions = frozenset(slot for form in forms for slot in form["required_slots"])
        self.titles: dict[tuple[str, str], str] = {}
        self._patterns: dict[str, list[re.Pattern[str]]] = {}
        for file in sorted(responses.rglob("*.yml")):
            for name, variations in yaml.safe_load(file.read_text(encoding="utf-8"))["responses"].items():
                self._learn(name, variations)

    def _learn(self, name: str, variations: Iterable[Mapping[str, Any]]) -> None:
        for variation in variations:
            if words := _plain(str(variation.get("text") or "")):
                self._learn_words(name, words)
            for button in variation.get("buttons") or ():
                for question, value in re.findall(r'"([a-z_]+)":"([a-z0-9_]+)"', button["payload"]):
                    self.titles[(question, value)] = button["title"]

    def _learn_words(self, name: str, words: str) -> None:
        written = _OPEN.sub("", words)
        if written == words or sum(map(str.isalpha, written)) >= _ENOUGH:
            pattern = ".*?".join(re.escape(piece) for piece in _OPEN.split(words))
            self._patterns.setdefault(name, []).append(re.compile(pattern, re.DOTALL))

    def names(self, message: Said) -> frozenset[str]:
        """Return the names of the responses that a message may be; a card is told by its title."""
        card = message.get("card") or {}
        words = _plain(message["text"] or str(card.get("title") or ""))
        if not words:
            return frozenset()
        return frozenset(n for n, known in self._patterns.items() if any(p.fullmatch(words) for p in known))

    def question(self, message: Said) -> str | None:
        """Return the question of a form that a message asks, if it asks one."""
        for name in self.names(message):
            asked = _ASKED_OTHERWISE.get(name) or next((name.removeprefix(a) for a in _ASKS if name.startswith(a)), "")
            if asked in self.questions:
                return asked
        return None


def all_words(message: Said) -> str:
    """Return everything a person can read of a message: its text, its buttons and its card."""
    return "\n".join((message["text"], *(b["title"] for b in message["buttons"]), *_strings(message.get("card"))))


def _strings(held: Any) -> Iterable[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for value in held.values():
            yield from _strings(value)
    elif isinstance(held, list | tuple):
        for value in held:
            yield from _strings(value)


def _plain(text: str) -> str:
    return " ".join(text.split())
