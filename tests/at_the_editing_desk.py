"""Editors of Testshire at their desk, with records in memory and the real wording."""

import atexit
import tempfile
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.desk.editing import Editing
from bot.desk.packs_in_force import PacksInForce
from bot.desk.ports import Person, Role
from bot.knowledge.check import known_nationally
from bot.knowledge.revision import Revision
from bot.knowledge.shared import shared
from tests.at_the_desk import wording
from tests.fakes import FakeRecords
from tests.testshire import FILES, SLUG, make_knowledge

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)
NEW_NUMBER = {"area.yml": FILES["area.yml"].replace("01632 960100", "01632 960999")}
_ROW = "      shire-hungry-often: {domain: child, words: is often hungry, needs: [[hungry_often]]}\n"
_BELOW = "needs: [[hungry]]}\n"
# The row that its worked case rests on, put one level lower.
LOWER = {"thresholds.yml": FILES["thresholds.yml"].replace(_ROW, "      {}\n").replace(_BELOW, _BELOW + _ROW)}


_nation = lru_cache(maxsize=8)(known_nationally)
_shared = lru_cache(maxsize=1)(shared)


@cache
def knowledge_of_testshire() -> Path:
    """Return a knowledge base with Testshire, to be read only."""
    into = tempfile.TemporaryDirectory(prefix="testshire-")
    atexit.register(into.cleanup)
    return make_knowledge(Path(into.name))


class EditingDesk:
    """Two editors of Testshire, one of Kent, a duty worker who does not edit, and what they work with."""

    def __init__(self, into: Path, records: Any = None) -> None:
        ids = count(1)
        self.records = records if records is not None else FakeRecords()
        self.in_force = PacksInForce(self.records, knowledge_of_testshire(), into / "laid-out")
        # What is national is read once for all tests: it is the same in all of them.
        self.in_force._nation, self.in_force._shared = _nation, _shared
        self.editing = Editing(self.records, self.in_force, wording(), lambda: f"revision-{next(ids)}")
        self.ada = self.worker("ada", edits=True)
        self.ben = self.worker("ben", edits=True)
        self.kim = self.worker("kim", area="kent", edits=True)
        self.sam = self.worker("sam")

    def worker(self, login: str, area: str = SLUG, *, edits: bool = False) -> Person:
        """Add a worker."""
        role = Role.KNOWLEDGE_EDITOR if edits else Role.DUTY_WORKER
        return self.records.add_worker(login, login.title(), area, "no hash", "NOSECRET", role=role)

    def drafted(self, changed: dict[str, str] | None = None) -> Revision:
        """Return a draft of Ada's."""
        begun = self.editing.start(self.ada, NOW)
        return self.editing.save(self.ada, begun.id, begun.edition, changed or NEW_NUMBER, NOW)

    def submitted(self, changed: dict[str, str] | None = None) -> Revision:
        """Return a revision that Ada has submitted."""
        draft = self.drafted(changed)
        return self.editing.submit(self.ada, draft.id, draft.edition, NOW)

    def approved(self, starts: date = TODAY, changed: dict[str, str] | None = None) -> Revision:
        """Return a revision that Ada has submitted and Ben approved."""
        return self.approve(self.submitted(changed), starts)

    def approve(self, revision: Revision, starts: date = TODAY, who: Person | None = None) -> Revision:
        """Approve as a second editor, having looked at it for that day."""
        against = self.editing.open(self.ben, revision.id, NOW, starts).look.against
        return self.editing.approve(who or self.ben, revision.id, revision.edition, starts, against, NOW)

    def front_door(self, on: date = TODAY) -> str:
        """Return the number of the front door that answers give on a day."""
        return self.in_force.pack_of(SLUG, on).contacts["front_door"].value

    def events(self) -> list[tuple[str, str]]:
        """Return what the audit trail notes of revisions: the event and who."""
        return [(what, who) for what, who, _, _ in self.records.audit if what.startswith("revision.")]
