"""Passing a case on: back to the queue, to a colleague, to another area's desk, or to the assistant."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from bot.consultation import RawText
from bot.desk.case import Case
from bot.web.console_cases import AtDesk, Desk
from bot.web.refusals import NOT_ALLOWED

router = APIRouter(prefix="/cases/{case_id}")

Reason = Annotated[str, Form()]
Whom = Annotated[str, Form(max_length=80)]


async def _do(
    desk: Desk, act: Callable[..., Awaitable[Case]], *given: Any, leaves: bool = False, reason: str = ""
) -> Response:
    """Do it and show the case, or the queue where the worker no longer has it.

    Or say why it was not done, with the reason that was typed still there.
    """
    try:
        await act(desk.worker, desk.case_id, *given, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised, typed_reason=reason)
    return RedirectResponse("/duty/", 303) if leaves else desk.back()


@router.post("/release")
async def release(desk: AtDesk) -> Response:
    """Put the case back in the queue."""
    return await _do(desk, desk.duty.release, leaves=True)


@router.post("/transfer")
async def transfer(desk: AtDesk, reason: Reason = "", to: Whom = "", to_area: Whom = "") -> Response:
    """Offer the case to a colleague or to another area's desk. It stays until they take it."""
    return await _do(desk, desk.duty.transfer, to, to_area, RawText(reason), reason=reason)


@router.post("/accept")
async def accept(desk: AtDesk) -> Response:
    """Take over a case that was offered."""
    return await _do(desk, desk.duty.accept)


@router.post("/refuse")
async def refuse(desk: AtDesk, reason: Reason = "") -> Response:
    """Decline a case that was offered."""
    return await _do(desk, desk.duty.refuse, RawText(reason), leaves=True, reason=reason)


@router.post("/recall")
async def recall(desk: AtDesk) -> Response:
    """Take back a case that nobody has taken over yet."""
    return await _do(desk, desk.duty.recall)


@router.post("/give-back")
async def give_back(desk: AtDesk, reason: Reason = "") -> Response:
    """Give the case back to the assistant."""
    return await _do(desk, desk.duty.give_back, RawText(reason), leaves=True, reason=reason)


@router.post("/abandon")
async def abandon(desk: AtDesk, reason: Reason = "") -> Response:
    """Give up a case that nobody has: a manager's to do."""
    return await _do(desk, desk.duty.abandon, RawText(reason), leaves=True, reason=reason)
