"""A staff talk: what a colleague of a DSL is asked, what of it would be passed on, and what a red flag leads to.

Nobody at a council has any part in it, and nothing is worked out: it ends with the DSL, in person.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.consultation import HardExit
from bot.desk import cards
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.people import Person, Role
from bot.desk.plain_words import denies_anything, plainly
from bot.desk.ports import Consultation

PASS_ON, NOT_NOW = "yes", "not_now"  # what `answers_checked` holds in such a talk
TELL, TOLD, LEFT, CANNOT, MISUNDERSTOOD = "tell", "told", "no", "cannot", "misunderstood"  # and `ringing`

_FIRST = ("in_danger", "worry", "how_known")
_HEARD = frozenset({"child_said", "another_child", "several"})  # of how it is known: a child has said something
_NOTED = ("worry", "how_known", "child_said", "how_often")
_SAYS_NOTHING = (None, "", "unknown")

_PASS_IT_ON = re.compile(
    r"(?:(?:actually|yes|yeah|yep|ok|okay|sure|please|do|can you|could you|just) )*"
    r"(?:pass|send|forward) (?:it|this|that)(?: on)?(?: to (?:my|the|our) dsl)?(?: please| now| thanks)*"
)
_NOT_YET = re.compile(r"(?:no |please )*(?:not (?:now|yet)|(?:do not|dont) (?:pass|send) (?:it|this|that)(?: on)?)")
_HAS_TOLD = re.compile(r"\b(?:told|spoken to|spoke to|informed|gone to|been to) (?:her|him|them|my|the|our|it)\b")


class _Knows(Protocol):
    def person(self, person_id: str) -> Person | None: ...


def is_staff_talk(records: _Knows, consultation: Consultation) -> bool:
    """Say whether a consultation is the talk of somebody at a school who is no DSL."""
    person = records.person(consultation.person_id)
    return person is not None and person.role == Role.SCHOOL_STAFF


def questions(slots: Mapping[str, Any]) -> list[str]:
    """Return what is asked, in order: danger first, and a child's words only where a child has spoken."""
    said = ("child_said",) if slots.get("how_known") in _HEARD else ()
    return [*_FIRST, *said, "how_often", "answers_checked"]


def note(counsel: Counsel, slots: Mapping[str, Any]) -> str:
    """Return the words that would be passed on: the worry, what was added, and what was answered about it."""
    say = counsel.wording.say
    told = [str(slots.get("worry") or ""), *map(str, slots.get("additions") or ())]
    answered = [
        f"{say(f'utter_label_{question}')}: {cards.shown(question, slots[question], counsel.wording)}"
        for question in _NOTED[1:]
        if slots.get(question) not in _SAYS_NOTHING
    ]
    return "\n".join(line for line in (*told, *answered) if line.strip())


def note_card(counsel: Counsel, slots: Mapping[str, Any]) -> Card:
    """Return what would be passed on as a table, each answer with a way to change it."""
    given = {question: slots[question] for question in _NOTED if slots.get(question) not in _SAYS_NOTHING}
    card = cards.answers(given, (), counsel.national, counsel.wording, "utter_staff_note_title")
    label = counsel.wording.say("utter_staff_note_more")
    more = [{"label": label, "value": str(one), "words": [], "change": None} for one in slots.get("additions") or ()]
    return {**card, "rows": [*card["rows"], *more]}


def exits(routes: Sequence[HardExit | str]) -> list[str]:
    """Return what is said for the routes of red flags. A worry about a colleague goes to the head, past everybody."""
    if HardExit.LADO in routes:
        return ["utter_staff_exit_lado"]
    named = ["utter_staff_exit_999" if HardExit.EMERGENCY in routes else "utter_staff_exit"]
    # The teacher's own duty, which no DSL can take over.
    return [*named, "utter_exit_police_101"] if HardExit.POLICE_101 in routes else named


def exits_said(records: _Knows, consultation: Consultation, routes: Sequence[str]) -> list[str]:
    """Return what is said for the routes of red flags, to whoever is talking; nothing where there are none."""
    if routes and is_staff_talk(records, consultation):
        return exits(routes)
    return [f"utter_exit_{route}" for route in routes[:2]]


def wish(text: str) -> str | None:
    """Return whether a typed text asks to pass on or not to, None if it says neither."""
    plain = plainly(text)
    if _PASS_IT_ON.fullmatch(plain):
        return PASS_ON
    return NOT_NOW if _NOT_YET.match(plain) else None


def says_told(text: str) -> bool:
    """Whether a typed text says that somebody has been told already."""
    plain = plainly(text)
    return bool(_HAS_TOLD.search(plain)) and not denies_anything(plain)
