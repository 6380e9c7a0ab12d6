"""One run of everything: each set through each system, what came of it and what it took."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.redaction.markup import Message
from evaluation.redaction.scoring import Outcome, judge
from evaluation.redaction.systems import Answered, Cost, System

Ask = Callable[[System, Sequence[str]], Answered]


@dataclass(frozen=True, slots=True)
class Measured:
    """Outcomes by set and by system, and by system what it took and how many messages it refused."""

    outcomes: dict[str, dict[str, list[Outcome]]]
    costs: dict[str, Cost]
    refused: dict[str, int]


def measure(sets: dict[str, list[Message]], systems: dict[System, Sequence[str]], ask: Ask) -> Measured:
    """Have every system answer the sets named for it, in one run of it. Raises SystemFailed."""
    measured = Measured({name: {} for name in sets}, {}, {})
    for system, names in systems.items():
        messages = [message for name in names for message in sets[name]]
        answered = ask(system, [message.text for message in messages])
        judged = iter([judge(*pair) for pair in zip(messages, answered.redacted, strict=True)])
        for name in names:
            measured.outcomes[name][system.name] = [next(judged) for _ in sets[name]]
        measured.costs[system.name] = answered.cost
        measured.refused[system.name] = answered.refused
    return measured
