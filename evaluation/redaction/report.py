"""The section of RESULTS.md: every set, by community, by kind of identifier, and what each system takes.

All figures are shares in percent, with Wilson's interval at 95 % where there is room for it.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import mean, median

from evaluation.redaction import figures
from evaluation.redaction.markup import GROUPS, IDENTIFIERS
from evaluation.redaction.measuring import Measured
from evaluation.redaction.scoring import Outcome
from evaluation.redaction.systems import Cost
from evaluation.redaction.variants import VARIANTS
from evaluation.results import table

Outcomes = Sequence[Outcome]
OURS = "ours"
TUNED_ON = ("hard", "practice")  # shown for ours alone: they say nothing of messages not met before

MEASURES: dict[str, Callable[[Outcomes], figures.Share]] = {
    "identifiers removed": figures.recall,
    "names removed": lambda some: figures.recall(some, lambda span: span.label == "NAME"),
    "messages with one left": figures.leaking,
    "harmless messages changed": figures.changed,
    "words to keep lost": figures.kept_lost,
    "other words removed": figures.over_removed,
}
ABOUT_ALL = (
    "How much of what identifies a child is taken out of a message: ours, and beside it Presidio with spaCy's medium "
    "model (as it comes, and set up for the UK: persons, e-mail, phone and all its British recognisers) and spaCy "
    "alone (persons). All answered the same messages in the same run. An identifier is removed when no word of it that "
    'identifies is left. A message "with one left" held an identifier and still does; a harmless one held none. '
    "Every message stands in four spellings: as written, in lower case, in capitals, and with one or two slips. "
    '"Written down" is what may be kept of a message. Everything is invented: no real message of a professional was '
    "there to measure with, and real ones will do worse. Nothing here shows who can be told from the facts alone (the "
    "only family from Vietnam in Year 7). In brackets: 95 % intervals, as if all cases were independent."
)
ABOUT = {
    "unseen": (
        "Unseen messages",
        "{identified} messages with identifiers and {harmless} without, as a hurried professional types them. The team "
        "that makes the redactor wrote them too, without sight of it, and that flatters it; but it was never tuned on "
        "them, and nobody has read what it misses here. So few cannot show small differences.",
    ),
    "templates": (
        "From templates",
        "Typical sentences with names, schools, addresses and numbers put in: {identified} messages with identifiers, "
        "as many for each of twelve groups of names, and {harmless} without. Written by the team that makes the "
        "redactor, without sight of it; afterwards its mistakes here were read and mended, and that flatters it. "
        "Messages from one template are not independent, so the true intervals are wider, and they cannot show how "
        "people write when nobody has thought of it before.",
    ),
    "hard": (
        "Hard messages",
        "{identified} messages with identifiers and {harmless} without, written one by one to be difficult: nicknames, "
        "names that are words, streets without a number, numbers in words. They were "
        "held out at first; since then the redactor was tuned on these too.",
    ),
    "practice": (
        "Practice messages",
        "{identified} messages with identifiers and {harmless} without. The redactor was tuned on these, so they only "
        "show that it still does what it was taught; they say nothing about messages it has not met.",
    ),
}
ABOUT_GROUPS = (
    "Names removed, all spellings together, by the community that a name is typical of: the share, and how many points "
    "it lies above or below the mean of the groups. One name counts once for each spelling, so the cases are fewer "
    "than they look and a few points mean nothing. Which name belongs to which group was decided by who wrote the set."
)
ABOUT_KINDS = (
    "Identifiers removed by kind, all spellings together. Kinds with few cases show little. Invented e-mail addresses "
    "often end in .example; Presidio knows that no real one does and leaves them, so of real ones it would find more."
)
ABOUT_COSTS = (
    "Each system ran as a command of its own and was asked one message at a time on one thread. Half of the messages "
    "have {length} characters or more. The start lasts until the first message is answered; memory is the most that "
    "the process held. spaCy was loaded by way of Presidio, whose import is in its start and memory."
)


def report(measured: Measured, called: Cost) -> str:
    """Return everything as Markdown; `called` is what ours takes in one process with whoever calls it."""
    parts = [ABOUT_ALL]
    for name, outcomes in measured.outcomes.items():
        heading, about = ABOUT[name]
        shown = {OURS: outcomes[OURS]} if name in TUNED_ON else outcomes
        parts += [f"### {heading}", about.format(**_counts(outcomes[OURS])), figures_table(shown)]
    tested = {ABOUT[name][0]: of for name, of in measured.outcomes.items() if name not in TUNED_ON}
    for heading, about, made in (
        ("Names by community", ABOUT_GROUPS, groups_table),
        ("Kinds of identifier", ABOUT_KINDS, kinds_table),
    ):
        parts += [f"### {heading}", about]
        parts += [part for name, outcomes in tested.items() for part in (f"{name}:", made(outcomes))]
    parts += ["### Start, time and memory", _about_costs(measured), costs_table(measured, called)]
    return "\n\n".join(parts)


def figures_table(outcomes: Mapping[str, Outcomes]) -> str:
    """Return every figure in each spelling, the systems one below the other."""
    rows = []
    for words, share in MEASURES.items():
        for system, some in outcomes.items():
            shares = [share(figures.of_variant(some, variant)) for variant in VARIANTS]
            rows.append((words, system, *map(_with_interval, shares), f"{shares[0].whole}"))
    return table(("%", "system", "as written", "lower case", "capitals", "slips", "of (as written)"), rows)


def groups_table(outcomes: Mapping[str, Outcomes]) -> str:
    """Return the recall of each group's names and its distance from the mean of the groups, in points."""
    shares = {system: {group: _of_group(some, group) for group in GROUPS} for system, some in outcomes.items()}
    there = [group for group in GROUPS if shares[OURS][group].whole]
    middle = {system: mean(by[group].percent for group in there) for system, by in shares.items()}
    rows = [("mean of the groups", "", "", *(f"{middle[system]:.1f}" for system in shares))]
    for group in there:
        cells = [
            f"{by[group].percent:.1f} ({by[group].percent - middle[system]:+.1f})" for system, by in shares.items()
        ]
        different = _different_names(outcomes[OURS], group)
        rows.append((group.replace("_", " "), different, shares[OURS][group].whole, *cells))
    return table(("names", "different ones", "n", *shares), rows)


