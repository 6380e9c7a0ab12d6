"""The accessibility statement as a page for everybody: what the tests wrote into docs/ACCESSIBILITY.md."""

from pathlib import Path

from fastapi import APIRouter, Request, Response

from bot.web.door import TheDoor

STATEMENT = Path(__file__).parents[2] / "docs" / "ACCESSIBILITY.md"

router = APIRouter(include_in_schema=False)


@router.get("/accessibility")
async def accessibility(request: Request, door: TheDoor) -> Response:
    """Show the statement."""
    return door.page(request, "accessibility.html", blocks=blocks(STATEMENT.read_text(encoding="utf-8")))


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Return the parts of a text as their kind, which is `h1`, `h2`, `ul` or `p`, and their lines.

    Pictures of pages are for who reads the file: here one is on the page.
    """
    return [_block(part) for part in text.split("\n\n") if part.strip() and not part.startswith("![")]


def _block(part: str) -> tuple[str, list[str]]:
    for mark, kind in (("## ", "h2"), ("# ", "h1"), ("- ", "ul")):
        if part.startswith(mark):
            return kind, [line.removeprefix(mark) for line in part.strip().splitlines()]
    return "p", [" ".join(part.split())]
