"""The brief: what a duty worker reads before answering, in the order they need it.

Twelve points, none left out: where nothing is known the brief says so. The child's name is in
none of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation import Status
from bot.desk import corrections, findable, put_back, referrals, repeats
from bot.desk.brief_section import Section
from bot.desk.cards import shown
from bot.desk.claim import case_for, is_for
from bot.desk.findings import findings
from bot.desk.ports import Case, Consultation, Message, NotKept, Person, Records
from bot.desk.readings import is_watching
from bot.desk.told_already import advice_in
from bot.desk.working_time import in_words
from bot.knowledge.model import National
from bot.knowledge.wording import Wording

TOLD = ("worry", "age_band", "household", "baby_at_home", "parent_capacity", "parental_factors")
HEARD = ("how_known", "child_said", "child_wants")
SCALES = ("safe_scale", "how_often", "trend", "effect", "protective")
VIEWS = ("agree", "higher", "lower", "person")
TRIED = ("tried", "open_case", "other_services", "parents_know")
_NO_FLAG = ("none", "unknown")
_STATUS_LINES = (
    (Status.PRESENT, "utter_desk_line_present"),
    (Status.UNSURE, "utter_desk_line_unsure"),
    (Status.ABSENT, "utter_desk_line_absent"),
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case with everything a duty worker needs before the first word."""

    case: Case
    sections: tuple[Section, ...]
    messages: tuple[Message, ...]


def brief(
    records: Records, case_id: str, worker: Person, now: datetime, *, national: National, wording: Wording
) -> Brief:
    """Return the brief of a case of the worker's area, or raise NoSuchCase.

    Writes into the audit chain who read it, and when a manager looks into a case that somebody else holds.
    """
    case = case_for(records, case_id, worker)
    consultation = records.consultation(case.consultation_id)
    if consultation is None:
        raise NotKept("consultation")
    records.note("case.read", worker.id, case.id, now)
    if is_watching(case, worker):
        records.note("case.watched", worker.id, case.id, now)
    messages = _for_the_desk(records, case, worker)
    sections = _Points(
        case,
        consultation,
        records.person(consultation.person_id),
        records.latest_assessment(consultation.id),
        messages,
        national,
        wording,
        records.times_noted(put_back.EVENT, consultation.id),
        repeats.lines(repeats.earlier(records, consultation.id), now, wording),
        corrections.in_brief(records, consultation.id, national, wording, in_words),
    ).sections()
    return Brief(case, sections, messages)


def _for_the_desk(records: Records, case: Case, worker: Person) -> tuple[Message, ...]:
    """Return the conversation; of a case that another area has since taken over, only up to its end."""
    messages, newest = records.messages(case.consultation_id), records.case_of(case.consultation_id)
    if newest is None or is_for(newest, worker) or case.closed_at is None:
        return messages
    return tuple(message for message in messages if message.at <= case.closed_at)


