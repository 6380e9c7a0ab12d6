"""Upkeep: what the doors need for whoever runs the house. All of it may be left out, and then is not there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.web.draining import Drain
from bot.web.metrics_door import Scrape
from bot.web.readiness import Look


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How the house is looked after.

    `looks` say what has to be well beside the house's own parts, `warnings` what should be seen to; `scrape` writes the
    numbers out, for this machine or whoever shows `metrics_token`; `refused` hears why a door said no;
    `security_contact` is whom to tell of a weakness.
    """

    drain: Drain = field(default_factory=Drain)
    looks: Mapping[str, Look] = field(default_factory=dict)
    warnings: Mapping[str, Look] = field(default_factory=dict)
    scrape: Scrape | None = None
    metrics_token: str = field(default="", repr=False)
    security_contact: str = ""
    refused: Callable[[str], None] = _nothing
