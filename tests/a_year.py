"""A year that never was: made from a seed, and counted by whoever makes it, one decision after the other.

The maker draws what is to come out and writes down that it has; then it makes what the records would tell of it.
Nothing of the counting is used here, so the two can be compared.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scrutiny.seen import Seen, SeenCase, SeenDecision

YEAR = 2025
ENGLAND = ZoneInfo("Europe/London")
# One large area, one of middling size, and one in which there is hardly anything of some kinds.
SHARES = {"kent": 0.70, "trafford": 0.285, "derby": 0.015}
# Each with its weight: some so rare that they are small everywhere.
KINDS = {
    "neglect": 40, "physical_harm": 20, "emotional_harm": 30, "sexual_harm": 6, "child_on_child": 8,
    "domestic_abuse": 25, "parental_substance_misuse": 9, "parental_mental_health": 12, "child_mental_health": 22,
    "exploitation_missing": 5, "online_harm": 7, "extremism": 0.3, "fgm_forced_marriage_honour": 0.1,
    "care_arrangements": 4, "young_carer_disability": 5, "attendance": 15, "staff_allegation": 0.8,
}  # fmt: skip
AGES = {"unborn": 0.2, "under_1": 1, "1_4": 6, "5_9": 35, "10_12": 25, "13_15": 24, "16_17": 6, "not_told": 3}
PHASES = {"primary": 50, "secondary": 38, "special": 3, "early_years": 2, "post_16": 0.5, "not_recorded": 6.5}
VIEWS = {"refer": 45, "early_help": 25, "school_support": 15, "advice_only": 10, "not_told": 5}
NEUTRAL = {
    "n1": (("N1",),), "n2": (("N2",), ("N1", "N2")), "n3": (("N3",), ("N2", "N3")), "n4": (("N4",), ("N3", "N4")),
}  # fmt: skip
ASSISTANT = {"n1": 4, "n2": 38, "n3": 33, "n4": 9, "exit": 10, "person": 6}
WORKER = {"n1": 6, "n2": 42, "n3": 36, "n4": 12, "no_level": 4}
WAITS = {"four_hours": 45, "one_day": 35, "three_days": 15, "longer": 5}
REFERRAL = {"made": 12, "accepted": 22, "not_accepted": 14, "not_made": 8, "not_told": 44}
EARLIER = {0: 30, 1: 6, 2: 2, 3: 0.6, 5: 0.2, None: 61}
SETTLED = {"stage_1": 50, "stage_2": 25, "stage_3": 6, "stage_4": 2, "withdrawn": 9, "open": 8}
OWNERS = ("school", "duty_desk", "early_help", "parent_with_school", "other_agency")
LEADS = {"school": 55, "duty_desk": 5, "early_help": 15, "other_agency": 4, "nobody": 6, "not_recorded": 15}
EARLY_HELP = {"offered": 40, "missing": 15, "not_needed": 30, "not_recorded": 15}
TAKEN_UP = {"taken_up": 40, "waiting": 20, "not_taken_up": 15, "not_recorded": 25}
MEETING = {"held": 25, "not_held": 20, "not_recorded": 55}
CAME = ("school", "social_care", "early_help", "health", "police", "parent")
# Mondays of weeks without a bank holiday, by quarter of the year that begins with April.
_SKIPPED = {"04-14", "04-21", "05-05", "05-26", "08-25", "12-22", "12-29"}
_FIRST = datetime(2025, 4, 7, tzinfo=ENGLAND)
MONDAYS = [day for day in (_FIRST + timedelta(weeks=n) for n in range(50)) if f"{day:%m-%d}" not in _SKIPPED]


@dataclass
class Known:
    """What the maker knows: by table, how many are in each row of each area."""

    of: defaultdict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))

    def tally(self, table: str, row: object, area: str) -> None:
        """Write one down."""
        self.of[table][str(row), area] += 1


@dataclass
class Maker:
    """Makes consultations. `codes` are by area the codes of levels with the place they have; `indicators` by kind."""

    seed: int
    codes: Mapping[str, Sequence[tuple[str, str]]]
    indicators: Mapping[str, Sequence[str]]
    known: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.parted = "not_compared"

    def year(self, many: int) -> Iterator[Seen]:
        """Yield so many consultations of the year."""
        for _ in range(many):
            yield self._one()

    def kinds_of(self, monday: datetime) -> Mapping[str, float]:
        """Return how common each kind of worry is in a week: the same all year."""
        return KINDS

    def levels_of(self, area: str, monday: datetime, kinds: Sequence[str]) -> Mapping[str, float]:
        """Return how often a worker gives each level to these kinds of worry in a week: always the same."""
        return WORKER

    def placed(self, area: str, monday: datetime, band: str) -> None:
        """Hear of a worker's level."""

    def _draw(self, table: str, weights: Mapping, area: str) -> str:
        row = self.chance.choices([*weights], [*weights.values()])[0]
        self.known.tally(table, row, area)
        return row

    def _one(self) -> Seen:
        area = self.chance.choices([*SHARES], [*SHARES.values()])[0]
        self.known.tally("opened", "opened", area)
        monday = self.chance.choice(MONDAYS)
        self.known.tally("quarters", f"quarter_{(monday.month - 4) % 12 // 3 + 1}", area)
        several = self.chance.choice([0, 1, 1, 2, 3])
        common = self.kinds_of(monday)
        # In an order of its own: a set's is another in each process, and what is drawn next with it.
        kinds = sorted({*self.chance.choices([*common], [*common.values()], k=several)})
        for kind in kinds:
            self.known.tally("kinds", kind, area)
        opened = monday.replace(hour=9, minute=self.chance.randrange(60))
        answers = {}
        if (age := self._draw("ages", AGES, area)) != "not_told" or self.chance.random() < 0.5:
            answers["age_band"] = "unknown" if age == "not_told" else age
        view = self.chance.choices([*VIEWS], [*VIEWS.values()])[0]
        answers |= {} if view == "not_told" else {"dsl_view": view}
        phase = self._draw("phases", PHASES, area)
        earlier = self.chance.choices([*EARLIER], [*EARLIER.values()])[0]
        assistant, decisions = self._assistant(area, monday)
        cases = self._desk(area, monday, view, assistant, earlier, self.levels_of(area, monday, kinds))
        told = frozenset(self.chance.choice(self.indicators[kind]) for kind in kinds)
        self._parted(area, kinds, told)
        told |= {*self.indicators.get("strengths", ())[: self.chance.choice([0, 0, 1])]}
        self._thought(area, view, assistant)
        return Seen(
            area=area,
            opened_at=opened.astimezone(UTC),
            told=told,
            answers=answers,
            decisions=decisions,
            cases=cases,
            disagreement=self._disagreement(area),
            earlier=earlier,
            phase=None if phase == "not_recorded" else phase,
        )

    def _assistant(self, area: str, monday: datetime) -> tuple[str | None, tuple[SeenDecision, ...]]:
        if self._draw("assessed", {"yes": 88, "no": 12}, area) == "no":
            return None, ()
        band = self._draw("assistant", ASSISTANT, area)
        neutral = self.chance.choice(NEUTRAL[band]) if band in NEUTRAL else ()
        at = monday.replace(hour=9, minute=59).astimezone(UTC)
        before = SeenDecision(at - timedelta(minutes=5), "level", ("N1",))
        made = SeenDecision(at, "level" if neutral else band, neutral)
        return band, (before, made) if self.chance.random() < 0.3 else (made,)

    def _desk(
        self, area: str, monday: datetime, view: str, assistant: str | None, earlier: int | None,
        levels: Mapping[str, float],
    ) -> tuple[SeenCase, ...]:  # fmt: skip
        desk = self._draw("desk", {"answered": 58, "waiting": 2, "not_asked": 40}, area)
        if desk == "not_asked":
            return ()
        asked = monday.replace(hour=10)
        if desk == "waiting":
            return (SeenCase(asked.astimezone(UTC)),)
        wait = self._draw("waits", WAITS, area)
        hours = {"four_hours": (1, 4), "one_day": (5, 24), "three_days": (25, 72), "longer": (73, 168)}[wait]
        answered = asked + timedelta(hours=self.chance.choice(hours))
        band = self._draw("worker", levels, area)
        self.placed(area, monday, band)
        fits = [code for code, place in self.codes[area] if place == band]
        level = self.chance.choice(["no_level", "code-of-old"] if band == "no_level" else fits)
        self._beside(area, band, assistant)
        advised = self.chance.random() < (0.8 if band in ("n3", "n4") else 0.1)
        self._views(area, view, advised)
        referral = self._draw("referral", REFERRAL, area)
        if referral == "accepted":
            row = "no_alias" if earlier is None else f"earlier_{earlier if earlier < 3 else 3}"
            self.known.tally("repeats", row, area)
        early_help, lead = self._draw("early_help", EARLY_HELP, area), self._draw("lead", LEADS, area)
        taken_up = self._draw("taken_up", TAKEN_UP, area) if early_help == "offered" else "not_recorded"
        meeting = self._draw("meeting", MEETING, area)
        case = SeenCase(
            handed_over_at=asked.astimezone(UTC),
            answered_at=answered.astimezone(UTC),
            level=level,
            referral_advised=advised,
            referral=None if referral == "not_told" else referral,
            owners=frozenset(self._some("acting", OWNERS, 0.35, area)),
            lead=None if lead == "not_recorded" else lead,
            early_help=None if early_help == "not_recorded" else early_help,
            taken_up=None if taken_up == "not_recorded" else taken_up,
            meeting=None if meeting == "not_recorded" else meeting,
            came=frozenset(self._some("came", CAME, 0.5, area)) if meeting == "held" else frozenset(),
        )
        return (case,)

    def _beside(self, area: str, worker: str, assistant: str | None) -> None:
        scale = ["n1", "n2", "n3", "n4"]
        if worker not in scale or assistant not in scale:
            row = "not_compared"
        elif worker == assistant:
            row = "same"
        else:
            row = "higher" if scale.index(worker) > scale.index(assistant) else "lower"
        self.known.tally("beside", row, area)
        self.parted = row
        if row != "not_compared":
            table = {"higher": "above", "same": "agreed", "lower": "below"}[row]
            self.known.tally(table, f"{assistant}_{worker}", area)

    def _parted(self, area: str, kinds: Collection[str], told: Collection[str]) -> None:
        side, self.parted = self.parted, "not_compared"
        for table, which in (("kinds_beside", kinds), ("told_beside", told)):
            for one in which if side != "not_compared" else ():
                self.known.tally(table, f"{one}_compared", area)
                self.known.tally(table, f"{one}_{side}", area)

    def _thought(self, area: str, view: str, assistant: str | None) -> None:
        if assistant is None:
            return
        if view == "not_told" or assistant == "person":
            row = "not_compared"
        else:
            said = "refer" if assistant in ("n3", "n4", "exit") else "other"
            row = f"refer_{said}" if view == "refer" else f"other_{said}"
        self.known.tally("thought", row, area)

    def _views(self, area: str, view: str, advised: bool) -> None:
        if view == "not_told":
            row = "not_told"
        else:
            row = f"{view}_advised" if advised else f"{view}_not"
        self.known.tally("views", row, area)

    def _disagreement(self, area: str) -> tuple[int, str | None] | None:
        if self._draw("disagreed", {"yes": 6, "no": 94}, area) == "no":
            return None
        row = self._draw("settled", SETTLED, area)
        if row == "open":
            return (self.chance.randint(1, 4), None)
        if row == "withdrawn":
            return (self.chance.randint(1, 3), "withdrawn")
        stage = int(row[-1])
        return (self.chance.choice([4, 5]) if stage == 4 else stage, self.chance.choice(["changed", "kept"]))

    def _some(self, table: str, rows: Sequence[str], share: float, area: str) -> Iterator[str]:
        for row in rows:
            if self.chance.random() < share:
                self.known.tally(table, row, area)
                yield row
