"""Looking over: answers of the desk beside what the assistant had made of it, for the manager.

An answer below the assistant's level may be right. It is marked, so that somebody looks at it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.consultation import Decision, HardExit, Level
from bot.desk.case import Case

LOOKED_BACK = timedelta(days=14)
NONE_GIVEN = 0


@dataclass(frozen=True, slots=True)
class LookedOver:
    """An answered case. `assistants` is the code of the assistant's level and `exit` the danger it ended at.

    Both are empty where the assistant had come to neither. `below` says that the worker's level is lower than the
    assistant's, or that there is none where the assistant had one.
    """

    case: Case
    assistants: str
    exit: str
    below: bool


def looked_over(case: Case, decisions: Sequence[Decision], levels: Sequence[Level]) -> LookedOver:
    """Put an answer beside the last assessment before it. `levels` are those of the case's area.

    An assessment by another area's levels is not compared: the two schemes have no common ladder.
    """
    before = [one.result for one in decisions if case.answered_at is None or one.at <= case.answered_at]
    assessed = before[-1] if before else None
    if assessed is None or assessed["area"] != case.area:
        return LookedOver(case, "", "", below=False)
    ranks = {level.code: level.rank for level in levels}
    code = assessed["local_code"] or (assessed["at_least"] or {}).get("code") or ""
    given = ranks.get(case.outcome_level or "", NONE_GIVEN)
    return LookedOver(case, code, assessed["exit"] or "", below=given < _rank(assessed, code, ranks))


def _rank(assessed: Mapping[str, Any], code: str, ranks: Mapping[str, int]) -> int:
    """Return the rank that the assistant had reached. Where a child may be in danger that is the highest."""
    if assessed["exit"] and HardExit(assessed["exit"]).is_danger:
        return max(ranks.values(), default=NONE_GIVEN)
    return ranks.get(code, NONE_GIVEN)
