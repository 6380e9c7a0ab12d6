"""Editing: how a change of an area's knowledge goes from a draft to being in force, and out of force again.

Editors work on revisions of their own area alone: somebody else's is as good as not there. Whoever has
written in one cannot approve it. Every step is in the audit trail, as an event and an id.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any

from bot.desk.draft_look import DraftLook, look_at, look_without
from bot.desk.fact_check import Sheet, fact_check
from bot.desk.packs_in_force import PacksInForce
from bot.desk.ports import NotKept, Person, Records
from bot.desk.revisions import Revision
from bot.desk.working_time import ENGLAND
from bot.knowledge import AreaName, Wording, load_area
from bot.knowledge.draft import FILES, LARGEST, NotADraft, cleaned, digest_of, files_of, overlay
from bot.knowledge.revision import Act, NeedsSecondPerson, NoSuchMove, RevisionState

__all__ = ["FILES", "LARGEST", "CannotDo", "Editing", "NotADraft", "Open"]

LONGEST_REASON = 1000


class CannotDo(ValueError):
    """Tried a step of the editing work that is not allowed now; `words` is the id of the wording that says why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Open:
    """A revision as a page shows it: its files, what they come to, and what this editor may do.

    `replaced_from` is the later day from which another one that is approved holds: until that is withdrawn, this one
    cannot be approved for an earlier day. `withdrawn` is what it would come to if it were withdrawn.
    """

    revision: Revision
    files: Mapping[str, str]
    look: DraftLook
    may: frozenset[str]
    made_by: str
    approved_by: str
    replaced_from: date | None = None
    withdrawn: DraftLook | None = None


