"""Hand over: put a consultation in the duty queue, and say honestly who is there and by when they answer."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.consultation import Outcome, Stage
from bot.desk.at_hand import HandedOver
from bot.desk.availability import availability
from bot.desk.consult import AREA_NOT_HELD, Counsel
from bot.desk.ports import Case, Consultation, NotKept, Records, UncleanWrite
from bot.desk.promise import Promise, Reason, Wish, promise
from bot.desk.staff.talk import is_staff_talk
from bot.desk.watch import QUEUES, Watch
from bot.desk.working_time import ENGLAND, WorkingTime, in_words, working_time
from bot.knowledge.desk_settings import DeskSettings
from bot.knowledge.model import Pack

_NOT_SAID = (None, "", "unknown")


class NoDesk(Exception):
    """Tried to hand over where no duty desk answers. The DSL needs numbers to ring instead."""


class OnlyForTheDsl(Exception):
    """Tried to hand over the talk of a DSL's colleague. What comes of it goes to the DSL, and to no desk."""


class OnlyPractice(Exception):
    """Tried to hand over a consultation about a made-up case. It never goes into a queue."""


def _usual(area: str, on: date) -> DeskSettings:
    return DeskSettings()


@dataclass(frozen=True, slots=True)
class DutyDesks:
    """The desks that answer here, by area. Calling it hands over what the assistant talks about.

    Of practice it only tells what a hand-over would promise: no case is made.

    `served` tells the areas that have a desk, `closed_days` are their bank holidays. `settings_of` tells what a desk
    has set for itself on a day; without it, all of them work as usual. `watch` wakes the desks' open pages.
    """

    counsel: Counsel
    served: Callable[[], Collection[str]]
    closed_days: frozenset[date]
    new_id: Callable[[], str]
    settings_of: Callable[[str, date], DeskSettings] = _usual
    here: Callable[[str, datetime], int] | None = None
    watch: Watch | None = None

    def __call__(
        self, consultation_id: str, slots: Mapping[str, Any], now: datetime, *, reason: Reason | None = None
    ) -> HandedOver | None:
        """Put the consultation in the queue, unless it is practice. Return None where no desk answers for the area.

        None answers the talk of a DSL's colleague. `reason` stands in for what the slots and the assessment would say.
        """
        records = self.counsel.records
        consultation = records.consultation(consultation_id)
        assessed = records.latest_assessment(consultation_id)
        if consultation is None:
            raise NotKept("consultation")
        if is_staff_talk(records, consultation):
            return None
        try:
            area = self.desk_of(consultation)
        except NoDesk:
            return None
        wish = wish_of(slots, assessed)
        wish = replace(wish, reason=reason) if reason else wish
        promised = self.promised(consultation, area, wish, now)
        case, due_at = None, promised.due_at
        if not consultation.practice:
            case = hand_over(records, consultation, area, wish, promised, now, new_id=self.new_id)
            due_at = case.due_at
            if self.watch:
                self.watch.wake(consultation_id, QUEUES)
        return HandedOver(case, self.told(area, due_at, now))

    def desk_of(self, consultation: Consultation) -> str:
        """Return the area whose desk answers, or raise NoDesk."""
        return desk_of(consultation, self.served())

    def promised(self, consultation: Consultation, area: str, wish: Wish, now: datetime) -> Promise:
        """Return how urgent a hand-over would be, and by when it would be answered."""
        assessed = self.counsel.records.latest_assessment(consultation.id)
        pack, settings = self.counsel.pack({"child_area": area}), self.settings_at(area, now)
        hours = self._hours(pack, settings)
        return promise(consultation.facts, assessed, wish, now, pack=pack, hours=hours, own=settings.promise)

    def told(self, area: str, due_at: datetime, now: datetime) -> dict[str, str]:
        """Return what a DSL is told of a hand-over: by when an answer is due, and who is there."""
        return {"due": in_words(due_at), "availability": self.who_is_there(area, now)}

    def settings_at(self, area: str, now: datetime) -> DeskSettings:
        """Return what the area's desk has set for itself, as it holds now."""
        return self.settings_of(area, now.astimezone(ENGLAND).date())

    def hours_of(self, area: str, now: datetime) -> WorkingTime:
        """Return the working time of the area's desk: by its settings, or by what the area publishes."""
        return self._hours(self.counsel.pack({"child_area": area}), self.settings_at(area, now))

    def _hours(self, pack: Pack | None, settings: DeskSettings) -> WorkingTime:
        return working_time(pack.said() if pack else {}, self.closed_days, settings)

    def who_is_there(self, area: str | None, now: datetime) -> str:
        """Return, in words, whether somebody is likely to be at the area's desk now."""
        hours = self.hours_of(area, now) if area else WorkingTime()
        here = self.here(area, now) if area and self.here else None
        there = availability(area, self.served(), hours, now, here)
        numbers = self.counsel.numbers({"child_area": area})
        return self.counsel.wording.say(there.words, **numbers, opens=there.opens)


def hand_over(
    records: Records,
    consultation: Consultation,
    area: str,
    wish: Wish,
    promised: Promise,
    now: datetime,
    *,
    new_id: Callable[[], str],
) -> Case:
    """Put the consultation in the area's queue and return the case, which may have been there before.

    Raises OnlyPractice for a consultation about a made-up case, OnlyForTheDsl for the talk of a colleague.
    """
    if consultation.practice:
        raise OnlyPractice
    if is_staff_talk(records, consultation):
        raise OnlyForTheDsl
    answers = consultation.facts.answers
    case = Case(
        id=new_id(),
        consultation_id=consultation.id,
        designation=consultation.designation,
        area=area,
        urgency=promised.urgency,
        reason=wish.reason.words,
        goes_home=str(answers.get("goes_home", "unknown")),
        goes_home_time=str(answers.get("goes_home_time", "")),
        dsl_view=wish.view,
        dsl_reason=wish.why,
        handed_over_at=now,
        due_at=promised.due_at,
        stage=Stage.WAITING,
    )
    try:
        return records.hand_over(case)
    except UncleanWrite:
        # A child is not left waiting because of a word in the reason: the reason stays out instead.
        return records.hand_over(replace(case, dsl_reason=""))


def desk_of(consultation: Consultation, served: Collection[str]) -> str:
    """Return the area whose desk answers, or raise NoDesk.

    That is the child's area; the school's, as long as the child's is not known.
    """
    area = consultation.school_area if consultation.area in _NOT_SAID else consultation.area
    if area not in served:
        raise NoDesk
    return area


def wish_of(slots: Mapping[str, Any], assessed: Mapping[str, Any] | None) -> Wish:
    """Return why a person is wanted, from what was said and from what the assessment came to."""
    view, why = slots.get("view") or "", slots.get("view_reason")
    said = {"view": str(view), "why": "" if why in _NOT_SAID else str(why)}
    if slots.get("ringing") == "cannot":
        return Wish(Reason.CANNOT_RING, **said)
    if view in ("higher", "lower", "disagree"):
        return Wish(Reason.DISAGREES, **said)
    if assessed and AREA_NOT_HELD in assessed["reasons"]:
        return Wish(Reason.NO_LEVELS_HELD, **said)
    if assessed and assessed["outcome"] == Outcome.PERSON:
        return Wish(Reason.NOT_SETTLED, **said)
    return Wish(Reason.ASKED, **said)
