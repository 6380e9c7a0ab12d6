"""The area's own questions: asked in a place that there is, one question at a time, and each telling something."""

from collections.abc import Iterator

from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import Written

# More than these make the area's consultations longer than people bear.
_MOST = 5


def own_questions(seen: Written) -> Iterator[Finding]:
    """Questions asked after something that is no question, that ask twice at once, or whose answers tell nothing."""
    entry = seen.area.get("questions")
    if entry is None:
        return
    places = entry.members()
    national = {name for name in seen.national.questions if name not in places}
    given = frozenset().union(*(row.given for row in seen.pack.rows))
    for one in seen.pack.questions:
        place = places[one.id]
        if one.after not in national:
            known = ", ".join(sorted(national))
            yield problem(place, f"question {one.id!r} is asked after {one.after!r}, which is none of: {known}")
        if one.words.count("?") != 1 or not one.words.endswith("?"):
            yield problem(place, f"question {one.id!r}: write one question, with one question mark at its end")
        options = one.question.options.values()
        if not any(option.present or option.absent or option.unsure for option in options) and one.id not in given:
            yield note(place, f"question {one.id!r} tells of no indicator, and no row asks for it under 'given'")
        if one.question.red_flag and not any(option.present for option in options):
            yield problem(place, f"question {one.id!r} is a red flag: say what is present when it is so")
    if len(seen.pack.questions) > _MOST:
        yield note(entry, f"{len(seen.pack.questions)} questions of the area's own: are all of them needed?")
