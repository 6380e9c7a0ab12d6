"""Red flags below the top level: rows that speak of danger, and stand at a level that does not."""

from collections.abc import Iterator

from bot.consultation import Level, Neutral
from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import Written
from bot.knowledge.model import National, RedFlag, Row


def below_the_top(seen: Written) -> Iterator[Finding]:
    """Rows of which some way raises a flag of danger by itself, below the level that danger counts at."""
    levels = seen.pack.levels
    danger = next((level for level in levels if Neutral.N4 in level.neutral), levels[-1] if levels else None)
    for row in seen.pack.rows:
        flag = _flag_of(row, seen.national)
        if flag is not None and danger is not None and row.level.rank < danger.rank:
            yield _told(seen, row, flag, danger)


def _told(seen: Written, row: Row, flag: RedFlag, danger: Level) -> Finding:
    place = seen.rows[row.id]
    if row.basis == "published":
        return note(
            place,
            f"row {row.id!r} is published at level {row.level.code}, and what it says ends the consultation "
            f"by the danger sign {flag.id!r}: the danger sign wins",
        )
    return problem(
        place,
        f"row {row.id!r} stands at level {row.level.code} by our own judgement, and what it says is the danger sign "
        f"{flag.id!r}: put it at level {danger.code}",
    )


def _flag_of(row: Row, national: National) -> RedFlag | None:
    for needed in row.needs:
        told = needed.union(*(national.indicators[i].implies for i in needed))
        for flag in national.red_flags:
            if flag.exit.is_danger and flag.indicators <= told and _is_given(flag, row):
                return flag
    return None


def _is_given(flag: RedFlag, row: Row) -> bool:
    return all(question in row.given and row.given[question] <= values for question, values in flag.answers.items())
