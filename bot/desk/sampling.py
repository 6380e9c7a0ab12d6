"""Sampling: a scrutineer asks to see some records of a year, a manager of the area says yes or no, and it ends.

What is shown was chosen from lists or comes from the knowledge base. Nobody's own words are in it, nor a reference, a
school or a day; and a record by which a child could easily be found is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Protocol

from bot.consultation import Facts, Status
from bot.desk.numbers import Say
from bot.desk.people import Person, Role
from bot.desk.reporting import row_words
from bot.desk.scrutinising import NoSuchYear, Scrutinising
from bot.findability import Grade, weigh, without
from bot.knowledge.model import National
from bot.scrutiny.entry import Entry
from bot.scrutiny.placing import Placing
from bot.scrutiny.seen import Seen
from bot.scrutiny.year import bounds

LASTS = timedelta(days=7)
SHOWN = 10
_LOOKED_AT = 60  # some are left out
_ONE_READING = timedelta(hours=1)


class Why(StrEnum):
    """Why a sample is asked for."""

    THRESHOLDS = "thresholds"
    FEEDBACK = "feedback"
    COMPLAINTS = "complaints"
    QUALITY = "quality"
    LEARNING_REVIEW = "learning_review"


class NotTheirsToDecide(Exception):
    """Tried to decide a request that was decided before, or one's own."""


class NoSuchSample(LookupError):
    """Tried to use a request that is not there, is another area's or somebody else's, or has not been granted."""


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """A request, and what was decided: `granted` is None until somebody has."""

    id: str
    area: str
    year: int
    reason: Why
    asked_by: str
    asked_at: datetime
    granted: bool | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    ends_at: datetime | None = None
    asked_by_name: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether its sample may be looked at."""
        return bool(self.granted) and self.ends_at is not None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Decided:
    """What a manager decided, and until when it holds."""

    by: str
    granted: bool
    at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sampled:
    """One record of a sample: pairs of what it is and what was chosen, and what was told of, in words of ours."""

    chosen: tuple[tuple[str, str], ...]
    told: tuple[str, ...]


class Requests(Protocol):
    """Where requests are kept; each change is a line of the audit chain."""

    def ask_sample(self, request: SampleRequest) -> None: ...
    def decide_sample(self, request_id: str, decided: Decided) -> SampleRequest: ...
    def sample_request(self, request_id: str) -> SampleRequest | None: ...
    def sample_requests(self, area: str) -> tuple[SampleRequest, ...]: ...
    def note_once(self, what: str, who: str, subject: str, now: datetime, within: timedelta) -> None: ...


class Drawn(Protocol):
    """Who draws a sample: always the same for the same request, and without ids."""

    def sample(self, drawn_by: str, area: str, since: datetime, until: datetime, many: int) -> Sequence[Seen]: ...


@dataclass(frozen=True, slots=True)
class Sampling:
    """Samples, with what they need."""

    requests: Requests
    consultations: Drawn
    scrutiny: Scrutinising
    placing: Callable[[], Placing]
    national: National
    say: Say
    new_id: Callable[[], str]

    def of_area(self, person: Person) -> tuple[SampleRequest, ...]:
        """Return the requests of one's own area, the newest first; a scrutineer's are their own alone."""
        held = self.requests.sample_requests(person.area)
        return held if person.role == Role.MANAGER else tuple(one for one in held if one.asked_by == person.id)

    def ask(self, scrutineer: Person, year: int, reason: Why, now: datetime) -> SampleRequest:
        """Ask for a sample of one's own area. Raises NoSuchYear where there is no report of it."""
        if scrutineer.area not in self.scrutiny.areas(year):
            raise NoSuchYear
        request = SampleRequest(
            self.new_id(), scrutineer.area, year, reason, scrutineer.id, now, asked_by_name=scrutineer.name
        )
        self.requests.ask_sample(request)
        return request

    def decide(self, manager: Person, request_id: str, granted: bool, now: datetime) -> SampleRequest:
        """Grant or refuse a request of one's own area. Raises NoSuchSample and NotTheirsToDecide."""
        held = self.requests.sample_request(request_id)
        if held is None or held.area != manager.area or manager.role != Role.MANAGER:
            raise NoSuchSample
        return self.requests.decide_sample(
            request_id, Decided(manager.id, granted, now, now + LASTS if granted else None)
        )

    def look(self, scrutineer: Person, request_id: str, now: datetime) -> tuple[SampleRequest, tuple[Sampled, ...]]:
        """Return the records of a request that was granted; that they were looked at is noted. Raises NoSuchSample."""
        held = self.requests.sample_request(request_id)
        if held is None or held.asked_by != scrutineer.id or not held.is_open(now):
            raise NoSuchSample
        self.requests.note_once("sample.read", scrutineer.id, held.id, now, _ONE_READING)
        place = self.placing()
        drawn = self.consultations.sample(held.id, held.area, *bounds(held.year), _LOOKED_AT)
        shown = (self._sampled(seen, place.entry(seen)) for seen in drawn)
        return held, tuple(islice((one for one in shown if one is not None), SHOWN))

    def _sampled(self, seen: Seen, entry: Entry) -> Sampled | None:
        """Return a record as it may be shown, in vaguer words where there are any; None of one that is too telling."""
        known = self.national.indicators
        told = [known[one].words for one in sorted(seen.told) if one in known]
        facts = Facts(dict.fromkeys(seen.told, Status.PRESENT), dict(seen.answers))
        found = weigh(told, facts, self.national.findability)
        if found.grade is Grade.HIGH:
            return None
        places = [place for reason in found.reasons for place in reason.places]
        vaguer = tuple(without(text, [p for p in places if p.text == number]) for number, text in enumerate(told))
        rows = [("ages", entry.age), ("dsl_views", entry.dsl)]
        rows += [("assistant", entry.assistant)] if entry.assistant else []
        if entry.worker and entry.wait:
            rows += [("worker", entry.worker), ("waits", entry.wait), ("referral", entry.referral)]
        chosen = ((self.say(f"utter_report_{table}"), row_words(table, row, self.say)) for table, row in rows)
        return Sampled(tuple(chosen), vaguer)
