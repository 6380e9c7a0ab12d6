"""Scrutiny for doors: a year that was published, one request for a sample that was granted, and records to draw."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.desk.people import Person
from bot.desk.ports import NotKept
from bot.desk.sampling import Decided, NotTheirsToDecide, SampleRequest, Sampling, Why
from bot.desk.scrutinising import Scrutinising
from bot.scrutiny.entry import Band
from bot.scrutiny.placing import Placing
from bot.scrutiny.rules import Rules
from bot.scrutiny.seen import Seen, SeenCase, SeenDecision
from bot.web.report_pages import Reports

YEAR = 2025
AREAS = ("kent", "testshire")


class FakeScrutinyRecords:
    """Releases, requests and a year of consultations, in memory."""

    def __init__(self, areas: tuple[str, ...] = AREAS, many: int = 120) -> None:
        self.kept: dict[int, dict[str, Any]] = {}
        self.requests: dict[str, SampleRequest] = {}
        self.noted: list[tuple[str, str, str]] = []
        self.year = [_seen(area, number) for area in areas for number in range(many)]

    def release(self, year: int) -> dict[str, Any] | None:
        return self.kept.get(year)

    def releases(self) -> tuple[int, ...]:
        return tuple(sorted(self.kept, reverse=True))

    def keep_release(self, published: dict[str, Any], who: str, now: datetime) -> dict[str, Any]:
        return self.kept.setdefault(published["year"], published)

    def seen(self, since: datetime, until: datetime) -> Iterator[Seen]:
        return (one for one in self.year if since <= one.opened_at < until)

    def sample(self, drawn_by: str, area: str, since: datetime, until: datetime, many: int) -> tuple[Seen, ...]:
        return tuple(one for one in self.seen(since, until) if one.area == area)[:many]

    def ask_sample(self, request: SampleRequest) -> None:
        self.requests[request.id] = request

    def decide_sample(self, request_id: str, decided: Decided) -> SampleRequest:
        held = self.requests.get(request_id)
        if held is None:
            raise NotKept("sample request")
        if held.granted is not None or held.asked_by == decided.by:
            raise NotTheirsToDecide
        by = {"decided_by": decided.by, "decided_at": decided.at, "ends_at": decided.ends_at}
        self.requests[request_id] = replace(held, granted=decided.granted, **by)
        return self.requests[request_id]

    def sample_request(self, request_id: str) -> SampleRequest | None:
        return self.requests.get(request_id)

    def sample_requests(self, area: str) -> tuple[SampleRequest, ...]:
        return tuple(one for one in reversed(self.requests.values()) if one.area == area)

    def note_once(self, what: str, who: str, subject: str, now: datetime, within: timedelta) -> None:
        self.noted.append((what, who, subject))


class NoPaper:
    """Sets nothing, and says that it has."""

    async def pdf(self, record: Any, sheet: str = "record") -> bytes:
        return b"%PDF-made"


def make_scrutiny(
    counsel: Any, records: FakeScrutinyRecords | None = None, new_id: Callable[[], str] = lambda: "sample-1"
) -> dict[str, Any]:
    """Return what stands behind the pages of scrutiny."""
    records = records or FakeScrutinyRecords()

    def placing() -> Placing:
        kinds = {one.id: one.category for one in counsel.national.indicators.values()}
        bands = {"1": Band.N1, "2": Band.N2, "3": Band.N3, "4": Band.N4}
        return Placing(kinds, lambda area: bands, lambda area, at, days: at + timedelta(days=days))

    say = counsel.wording.say
    scrutiny = Scrutinising(records, records, placing, Rules(), say, lambda area: area.title(), _told(counsel))
    sampling = Sampling(records, records, scrutiny, placing, counsel.national, say, new_id)
    return {"reports": Reports(scrutiny, NoPaper()), "sampling": sampling}


def _told(counsel: Any) -> Callable[[str], str]:
    return lambda one: counsel.national.indicators[one].words


def published(behind: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the same with the report of the year made."""
    behind["reports"].scrutiny.make(YEAR, None, now)
    return behind


def granted(behind: dict[str, Any], scrutineer: Person, now: datetime) -> SampleRequest:
    """Return a request of somebody's that a manager has granted."""
    sampling = behind["sampling"]
    asked = sampling.ask(scrutineer, YEAR, Why.THRESHOLDS, now)
    return sampling.requests.decide_sample(asked.id, Decided("a manager", True, now, now + timedelta(days=7)))


def with_drift(areas: tuple[str, ...] = AREAS) -> FakeScrutinyRecords:
    """Return a year in which drift can be told of the first area, and of the others too little is known."""
    records = FakeScrutinyRecords(areas)
    records.year += [_in_any_month(areas[0], number) for number in range(1200)]
    return records


def _in_any_month(area: str, number: int) -> Seen:
    month = 4 + number % 12
    seen = _seen(area, number)
    at = datetime(2025 + (month > 12), (month - 1) % 12 + 1, 10, 9, tzinfo=UTC)
    cases = tuple(replace(case, level="1234"[number // 12 % 4]) for case in seen.cases)
    return replace(seen, opened_at=at, cases=cases)


def _seen(area: str, number: int) -> Seen:
    opened = datetime(2025, 4 + number % 8, 10, 9, tzinfo=UTC)
    asked = opened + timedelta(hours=1)
    levels, views = ("1", "2", "3", "4"), ("refer", "early_help", "school_support")
    case = SeenCase(
        handed_over_at=asked,
        answered_at=asked + timedelta(hours=number % 30 * 3 + 1),
        level=levels[number % 4],
        referral_advised=number % 3 == 0,
        referral=("made", "accepted", "not_accepted", None)[number % 4],
        owners=frozenset({"school"} if number % 2 else {"early_help", "school"}),
    )
    return Seen(
        area=area,
        opened_at=opened,
        told=frozenset({"hungry_often"} if number % 2 else {"domestic_abuse"}),
        answers={"age_band": ("5_9", "10_12", "13_15")[number % 3], "dsl_view": views[number % 3]},
        decisions=(SeenDecision(opened, "level", (f"N{number % 4 + 1}",)),),
        cases=(case,) if number % 3 else (),
        disagreement=(1 + number % 3, "kept") if number % 7 == 0 else None,
        earlier=number % 3 if number % 2 else None,
    )


