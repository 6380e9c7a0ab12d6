"""Releases: what was published of a year, kept as it went out; and requests to see a sample of records."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.ports import NotKept
from bot.desk.sampling import Decided, NotTheirsToDecide, SampleRequest, Why
from bot.storage.audit import AuditShelf
from bot.storage.tables import ReleaseRow, SampleRequestRow, Worker

_OF_A_REQUEST = ("id", "area", "year", "asked_by", "asked_at", "granted", "decided_by", "decided_at", "ends_at")


class ReleaseShelf(AuditShelf):
    """Keeps releases, of each year one, and requests for samples."""

    def release(self, year: int) -> dict[str, Any] | None:
        """Return what was published of a year, as it was."""
        with self._read() as session:
            row = session.get(ReleaseRow, year)
            return row.published if row else None

    def releases(self) -> tuple[int, ...]:
        """Return the years of which something was published, the newest first."""
        with self._read() as session:
            return tuple(session.scalars(select(ReleaseRow.year).order_by(ReleaseRow.year.desc())))

    def keep_release(self, published: dict[str, Any], who: str, now: datetime) -> dict[str, Any]:
        """Keep what is published of a year, and return it; if there was something before, return that."""
        year = int(published["year"])
        with self._write() as session:
            held = session.get(ReleaseRow, year)
            if held is not None:
                return held.published
            session.add(ReleaseRow(year=year, made_at=now, made_by=who, published=published))
            self._append(session, "report.released", who, f"year-{year}", now)
            return published

    def ask_sample(self, request: SampleRequest) -> None:
        """Keep a request."""
        values = {name: getattr(request, name) for name in _OF_A_REQUEST}
        with self._write() as session:
            session.add(SampleRequestRow(**values, reason=request.reason.value))
            what = f"sample.asked.{request.reason.value}"
            self._append(session, what, request.asked_by, request.id, request.asked_at)

    def decide_sample(self, request_id: str, decided: Decided) -> SampleRequest:
        """Grant or refuse a request that nobody has decided. Raises NotKept, and NotTheirsToDecide of any other."""
        with self._write() as session:
            row = session.get(SampleRequestRow, request_id, with_for_update=True)
            if row is None:
                raise NotKept("sample request")
            if row.granted is not None or row.asked_by == decided.by:
                raise NotTheirsToDecide
            row.granted, row.decided_by = decided.granted, decided.by
            row.decided_at, row.ends_at = decided.at, decided.ends_at
            what = "sample.granted" if decided.granted else "sample.refused"
            self._append(session, what, decided.by, request_id, decided.at)
            return _request(session, row)

    def sample_request(self, request_id: str) -> SampleRequest | None:
        """Return a request by id."""
        with self._read() as session:
            row = session.get(SampleRequestRow, request_id)
            return _request(session, row) if row else None

    def sample_requests(self, area: str) -> tuple[SampleRequest, ...]:
        """Return the requests of an area, the newest first."""
        newest = (SampleRequestRow.asked_at.desc(), SampleRequestRow.id)
        with self._read() as session:
            rows = session.scalars(select(SampleRequestRow).where(SampleRequestRow.area == area).order_by(*newest))
            return tuple(_request(session, row) for row in rows)


def _request(session: Session, row: SampleRequestRow) -> SampleRequest:
    values = {name: getattr(row, name) for name in _OF_A_REQUEST}
    name = session.scalar(select(Worker.name).where(Worker.id == row.asked_by)) or ""
    return SampleRequest(**values, reason=Why(row.reason), asked_by_name=name)