@dataclass(frozen=True, slots=True)
class Editing:
    """The steps of the editing work, with what they need."""

    records: Records
    in_force: PacksInForce
    wording: Wording
    new_id: Callable[[], str]
    # Two approvals at once would each be looked at without the other.
    _one_at_a_time: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def areas(self) -> tuple[AreaName, ...]:
        """Return every area that there is a sheet of."""
        return self.in_force.areas

    def sheet(self, area: str, on: date) -> Sheet:
        """Return everything the assistant would say for an area on a day. Raises UnknownArea and NotInForce."""
        return fact_check(self.in_force.pack_of(area, on), self.in_force.national_of(on), self.wording)

    def drafted_sheet(self, editor: Person, revision_id: str, on: date) -> Sheet:
        """Return the sheet of an area as it would be with a revision. Raises NotKept, NotInForce and PackError."""
        revision = self._theirs(editor, revision_id)
        root = overlay(self.in_force.root, revision.area, self.records.revision_files(revision.id), self.in_force.cache)
        return fact_check(load_area(root, revision.area, on), self.in_force.national_of(on), self.wording)

    def revisions(self, editor: Person) -> tuple[Revision, ...]:
        """Return the revisions of the editor's area, the newest first; none for who is no editor."""
        return self.records.revisions(editor.area) if editor.edits else ()

    def open(self, editor: Person, revision_id: str, now: datetime, on: date | None = None) -> Open:
        """Return a revision with what it comes to on a day: its first day, or else today. Raises NotKept."""
        revision = self._theirs(editor, revision_id)
        kept = self.records.revision_files(revision.id)
        files = {name: kept[name] for name in FILES}
        day = on or revision.in_force_from or _today(now)
        return Open(
            revision=revision,
            files=files,
            look=self._look(revision, files, day),
            may=frozenset(act.value for act in Act if revision.may(act, editor.id)),
            made_by=self._name(revision.made_by),
            approved_by=self._name(revision.approved_by),
            replaced_from=self._replaced_from(revision, day),
            withdrawn=self._withdrawn(revision, _today(now)),
        )

    def start(self, editor: Person, now: datetime) -> Revision:
        """Begin a draft with what is in force in the editor's area today. Raises NotKept for who is no editor."""
        if not editor.edits:
            raise NotKept("revision")
        today = _today(now)
        files = cleaned(files_of(self.in_force.root_of(editor.area, today), editor.area))
        revision = Revision(
            id=self.new_id(),
            area=editor.area,
            state=RevisionState.DRAFT,
            digest=digest_of(files),
            based_on=self.in_force.pack_of(editor.area, today).version,
            made_by=editor.id,
            made_at=now,
            changed_at=now,
            written_by=(editor.id,),
        )
        self.records.keep_revision(revision, "revision.started", editor.id, now, files)
        self.in_force.forget()
        return revision

    def save(
        self, editor: Person, revision_id: str, edition: int, changed: Mapping[str, str], now: datetime
    ) -> Revision:
        """Put new text in one or more files of a draft, wrong or right. `edition` is what the editor had before them.

        Raises NotADraft for what can be no file of an area, and CannotDo, and NotKept.
        """
        revision = self._at(editor, revision_id, edition)
        files = cleaned(self.records.revision_files(revision.id) | changed)
        writers = tuple(who for who in revision.written_by if who != editor.id)
        return self._move(
            revision, Act.EDIT, editor, now, files, written_by=(*writers, editor.id), digest=digest_of(files), reason=""
        )

    def submit(self, editor: Person, revision_id: str, edition: int, now: datetime) -> Revision:
        """Ask a second editor to approve. Refused while anything is wrong, and if nothing would change."""
        revision = self._at(editor, revision_id, edition)
        look = self._look(revision, self.records.revision_files(revision.id), _today(now))
        if not look.is_sound:
            raise CannotDo("utter_editing_not_sound")
        if not (look.changes_anything or look.only_text):
            raise CannotDo("utter_editing_nothing_changed")
        return self._move(revision, Act.SUBMIT, editor, now)

    def take_back(self, editor: Person, revision_id: str, edition: int, now: datetime) -> Revision:
        """Make what was submitted a draft again."""
        return self._move(self._at(editor, revision_id, edition), Act.TAKE_BACK, editor, now)

    def approve(
        self, editor: Person, revision_id: str, edition: int, starts: date | None, against: str, now: datetime
    ) -> Revision:
        """Put a revision in force from a day on: today or later. Refused if anything is wrong on that day.

        `against` is the pack version that the editor saw it compared with: if another is in force on that day
        by now, they have to look again. So they have if one that starts later has been approved: it would put back
        what this one changes, and nobody would be told.
        """
        with self._one_at_a_time:
            return self._approve(editor, revision_id, edition, starts, against, now)

    def _approve(
        self, editor: Person, revision_id: str, edition: int, starts: date | None, against: str, now: datetime
    ) -> Revision:
        revision = self._at(editor, revision_id, edition)
        if starts is None or starts < _today(now):
            raise CannotDo("utter_editing_past_day")
        if revision.may(Act.APPROVE, editor.id):
            look = self._look(revision, self.records.revision_files(revision.id), starts)
            if not look.is_sound:
                raise CannotDo("utter_editing_not_sound")
            if look.against != against or self._replaced_from(revision, starts):
                raise CannotDo("utter_editing_look_again")
        approved = {"approved_by": editor.id, "approved_at": now, "in_force_from": starts}
        return self._move(revision, Act.APPROVE, editor, now, **approved)

    def send_back(self, editor: Person, revision_id: str, edition: int, reason: str, now: datetime) -> Revision:
        """Send a revision back to whoever wrote it, with a reason."""
        reason = " ".join(reason.split())
        if not 0 < len(reason) <= LONGEST_REASON:
            raise CannotDo("utter_editing_needs_reason")
        return self._move(self._at(editor, revision_id, edition), Act.SEND_BACK, editor, now, reason=reason)

    def withdraw(self, editor: Person, revision_id: str, edition: int, now: datetime) -> Revision:
        """Take a revision out of force at once, or let go of one that never was in force."""
        return self._move(self._at(editor, revision_id, edition), Act.WITHDRAW, editor, now, withdrawn_on=_today(now))

    def _theirs(self, editor: Person, revision_id: str) -> Revision:
        revision = self.records.revision(revision_id)
        if revision is None or not editor.edits or revision.area != editor.area:
            raise NotKept("revision")
        return revision

    def _at(self, editor: Person, revision_id: str, edition: int) -> Revision:
        revision = self._theirs(editor, revision_id)
        if revision.edition != edition:
            raise CannotDo("utter_editing_moved_on")
        return revision

    def _move(
        self,
        revision: Revision,
        act: Act,
        editor: Person,
        now: datetime,
        files: Mapping[str, str] | None = None,
        **changes: Any,
    ) -> Revision:
        try:
            moved = revision.moved(act, editor.id, now, **changes)
        except NoSuchMove:
            raise CannotDo("utter_editing_moved_on") from None
        except NeedsSecondPerson:
            raise CannotDo("utter_editing_second_person") from None
        if not self.records.keep_revision(moved, f"revision.{act.value}", editor.id, now, files):
            raise CannotDo("utter_editing_moved_on")
        self.in_force.forget()
        return moved

    def _look(self, revision: Revision, files: Mapping[str, str], on: date) -> DraftLook:
        root = self.in_force.root_of(revision.area, on, without=revision.id)
        return look_at(files, root, revision.area, on, self.in_force, self.wording.say)

    def _replaced_from(self, revision: Revision, day: date) -> date | None:
        """Return the first day after this one from which another approved revision of the area holds."""
        others = (one for one in self.records.revisions(revision.area) if one.id != revision.id)
        approved = (one.in_force_from for one in others if one.state is RevisionState.APPROVED)
        return min((starts for starts in approved if starts is not None and starts > day), default=None)

    def _withdrawn(self, revision: Revision, today: date) -> DraftLook | None:
        if revision.state is not RevisionState.APPROVED or revision.in_force_from is None:
            return None
        day = max(today, revision.in_force_from)
        return look_without(revision, day, self._replaced_from(revision, day), self.in_force, self.wording.say)

    def _name(self, person_id: str | None) -> str:
        person = self.records.person(person_id) if person_id else None
        return person.name if person else ""


def _today(now: datetime) -> date:
    return now.astimezone(ENGLAND).date()
