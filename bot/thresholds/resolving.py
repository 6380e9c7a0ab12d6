"""What is known once every source has been heard: the text that was read, and the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.consultation import Facts, Status
from bot.knowledge.model import National, Question

UNKNOWN = "unknown"

# Questions of these kinds are answered in a person's own words or by a number, so any value will do.
_FREE = frozenset({"text", "scale", "confirm"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """The facts with every source heard and every implication drawn.

    An indicator is in at most one of `present`, `unsure` and `absent`; in none, nobody spoke of
    it. `answers` maps each answered question to the set of its values. `unknown` are the
    questions answered "don't know", in the order they are asked. `foreign` are indicators and
    values that the vocabulary does not have: they may not be passed over in silence. `told` are the present
    indicators that were said as such and do not only follow from others.
    """

    present: frozenset[str]
    unsure: frozenset[str]
    absent: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]
    told: frozenset[str] = frozenset()


def resolve(facts: Facts, national: National) -> Resolved:
    """Return what the indicators and the answers say together.

    Present wins over unsure and unsure over absent when two sources disagree. What a present
    indicator implies is present, what an unsure one implies is at least unsure. A value of a
    many-valued question that was not ticked says nothing.
    """
    said: dict[Status, set[str]] = {status: set() for status in Status}
    for indicator, status in facts.indicators.items():
        said[status].add(indicator)
    answers = {question: _values(value) for question, value in facts.answers.items()}
    for question_id, values in answers.items():
        question = national.questions.get(question_id)
        if question is not None:
            _hear(question, values, said, national)
    present = with_implied(said[Status.PRESENT], national)
    unsure = with_implied(said[Status.UNSURE], national) - present
    return Resolved(
        present=present,
        unsure=unsure,
        absent=frozenset(said[Status.ABSENT]) - present - unsure,
        answers=answers,
        unknown=tuple(q for q in national.questions if UNKNOWN in answers.get(q, ())),
        foreign=tuple(sorted(_foreign(present | unsure, answers, national))),
        told=frozenset(said[Status.PRESENT]),
    )


def reach(question: Question, national: National) -> frozenset[str]:
    """Return every indicator that some answer to the question would tell us is present."""
    told = (option.present for option in question.options.values())
    return with_implied(set().union(*told), national)


def _values(value: str | Iterable[str]) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else frozenset(value)


def _hear(
    question: Question, values: frozenset[str], said: dict[Status, set[str]], national: National
) -> None:
    for value in values:
        option = question.options.get(value)
        if option is not None:
            said[Status.PRESENT] |= option.present
            said[Status.UNSURE] |= option.unsure
            if UNKNOWN not in values:
                # "None of these" ticked beside "don't know" rules nothing out.
                said[Status.ABSENT] |= option.absent
    if UNKNOWN in values:
        # "Don't know" leaves open whatever another answer would have told us.
        said[Status.UNSURE] |= reach(question, national)


def with_implied(indicators: Iterable[str], national: National) -> frozenset[str]:
    """Return the indicators with all that follow from them."""
    vocabulary = national.indicators
    implied = (vocabulary[i].implies for i in indicators if i in vocabulary)
    return frozenset(indicators).union(*implied)


def _foreign(
    spoken_of: frozenset[str], answers: Mapping[str, frozenset[str]], national: National
) -> set[str]:
    strange = {i for i in spoken_of if i not in national.indicators}
    for question_id, values in answers.items():
        question = national.questions.get(question_id)
        if question is not None and question.kind not in _FREE:
            strange |= {f"{question_id}={v}" for v in values if v != UNKNOWN and v not in question.options}
    return strange
