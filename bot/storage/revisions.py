"""Revisions of an area's knowledge, from draft to withdrawn, with the files they would put in place."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import defer

from bot.desk.ports import NotKept
from bot.desk.revisions import Revision, RevisionState
from bot.storage.audit import AuditShelf
from bot.storage.packing import packed, unpacked
from bot.storage.tables import RevisionRow

_FIELDS = tuple(field.name for field in fields(Revision))


class RevisionShelf(AuditShelf):
    """Keeps revisions. A move and its line in the audit chain are one transaction."""

    def revision(self, revision_id: str) -> Revision | None:
        """Return a revision, or None."""
        with self._read() as session:
            row = session.scalar(_without_files().where(RevisionRow.id == revision_id))
            return _revision(row) if row else None

    def revisions(self, area: str) -> tuple[Revision, ...]:
        """Return the revisions of an area, the newest first."""
        newest = (RevisionRow.made_at.desc(), RevisionRow.id)
        with self._read() as session:
            rows = session.scalars(_without_files().where(RevisionRow.area == area).order_by(*newest))
            return tuple(_revision(row) for row in rows)

    def revision_files(self, revision_id: str) -> dict[str, str]:
        """Return the files of a revision by name, or raise NotKept."""
        with self._read() as session:
            kept = session.scalar(select(RevisionRow.files).where(RevisionRow.id == revision_id))
        if kept is None:
            raise NotKept("revision")
        return unpacked(kept)

    def keep_revision(
        self, revision: Revision, event: str, who: str, now: datetime, files: Mapping[str, str] | None = None
    ) -> bool:
        """Keep a revision as it has become, with its line in the chain; False if somebody else was quicker."""
        values = asdict(revision) | {"state": revision.state.value, "written_by": list(revision.written_by)}
        if files is not None:
            values["files"] = packed(files)
        with self._write() as session:
            if revision.edition == 1:
                session.add(RevisionRow(**values))
            else:
                there = (RevisionRow.id == revision.id, RevisionRow.edition == revision.edition - 1)
                if session.execute(update(RevisionRow).where(*there).values(values)).rowcount != 1:
                    return False
            self._append(session, event, who, revision.id, now)
            return True


def _without_files():
    return select(RevisionRow).options(defer(RevisionRow.files))


def _revision(row: RevisionRow) -> Revision:
    held = {name: getattr(row, name) for name in _FIELDS}
    return Revision(**held | {"state": RevisionState(row.state), "written_by": tuple(row.written_by)})
