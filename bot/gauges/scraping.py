"""Scraping: what is looked up when somebody asks for the numbers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.gauges.gauges import Gauges
from bot.gauges.labels import OUTBOX, STAGES

log = logging.getLogger("noname.gauges")


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands in the records at a moment, by area: open cases by stage, since when the oldest waits, and how many
    are late; and what is on its way to chats, by state."""

    cases: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest: Mapping[str, datetime] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    outbox: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scraping:
    """Looks, and writes all numbers out. `count` may block; it is asked in a thread."""

    gauges: Gauges
    count: Callable[[datetime], Counted]
    is_rasa_up: Callable[[], Awaitable[bool]]
    now: Callable[[], datetime]

    async def __call__(self) -> bytes:
        """Return every number as it is now."""
        now = self.now()
        is_up = await self.is_rasa_up()
        self.gauges.rasa.set(int(is_up))
        try:
            counted = await asyncio.to_thread(self.count, now)
        except Exception as fell:  # numbers that cannot be had must not keep the others from being told
            log.error("count_failed kind=%s", type(fell).__name__)
            counted = None
        self.gauges.records.set(int(counted is not None))
        self.gauges.clear_queue()
        self._put(counted or Counted(), now)
        return self.gauges.written_out()

    def _put(self, counted: Counted, now: datetime) -> None:
        gauges, labels = self.gauges, self.gauges.labels
        for (area, stage), many in counted.cases.items():
            if stage in STAGES:
                gauges.queue.labels(labels.area(area), stage).inc(many)
        oldest: dict[str, float] = {}
        for area, since in counted.oldest.items():
            label = labels.area(area)
            oldest[label] = max(oldest.get(label, 0.0), (now - since).total_seconds())
        for label, seconds in oldest.items():
            gauges.oldest.labels(label).set(seconds)
        for area, many in counted.late.items():
            gauges.late.labels(labels.area(area)).inc(many)
        for state, many in counted.outbox.items():
            if state in OUTBOX:
                gauges.outbox.labels(state).set(many)
