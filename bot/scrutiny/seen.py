"""Seen: what the records tell of one consultation for counting. No text, no name and no id: `earlier` is a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeenCase:
    """The duty desk's part: when it was asked and has answered, and what it and the DSL chose from lists."""

    handed_over_at: datetime
    answered_at: datetime | None = None
    level: str | None = None
    referral_advised: bool | None = None
    referral: str | None = None
    owners: frozenset[str] = frozenset()
    lead: str | None = None
    early_help: str | None = None
    taken_up: str | None = None
    meeting: str | None = None
    came: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SeenDecision:
    """What the assistant came to: how it ended, and the neutral levels of the level that was given."""

    at: datetime
    outcome: str
    neutral: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One consultation. `told` are ids of indicators that are so or may be, `answers` chosen from lists.

    `cases` and `decisions` are oldest first. `disagreement` is the number of the last stage and how it ended, None
    while it is open. `earlier` counts consultations about the same child before, None without an alias.
    """

    area: str
    opened_at: datetime
    told: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[SeenDecision, ...] = ()
    cases: tuple[SeenCase, ...] = ()
    disagreement: tuple[int, str | None] | None = None
    earlier: int | None = None
    phase: str | None = None
