"""Options of early help that fit the concerns and the level of an assessment."""

from collections.abc import Iterator

from bot.consultation import Assessment, Facts, Outcome
from bot.early_help.age import suits_the_age
from bot.early_help.silence import parents_may_hear
from bot.knowledge.model import EarlyHelpOption, National, Pack


def match(assessment: Assessment, facts: Facts, pack: Pack, national: National) -> tuple[EarlyHelpOption, ...]:
    """Return the options that fit, what the school can do now first.

    An option fits if it is for a category of concern that is present, for the level given, named by
    its local code or its neutral level, and for the child's age where that is known. At the top level
    only an option that names that level fits: it supports the child meanwhile and replaces no referral.
    At a hard exit, or while a red flag is in doubt, nothing is offered. While a person decides for
    another reason no level is hinted at: only what the school can do now is offered, for any level.
    Within the same standing come options that meet more of the concerns, then the area's own, then file
    order. One past its check is offered too; `is_due_to_be_checked` says so of it.
    """
    if assessment.outcome is Outcome.EXIT or _is_danger_in_doubt(assessment, national):
        return ()
    concerns = _categories(assessment, facts, national)
    options = (*pack.early_help, *national.early_help)
    fitting = [
        o
        for o in options
        if o.categories & concerns
        and _suits(o, assessment)
        and suits_the_age(o, facts)
        and (not o.parents_hear or parents_may_hear(facts, national))
    ]
    return tuple(sorted(fitting, key=lambda o: (not o.school_can_do_now, -len(o.categories & concerns))))


def _is_danger_in_doubt(assessment: Assessment, national: National) -> bool:
    flags = {flag.id for flag in national.red_flags}
    asked = (national.questions[q].red_flag for q in assessment.unknown if q in national.questions)
    return any(asked) or any(matched.row in flags for matched in assessment.not_ruled_out)


def _categories(assessment: Assessment, facts: Facts, national: National) -> frozenset[str]:
    """Return the categories of what was read, what was answered and what held a row."""
    present = {*facts.present(), *_told(facts, national)}
    present.update(i for matched in assessment.because for i in matched.held_by)
    return frozenset(national.indicators[i].category for i in present if i in national.indicators)


def _told(facts: Facts, national: National) -> Iterator[str]:
    for question_id, answer in facts.answers.items():
        question = national.questions.get(question_id)
        values = (answer,) if isinstance(answer, str) else answer
        for value in values if question else ():
            option = question.options.get(value)
            yield from option.present if option else ()


def _suits(option: EarlyHelpOption, assessment: Assessment) -> bool:
    if assessment.outcome is Outcome.PERSON:
        return option.school_can_do_now
    level = assessment.level
    return level is not None and bool(option.levels & {level.code, *(n.name for n in level.neutral)})
