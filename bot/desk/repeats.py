"""Repeats: what a school's earlier consultations about the same child came to, found by the mark of its alias.

Nothing of them lowers anything. What they show to have been tried counts as if the DSL had said so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.consultation import OPEN, Facts
from bot.desk.alias import GIVEN, NONE, QUESTION, is_asked
from bot.desk.cards import Card
from bot.desk.numbers import in_words
from bot.desk.payloads import payload
from bot.desk.ports import Case, Consultation, NotKept, Records
from bot.desk.working_time import ENGLAND
from bot.knowledge.wording import Wording

LOOKED_BACK = timedelta(days=731)  # 24 months
_FIRST_MONTH = 9  # of a school year
_TWICE = 2
# Shown one by one; the others are counted.
_MOST_SHOWN = 6
_WITH_A_WORKER = frozenset({"cin", "cp", "looked_after"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier consultation about the child: its facts, its last assessment as it was kept, and its case."""

    reference: str
    opened_at: datetime
    facts: Facts
    assessed: Mapping[str, Any] | None = None
    case: Case | None = None

    @property
    def was_held(self) -> bool:
        """Whether it came to something: one that was only opened was no consultation."""
        return self.assessed is not None or self.case is not None

    def tried(self) -> frozenset[str]:
        """Return what it shows to have been tried before it, or to have been going on then."""
        said = self.facts.answers.get("tried", ())
        tried = frozenset({said} if isinstance(said, str) else said) & {"early_help_plan", "referred_before"}
        open_case = self.facts.answers.get("open_case")
        if open_case == "early_help":
            tried |= {"early_help_plan"}
        return tried | {"referred_before"} if open_case in _WITH_A_WORKER else tried


def earlier(records: Records, consultation_id: str) -> tuple[Earlier, ...]:
    """Return the consultations about the same child in the 24 months before this one, the oldest first."""
    this = records.consultation(consultation_id)
    if this is None:
        raise NotKept("consultation")
    found = []
    for id in records.of_the_same_child(consultation_id, this.opened_at - LOOKED_BACK):
        if held := records.consultation(id):
            assessed, case = records.latest_assessment(id), records.case_of(id)
            found.append(Earlier(held.reference, held.opened_at, held.facts, assessed, case))
    return tuple(found)


def known_before(before: Iterable[Earlier], now: datetime) -> list[str]:
    """Return the values of `tried` that the record shows: early help, a referral, two consultations this year."""
    held = list(before)
    known = frozenset().union(*(one.tried() for one in held))
    if len([one for one in in_school_year(held, now) if one.was_held]) >= _TWICE:
        known |= {"consulted_twice"}
    return sorted(known)


def slots_again(records: Records, consultation: Consultation, asked: Collection[str], now: datetime) -> dict[str, Any]:
    """Return what a dialogue that has forgotten a talk must know again: whether the alias was `asked`, what it told."""
    if QUESTION not in asked or is_asked(records, consultation):
        return {}
    before = earlier(records, consultation.id)
    return {QUESTION: GIVEN if before else NONE, "known_before": known_before(before, now) or None}


def in_school_year(before: Iterable[Earlier], now: datetime) -> tuple[Earlier, ...]:
    """Return those of the school year that `now` is in, which begins with September."""
    today = now.astimezone(ENGLAND).date()
    begun = today.replace(year=today.year - (today.month < _FIRST_MONTH), month=_FIRST_MONTH, day=1)
    return tuple(one for one in before if one.opened_at.astimezone(ENGLAND).date() >= begun)


def table(before: Collection[Earlier], now: datetime, wording: Wording) -> Card:
    """Return the earlier consultations as a DSL sees them, with the way to say that it was not this child."""
    count = _row(wording.say("utter_repeat_label"), counted(before, now, wording))
    unlink = {
        "change": payload("change_answer", {"question": QUESTION}),
        "change_label": wording.say("utter_repeat_unlink"),
    }
    rows = [_row(day_of(one), came_to(one, wording)) for one in reversed(_latest(before))]
    return {"kind": "table", "title": wording.say("utter_repeat_title"), "rows": [count | unlink, *rows]}


def counted(before: Collection[Earlier], now: datetime, wording: Wording) -> str:
    """Return how many there were, and how many of them in this school year."""
    this_year = len(in_school_year(before, now))
    return wording.say("utter_repeat_count", count=str(len(before)), this_year=str(this_year))


def lines(before: Collection[Earlier], now: datetime, wording: Wording) -> list[str]:
    """Return the earlier consultations for a duty worker or a record; none if there were none."""
    if not before:
        return []
    shown = [
        wording.say("utter_repeat_line", on=day_of(one), reference=one.reference, what=came_to(one, wording))
        for one in reversed(_latest(before))
    ]
    return [wording.say("utter_repeat_counted", counted=counted(before, now, wording)), *shown]


def day_of(one: Earlier) -> str:
    """Return the day of a consultation as people write it."""
    return in_words(one.opened_at.astimezone(ENGLAND).date())


def came_to(one: Earlier, wording: Wording) -> str:
    """Return what an earlier consultation came to, in words."""
    tried = one.tried()
    said = [_level(one.assessed, wording)]
    said += [wording.say(f"utter_repeat_{what}") for what in ("early_help_plan", "referred_before") if what in tried]
    return " ".join([*said, *_of_the_case(one.case, wording)])


def _level(found: Mapping[str, Any] | None, wording: Wording) -> str:
    if found is None:
        return wording.say("utter_repeat_not_assessed")
    if found["exit"]:
        return wording.say("utter_repeat_exit", exit=wording.say(f"utter_desk_line_exit_{found['exit']}"))
    if found["outcome"] == "level" and found["local_code"]:
        blanks = {"code": found["local_code"], "name": found["local_name"]}
        return wording.say("utter_repeat_level", **blanks)
    return wording.say("utter_repeat_person")


def _of_the_case(case: Case | None, wording: Wording) -> list[str]:
    if case is None:
        return []
    if case.outcome_level is None:
        return [wording.say("utter_repeat_waiting" if case.stage in OPEN else "utter_repeat_not_answered")]
    settled = "utter_repeat_settled" if case.outcome_level != "no_level" else "utter_repeat_settled_no_level"
    said = [wording.say(settled, level=str(case.outcome_level))]
    return [*said, wording.say("utter_repeat_referral_advised")] if case.referral_advised else said


def _latest(before: Collection[Earlier]) -> list[Earlier]:
    return list(before)[-_MOST_SHOWN:]


def _row(label: str, value: str) -> Card:
    return {"label": label, "value": value, "words": [], "change": None}
