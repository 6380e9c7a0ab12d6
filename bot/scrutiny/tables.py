"""The tables of the annual report: fixed, so that no choice of a reader's ever cuts the same year in two ways.

Each says what it counts, in which rows, and of which consultations: of all, or of those in one row of another table.
What else two of them tell of each other is in `bounds.py`. A table's rows make up its base, or, where a consultation
may be in several, each row and what is not in it do.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations

from bot.scrutiny.entry import NOT_RECORDED, NOT_TOLD, Band, Entry, Settled, Wait

OPENED = ("opened", "opened")  # all consultations of the year

_AGES = ("unborn", "under_1", "1_4", "5_9", "10_12", "13_15", "16_17", NOT_TOLD)
_PHASES = ("early_years", "primary", "secondary", "all_through", "special", "post_16", NOT_RECORDED)
_THOUGHT = ("refer", "early_help", "school_support", "advice_only")
_VIEWS = (*(f"{view}_{advised}" for view in _THOUGHT for advised in ("advised", "not")), NOT_TOLD)
_OWNERS = ("school", "duty_desk", "early_help", "parent_with_school", "other_agency")
_KINDS = (
    "physical_harm", "neglect", "emotional_harm", "sexual_harm", "child_on_child", "domestic_abuse",
    "parental_substance_misuse", "parental_mental_health", "child_mental_health", "exploitation_missing",
    "online_harm", "extremism", "fgm_forced_marriage_honour", "care_arrangements", "young_carer_disability",
    "attendance", "staff_allegation",
)  # fmt: skip
LEVELS = ("n1", "n2", "n3", "n4")
# The pairs of levels stand in three tables; each rests on a side of `beside`.
SIDE_OF = {"agreed": "same", "above": "higher", "below": "lower"}
_APART = tuple(combinations(LEVELS, 2))
_THOUGHT_BOTH = ("refer_refer", "refer_other", "other_refer", "other_other")


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `row` says in which row an entry of its base is, `several` that it may be in any number of them.

    One that is `alone` has no totals over areas, so that what is small in one area hides nothing in another.
    """

    name: str
    rows: tuple[str, ...]
    row: Callable[[Entry], str | Collection[str]]
    base: tuple[str, str] = OPENED
    several: bool = False
    alone: bool = False

    def rows_of(self, entry: Entry) -> Collection[str]:
        """Return the rows that an entry is in. One that the table does not have is a fault and raises KeyError."""
        found = self.row(entry)
        rows = frozenset({found} if isinstance(found, str) else found)
        if unknown := rows.difference(self.rows):
            raise KeyError(self.name, *sorted(unknown))
        return rows


def _quarter(entry: Entry) -> str:
    return f"quarter_{(entry.opened_at.month - 4) % 12 // 3 + 1}"


def _at_the_desk(entry: Entry) -> str:
    return "answered" if entry.answered else "waiting" if entry.handed_over else "not_asked"


def beside(entry: Entry) -> str:
    """Return where the worker's level stands beside the assistant's: only what both placed can be compared."""
    worker, assistant = (band.rank if band else 0 for band in (entry.worker, entry.assistant))
    if not worker or not assistant:
        return "not_compared"
    return "same" if worker == assistant else "higher" if worker > assistant else "lower"


def _pair(entry: Entry) -> str:
    """Return the assistant's level and the worker's, of what can be compared."""
    return f"{entry.assistant}_{entry.worker}"


def _thought(entry: Entry) -> str:
    """Return the DSL's view beside the assistant's, on the one question that both answer: a referral, or not.

    A level from 3 on, or an exit, says that one is called for; a person, that the assistant said nothing.
    """
    if entry.dsl == NOT_TOLD or entry.assistant in (None, Band.PERSON):
        return "not_compared"
    calls_for = entry.assistant is Band.EXIT or entry.assistant.rank >= Band.N3.rank
    return f"{'refer' if entry.dsl == 'refer' else 'other'}_{'refer' if calls_for else 'other'}"


