"""What makes a child findable without a name: the file findability.yml, read into frozen rules.

The language of its patterns is told at the top of that file.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from pathlib import Path

from bot.knowledge.common import checked
from bot.knowledge.dated import held_lines
from bot.knowledge.entry import Entry, read
from bot.knowledge.findability_model import NUMBER, FindabilityRule, FindabilityRules, Part, Telltale
from bot.knowledge.model import Indicator, Question
from bot.knowledge.sources import CITED, Source, cite
from bot.knowledge.vocabulary import known_indicator

GAP = 4

type Phrases = frozenset[tuple[str, ...]]
type Lists = Mapping[str, Phrases]


_RULE = (("label", "why", "rarity", "says", *CITED), ("unless", "indicators", "answers", "may_tell"))


def load_findability(
    file: Path,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
    on: date,
) -> FindabilityRules:
    """Return the rules that hold on the day, in the order of the file.

    Raises PackError with file and line, for a pattern that cannot be read as for any other mistake.
    """
    fields = read(file).fields(("points", "grades", "lists", "rules"), ("defaults",))
    points = {name: entry.number() for name, entry in fields["points"].members().items()}
    grades = fields["grades"].fields(("some", "high"))
    if grades["high"].number() <= grades["some"].number():
        grades["high"].fail("'high' has to be more than 'some'")
    lists = _lists(fields["lists"])

    def make(name: str, held: dict[str, Entry], at: Entry) -> FindabilityRule:
        return _rule(name, held, points, lists, indicators, questions, sources)

    rules = held_lines(fields["rules"], _RULE, make, on, fields.get("defaults"))
    return FindabilityRules(grades["some"].number(), grades["high"].number(), rules)


def _rule(
    name: str,
    held: Mapping[str, Entry],
    points: Mapping[str, int],
    lists: Lists,
    indicators: Mapping[str, Indicator],
    questions: Mapping[str, Question],
    sources: Mapping[str, Source],
) -> FindabilityRule:
    telltales = []
    for entry in held["says"].items():
        said = entry.fields(("vaguer", "patterns"))
        telltales += [_telltale(pattern, lists, said["vaguer"].text()) for pattern in said["patterns"].items()]
    return FindabilityRule(
        id=name,
        label=held["label"].text(),
        why=held["why"].text(),
        points=points[held["rarity"].one_of(points)],
        telltales=tuple(telltales),
        unless=tuple(_telltale(entry, lists, "") for entry in held["unless"].items()) if "unless" in held else (),
        indicators=_indicators(held.get("indicators"), indicators),
        answers=_answers(held.get("answers"), questions),
        may_tell=_indicators(held.get("may_tell"), indicators),
        citation=cite(held, sources),
    )


def _indicators(entry: Entry | None, known: Mapping[str, Indicator]) -> frozenset[str]:
    return frozenset(known_indicator(item.text(), item, known) for item in entry.items()) if entry else frozenset()


def _answers(entry: Entry | None, questions: Mapping[str, Question]) -> dict[str, frozenset[str]]:
    given: dict[str, frozenset[str]] = {}
    for question, values in entry.members().items() if entry else ():
        if question not in questions:
            values.fail(f"{question!r} is not a question")
        given[question] = frozenset(item.one_of(questions[question].options) for item in values.items())
    return given


# --- the language of patterns


def _lists(entry: Entry) -> dict[str, Phrases]:
    """Return the word lists by name; one may take in another that stands above it."""
    lists: dict[str, Phrases] = {}
    for name, held in entry.members().items():
        phrases: set[tuple[str, ...]] = set()
        for item in held.items():
            is_list = item.text().startswith("@") and " " not in item.text()
            phrases |= _choices(item.text(), item, lists) if is_list else _phrases(item)
        checked(name, held)
        lists[name] = frozenset(phrases)
    return lists


def _phrases(entry: Entry) -> Phrases:
    """Return every phrase that an entry of a list stands for: `in|at the? school` stands for four."""
    places = []
    for word in entry.text().split():
        choices = word.removesuffix("?").replace("@number", NUMBER).split("|")
        places.append([(choice,) for choice in choices] + ([()] if word.endswith("?") else []))
    found = frozenset(tuple(word for piece in row for word in piece) for row in product(*places))
    for row in found:
        _look_at((word for word in row if word != NUMBER), entry)
    return found


def _telltale(entry: Entry, lists: Lists, vaguer: str) -> Telltale:
    """Return one compiled pattern, or refuse its line."""
    parts: list[Part] = []
    marks: dict[str, int] = {}
    gap = 0
    for word in entry.text().split():
        if word in ("<", ">"):
            marks[word] = len(parts)
        elif word == "...":
            gap += GAP
        else:
            parts.append(_part(word, gap, entry, lists))
            gap = 0
    first, after = marks.get("<", 0), marks.get(">", len(parts))
    if gap or not parts or parts[0].gap:
        entry.fail("a pattern begins and ends with words, not with a gap")
    if not any(not part.optional for part in parts[first:after]):
        entry.fail("between < and > stands at least one word that has to be there")
    return Telltale(entry.text(), tuple(parts), first, after, vaguer)


def _part(word: str, gap: int, entry: Entry, lists: Lists) -> Part:
    choices = word.removesuffix("?").split("|")
    stems = tuple(choice[:-1] for choice in choices if choice.endswith("*"))
    found = frozenset().union(*(_choices(choice, entry, lists) for choice in choices if not choice.endswith("*")))
    _look_at(stems, entry)
    numbered = frozenset(phrase for phrase in found if NUMBER in phrase)
    return Part(found - numbered, numbered, stems, word.endswith("?"), gap)


def _choices(choice: str, entry: Entry, lists: Lists) -> Phrases:
    if choice == "@number":
        return frozenset({(NUMBER,)})
    if not choice.startswith("@"):
        _look_at((choice,), entry)
        return frozenset({(choice,)})
    if choice[1:] not in lists:
        entry.fail(f"there is no list {choice}")
    return lists[choice[1:]]


def _look_at(words: Iterable[str], entry: Entry) -> None:
    """Refuse what no text can hold: a text is read in plain lower-case words."""
    for word in words:
        if not (word.replace("_", "").isalnum() and word == word.lower()):
            entry.fail(f"{word!r} is not a plain word in lower case")
