"""Moving: in which capacity somebody comes to a case, and what the case is after a move of theirs."""

from dataclasses import replace

from bot.consultation import Actor, IllegalMove, Move, Stage, move
from bot.desk.case import Case, Step
from bot.desk.ports import Person, Role

_TOLD = (
    *("outcome_level", "outcome_reason", "outcome_advice", "referral_advised", "actions", "review_on"),
    *("lead", "early_help"),
)
_NOBODY: dict[str, None] = {"claimed_by": None, "claimed_by_name": None, "claimed_at": None}
_GOES_NOWHERE: dict[str, None] = {"transferred_to": None, "transferred_to_name": None, "transferred_area": None}


def actors(case: Case, by: Person | None, dsl: str) -> frozenset[Actor]:
    """Return everything that somebody is to a case. `dsl` is the id of the person whose consultation it is.

    The wall between areas stands here: whoever is of another area is nothing to a case, unless it was
    offered to that area.
    """
    if by is None:
        return frozenset({Actor.SERVICE})
    if by.role == Role.DSL:
        return frozenset({Actor.DSL} if by.id == dsl else ())
    if not by.answers:
        return frozenset()
    found: set[Actor] = set()
    if by.area == case.area:
        found |= {Actor.WORKER} | ({Actor.MANAGER} if by.role == Role.MANAGER else set())
        found |= {Actor.HOLDER} if case.claimed_by == by.id else set()
    if case.stage is Stage.TRANSFERRED and is_asked(case, by):
        found.add(Actor.RECEIVER)
    return frozenset(found)


def is_asked(case: Case, worker: Person) -> bool:
    """Whether a case that is being passed on was offered to this worker."""
    if case.transferred_to is not None:
        return case.transferred_to == worker.id
    return case.transferred_area is not None and case.transferred_area == worker.area


def moved(case: Case, step: Step, dsl: str) -> Case:
    """Return the case after a step, or raise IllegalMove: nothing else decides what becomes of a case."""
    there = move(case.stage, actors(case, step.by, dsl), step.what)
    _refuse_half(case, step)
    return replace(case, stage=there, **_with_it(case, step))


def _refuse_half(case: Case, step: Step) -> None:
    """A transfer needs somebody to go to, an answer its outcome, and a red case is never given up."""
    if step.what is Move.TRANSFER and not _goes_elsewhere(case, step):
        raise IllegalMove("transfer to nobody else")
    if step.what is Move.ANSWER and (step.outcome is None or step.outcome.outcome_level is None):
        raise IllegalMove("answer without an outcome")
    if step.what is Move.ABANDON and case.urgency == "red":
        raise IllegalMove("a red case is not given up")


def _goes_elsewhere(case: Case, step: Step) -> bool:
    if step.to is not None:
        return step.to.id != case.claimed_by and step.to.area == case.area and step.to.answers
    return bool(step.to_area) and step.to_area != case.area


def _with_it(case: Case, step: Step) -> dict[str, object]:
    """Return what changes beside the stage."""
    by, now = step.by, step.now
    match step.what:
        case Move.CLAIM | Move.ACCEPT if by:
            # An area that takes a case over answers for it from then on.
            taken = {"claimed_by": by.id, "claimed_by_name": by.name, "claimed_at": now, "area": by.area}
            return taken | _GOES_NOWHERE
        case Move.TRANSFER:
            to = step.to
            return {
                "transferred_to": to.id if to else None,
                "transferred_to_name": to.name if to else None,
                "transferred_area": None if to else step.to_area,
            }
        case Move.REFUSE | Move.RECALL:
            return dict(_GOES_NOWHERE)
        case Move.RELEASE | Move.LAPSE:
            return _NOBODY | _GOES_NOWHERE
        case Move.ANSWER if step.outcome:
            return {name: getattr(step.outcome, name) for name in _TOLD} | {"answered_at": now}
        case Move.CLOSE | Move.ABANDON | Move.WITHDRAW | Move.RETURN:
            return {"closed_at": now}
    return {}
