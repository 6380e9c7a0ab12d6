"""The staff desk: a DSL lets colleagues in, a chat is known again, and what they pass on is seen and taken up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.consultation import Stage
from bot.consultation.reference import NotAReference, parse_reference
from bot.desk.attempts import Attempts
from bot.desk.claim import consultation_for
from bot.desk.people import Person, Role
from bot.desk.ports import NotKept, Records
from bot.desk.readings import ONE_READING
from bot.desk.sign_in import new_access_code
from bot.desk.staff.links import (
    CODE_HOLDS,
    ENDED_KEPT,
    LONGEST_LABEL,
    CodeRefused,
    DayRefused,
    Ended,
    LabelRefused,
    Link,
    LinkKind,
    LinkRecords,
    NewCode,
    end_of_day,
    end_of_school_year,
)
from bot.desk.staff.passing_on import PassedOn, PassedOnRecords, in_order
from bot.desk.staff.talk import is_staff_talk
from bot.desk.watch import Watch

_PER_CHAT = 5  # wrong codes before a chat has to wait


class StaffRecords(LinkRecords, PassedOnRecords, Protocol):
    """Where links and what was passed on are kept (bot.storage)."""


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """The use-cases about a school's staff.

    `asks_the_worry` are the words with which the assistant asks a DSL for the worry. `bot` is the name under which
    chats find us: empty where it is not known, None where chats have no way to us.

    What is of another school is as good as not there, and raises NotKept.
    """

    records: Records
    kept: StaffRecords
    watch: Watch
    random_below: Callable[[int], int]
    asks_the_worry: str
    bot: str | None = ""

    # links

    def make_code(
        self, dsl: Person, kind: LinkKind, label: str, now: datetime, last_day: date | None = None
    ) -> str:
        """Return a one-time code, which is kept nowhere else, for a colleague or for the DSL's own notices.

        `label` says who the colleague is. Raises LabelRefused and DayRefused.
        """
        if dsl.role != Role.DSL:
            raise NotKept("school")
        label = " ".join(label.split()) if kind is LinkKind.STAFF else ""
        if kind is LinkKind.STAFF and not 0 < len(label) <= LONGEST_LABEL:
            raise LabelRefused
        ends_at = None if last_day is None else end_of_day(last_day)
        if ends_at is not None and not now < ends_at <= end_of_school_year(now):
            raise DayRefused
        code = new_access_code(self.random_below)
        self.kept.keep_code(code, NewCode(kind, label, dsl.id, now + CODE_HOLDS, ends_at), now)
        return code

    def link(self, code: str, chat: str, address: int, now: datetime) -> Link:
        """Link a chat by a code, however it was typed. Raises CodeRefused, and LockedOut after too many wrong ones."""
        attempts, limits = Attempts(self.records), {("chat", chat): _PER_CHAT}
        attempts.begin(limits, now)
        try:
            plain = parse_reference(code)
        except NotAReference:
            plain = ""
        link = self.kept.link_by_code(plain, chat, address, end_of_school_year(now), now) if plain else None
        if link is None:
            self.records.note("staff.code_refused", "", "", now)
            raise CodeRefused
        attempts.take_back(limits, now)
        return link

    def link_of(self, chat: str, now: datetime) -> Link | None:
        """Return the link of a chat; None when there is none that holds."""
        return self.kept.link_of(chat, now)

    def leave(self, link: Link, why: Ended, now: datetime) -> None:
        """End a link, with where its messages go."""
        who = link.person.id if why in (Ended.LEFT, Ended.BLOCKED) else "service"
        self.kept.end_link(link.id, why, who, now)

    def end(self, dsl: Person, link_id: str, now: datetime) -> None:
        """End the link of a colleague, or the DSL's own for notices."""
        if link_id not in {link.id for link in self.links_at(dsl, now)}:
            raise NotKept("link")
        self.kept.end_link(link_id, Ended.BY_DSL, dsl.id, now)

    def address_of(self, link_id: str) -> int | None:
        """Return where messages of a link go, None when it has ended."""
        return self.kept.address_of(link_id)

    def links_at(self, dsl: Person, now: datetime) -> tuple[Link, ...]:
        """Return the links of a DSL's colleagues, and their own for notices."""
        return self.kept.links_at(dsl.id, now) if dsl.role == Role.DSL else ()

    def begin(self, link: Link, consultation_id: str, now: datetime) -> None:
        """Keep which talk somebody is in now."""
        self.kept.begin_talk(link.id, consultation_id, now)

    def tidy(self, now: datetime) -> int:
        """End what is over, and let go of what has been kept long enough; return how much that was."""
        return self.kept.tidy_links(now, now - ENDED_KEPT)

    # what is passed on

    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> PassedOn:
        """Pass on what a colleague has written in their talk, once. Words are redacted. Raises UncleanWrite."""
        talk = self.records.consultation(consultation_id)
        if talk is None or not is_staff_talk(self.records, talk):
            raise NotKept("consultation")
        note = self.kept.pass_on(consultation_id, urgent, words.strip(), now)
        self.watch.something_new()
        return note

    def passed_on_by(self, link: Link, now: datetime) -> tuple[PassedOn, ...]:
        """Return what the person of a link has passed on, the newest first."""
        return self.kept.passed_on_by(link.person.id)

    def passed_on_to(self, dsl: Person, now: datetime) -> tuple[PassedOn, ...]:
        """Return what colleagues passed on to the DSLs of a school. That this DSL has looked is kept."""
        if dsl.role != Role.DSL:
            return ()
        self.records.note_once("staff.list_read", dsl.id, dsl.id, now, ONE_READING)
        self.kept.looked(dsl.id, now)
        return in_order(self.kept.passed_on_to(dsl.id))

    def see(self, dsl: Person, passed_on_id: str, now: datetime) -> PassedOn:
        """Say that it has been seen."""
        self._refuse_others(dsl)
        seen = self.kept.see(dsl.id, passed_on_id, now)
        self.watch.something_new()
        return seen

    def one(self, dsl: Person, passed_on_id: str) -> PassedOn:
        """Return one that was passed on to the DSLs of a school."""
        self._refuse_others(dsl)
        found = next((note for note in self.kept.passed_on_to(dsl.id) if note.id == passed_on_id), None)
        if found is None:
            raise NotKept("passed on")
        return found

    def take_up(self, dsl: Person, passed_on_id: str, consultation_id: str, now: datetime) -> PassedOn:
        """Say that a consultation of the DSL's was begun from it. If one was before, that one stays."""
        self._refuse_others(dsl)
        consultation_for(self.records, consultation_id, dsl)
        taken = self.kept.take_up(dsl.id, passed_on_id, consultation_id, now)
        self.watch.something_new()
        return taken

    def urgent_unseen_at(self, dsl: Person) -> datetime | None:
        """Return when the newest urgent one came that no DSL of the school has seen."""
        return self.kept.urgent_unseen_at(dsl.id) if dsl.role == Role.DSL else None

    def has_draft(self, dsl: Person, consultation_id: str) -> bool:
        """Whether a consultation was begun from the words of a colleague."""
        consultation_for(self.records, consultation_id, dsl)
        return bool(self.kept.words_for(dsl.id, consultation_id))

    def draft(self, dsl: Person, consultation_id: str) -> str:
        """Return the words that a consultation was begun from, while the assistant asks for the worry; else nothing."""
        held = consultation_for(self.records, consultation_id, dsl)
        if held.stage not in (Stage.WITH_ASSISTANT, Stage.OFFERED) or not self._is_worry_asked(consultation_id):
            return ""
        return self.kept.words_for(dsl.id, consultation_id)

    def _is_worry_asked(self, consultation_id: str) -> bool:
        said = (message.utterance for message in reversed(self.records.messages(consultation_id)))
        return next((one.text for one in said if one.speaker == "assistant"), "") == self.asks_the_worry

    def _refuse_others(self, dsl: Person) -> None:
        if dsl.role != Role.DSL:
            raise NotKept("passed on")
