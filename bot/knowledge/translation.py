"""Another language, brought by files alone: `languages/<code>/` beside the English ones.

    responses/*.yml   the sentences, under the names and with the blanks and payloads of the English ones
    nlu/*.yml         examples of how people say each act
    answers.yml       phrases by which questions are answered
    reading/*.yml     patterns by which worries are read
    pages/            pages, by the paths of the English templates

All of it is added to the English. What is missing stands in English, and so does a sentence that does
not fit, so that nobody is left without the words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.answer_words import AnswerWords, Phrases, optional_words
from bot.knowledge.checks.finding import Finding, problem, refused
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError
from bot.knowledge.model import Indicator
from bot.knowledge.responses import Response, entries, laid_over, misfit, response
from bot.knowledge.vocabulary import load_reading_patterns


def translated(english: Mapping[str, Response], over: Path) -> dict[str, Response]:
    """Return what a language says in place of the English. Raises PackError on a file that cannot be read."""
    others = {name: response(entry) for name, entry in entries(over).items() if name in english}
    return {name: laid_over(english[name], other) for name, other in others.items() if not misfit(english[name], other)}


def for_training(english: Path, over: Path) -> str:
    """Return all responses as one YAML file for the dialogue's training, in the language where it has them."""
    plain = {name: response(entry) for name, entry in entries(english).items()}
    said = translated(plain, over)
    whole: dict[str, Any] = {}
    for file in sorted(english.rglob("*.yml")):
        whole |= yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"]
    for name, one in said.items():
        first = whole[name][0]
        first |= {"text": one.text} if one.text else {}
        for button, (title, _) in zip(first.get("buttons", ()), one.buttons, strict=True):
            button["title"] = title
        whole[name] = [first]
    return yaml.dump({"version": "3.1", "responses": whole}, allow_unicode=True, sort_keys=False, width=10_000)


def with_words_of(words: AnswerWords, file: Path) -> AnswerWords:
    """Return the phrases of answers together with those of a language, if its file is there. Raises PackError."""
    if not file.is_file():
        return words
    more = optional_words(file)
    return AnswerWords(**{field.name: _joined(getattr(words, field.name), more[field.name]) for field in fields(words)})


def with_patterns_of(
    patterns: Mapping[str, Phrases], folder: Path, indicators: Mapping[str, Indicator]
) -> Mapping[str, Phrases]:
    """Return the reading's patterns together with those of a language. Raises PackError."""
    return _joined(patterns, load_reading_patterns(folder, indicators))


def findings(english: Path, over: Path) -> Iterator[Finding]:
    """Yield what is wrong with the sentences of a language."""
    plain = {name: response(entry) for name, entry in entries(english).items()}
    try:
        for name, entry in entries(over).items():
            why = misfit(plain[name], response(entry)) if name in plain else "no English response has this name"
            if why:
                yield problem(entry, f"{name}: {why}")
    except PackError as error:
        yield refused(error)


def unknown_acts(domain: Path, nlu: Path) -> Iterator[Finding]:
    """Yield the examples of acts that the dialogue does not have."""
    known = {next(iter(one.members())) if one.is_mapping() else one.text() for one in _list(domain, "intents")}
    for file in sorted(nlu.rglob("*.yml")):
        try:
            for entry in _list(file, "nlu"):
                act = entry.members().get("intent", entry)
                if not act.is_mapping() and act.text() not in known:
                    yield problem(act, f"the dialogue has no act {act.text()!r}")
        except PackError as error:
            yield refused(error)


def _list(file: Path, name: str) -> list[Entry]:
    held = read(file).members()
    return held[name].items() if name in held else []


def missing(english: Path, over: Path) -> list[str]:
    """Return the names of the responses that are still said in English, in their order. Raises PackError."""
    plain = {name: response(entry) for name, entry in entries(english).items()}
    said = translated(plain, over)
    return [name for name in plain if name not in said]


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    return {**one, **{name: _joined(one.get(name, type(held)()), held) for name, held in other.items()}}
