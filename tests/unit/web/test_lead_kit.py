"""The kit to take away: for DSLs who have signed in, for areas that there are, and about nobody."""

from datetime import date, datetime
from io import BytesIO
from itertools import count

import docx
import pytest
from icalendar import Calendar
from starlette.routing import Mount

from bot.knowledge import NotInForce, UnknownArea, Wording, load_area
from bot.lead_kit import open_kits
from bot.web.lead_kit import DOCX, router
from tests.fakes_web import ROOT
from tests.unit.web.visitor import Visitor


class FakeKits:
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, date, date | datetime]] = []

    def document(self, area: str, starts: date, on: date) -> bytes:
        return self._made(area, starts, on)

    def calendar(self, area: str, starts: date, now: datetime) -> bytes:
        return self._made(area, starts, now)

    def _made(self, area: str, starts: date, when: date | datetime) -> bytes:
        if area == "new":
            raise NotInForce("New's levels", date(2026, 11, 20), date(2027, 1, 1))
        if area not in ("kent", "E10000016"):
            raise UnknownArea(area)
        self.asked.append((area, starts, when))
        return b"made"


def with_kits(visitor: Visitor, kits) -> Visitor:
    """Give the widget's app the routes of the kit, as the house does."""
    widget = next(route.app for route in visitor.app.routes if isinstance(route, Mount) and route.path == "")
    widget.router.routes[:] = [r for r in widget.router.routes if not getattr(r, "path", "").startswith("/kit/")]
    widget.include_router(router(kits))
    return visitor


@pytest.fixture
def kits() -> FakeKits:
    return FakeKits()


@pytest.fixture
def reader(dsl: Visitor, kits: FakeKits) -> Visitor:
    return with_kits(dsl, kits)


def test_the_document_comes_as_a_file_of_word(reader: Visitor) -> None:
    answer = reader.get("/kit/kent.docx")
    assert (answer.status_code, answer.content) == (200, b"made")
    assert answer.headers["content-type"] == DOCX
    assert answer.headers["content-disposition"] == 'attachment; filename="lead-practitioner-kit-kent.docx"'


def test_the_days_come_as_a_calendar_file(reader: Visitor) -> None:
    answer = reader.get("/kit/kent.ics?from=2026-12-01")
    assert (answer.status_code, answer.content) == (200, b"made")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="early-help-dates-kent.ics"'


@pytest.mark.parametrize("kind", ["docx", "ics"])
def test_a_plan_starts_on_the_day_asked_for_or_today(reader: Visitor, kits: FakeKits, kind: str) -> None:
    reader.get(f"/kit/kent.{kind}?from=2026-12-01")
    reader.get(f"/kit/kent.{kind}")
    reader.get(f"/kit/kent.{kind}?from=")
    assert [starts for _, starts, _ in kits.asked] == [date(2026, 12, 1), date(2026, 11, 20), date(2026, 11, 20)]


@pytest.mark.parametrize("kind", ["docx", "ics"])
def test_it_is_kept_nowhere_on_the_way(reader: Visitor, kind: str) -> None:
    headers = reader.get(f"/kit/kent.{kind}").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("kind", ["docx", "ics"])
@pytest.mark.parametrize("area", ["atlantis", "new", "..", "%2e%2e%2fkent", "kent%22%3b%20x=1"])
def test_an_area_that_is_none_is_not_found(reader: Visitor, kits: FakeKits, area: str, kind: str) -> None:
    answer = reader.get(f"/kit/{area}.{kind}")
    assert answer.status_code == 404
    assert "999" in answer.text
    assert "content-disposition" not in answer.headers
    assert kits.asked == []


FAR_OR_NONE = ["2026-13-01", "2026-02-30", "tomorrow", "1", "0001-01-01", "9999-12-31", "2026-08-01", "2027-12-01"]


@pytest.mark.parametrize("kind", ["docx", "ics"])
@pytest.mark.parametrize("starts", FAR_OR_NONE)
def test_a_day_that_is_none_or_far_away_is_refused(reader: Visitor, kits: FakeKits, starts: str, kind: str) -> None:
    answer = reader.get(f"/kit/kent.{kind}?from={starts}")
    assert answer.status_code == 422
    assert "999" in answer.text
    assert kits.asked == []


@pytest.mark.parametrize("kind", ["docx", "ics"])
def test_nobody_who_has_not_signed_in_gets_it(visitor: Visitor, kits: FakeKits, kind: str) -> None:
    answer = with_kits(visitor, kits).get(f"/kit/kent.{kind}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert kits.asked == []


def test_nothing_else_may_be_done_with_it(reader: Visitor, kits: FakeKits) -> None:
    assert reader.post("/kit/kent.docx").status_code == 405
    assert kits.asked == []


# with the real kits behind it


@pytest.fixture
def real(dsl: Visitor) -> Visitor:
    numbers = count()
    root = ROOT / "knowledge_base"
    say = Wording(ROOT / "nlu_data" / "responses").say
    made = open_kits(root, lambda area, on: load_area(root, area, on), say, lambda: f"id-{next(numbers)}")
    return with_kits(dsl, made)


def test_both_files_open_and_name_nobody_who_asked(real: Visitor) -> None:
    document = real.get("/kit/kent.docx?from=2026-11-23").content
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(document)).paragraphs)
    calendar = real.get("/kit/kent.ics?from=2026-11-23").content
    assert "Lead practitioner's kit: Kent" in text
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == 4
    for said in ("Dana", "Okoro", "Elm Road"):
        assert said not in text + calendar.decode()


@pytest.mark.parametrize("kind", ["docx", "ics"])
def test_an_area_that_the_knowledge_base_lacks_is_not_found(real: Visitor, kind: str) -> None:
    assert real.get(f"/kit/atlantis.{kind}").status_code == 404