def kinds_table(outcomes: Mapping[str, Outcomes]) -> str:
    """Return the recall of each kind of identifier."""
    rows = []
    for label in IDENTIFIERS:
        shares = [figures.recall(some, lambda s, label=label: s.label == label) for some in outcomes.values()]
        if shares[0].whole:
            rows.append((label, shares[0].whole, *map(_percent, shares)))
    return table(("identifier", "n", *outcomes), rows)


def costs_table(measured: Measured, called: Cost) -> str:
    """Return start, time and memory of each system, and how many messages it refused."""
    rows = [_cost(system, cost, measured.refused[system]) for system, cost in measured.costs.items()]
    rows.insert(1, _cost("ours, called in one process", called, ""))
    return table(("system", "start", "a message, median", "95 in 100 within", "memory", "messages refused"), rows)


def _cost(words: str, cost: Cost, refused: object) -> tuple[object, ...]:
    memory = f"{cost.megabytes:.0f} MB" if cost.megabytes else ""
    return words, f"{cost.start:.1f} s", f"{cost.median:.1f} ms", f"{cost.p95:.1f} ms", memory, refused


def _about_costs(measured: Measured) -> str:
    lengths = [len(outcome.message.text) for of in measured.outcomes.values() for outcome in of[OURS]]
    return ABOUT_COSTS.format(length=round(median(lengths)))


def _counts(outcomes: Outcomes) -> dict[str, int]:
    normal = figures.of_variant(outcomes, "normal")
    identified = sum(bool(outcome.message.identifiers) for outcome in normal)
    return {"identified": identified, "harmless": len(normal) - identified}


def _of_group(outcomes: Outcomes, group: str) -> figures.Share:
    return figures.recall(outcomes, lambda span: span.group == group)


def _different_names(outcomes: Outcomes, group: str) -> int:
    messages = [outcome.message for outcome in figures.of_variant(outcomes, "normal")]
    return len({m.text[s.start : s.end].lower() for m in messages for s in m.spans if s.group == group})


def _percent(share: figures.Share) -> str:
    return f"{share.percent:.1f}" if share.whole else ""


def _with_interval(share: figures.Share) -> str:
    return "{} ({:.1f}–{:.1f})".format(_percent(share), *share.interval()) if share.whole else ""
