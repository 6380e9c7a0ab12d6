"""Fakes: the records kept in memory, with the same manners as the database.

`tests/unit/storage/test_records.py` runs the same cases against this and against SQLite.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from threading import RLock
from typing import Any

from bot.consultation import MOVES, OPEN, Actor, Decision, Facts, IllegalMove, Move, Stage, move
from bot.desk.came_of_it import CameOfIt
from bot.desk.case import CallBackSafe, FollowUp, NameState, ReferralResult
from bot.desk.duty.moving import actors, moved
from bot.desk.duty.presence import Presence
from bot.desk.duty.urgency import more_urgent
from bot.desk.people import AT_THE_DESK, OpenSession, Role
from bot.desk.ports import (
    Button,
    Case,
    CaseMove,
    Consultation,
    Message,
    NotKept,
    Person,
    Step,
    UncleanWrite,
    Utterance,
)
from bot.desk.revisions import Revision
from tests.fakes_at_once import FakeAtOnce
from tests.fakes_talk_records import FakeTalkRecords

_HOLDS = (Stage.CLAIMED, Stage.TRANSFERRED, Stage.ANSWERED)


def finds_nothing(text: str, put_back: Collection[str] = ()) -> tuple:
    """A second look that trusts every text."""
    return ()


@dataclass
class _Session:
    person_id: str
    started_at: datetime
    seen_at: datetime
    idle: timedelta | None
    expires: datetime


def _holds(held: _Session, now: datetime) -> bool:
    return now < _end_of(held)


def _end_of(held: _Session) -> datetime:
    return min(held.expires, held.seen_at + held.idle) if held.idle else held.expires


@dataclass
class _Kept:
    consultation: Consultation
    messages: list[Message] = field(default_factory=list)
    client_ids: dict[str, Message] = field(default_factory=dict)
    facts_history: list[tuple[datetime, Facts]] = field(default_factory=list)
    assessments: list[Decision] = field(default_factory=list)


class FakeRecords(FakeTalkRecords, FakeAtOnce):
    """Records in memory. `audit` lists (what, who, subject, at) in order; it cannot be tampered with."""

    def turn(self, consultation_id: str) -> AbstractContextManager[None]:
        return nullcontext()

    def __init__(
        self, scan: Callable[[str, Collection[str]], tuple] = finds_nothing, vocabulary: Collection[str] = ()
    ) -> None:
        self.audit: list[tuple[str, str, str, datetime]] = []
        self._scan = scan
        self._vocabulary = frozenset(vocabulary)
        self._ids = count(1)
        self._schools: dict[str, tuple[str, str]] = {}
        self._people: dict[str, Person] = {}
        self._codes: dict[str, Person] = {}
        self._workers: dict[str, tuple[Person, str, str]] = {}
        self._steps: dict[str, int] = {}
        self._sessions: dict[str, _Session] = {}
        self._attempts: dict[tuple[str, ...], list[datetime]] = {}
        self._kept: dict[str, _Kept] = {}
        self._cases: dict[str, Case] = {}
        self._packs: dict[str, dict[str, str]] = {}
        self._revisions: dict[str, tuple[Revision, dict[str, str]]] = {}
        self._school_of: dict[str, str] = {}
        self._marks: dict[str, tuple[str, str]] = {}
        self._moves: dict[str, list[CaseMove]] = {}
        self.links: dict[str, Collection[str]] = {}
        self._here: dict[str, tuple[Person, Presence, datetime]] = {}
        self._read: dict[tuple[str, str], int] = {}
        self._lock = RLock()

    # people
    def add_school(self, name: str, area: str) -> str:
        school = f"school-{next(self._ids)}"
        self._schools[school] = (name, area)
        return school

    def add_dsl(
        self, name: str, school: str, code: str, telephone: str = "", *, role: Role = Role.DSL
    ) -> Person:
        school_name, area = self._schools[school]
        dsl = Person(f"dsl-{next(self._ids)}", role, name, area, school_name, telephone)
        self._people[dsl.id] = self._codes[_canonical(code)] = dsl
        self._school_of[dsl.id] = school
        return dsl

    def add_worker(
        self,
        login: str,
        name: str,
        area: str,
        password_hash: str,
        totp_secret: str,
        *,
        role: Role = Role.DUTY_WORKER,
    ) -> Person:
        worker = Person(f"worker-{next(self._ids)}", role, name, area)
        self._people[worker.id] = worker
        self._workers[login.strip().casefold()] = (worker, password_hash, totp_secret)
        return worker

    def person_by_access_code(self, code: str) -> Person | None:
        return self._codes.get(_canonical(code))

    def worker_by_sign_in(self, login: str) -> tuple[Person, str, str] | None:
        return self._workers.get(login.strip().casefold())

    def spend_step(self, worker: Person, step: int) -> bool:
        with self._lock:
            if step <= self._steps.get(worker.id, -1):
                return False
            self._steps[worker.id] = step
            return True

    def person(self, person_id: str) -> Person | None:
        return self._people.get(person_id)

    def start_session(
        self,
        person: Person,
        token_hash: str,
        now: datetime,
        expires: datetime,
        *,
        idle: timedelta | None = None,
    ) -> None:
        self._sessions[token_hash] = _Session(person.id, now, now, idle, expires)

    def session_person(self, token_hash: str, now: datetime, *, active: bool = True) -> Person | None:
        held = self._sessions.get(token_hash)
        if held is None or not _holds(held, now):
            return None
        if active:
            held.seen_at = max(held.seen_at, now)
        return self._people[held.person_id]

    def prolong_session(self, token_hash: str, now: datetime, until: datetime) -> None:
        held = self._sessions.get(token_hash)
        if held is not None and _holds(held, now):
            held.seen_at, held.expires = max(held.seen_at, now), max(held.expires, until)

    def end_session(self, token_hash: str) -> str | None:
        return held.person_id if (held := self._sessions.pop(token_hash, None)) else None

    def sessions_of(self, person: Person, now: datetime, this: str = "") -> tuple[OpenSession, ...]:
        theirs = [(k, one) for k, one in self._sessions.items() if one.person_id == person.id and _holds(one, now)]
        newest_first = sorted(theirs, key=lambda pair: pair[1].started_at, reverse=True)
        return tuple(OpenSession(one.started_at, one.seen_at, key == this, _end_of(one)) for key, one in newest_first)

    def end_sessions_of(self, person: Person, now: datetime) -> None:
        self._sessions = {k: one for k, one in self._sessions.items() if one.person_id != person.id}
        self.note("sessions.ended", person.id, "", now)

    def begin_attempt(
        self, limits: Mapping[tuple[str, ...], int], since: datetime, now: datetime
    ) -> datetime | None:
        with self._lock:
            made = {key: [at for at in times if at > since] for key, times in self._attempts.items()}
            self._attempts = made
            full = [min(made.get(key) or [now]) for key, limit in limits.items() if len(made.get(key, ())) >= limit]
            if not full:
                for key in limits:
                    made.setdefault(key, []).append(now)
            return max(full, default=None)

    def take_back_attempt(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        with self._lock:
            for key in limits:
                if now in self._attempts.get(key, ()):
                    self._attempts[key].remove(now)

    # consultations
    def open_consultation(self, consultation: Consultation) -> None:
        self._look_at_facts(consultation.id, consultation.facts)
        self._kept[consultation.id] = _Kept(consultation)

    def consultation(self, consultation_id: str) -> Consultation | None:
        kept = self._kept.get(consultation_id)
        return kept.consultation if kept else None

    def consultation_by_reference(self, reference: str) -> Consultation | None:
        held = (kept.consultation for kept in self._kept.values())
        return next((c for c in held if c.reference == reference), None)

    def set_area(self, consultation_id: str, area: str, now: datetime) -> None:
        self._change(consultation_id, area=area)

    def save_facts(self, consultation_id: str, facts: Facts, now: datetime, is_followed: bool = False) -> None:
        self._look_at_facts(consultation_id, facts)
        if self._of(consultation_id).consultation.facts != facts:
            self._change(consultation_id, facts=facts)
            self._kept[consultation_id].facts_history.append((now, facts))

    def facts_history(self, consultation_id: str) -> tuple[tuple[datetime, Facts], ...]:
        return tuple(self._of(consultation_id).facts_history)

    def decisions_of(self, consultation_id: str) -> tuple[Decision, ...]:
        return tuple(self._of(consultation_id).assessments)

    def last_said_between(self, since: datetime, until: datetime) -> frozenset[str]:
        alone = (kept for kept in self._kept.values() if kept.consultation.stage is Stage.WITH_ASSISTANT)
        return frozenset(k.consultation.id for k in alone if k.messages and since <= k.messages[-1].at <= until)

    def save_assessment(
        self, consultation_id: str, assessment: dict[str, Any], facts: Facts, now: datetime
    ) -> None:
        self._look_at_facts(consultation_id, facts)
        decision = Decision(next(self._ids), consultation_id, now, facts, assessment)
        self._of(consultation_id).assessments.append(decision)

    def latest_assessment(self, consultation_id: str) -> dict[str, Any] | None:
        kept = self._kept.get(consultation_id)
        return dict(kept.assessments[-1].result) if kept and kept.assessments else None

    def decisions_since(self, moment: datetime) -> Iterator[Decision]:
        real = (kept for kept in self._kept.values() if not kept.consultation.practice)
        made = (decision for kept in real for decision in kept.assessments)
        yield from sorted((d for d in made if d.at >= moment), key=lambda d: d.id)

    def keep_pack(self, content: str, files: Mapping[str, str]) -> None:
        self._packs.setdefault(content, dict(files))

    def kept_pack(self, content: str) -> dict[str, str] | None:
        return self._packs.get(content)

    def desks(self) -> frozenset[str]:
        return frozenset(worker.area for worker, _, _ in self._workers.values() if worker.role in AT_THE_DESK)

    # messages
    def add_incoming(
        self, consultation_id: str, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool]:
        self._look_at([utterance])
        with self._lock:
            kept = self._of(consultation_id)
            if client_id in kept.client_ids:
                return kept.client_ids[client_id], False
            (message,) = self._say(kept, [utterance], now)
            kept.client_ids[client_id] = message
            return message, True

    def has_said(self, consultation_id: str, client_id: str) -> bool:
        with self._lock:
            return client_id in self._of(consultation_id).client_ids

    def add_outgoing(
        self,
        consultation_id: str,
        utterances: Sequence[Utterance],
        now: datetime,
        *,
        unless_held: bool,
        held_by: str | None = None,
    ) -> tuple[Message, ...]:
        self._look_at(utterances)
        with self._lock:
            kept = self._of(consultation_id)
            if unless_held and kept.consultation.held:
                if any(said.speaker == "assistant" for said in utterances):
                    self.note("assistant.silenced", "service", consultation_id, now)
                return ()
            case = self.case_of(consultation_id)
            holder = case.claimed_by if case and case.stage in _HOLDS else None
            if held_by is not None and holder != held_by:
                return ()
            return self._say(kept, utterances, now)

    def rewrite_message(
        self,
        consultation_id: str,
        number: int,
        text: str,
        now: datetime,
        event: str,
        *,
        put_back: Collection[str] = (),
    ) -> Message:
        self._refuse_unclean(text, put_back=put_back)
        with self._lock:
            kept = self._of(consultation_id)
            place = next((p for p, m in enumerate(kept.messages) if _is_the_dsls(m, number)), None)
            if place is None:
                raise NotKept("message")
            said = kept.messages[place]
            kept.messages[place] = replace(said, utterance=replace(said.utterance, text=str(text)))
            kept.client_ids = {c: kept.messages[m.number - 1] for c, m in kept.client_ids.items()}
            self.note(event, kept.consultation.person_id, consultation_id, now)
            return kept.messages[place]

    def reword(self, consultation_id: str, put: Callable[[str], str], now: datetime) -> None:
        with self._lock:
            kept = self._of(consultation_id)
            self._change(consultation_id, facts=_reworded_facts(kept.consultation.facts, put))
            kept.facts_history = [(at, _reworded_facts(facts, put)) for at, facts in kept.facts_history]
            for place, said in enumerate(kept.messages):
                card = _reworded(said.utterance.card, put)
                kept.messages[place] = replace(said, utterance=replace(said.utterance, card=card))
            kept.client_ids = {c: kept.messages[m.number - 1] for c, m in kept.client_ids.items()}
            for case in [case for case in self._cases.values() if case.consultation_id == consultation_id]:
                self._cases[case.id] = replace(case, dsl_reason=put(case.dsl_reason))

    def messages(self, consultation_id: str, after: int = 0) -> tuple[Message, ...]:
        kept = self._kept.get(consultation_id)
        return tuple(m for m in kept.messages if m.number > after) if kept else ()

    def replies_to(self, consultation_id: str, number: int) -> tuple[Message, ...]:
        replies = []
        for message in self.messages(consultation_id, number):
            if message.utterance.speaker == "dsl":
                break
            replies.append(message)
        return tuple(replies)

    def offered_buttons(self, consultation_id: str) -> tuple[Button, ...]:
        return tuple(b for m in reversed(self.messages(consultation_id)) for b in m.utterance.buttons)

    # the duty queue
    def hand_over(self, case: Case) -> Case:
        self._look_at_record(case.consultation_id, case.dsl_reason)
        with self._lock:
            consultation = self._of(case.consultation_id).consultation
            there = self.case_of(case.consultation_id)
            if there is not None and there.stage in OPEN:
                now_it_is = more_urgent(there, case)
                if now_it_is != there:
                    self._cases[there.id] = now_it_is
                    self.note("case.more_urgent", consultation.person_id, there.id, case.handed_over_at)
                return now_it_is
            stage = move(consultation.stage, frozenset({Actor.DSL}), Move.HAND_OVER)
            self._change(case.consultation_id, stage=stage)
            self._cases[case.id] = replace(case, stage=stage, reopens=there.id if there else None)
            step = Step(Move.HAND_OVER, None, case.handed_over_at)
            self._move_noted(self._cases[case.id], step, consultation.stage, consultation.person_id)
            self.note("case.handed_over", consultation.person_id, case.id, case.handed_over_at)
            return self._cases[case.id]

    def step(self, case_id: str, step: Step) -> Case:
        with self._lock:
            was = self._case_kept(case_id)
            told = step.outcome or was
            self._look_at(step.says)
            self._look_at_record(
                was.consultation_id,
                step.reason,
                *filter(None, (told.outcome_reason, told.outcome_advice, *(one.what for one in told.actions))),
            )
            consultation = self._of(was.consultation_id).consultation
            now_it_is = moved(was, step, consultation.person_id)
            if step.what is Move.REOPEN:
                if was.stage is Stage.ANSWERED:
                    self._cases[was.id] = replace(was, stage=Stage.CLOSED, closed_at=step.now)
                now_it_is = replace(step.outcome, stage=now_it_is.stage, reopens=was.id)
                self.note("case.handed_over", consultation.person_id, now_it_is.id, step.now)
            elif step.what is Move.CHANGED:
                now_it_is = replace(was, stage=Stage.CLOSED if was.stage is Stage.ANSWERED else was.stage)
            self._cases[now_it_is.id] = now_it_is
            self._move_noted(now_it_is, step, was.stage, step.by.id if step.by else "service")
            self.note(f"case.{step.what.value}", step.by.id if step.by else "service", was.id, step.now)
            held = consultation.held or step.what in (Move.CLAIM, Move.ACCEPT)
            held = held and step.what not in (Move.RETURN, Move.CHANGED)
            self._change(consultation.id, stage=MOVES[step.what].there, held=held)
            self._say(self._of(consultation.id), step.says, step.now)
            return now_it_is

    def step_alone(self, consultation_id: str, step: Step) -> None:
        with self._lock:
            consultation = self._of(consultation_id).consultation
            if step.what not in (Move.OFFER, Move.DECLINE):
                raise IllegalMove(f"{step.what.value} without a case")
            if step.by is not None and step.by.id != consultation.person_id:
                raise NotKept("consultation")
            by = frozenset({Actor.DSL if step.by else Actor.SERVICE})
            self._change(consultation_id, stage=move(consultation.stage, by, step.what))
            self._say(self._of(consultation_id), step.says, step.now)
            who = step.by.id if step.by else "service"
            self.note(f"consultation.{step.what.value}", who, consultation_id, step.now)

    def queue(self, area: str) -> tuple[Case, ...]:
        held = (case for case in self._cases.values() if case.stage in OPEN and _is_shown(case, area))
        return tuple(sorted(map(_listed, held), key=lambda case: (case.handed_over_at, case.id)))

    def case(self, case_id: str) -> Case | None:
        return self._cases.get(case_id)

    def case_of(self, consultation_id: str) -> Case | None:
        held = self.cases_of(consultation_id)
        return held[-1] if held else None

    def listed_case_of(self, consultation_id: str) -> Case | None:
        held = self.case_of(consultation_id)
        return held and replace(held, dsl_reason="", outcome_reason=None, outcome_advice=None, actions=())

    def cases_of(self, consultation_id: str) -> tuple[Case, ...]:
        held = [case for case in self._cases.values() if case.consultation_id == consultation_id]
        return tuple(sorted(held, key=lambda case: (case.handed_over_at, case.id)))

    def moves_of(self, consultation_id: str) -> tuple[CaseMove, ...]:
        return tuple(self._moves.get(consultation_id, ()))

    def say_as_holder(
        self, case_id: str, worker: Person, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool] | None:
        self._look_at([utterance])
        with self._lock:
            case = self._case_kept(case_id)
            if case.claimed_by != worker.id or case.stage not in _HOLDS:
                return None
            kept, client_id = self._of(case.consultation_id), f"w.{worker.id}.{client_id}"
            if client_id in kept.client_ids:
                return kept.client_ids[client_id], False
            (message,) = self._say(kept, [utterance], now)
            kept.client_ids[client_id] = message
            return message, True

    def note_name(self, case_id: str, worker: Person, state: NameState, now: datetime) -> Case:
        return self._keep_of_case(case_id, worker, Actor.HOLDER, name_state=state)

    def note_referral(self, case_id: str, by: Person, result: ReferralResult, now: datetime) -> Case:
        may = Actor.DSL if by.role == "dsl" else Actor.WORKER
        return self._keep_of_case(case_id, by, may, referral_result=result)

    def note_follow_up(self, case_id: str, by: Person, answer: FollowUp, now: datetime) -> Case:
        return self._keep_of_case(case_id, by, Actor.DSL, follow_up=answer)

    def note_came_of_it(self, case_id: str, by: Person, told: CameOfIt, now: datetime) -> Case:
        said = {"early_help_taken": told.taken_up, "meeting": told.meeting, "came": told.who_came}
        return self._keep_of_case(case_id, by, Actor.DSL, **said)

    def ask_call_back(self, case_id: str, by: Person, at: datetime, safe: CallBackSafe, now: datetime) -> Case:
        return self._keep_of_case(case_id, by, Actor.DSL, call_back_at=at, call_back_safe=safe)

    # the clock, and who is at the desk
    def open_cases(self) -> tuple[Case, ...]:
        return tuple(_listed(case) for case in self._cases.values() if case.stage in OPEN)

    def to_look_at_again(self, today: date) -> tuple[Case, ...]:
        answered = (case for case in self._cases.values() if case.stage in (Stage.ANSWERED, Stage.CLOSED))
        due = (case for case in answered if case.review_on and case.review_on <= today)
        return tuple(_listed(case) for case in due if case.follow_up_asked_at is None)

    def follow_up_asked(self, case_id: str, now: datetime) -> None:
        self._cases[case_id] = replace(self._cases[case_id], follow_up_asked_at=now)

    def here(self, worker: Person, now: datetime, state: Presence | None = None) -> None:
        self._here[worker.id] = (worker, state or self.presence_of(worker), now)

    def presence_of(self, worker: Person) -> Presence:
        return self._here[worker.id][1] if worker.id in self._here else Presence.AVAILABLE

    def who_is_here(self, area: str, since: datetime) -> frozenset[str]:
        there = self._here.values()
        return frozenset(
            w.id for w, state, at in there if w.area == area and at >= since and state is Presence.AVAILABLE
        )

    def how_many_here(self, area: str, since: datetime) -> int:
        return len(self.who_is_here(area, since))

    def mark_read(self, consultation_id: str, side: str, number: int, now: datetime) -> bool:
        if number <= self._read.get((consultation_id, side), 0):
            return False
        self._read[consultation_id, side] = number
        return True

    def read_up_to(self, consultation_id: str, side: str) -> int:
        return self._read.get((consultation_id, side), 0)

    def at_desk(self, area: str) -> tuple[Person, ...]:
        there = (one for one, _, _ in self._workers.values() if one.area == area and one.answers)
        return tuple(sorted(there, key=lambda one: (one.name, one.id)))

    def _keep_of_case(self, case_id: str, by: Person, may: Actor, **values: Any) -> Case:
        case = self._case_kept(case_id)
        is_over = may is Actor.HOLDER and case.stage not in OPEN
        if is_over or may not in actors(case, by, self._of(case.consultation_id).consultation.person_id):
            raise IllegalMove("not theirs to say")
        self._cases[case_id] = replace(case, **values)
        return self._cases[case_id]

    def _move_noted(self, case: Case, step: Step, here: Stage, who: str) -> None:
        noted = CaseMove(step.now, step.what, who, here, MOVES[step.what].there, step.reason)
        self._moves.setdefault(case.consultation_id, []).append(noted)

    # marks of children
    def mark_child(self, consultation_id: str, alias: str, now: datetime) -> None:
        consultation = self._of(consultation_id).consultation
        self._marks[consultation_id] = (self._school_of.get(consultation.person_id, consultation.school), alias)

    def unmark_child(self, consultation_id: str, now: datetime) -> None:
        self._marks.pop(consultation_id, None)

    def is_marked(self, consultation_id: str, alias: str) -> bool:
        return consultation_id in self._marks and self._marks[consultation_id][1] == alias

    def of_the_same_child(self, consultation_id: str, since: datetime) -> tuple[str, ...]:
        if consultation_id not in self._marks:
            return ()
        this = self._of(consultation_id).consultation
        same = [self._of(id).consultation for id, mark in self._marks.items() if mark == self._marks[consultation_id]]
        before = (c for c in same if c.id != this.id and not c.practice and since <= c.opened_at <= this.opened_at)
        return tuple(c.id for c in sorted(before, key=lambda c: (c.opened_at, c.id)))

    # revisions of an area's knowledge
    def revision(self, revision_id: str) -> Revision | None:
        kept = self._revisions.get(revision_id)
        return kept[0] if kept else None

    def revisions(self, area: str) -> tuple[Revision, ...]:
        held = sorted((r for r, _ in self._revisions.values() if r.area == area), key=lambda r: r.id)
        return tuple(sorted(held, key=lambda r: r.made_at, reverse=True))

    def revision_files(self, revision_id: str) -> dict[str, str]:
        if revision_id not in self._revisions:
            raise NotKept("revision")
        return dict(self._revisions[revision_id][1])

    def keep_revision(
        self, revision: Revision, event: str, who: str, now: datetime, files: Mapping[str, str] | None = None
    ) -> bool:
        with self._lock:
            there = self._revisions.get(revision.id)
            if (there[0].edition if there else 0) != revision.edition - 1:
                return False
            self.note(event, who, revision.id, now)
            self._revisions[revision.id] = (revision, dict(files if files is not None else there[1]))
            return True

    # the audit chain
    def note(self, what: str, who: str, subject: str, now: datetime) -> None:
        if any(" " in part for part in (what, who, subject)):
            raise ValueError("an audit line takes event names and ids only")
        self.audit.append((what, who, subject, now))

    def note_once(self, what: str, who: str, subject: str, now: datetime, within: timedelta) -> None:
        earlier = [at for *line, at in self.audit if line == [what, who, subject]]
        if not earlier or max(earlier) <= now - within:
            self.note(what, who, subject, now)

    def times_noted(self, what: str, subject: str) -> int:
        return sum((event, of) == (what, subject) for event, _, of, _ in self.audit)

    def verify_audit(self) -> int | None:
        return None

    # inside
    def _of(self, consultation_id: str) -> _Kept:
        if consultation_id not in self._kept:
            raise NotKept("consultation")
        return self._kept[consultation_id]

    def _case_kept(self, case_id: str) -> Case:
        if case_id not in self._cases:
            raise NotKept("case")
        return self._cases[case_id]

    def _change(self, consultation_id: str, **values: Any) -> None:
        with self._lock:
            kept = self._of(consultation_id)
            kept.consultation = replace(kept.consultation, **values)

    def _say(self, kept: _Kept, utterances: Sequence[Utterance], now: datetime) -> tuple[Message, ...]:
        first = len(kept.messages) + 1
        kept_as = [replace(utterance, put_back=(), pressed=False) for utterance in utterances]
        said = tuple(Message(number, now, utterance) for number, utterance in enumerate(kept_as, start=first))
        kept.messages.extend(said)
        return said

    def _look_at(self, utterances: Sequence[Utterance]) -> None:
        for said in utterances:
            if said.speaker in ("dsl", "duty_worker") and not said.pressed:
                self._refuse_unclean(said.text, put_back=said.put_back)

    def _look_at_facts(self, consultation_id: str, facts: Facts) -> None:
        for value in facts.answers.values():
            self._look_at_record(consultation_id, *((value,) if isinstance(value, str) else value))

    def _look_at_record(self, consultation_id: str, *texts: str) -> None:
        said = [m.utterance.text for m in self.messages(consultation_id) if m.utterance.speaker == "dsl"]
        words = frozenset(" ".join(said).split())
        self._refuse_unclean(*(t for t in texts if not any(t in message for message in said)), put_back=words)

    def _refuse_unclean(self, *texts: str, put_back: Collection[str] = ()) -> None:
        if any(text and text not in self._vocabulary and self._scan(text, put_back) for text in texts):
            raise UncleanWrite


def _is_shown(case: Case, area: str) -> bool:
    return case.area == area or (case.stage is Stage.TRANSFERRED and case.transferred_area == area)


def _listed(case: Case) -> Case:
    return replace(case, dsl_reason="", outcome_reason=None, outcome_advice=None, actions=())


def _is_the_dsls(message: Message, number: int) -> bool:
    return message.number == number and message.utterance.speaker == "dsl"


def _reworded(held: Any, put: Callable[[str], str]) -> Any:
    if isinstance(held, dict):
        return {key: _reworded(item, put) for key, item in held.items()}
    if isinstance(held, list | tuple):
        return type(held)(_reworded(item, put) for item in held)
    return put(held) if isinstance(held, str) else held


def _reworded_facts(facts: Facts, put: Callable[[str], str]) -> Facts:
    return Facts(facts.indicators, _reworded(dict(facts.answers), put))


def _canonical(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())
