"""Answering a case: fill in the outcome, read it as the DSL will, send it; and what became of name and referral."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from bot.consultation import RawText
from bot.desk.case import NameState, ReferralResult
from bot.desk.duty.settling import MOST_ACTIONS, Agreed, Outcome, OutcomeIncomplete
from bot.web.console_cases import AtDesk
from bot.web.refusals import NOT_ALLOWED

router = APIRouter(prefix="/cases/{case_id}")


@dataclass(frozen=True, slots=True)
class Line:
    """One agreed action as it was typed."""

    what: str = ""
    owner: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The form as it was filled in. It stays with the worker if something is missing."""

    level: str = ""
    reason: str = ""
    advice: str = ""
    referral_advised: str = ""
    review_on: str = ""
    lead: str = ""
    early_help: str = ""
    lines: tuple[Line, ...] = field(default=(Line(), Line(), Line()))

    def outcome(self) -> Outcome:
        """Return the outcome as the desk takes it, with everything typed as raw text."""
        return Outcome(
            level=self.level,
            reason=RawText(self.reason),
            advice=RawText(self.advice),
            referral_advised={"yes": True, "no": False}.get(self.referral_advised),
            actions=tuple(Agreed(RawText(line.what), line.owner, _day(line.by)) for line in self.lines),
            # A day that is no day must not pass for none.
            review_on=_day(self.review_on) or (date.min if self.review_on.strip() else None),
            lead=self.lead,
            early_help=self.early_help,
        )


async def _filled_in(
    request: Request,
    level: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form()] = "",
    advice: Annotated[str, Form()] = "",
    referral_advised: Annotated[str, Form(max_length=3)] = "",
    review_on: Annotated[str, Form(max_length=40)] = "",
    lead: Annotated[str, Form(max_length=40)] = "",
    early_help: Annotated[str, Form(max_length=40)] = "",
) -> FilledIn:
    form = await request.form()
    lines = tuple(
        Line(*(str(form.get(f"{part}_{n}", "")) for part in ("action", "owner", "by"))) for n in range(MOST_ACTIONS)
    )
    # Who and when without what is kept too: it is for the desk to say that something is missing.
    told = tuple(line for line in lines if line.what.strip() or line.owner or line.by)
    spare = (Line(),) * max(0, 3 - len(told))
    return FilledIn(level, reason, advice, referral_advised, review_on, lead, early_help, told + spare)


TheForm = Annotated[FilledIn, Depends(_filled_in)]


@router.post("/outcome")
async def outcome(desk: AtDesk, filled: TheForm, send: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Show the outcome as the DSL will read it; with `send` send it, which answers the case."""
    given = filled.outcome()
    try:
        if send:
            await desk.duty.settle(desk.worker, desk.case_id, given, desk.door.clock())
            return desk.back()
        looked_at = await desk.duty.look(desk.worker, desk.case_id, given, desk.door.clock())
    except OutcomeIncomplete as raised:
        return await desk.page(422, missing=raised.missing, filled=filled)
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised, filled=filled)
    return await desk.page(looked_at=looked_at, filled=filled)


@router.get("/name")
async def name_page(desk: AtDesk) -> Response:
    """Show how to take the child's name by phone. There is nothing to type into on this page."""
    case = await desk.duty.case(desk.worker, desk.case_id)
    return desk.door.page(desk.request, "name.html", case=case, states=tuple(NameState), area=case.area)


@router.post("/name")
async def name_state(desk: AtDesk, state: Annotated[NameState, Form()]) -> Response:
    """Keep what became of the name: offered, requested, refused, taken. Never the name."""
    try:
        await desk.duty.note_name(desk.worker, desk.case_id, state, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised)
    return desk.back()


@router.post("/referral")
async def referral(desk: AtDesk, result: Annotated[ReferralResult, Form()]) -> Response:
    """Keep what became of the referral: made, accepted, not accepted, not made."""
    try:
        await desk.duty.note_referral(desk.worker, desk.case_id, result, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised)
    return desk.back()


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
