"""Placing: from what the records tell of a consultation to the entry that is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.scrutiny.alike import Gravity, no_yardstick
from bot.scrutiny.entry import NOT_RECORDED, NOT_TOLD, Band, Entry, Settled, Wait
from bot.scrutiny.seen import Seen, SeenCase, SeenDecision
from bot.scrutiny.year import ENGLAND

_SOON = timedelta(hours=4)
_LAST_STAGE = 4

type ByWhen = Callable[[str, datetime, int], datetime]


@dataclass(frozen=True, slots=True)
class Placing:
    """What is needed to place an entry.

    `kinds` maps an indicator to the kind of worry it is, `bands` an area's levels by their code to the neutral scale.
    `by_when` tells of an area by when so many working days will have passed. `gravity` is the yardstick of the year.
    """

    kinds: Mapping[str, str]
    bands: Callable[[str], Mapping[str, Band]]
    by_when: ByWhen
    gravity: Gravity = no_yardstick

    def entry(self, seen: Seen) -> Entry:
        """Return the entry of a consultation."""
        answered = [case for case in seen.cases if case.answered_at and case.level]
        last = answered[-1] if answered else None
        return Entry(
            area=seen.area,
            opened_at=seen.opened_at.astimezone(ENGLAND),
            kinds=frozenset(self.kinds[one] for one in seen.told if one in self.kinds),
            told=frozenset(one for one in seen.told if one in self.kinds),
            age=_told(seen.answers.get("age_band")),
            phase=seen.phase or NOT_RECORDED,
            assistant=_assistants(seen.decisions, answered[0].answered_at if answered else None),
            dsl=_told(seen.answers.get("dsl_view")),
            handed_over=bool(seen.cases),
            wait=self._wait(seen.area, answered[0]) if answered else None,
            earlier=seen.earlier,
            gravity=self.gravity(seen.told, seen.answers),
            signs=sum(one in self.kinds for one in seen.told),
            settled=_settled(seen.disagreement),
            **(self._of_the_desk(seen.area, last) if last else {}),
        )

    def _of_the_desk(self, area: str, case: SeenCase) -> dict[str, object]:
        return {
            # A level that the area no longer uses cannot be placed: no row of its own, which would be small.
            "worker": self.bands(area).get(case.level or "", Band.NO_LEVEL),
            "referral_advised": case.referral_advised,
            "referral": case.referral or NOT_TOLD,
            "acting": case.owners,
            "lead": case.lead or NOT_RECORDED,
            "early_help": case.early_help or NOT_RECORDED,
            "taken_up": case.taken_up or NOT_RECORDED,
            "meeting": case.meeting or NOT_RECORDED,
            "came": case.came,
        }

    def _wait(self, area: str, case: SeenCase) -> Wait:
        asked, answered = case.handed_over_at, case.answered_at or case.handed_over_at
        if answered - asked <= _SOON:
            return Wait.FOUR_HOURS
        if answered <= self.by_when(area, asked, 1):
            return Wait.ONE_DAY
        return Wait.THREE_DAYS if answered <= self.by_when(area, asked, 3) else Wait.LONGER


def band_of(neutral: tuple[str, ...]) -> Band:
    """Return the highest of the neutral levels that a local one maps to, so that a range is never made light of."""
    return Band(max(neutral).lower())


def _assistants(decisions: tuple[SeenDecision, ...], answered_at: datetime | None) -> Band | None:
    """Return what the assistant had come to when the desk answered, or at last."""
    made = [one for one in decisions if answered_at is None or one.at <= answered_at]
    if not made:
        return None
    if made[-1].outcome == "level" and made[-1].neutral:
        return band_of(made[-1].neutral)
    return Band.EXIT if made[-1].outcome == "exit" else Band.PERSON


def _settled(disagreement: tuple[int, str | None] | None) -> Settled | None:
    if disagreement is None:
        return None
    stage, ended = disagreement
    if ended is None:
        return Settled.OPEN
    return Settled.WITHDRAWN if ended == "withdrawn" else Settled(f"stage_{min(stage, _LAST_STAGE)}")


def _told(answer: str | None) -> str:
    return NOT_TOLD if answer in (None, "", "unknown") else answer