def _views(entry: Entry) -> str:
    """Return what the DSL thought should happen, and whether the worker advised a referral.

    The DSL's view stands in one other table, `thought`; what the two tell of each other is in `bounds.py`.
    """
    return NOT_TOLD if entry.dsl == NOT_TOLD else f"{entry.dsl}_{'advised' if entry.referral_advised else 'not'}"


def _earlier(entry: Entry) -> str:
    return "no_alias" if entry.earlier is None else f"earlier_{min(entry.earlier, 3)}"


_ANSWERED, _ACCEPTED = ("desk", "answered"), ("referral", "accepted")
TABLES = (
    Table("quarters", tuple(f"quarter_{n}" for n in range(1, 5)), _quarter),
    Table("kinds", _KINDS, lambda entry: entry.kinds, several=True),
    Table("ages", _AGES, lambda entry: entry.age),
    Table("phases", _PHASES, lambda entry: entry.phase),
    Table("assessed", ("yes", "no"), lambda entry: "yes" if entry.assistant else "no"),
    Table("assistant", (*LEVELS, Band.EXIT, Band.PERSON), lambda entry: entry.assistant or "", ("assessed", "yes")),
    Table("desk", ("answered", "waiting", "not_asked"), _at_the_desk),
    Table("waits", tuple(Wait), lambda entry: entry.wait or "", _ANSWERED),
    Table("worker", (*LEVELS, Band.NO_LEVEL), lambda entry: entry.worker or "", _ANSWERED),
    Table("beside", ("higher", "same", "lower", "not_compared"), beside, _ANSWERED),
    Table("views", _VIEWS, _views, _ANSWERED),
    Table("agreed", tuple(f"{one}_{one}" for one in LEVELS), _pair, ("beside", SIDE_OF["agreed"]), alone=True),
    Table("above", tuple(f"{low}_{high}" for low, high in _APART), _pair, ("beside", SIDE_OF["above"]), alone=True),
    Table("below", tuple(f"{high}_{low}" for low, high in _APART), _pair, ("beside", SIDE_OF["below"]), alone=True),
    Table("thought", (*_THOUGHT_BOTH, "not_compared"), _thought, ("assessed", "yes")),
    Table("referral", ("made", "accepted", "not_accepted", "not_made", NOT_TOLD), lambda e: e.referral, _ANSWERED),
    Table("repeats", ("earlier_0", "earlier_1", "earlier_2", "earlier_3", "no_alias"), _earlier, _ACCEPTED),
    Table("disagreed", ("yes", "no"), lambda entry: "yes" if entry.settled else "no"),
    Table("settled", tuple(Settled), lambda entry: entry.settled or "", ("disagreed", "yes")),
    Table("acting", _OWNERS, lambda entry: entry.acting, _ANSWERED, several=True),
    Table("lead", (*_OWNERS, "nobody", NOT_RECORDED), lambda entry: entry.lead, _ANSWERED),
    Table("early_help", ("offered", "missing", "not_needed", NOT_RECORDED), lambda e: e.early_help, _ANSWERED),
    Table("taken_up", ("taken_up", "waiting", "not_taken_up", NOT_RECORDED), lambda e: e.taken_up,
          ("early_help", "offered")),
    Table("meeting", ("held", "not_held", NOT_RECORDED), lambda entry: entry.meeting, _ANSWERED),
    Table("came", ("school", "social_care", "early_help", "health", "police", "parent", "nobody_else"),
          lambda entry: entry.came, ("meeting", "held"), several=True),
)  # fmt: skip


def table_of_pair(assistant: str, worker: str) -> str:
    """Return the table in which a pair of levels stands."""
    return "agreed" if assistant == worker else "above" if worker > assistant else "below"


def table(name: str) -> Table:
    """Return a table by its name."""
    return next(one for one in TABLES if one.name == name)
