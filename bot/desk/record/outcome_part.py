"""The first parts of a record: the outcome in the area's own terms, what to do and by when, and whom to ring."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.consultation import OVER, Stage
from bot.desk.case import Case
from bot.desk.numbers import in_words as day
from bot.desk.record.contents import Line, Part, line, of_item
from bot.desk.record.kept import Kept
from bot.desk.record.voice import Voice
from bot.desk.working_time import in_words as moment

_WAITS = (Stage.WAITING, Stage.CLAIMED, Stage.TRANSFERRED)
_ADVICE = ("utter_heading_next", "utter_heading_routes")
_HELP = ("utter_heading_now", "utter_heading_more_now", "utter_heading_early_help")


def outcome(kept: Kept, voice: Voice) -> Part:
    """Return how it ended: a person's answer first, then what the assistant worked out, or that there is nothing."""
    lines = [*_answers(kept, voice), *_asked(kept, voice), *_worked_out(kept, voice)]
    return Part("outcome", voice.say("heading_outcome"), tuple(lines))


def _answers(kept: Kept, voice: Voice) -> Iterator[Line]:
    for case in reversed(kept.answered):
        blanks = {"name": case.claimed_by_name or "", "at": moment(case.answered_at or kept.at)}
        referral = [voice.say("referral")] if case.referral_advised else []
        yield line(voice.say("answered", **blanks, level=level_of(case, kept, voice)), referral)


def _asked(kept: Kept, voice: Voice) -> Iterator[Line]:
    case = kept.case
    if case is not None and case.stage in _WAITS:
        yield line(voice.say("asked", at=moment(case.handed_over_at), due=moment(case.due_at)))
    elif case is not None and case.stage in OVER and case.outcome_level is None:
        yield line(voice.say("given_up", at=moment(case.handed_over_at)))


def _worked_out(kept: Kept, voice: Voice) -> Iterator[Line]:
    decision = kept.decision
    if decision is None:
        if not kept.answered:
            yield line(voice.say("none"))
            yield line(voice.say("none_in_danger"))
        return
    at = voice.say("worked_out", at=moment(decision.at))
    since = [] if decision.facts.indicators == kept.consultation.facts.indicators else [voice.say("since")]
    if decision.result["exit"]:
        said = voice.wording.say(f"utter_desk_line_exit_{decision.result['exit']}")
        yield line(_by(kept, voice, voice.say("exit")), [said, at, *since])
    elif kept.told:
        yield line(_by(kept, voice, kept.told["title"]), [kept.told.get("lead") or "", at, *since])
    elif decision.result["local_code"]:
        blanks = {"area": kept.area, "name": decision.result["local_name"], "code": decision.result["local_code"]}
        yield line(_by(kept, voice, voice.wording.say("utter_assessment_title", **blanks)), [at, *since])
    else:
        yield line(_by(kept, voice, voice.say("person")), [at, *since])


def _by(kept: Kept, voice: Voice, what: str) -> str:
    """Return what the assistant said, with its name where a person has answered too."""
    return voice.say("by_assistant", what=what) if kept.answered else what


def level_of(case: Case, kept: Kept, voice: Voice) -> str:
    """Return a worker's level as the DSL read it when the case was answered."""
    card = kept.settled.get(case.id)
    if card:
        return str(card["sections"][0]["items"][0]["text"])
    is_none = case.outcome_level in (None, "no_level")
    return voice.say("view_none") if is_none else f"{case.outcome_level}."


def agreed(kept: Kept, voice: Voice) -> Part | None:
    """Return the steps that were agreed with a person, the newest answer's first: who takes them and by which day."""
    lines = [one for case in reversed(kept.answered) for one in _steps(case, kept, voice)]
    when = voice.when(kept.answered[-1].answered_at) if kept.answered else ""
    return Part("agreed", voice.say("heading_agreed"), tuple(lines), when) if lines else None


def _steps(case: Case, kept: Kept, voice: Voice) -> Iterator[Line]:
    for one in case.actions:
        owner = voice.wording.say(f"utter_desk_owner_{one.owner.value}")
        yield line(voice.say("step", what=one.what), [voice.say("step_who", owner=owner, by=day(one.by))])
    if case.review_on:
        yield line(voice.say("review", on=day(case.review_on)))


def to_do(kept: Kept, voice: Voice) -> Part:
    """Return what the assistant told the DSL to do, or what to do while there is nothing from it."""
    if kept.decision and (exit_told := kept.decision.result["exit"]):
        steps = voice.wording.say(f"utter_exit_{exit_told}", **kept.blanks).split("\n")
        lines = tuple(line(one) for one in steps if one.strip())
        return Part("do", voice.say("heading_exit"), lines, voice.when(kept.decision.at))
    shown = _shown(kept, voice, _ADVICE)
    if shown and kept.decision:
        return Part("do", voice.say("heading_do"), tuple(shown), voice.when(kept.decision.at))
    heading = voice.say("heading_do" if kept.decision or kept.answered else "heading_none")
    always = [voice.wording.say(f"utter_next_{name}") for name in ("record", "anyway")]
    return Part("do", heading, tuple(line(one) for one in always))


def consent(kept: Kept, voice: Voice) -> Part | None:
    """Return what was said of consent."""
    return _part("consent", _shown(kept, voice, ("utter_heading_consent",)), voice)


def early_help(kept: Kept, voice: Voice) -> Part | None:
    """Return the help that was told of."""
    return _part("help", _shown(kept, voice, _HELP), voice)


def ring(kept: Kept, voice: Voice) -> Part:
    """Return the numbers, each with the day on which it was checked."""
    lines = [line(voice.say("in_danger", number=kept.numbers["in_danger"]))]
    held: list[Any] = [kept.numbers[place] for place in ("front_door", "out_of_hours") if kept.numbers[place]]
    for one in held:
        under = (one["hours"], voice.say("number_checked", on=day(one["checked"])))
        lines.append(line(voice.say("number", label=one["label"], number=one["value"]), under))
    return Part("ring", voice.say("heading_ring"), tuple(lines if held else [*lines, line(voice.say("no_number"))]))


def _shown(kept: Kept, voice: Voice, headings: Iterable[str]) -> list[Line]:
    """Return what stood under some headings of the outcome's card, as it was shown."""
    wanted = {voice.wording.say(heading) for heading in headings}
    parts = (kept.told or {}).get("sections") or ()
    return [of_item(item) for part in parts if part["heading"] in wanted for item in part["items"]]


def _part(name: str, lines: list[Line], voice: Voice) -> Part | None:
    return Part(name, voice.say(f"heading_{name}"), tuple(lines)) if lines else None
