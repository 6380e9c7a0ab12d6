"""A revision of an area's knowledge: write it, see what it changes, submit, approve, send back, withdraw."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.consultation import RawText
from bot.desk.editing import FILES, LARGEST, CannotDo, NotADraft
from bot.desk.ports import NotKept, Person
from bot.knowledge.errors import PackError
from bot.web.door import Door, SignedIn, TheDoor
from bot.web.knowledge_pages import sheet_page, today

router = APIRouter(prefix="/revisions")

Edition = Annotated[int, Form(ge=1, lt=10**9)]
# A sign may take three when a form is sent.
_LARGEST_FIELD = 3 * LARGEST
_LONGEST_EDITION = 9  # digits: nobody writes in a revision a thousand million times


@dataclass(frozen=True, slots=True)
class EditingDesk:
    """An editor at one revision, and the request that brought them there."""

    request: Request
    door: Door
    editor: Person
    revision_id: str

    async def page(
        self, status: int = 200, on: date | None = None, typed: Mapping[str, str] | None = None, problem: str = ""
    ) -> Response:
        """Return the page of the revision as it now stands, with what was typed and not kept."""
        given = (self.editor, self.revision_id, self.door.clock(), on)
        shown = await asyncio.to_thread(self.door.house.editing.open, *given)
        context = {
            "shown": shown,
            "files": {**shown.files, **(typed or {})},
            "problem": problem,
            "today": today(self.door),
        }
        return self.door.page(self.request, "revision.html", status, on=shown.look.on, **context)

    async def do(self, step: Callable, edition: int, *given: Any, on: date | None = None) -> Response:
        """Take a step of the editing work, and return to the page, or say on it why not."""
        try:
            await asyncio.to_thread(step, self.editor, self.revision_id, edition, *given, self.door.clock())
        except CannotDo as refused:
            return await self.page(409, on, problem=self.door.say(refused.words))
        return RedirectResponse(f"/duty/revisions/{self.revision_id}", 303)


def _desk(request: Request, door: TheDoor, editor: SignedIn, revision_id: str) -> EditingDesk:
    return EditingDesk(request, door, editor, revision_id)


AtRevision = Annotated[EditingDesk, Depends(_desk)]


@router.post("")
async def start(door: TheDoor, editor: SignedIn) -> Response:
    """Begin a draft with what is in force in the editor's area."""
    revision = await asyncio.to_thread(door.house.editing.start, editor, door.clock())
    return RedirectResponse(f"/duty/revisions/{revision.id}", 303)


@router.get("/{revision_id}")
async def read_revision(desk: AtRevision, on: date | None = None) -> Response:
    """Show a revision: what it changes on a day, what is wrong, its files, and what can be done next."""
    return await desk.page(on=on)


@router.get("/{revision_id}/sheet")
async def sheet(desk: AtRevision, on: date | None = None) -> Response:
    """Show the fact-check sheet as it would be with the revision."""
    day = on or today(desk.door)
    given = (desk.door.house.editing.drafted_sheet, desk.editor, desk.revision_id, day)
    try:
        address = f"/duty/revisions/{desk.revision_id}/sheet"
        return await sheet_page(desk.request, desk.door, desk.editor.area, address, day, *given)
    except PackError:
        return RedirectResponse(f"/duty/revisions/{desk.revision_id}", 303)


@router.post("/{revision_id}/save")
async def save(desk: AtRevision) -> Response:
    """Keep what was typed in the files, right or wrong, and show what it comes to."""
    async with desk.request.form(max_fields=len(FILES) + 5, max_part_size=_LARGEST_FIELD) as form:
        edition, typed = str(form.get("edition", "")), {n: str(form[n]) for n in form if n != "edition"}
    if not (edition.isascii() and edition.isdecimal() and len(edition) <= _LONGEST_EDITION):
        raise NotKept("edition")
    editing, now = desk.door.house.editing, desk.door.clock()
    try:
        await asyncio.to_thread(editing.save, desk.editor, desk.revision_id, int(edition), typed, now)
    except NotADraft as refused:
        return await desk.page(422, problem=str(refused))
    except CannotDo as refused:
        return await desk.page(409, typed=typed, problem=desk.door.say(refused.words))
    return RedirectResponse(f"/duty/revisions/{desk.revision_id}", 303)


@router.post("/{revision_id}/submit")
async def submit(desk: AtRevision, edition: Edition) -> Response:
    """Ask a second editor to approve."""
    return await desk.do(desk.door.house.editing.submit, edition)


@router.post("/{revision_id}/take-back")
async def take_back(desk: AtRevision, edition: Edition) -> Response:
    """Make it a draft again."""
    return await desk.do(desk.door.house.editing.take_back, edition)


@router.post("/{revision_id}/approve")
async def approve(
    desk: AtRevision, edition: Edition, starts: Annotated[date, Form()], against: Annotated[str, Form()] = ""
) -> Response:
    """Put it in force from the day that was shown."""
    return await desk.do(desk.door.house.editing.approve, edition, starts, against, on=starts)


@router.post("/{revision_id}/send-back")
async def send_back(desk: AtRevision, edition: Edition, reason: Annotated[str, Form()] = "") -> Response:
    """Send it back to whoever wrote it, with a reason. What points to a child or a colleague is taken out of it."""
    said = await desk.door.house.without_identifiers(RawText(reason))
    return await desk.do(desk.door.house.editing.send_back, edition, said)


@router.post("/{revision_id}/withdraw")
async def withdraw(desk: AtRevision, edition: Edition) -> Response:
    """Take it out of force at once."""
    return await desk.do(desk.door.house.editing.withdraw, edition)
