"""What people said, in a record: the duty social worker's answers, and where they, the DSL and the assistant differ."""

from collections.abc import Iterator

from bot.desk.case import Case
from bot.desk.duty.ladder import Disagreement
from bot.desk.record.contents import Line, Part, line
from bot.desk.record.kept import Kept
from bot.desk.record.outcome_part import level_of
from bot.desk.record.voice import Voice
from bot.desk.working_time import in_words as moment

_SAID = ("agree", "higher", "lower", "person")
_DIFFERS = ("higher", "lower")


def answers(kept: Kept, voice: Voice) -> Part | None:
    """Return every answer, the newest first: the level as they see it, why, and what they advise."""
    lines = [one for case in reversed(kept.answered) for one in _answer(case, kept, voice)]
    return Part("person", voice.say("heading_person"), tuple(lines)) if lines else None


def _answer(case: Case, kept: Kept, voice: Voice) -> Iterator[Line]:
    say = voice.wording.say
    by = voice.say("answered_by", name=case.claimed_by_name or "", at=moment(case.answered_at or kept.at))
    yield line(level_of(case, kept, voice), [by])
    if case.outcome_reason:
        yield line(f"{say('utter_desk_heading_why')}: {case.outcome_reason}")
    if case.outcome_advice:
        yield line(f"{say('utter_desk_heading_advice')}: {case.outcome_advice}")
    if case.referral_advised:
        yield line(say("utter_desk_closed_refer", **kept.blanks))


def disagreement(kept: Kept, voice: Voice) -> Part | None:
    """Return the three views beside each other where they differ or the DSL asked a person, and each disagreement."""
    lines = [*(_views(kept, voice) if _is_seen_differently(kept) else ()), *_ladders(kept, voice)]
    return Part("disagree", voice.say("heading_disagree"), tuple(lines)) if lines else None


def _is_seen_differently(kept: Kept) -> bool:
    level = kept.decision.result["local_code"] if kept.decision else None
    theirs = {case.outcome_level for case in kept.answered}
    return kept.view in _DIFFERS or bool(kept.disagreements) or bool(level and theirs - {level})


def _views(kept: Kept, voice: Voice) -> Iterator[Line]:
    if kept.decision is not None:
        yield line(voice.say("view_assistant", level=voice.level(kept)))
    if kept.view in _SAID:
        why = kept.case.dsl_reason if kept.case else ""
        reason = [voice.say("view_reason", why=why)] if why else []
        yield line(voice.say("view_dsl", view=voice.say(f"view_{kept.view}")), reason)
    for case in reversed(kept.answered):
        blanks = {"name": case.claimed_by_name or "", "level": level_of(case, kept, voice)}
        yield line(voice.say("view_worker", **blanks))


def _ladders(kept: Kept, voice: Voice) -> Iterator[Line]:
    say = voice.wording.say
    for one in reversed(kept.disagreements):
        about = say(f"utter_ladder_about_{one.about.value}").lower()
        ended = [say(f"utter_ladder_{one.resolution.value}") + "."] if one.resolution else []
        opened = voice.say("disagreement", at=moment(one.opened_at), about=about)
        yield line(opened, [*_stages(one, voice), *ended])


def _stages(one: Disagreement, voice: Voice) -> Iterator[str]:
    for step in one.steps:
        yield voice.say("stage", stage=step.stage, role=step.role, at=moment(step.started_at))
        if step.answered_at:
            blanks = {"at": moment(step.answered_at), "name": step.answered_by_name or "", "answer": step.answer}
            yield voice.say("stage_answer", **blanks)
        elif step.due_at and step.ended is None:
            yield voice.say("stage_due", due=moment(step.due_at))
