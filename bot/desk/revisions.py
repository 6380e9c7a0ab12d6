"""What the desk needs of the records for revisions of an area's knowledge: a part of `bot.desk.ports.Records`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.knowledge.revision import Revision, RevisionState

__all__ = ["Revision", "RevisionRecords", "RevisionState"]


class RevisionRecords(Protocol):
    """Where revisions are kept, each with the files that it would put in place."""

    def revision(self, revision_id: str) -> Revision | None: ...
    def revisions(self, area: str) -> tuple[Revision, ...]:
        """Return the revisions of an area (by slug), the newest first."""

    def revision_files(self, revision_id: str) -> dict[str, str]:
        """Return the files of a revision by name. Raises NotKept."""

    def keep_revision(
        self, revision: Revision, event: str, who: str, now: datetime, files: Mapping[str, str] | None = None
    ) -> bool:
        """Keep a revision as it has become, and `event` of it in the audit chain, all or nothing.

        Edition 1 is new and comes with its files; later ones come with files if those have changed. False,
        and nothing is kept, if the edition that is there is not the one before: somebody else was quicker.
        """