@dataclass(frozen=True, slots=True)
class _Points:
    """The points of one brief, each a method that returns its lines."""

    case: Case
    consultation: Consultation
    dsl: Person | None
    assessed: Mapping[str, Any] | None
    messages: tuple[Message, ...]
    national: National
    wording: Wording
    times_put_back: int
    earlier: list[str]
    changed: list[str]

    def sections(self) -> tuple[Section, ...]:
        points = {
            "caller": self.caller(),
            "why": self.why(),
            "told": [*self.answers(TOLD), *self.indicators(), *self.answers(HEARD), *self.own()],
            "changed": self.changed,
            "red_flags": self.red_flags(),
            "scales": [*self.answers(SCALES), self.say("said_by_dsl")],
            "tried": self.tried(),
            "level": findings(self.assessed, self.national, self.wording),
            "view": self.view(),
            "not_known": self.not_known(),
            "advice": self.advice(),
            "name": [self.say("name_by_phone"), *self.put_back(), *self.findable()],
        }
        headings = {point: self.wording.say(f"utter_desk_brief_{point}") for point in points}
        not_asked = self.not_asked()
        return tuple(Section(headings[point], tuple(lines), not_asked) for point, lines in points.items())

    def say(self, line: str, **blanks: str) -> str:
        return self.wording.say(f"utter_desk_line_{line}", **blanks)

    def label(self, question: str) -> str:
        return self.wording.say(f"utter_label_{question}")

    def answer(self, question: str) -> str:
        return shown(question, self.consultation.facts.answers[question], self.wording)

    def is_asked(self, question: str) -> bool:
        return question in self.consultation.facts.answers

    def ring_back(self, number: str) -> str:
        """Return where to ring, and when and how it is safe, as far as that is known."""
        if self.case.call_back_at is None or self.case.call_back_safe is None or not number:
            return self.say("call_back", telephone=number) if number else self.say("no_call_back")
        how = self.wording.say(f"utter_call_back_{self.case.call_back_safe.value}")
        return self.say("call_back_safe", telephone=number, at=in_words(self.case.call_back_at), how=how)

    def caller(self) -> list[str]:
        kept, dsl = self.consultation, self.dsl
        opened = in_words(kept.opened_at)
        lines = [self.say("reference", designation=kept.designation, reference=kept.reference, opened=opened)]
        if dsl:
            lines.append(self.say("caller", name=dsl.name, school=kept.school))
        number = dsl.telephone if dsl else ""
        lines.append(self.ring_back(number))
        return lines

    def why(self) -> list[str]:
        case = self.case
        at, due = in_words(case.handed_over_at), in_words(case.due_at)
        goes_home = shown("goes_home", case.goes_home, self.wording)
        if case.goes_home_time:
            goes_home = f"{goes_home}, {case.goes_home_time}"
        return [
            self.wording.say(case.reason),
            self.say(f"urgency_{case.urgency}", at=at, due=due),
            self.say("answer", label=self.label("goes_home"), value=goes_home),
        ]

    def answers(self, questions: Iterable[str]) -> list[str]:
        return [
            self.say("answer", label=self.label(q), value=self.answer(q))
            if self.is_asked(q)
            else self.say("not_asked", label=self.label(q))
            for q in questions
        ]

    def own(self) -> list[str]:
        """Return the answers to questions that the area asks of its own."""
        return self.answers(q for q in self.national.questions if "-" in q and self.is_asked(q))

    def tried(self) -> list[str]:
        asked = (*TRIED, referrals.SLOT) if self.is_asked(referrals.SLOT) else TRIED
        return [*self.answers(asked), *(self.earlier or [self.wording.say("utter_repeat_none")])]

    def indicators(self) -> list[str]:
        held, known = self.consultation.facts.indicators, self.national.indicators
        return [
            self.wording.say(line, words=known[i].words)
            for status, line in _STATUS_LINES
            for i, is_held in held.items()
            if is_held is status and i in known
        ]

    def red_flags(self) -> list[str]:
        lines = []
        for question in self.national.questions.values():
            if question.red_flag:
                lines += self.ticked(question.id) if question.kind == "many" else [self.red_flag(question.id)]
        return lines

    def red_flag(self, question: str) -> str:
        label = self.label(question)
        if not self.is_asked(question):
            return self.say("not_asked", label=label)
        if self.consultation.facts.answers[question] == "unknown":
            return self.say("asked_unknown", label=label)
        return self.say("asked", label=label, value=self.answer(question))

    def ticked(self, question: str) -> list[str]:
        given = self.consultation.facts.answers.get(question)
        ticked = (given,) if isinstance(given, str) else given or ()
        otherwise = "unknown" if "unknown" in ticked else "not_ticked" if ticked else "not_asked"
        flags = (value for value in self.national.questions[question].options if value not in _NO_FLAG)
        return [
            self.say(f"flag_{'ticked' if f in ticked else otherwise}", flag=shown(question, f, self.wording))
            for f in flags
        ]

    def view(self) -> list[str]:
        why = self.case.dsl_reason
        return [
            *self.answers(("dsl_view",)),
            self.say(f"view_{self.case.dsl_view if self.case.dsl_view in VIEWS else 'none'}"),
            self.say("their_reason", why=why) if why else self.say("no_reason"),
        ]

    def not_known(self) -> list[str]:
        answers = self.consultation.facts.answers
        unknown = [q for q in self.national.questions if "unknown" in (answers.get(q), *answers.get(q, ()))]
        never = [q for q in self.national.questions if q not in answers]
        return [
            self.say("history"),
            *(self.say("unknown", label=self.label(q)) for q in unknown),
            *(self.say("never_asked", label=self.label(q)) for q in never),
        ]

    def not_asked(self) -> frozenset[str]:
        """Return every line with which some point says that a question was not asked."""
        never = [q for q in self.national.questions.values() if not self.is_asked(q.id)]
        lines = {self.say(how, label=self.label(q.id)) for q in never for how in ("not_asked", "never_asked")}
        return frozenset(lines.union(*(self.ticked(q.id) for q in never if q.kind == "many" and q.red_flag)))

    def put_back(self) -> list[str]:
        return [self.say("put_back", count=str(self.times_put_back))] if self.times_put_back else []

    def findable(self) -> list[str]:
        return findable.lines(self.messages, self.consultation.facts, self.national, self.wording)

    def advice(self) -> list[str]:
        exit_told = self.assessed["exit"] if self.assessed else None
        first = [self.say(f"exit_{exit_told}")] if exit_told else []
        return first + advice_in(self.messages, self.wording) or [self.say("no_advice")]
