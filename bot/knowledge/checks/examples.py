"""The worked examples of a pack (cases.yml): what they are about has to exist.

Whether they come out as expected is for the thresholds to say: they are run elsewhere.
"""

from collections.abc import Iterator, Mapping

from bot.consultation import HardExit, Outcome
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError

_EXITS = tuple(exit_.value for exit_ in HardExit)
_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_NOTHING = ("", "null", "none")
_FREE = ("text", "scale")


def examples(seen: Written) -> Iterator[Finding]:
    """Everything in the cases that does not exist, and levels of the scheme that no case reaches."""
    file = seen.here / "cases.yml"
    whole = read(file)
    cases = whole.fields(("cases",))["cases"].items() if whole.is_mapping() else whole.items()
    names: dict[str, int] = {}
    reached: set[str] = set()
    for case in cases:
        fields = case.fields(("name", "facts", "expect"), ("on",))
        name = fields["name"].text()
        if name in names:
            yield problem(fields["name"], f"a case of this name is in line {names[name]} already")
        names.setdefault(name, case.line)
        if "on" in fields:
            fields["on"].day()
        expect = fields["expect"].fields(("outcome",), ("level", "exit", "because"))
        yield from _facts(fields["facts"], seen)
        yield from _expected(expect, seen)
        if not _says_nothing(expect.get("level")):
            reached.add(expect["level"].text())
    yield from _unreached(whole, reached, seen)


def _unreached(whole: Entry, reached: set[str], seen: Written) -> Iterator[Finding]:
    if seen.pack.levels and seen.pack.levels[-1].code not in reached:
        top = seen.pack.levels[-1]
        yield problem(whole, f"no case comes out at the highest level, {top.code} ({top.name}): add one")


def _facts(entry: Entry, seen: Written) -> Iterator[Finding]:
    facts = entry.fields((), ("indicators", "answers"))
    for name, value in facts["indicators"].members().items() if "indicators" in facts else ():
        if name not in seen.national.indicators:
            yield problem(value, f"{name!r} is not a known indicator")
    for name, value in facts["answers"].members().items() if "answers" in facts else ():
        question = seen.national.questions.get(name)
        if question is None:
            if name != "goes_home_time":
                yield problem(value, f"{name!r} is not a known question")
            continue
        for one in _values(value):
            if question.kind not in _FREE and one.text() not in question.options:
                yield problem(
                    one, f"{one.text()!r} is not an answer to {name!r}; it has: {', '.join(question.options)}"
                )


def _values(entry: Entry) -> list[Entry]:
    try:
        return entry.items()
    except PackError:
        return [entry]


def _expected(expect: Mapping[str, Entry], seen: Written) -> Iterator[Finding]:
    outcome = expect["outcome"].text()
    if outcome not in _OUTCOMES:
        yield problem(expect["outcome"], f"{outcome!r} is not one of: {', '.join(_OUTCOMES)}")
    if outcome == Outcome.LEVEL and _says_nothing(expect.get("level")):
        yield problem(expect["outcome"], "a case that comes out at a level says at which")
    if outcome == Outcome.EXIT and _says_nothing(expect.get("exit")):
        yield problem(expect["outcome"], "a case that ends at a red flag says by which exit")
    codes = [level.code for level in seen.levels()]
    if not _says_nothing(expect.get("level")) and expect["level"].text() not in codes:
        yield problem(expect["level"], f"{seen.pack.name} has no level {expect['level'].text()!r}")
    if not _says_nothing(expect.get("exit")) and expect["exit"].text() not in _EXITS:
        yield problem(expect["exit"], f"{expect['exit'].text()!r} is not one of: {', '.join(_EXITS)}")
    reasons = seen.reasons()
    for item in expect["because"].items() if "because" in expect else ():
        if item.text() not in reasons:
            yield problem(item, f"{item.text()!r} is neither a row nor a red flag")


def _says_nothing(entry: Entry | None) -> bool:
    return entry is None or _scalar(entry) in _NOTHING


def _scalar(entry: Entry) -> str:
    try:
        return entry.text()
    except PackError:
        return ""
