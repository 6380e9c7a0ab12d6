"""A school's staff kept in memory, with the manners of the database: beside fake records, which know the people.

`tests/unit/storage/test_staff.py` runs the same cases against this and against SQLite.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.desk.people import Person, Role
from bot.desk.ports import NotKept, UncleanWrite
from bot.desk.staff.desk import StaffDesk
from bot.desk.staff.links import Ended, Link, LinkKind, NewCode
from bot.desk.staff.notices import Unread, Untold
from bot.desk.staff.passing_on import PassedOn
from bot.desk.watch import Watch
from tests.fakes import FakeRecords

ASKS_THE_WORRY = "In your own words, what worries you?"


@dataclass
class _Code:
    new: NewCode
    school: str
    link: str | None = None


@dataclass
class _Held:
    """A link with what is kept beside it. `address` is None once it has ended."""

    link: Link
    school: str
    made_by: str
    address: int | None
    ended_at: datetime | None = None
    told_at: datetime | None = None


class FakeStaff:
    """Links, what was passed on and notices in memory. `revoked` are the people who are of their school no more."""

    def __init__(self, records: FakeRecords) -> None:
        self.records = records
        self.codes: dict[str, _Code] = {}
        self.held: dict[str, _Held] = {}
        self.notes: dict[str, PassedOn] = {}
        self.marks: dict[tuple[str, str], int] = {}
        self.revoked: set[str] = set()
        self._ids = count(1)

    # links

    def keep_code(self, code: str, new: NewCode, now: datetime) -> None:
        school = self._school(new.made_by)
        for digest, held in list(self.codes.items()):
            if held.link is None and held.school == school and self._replaces(new, held.new):
                del self.codes[digest]
        self.codes[code] = _Code(new, school)
        self._note("code_made", new.made_by, self._new_id("code"), now)

    def _replaces(self, new: NewCode, old: NewCode) -> bool:
        if new.kind is not old.kind:
            return False
        if new.kind is LinkKind.NOTICES:
            return new.made_by == old.made_by
        return new.label.casefold() == old.label.casefold()

    def link_by_code(self, code: str, chat: str, address: int, until: datetime, now: datetime) -> Link | None:
        held = self.codes.get(code)
        if held is None:
            return None
        if held.link is not None:
            made = self.held[held.link]
            return self._shown(made) if made.link.chat == chat and self._is_open(made, now) else None
        ends_at = held.new.ends_at or until
        if min(held.new.expires_at, ends_at) <= now or held.new.made_by in self.revoked:
            return None
        person = self._person(held)
        for former in list(self._open_ones()):
            theirs = former.link.kind is LinkKind.NOTICES and former.link.person == person
            if former.link.chat == chat or theirs:
                self.end_link(former.link.id, Ended.REPLACED, person.id, now)
        link = Link(self._new_id("link"), chat, person, held.new.kind, now, ends_at)
        self.held[link.id] = _Held(link, held.school, held.new.made_by, address)
        held.link = link.id
        self._note("linked", person.id, link.id, now)
        return link

    def _person(self, code: _Code) -> Person:
        if code.new.kind is LinkKind.NOTICES:
            return self.records._people[code.new.made_by]
        maker = self.records._people[code.new.made_by]
        person = Person(self._new_id("staff"), Role.SCHOOL_STAFF, code.new.label, maker.area, maker.school)
        self.records._people[person.id] = person
        self.records._school_of[person.id] = code.school
        return person

    def link_of(self, chat: str, now: datetime) -> Link | None:
        open_ones = (held for held in self._open_ones() if held.link.chat == chat and self._is_open(held, now))
        return next(map(self._shown, open_ones), None)

    def links_at(self, dsl_id: str, now: datetime) -> tuple[Link, ...]:
        links = self.links_of_school(self._school(dsl_id), now)
        return tuple(link for link in links if link.kind is LinkKind.STAFF or link.person.id == dsl_id)

    def links_of_school(self, school_id: str, now: datetime) -> tuple[Link, ...]:
        here = (held for held in self._open_ones() if held.school == school_id and self._is_open(held, now))
        return tuple(map(self._shown, here))

    def begin_talk(self, link_id: str, consultation_id: str, now: datetime) -> None:
        held, talk = self.held.get(link_id), self.records.consultation(consultation_id)
        if held is None or talk is None or held.ended_at or talk.person_id != held.link.person.id:
            raise NotKept("link")
        held.link = replace(held.link, talk=consultation_id)
        self._note("talk_begun", talk.person_id, link_id, now)

    def end_link(self, link_id: str, why: Ended, who: str, now: datetime) -> None:
        held = self.held.get(link_id)
        if held is None or held.ended_at:
            return
        held.ended_at, held.address = now, None
        if held.link.kind is LinkKind.STAFF:
            self.revoked.add(held.link.person.id)
        self._note(why.value, who, link_id, now)

    def address_of(self, link_id: str) -> int | None:
        held = self.held.get(link_id)
        return held.address if held else None

    def tidy_links(self, now: datetime, ended_before: datetime) -> int:
        over = [held for held in self._open_ones() if not self._is_open(held, now)]
        for held in over:
            why = Ended.LAPSED if held.link.ends_at <= now else Ended.SCHOOL_LEFT
            self.end_link(held.link.id, why, "service", now)
        old = [id for id, held in self.held.items() if held.ended_at and held.ended_at <= ended_before]
        for link_id in old:
            del self.held[link_id]
            self.codes = {digest: code for digest, code in self.codes.items() if code.link != link_id}
            self._note("let_go", "service", link_id, now)
        spent = [digest for digest, code in self.codes.items() if code.link is None and code.new.expires_at <= now]
        for digest in spent:
            del self.codes[digest]
            self._note("code_lapsed", "service", "", now)
        return len(over) + len(old) + len(spent)

    # what is passed on

    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> PassedOn:
        talk = self.records.consultation(consultation_id)
        if talk is None:
            raise NotKept("consultation")
        if self.records._scan(words, ()):
            raise UncleanWrite
        same = (consultation_id, urgent, words)
        for note in self.notes.values():
            if (note.consultation_id, note.urgent, note.words) == same:
                return self._kept(note)
        person = self.records._people[talk.person_id]
        note = PassedOn(
            self._new_id("note"),
            consultation_id,
            self._school(person.id),
            person.id,
            talk.designation,
            urgent,
            words,
            now,
            label=person.name,
        )
        self.notes[note.id] = note
        self._note("passed_on", person.id, note.id, now)
        return note

    def passed_on_by(self, person_id: str) -> tuple[PassedOn, ...]:
        return self._newest(note for note in self.notes.values() if note.person_id == person_id)

    def passed_on_to(self, dsl_id: str) -> tuple[PassedOn, ...]:
        school = self._school(dsl_id)
        return self._newest(note for note in self.notes.values() if note.school_id == school)

    def looked(self, dsl_id: str, now: datetime) -> None:
        told = [held for held in self.held.values() if held.link.person.id == dsl_id and held.told_at]
        for held in told:
            held.told_at = None
        if told:
            self._note("looked", dsl_id, dsl_id, now)

    def see(self, dsl_id: str, passed_on_id: str, now: datetime) -> PassedOn:
        note = self._theirs(dsl_id, passed_on_id)
        if note.seen_at is None:
            note = self.notes[note.id] = replace(note, seen_at=now, seen_by=dsl_id)
            self._note("seen", dsl_id, note.id, now)
        return self._kept(note)

    def take_up(self, dsl_id: str, passed_on_id: str, consultation_id: str, now: datetime) -> PassedOn:
        note, begun = self._theirs(dsl_id, passed_on_id), self.records.consultation(consultation_id)
        if begun is None or begun.person_id != dsl_id:
            raise NotKept("consultation")
        if self._kept(note).taken_up is None:
            seen = (note.seen_at or now, note.seen_by or dsl_id)
            note = replace(note, taken_up=consultation_id, taken_by=dsl_id, seen_at=seen[0], seen_by=seen[1])
            self.notes[note.id] = note
            self._note("taken_up", dsl_id, note.id, now)
        return self._kept(note)

    def urgent_unseen_at(self, dsl_id: str) -> datetime | None:
        school = self.records._school_of.get(dsl_id)
        unseen = (note for note in self.notes.values() if note.school_id == school and not note.seen_at)
        return max((note.at for note in unseen if note.urgent), default=None)

    def words_for(self, dsl_id: str, consultation_id: str) -> str:
        begun = (n for n in self.notes.values() if (n.taken_up, n.taken_by) == (consultation_id, dsl_id))
        return next((note.words for note in begun), "")

    def is_unseen(self, consultation_id: str) -> bool:
        return any(n.consultation_id == consultation_id and not n.seen_at for n in self.notes.values())

    # notices

    def unread_updates(self, now: datetime) -> tuple[Unread, ...]:
        return tuple(
            unread
            for held in self._for_notices(now)
            for talk in (kept.consultation for kept in self.records._kept.values())
            if talk.person_id == held.link.person.id
            for unread in self._unread(held.link, talk.id, talk.designation)
        )

    def _unread(self, link: Link, consultation_id: str, designation: str) -> Iterator[Unread]:
        answered = {case.answered_at for case in self.records.cases_of(consultation_id)}
        said = [
            message.number
            for message in self.records.messages(consultation_id)
            if message.utterance.speaker == "duty_worker"
            or (message.utterance.speaker == "service" and message.at in answered)
        ]
        read = self.records.read_up_to(consultation_id, "dsl")
        if said and said[-1] > read:
            told = self.marks.get((link.id, consultation_id), 0)
            yield Unread(link, consultation_id, designation, said[-1], read, told)

    def untold_notes(self, now: datetime) -> tuple[Untold, ...]:
        return tuple(
            Untold(self._shown(held), note.id, note.designation, note.urgent, held.told_at is not None)
            for held in self._for_notices(now)
            for note in self.notes.values()
            if note.school_id == held.school and not note.seen_at and not note.told_at
        )

    def told_of_update(self, link_id: str, consultation_id: str, number: int, now: datetime) -> None:
        self.marks[link_id, consultation_id] = number
        self._note("told_of_update", link_id, consultation_id, now)

    def told_of_note(self, link_ids: tuple[str, ...], passed_on_id: str, now: datetime) -> None:
        self.notes[passed_on_id] = replace(self.notes[passed_on_id], told_at=now)
        for link_id in link_ids:
            self.held[link_id].told_at = now
        self._note("told_of_note", "service", passed_on_id, now)

    # what it goes by

    def _open_ones(self) -> Iterator[_Held]:
        yield from [held for held in self.held.values() if held.ended_at is None]

    def _for_notices(self, now: datetime) -> Iterator[_Held]:
        open_ones = (held for held in self._open_ones() if self._is_open(held, now))
        yield from (held for held in open_ones if held.link.kind is LinkKind.NOTICES)

    def _is_open(self, held: _Held, now: datetime) -> bool:
        gone = {held.link.person.id, held.made_by} & self.revoked
        return held.ended_at is None and now < held.link.ends_at and not gone

    def _shown(self, held: _Held) -> Link:
        there = held.link.talk and self.records.consultation(held.link.talk)
        return held.link if there else replace(held.link, talk=None)

    def _kept(self, note: PassedOn) -> PassedOn:
        if note.taken_up and self.records.consultation(note.taken_up) is None:
            return replace(note, taken_up=None, taken_by=None)
        return note

    def _theirs(self, dsl_id: str, passed_on_id: str) -> PassedOn:
        note = self.notes.get(passed_on_id)
        if note is None or note.school_id != self._school(dsl_id):
            raise NotKept("passed on")
        return note

    def _newest(self, notes: Iterator[PassedOn]) -> tuple[PassedOn, ...]:
        return tuple(self._kept(note) for note in sorted(notes, key=lambda note: note.at, reverse=True))

    def _school(self, person_id: str) -> str:
        if person_id not in self.records._school_of:
            raise NotKept("school")
        return self.records._school_of[person_id]

    def _new_id(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def _note(self, what: str, who: str, subject: str, now: datetime) -> None:
        self.records.note(f"staff.{what}", who, subject, now)


def make_staff(records: FakeRecords, watch: Watch | None = None, bot: str | None = "") -> StaffDesk:
    """Return the staff desk over records in memory. Codes are drawn in order, and never twice."""
    drawn = count(1)

    def below(top: int) -> int:
        return next(drawn) // 3 % top

    return StaffDesk(records, FakeStaff(records), watch or Watch(), below, ASKS_THE_WORRY, bot)
