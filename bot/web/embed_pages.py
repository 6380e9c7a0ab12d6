"""What another site's page takes from us: the script that puts the service there, the page that its frame begins
with, and the look of an area."""

import gzip
import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.knowledge.partnership import Partnership
from bot.web.door import Door, DoorRefusal, MaybeSignedIn, TheDoor
from bot.web.framing import is_framed
from bot.web.front_end import smallest
from bot.web.theme import palettes, service_of, sheet_of

_ROOT = Path(__file__).parents[2]
_SPOT = "NONAME_SAID"  # where the script is told what to say
_WORDS = ("open", "close", "whole", "waiting", "away", "no_area", "danger", "ring", "one_new", "many_new", "frame")

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
async def script(request: Request, door: TheDoor) -> Response:
    """Give the script for other sites' pages, with the words, numbers and colours that it shows."""
    return _kept(request, script_of(door), "text/javascript")


@router.get("/embed/{area}")
async def begin(request: Request, door: TheDoor, person: MaybeSignedIn, area: str) -> Response:
    """Show where a frame begins: signing in with the area's look, or where to go on from."""
    held = _partnership(door, area)
    answer = RedirectResponse("/", 303) if person else door.page(request, "sign_in.html", area=area)
    if held.embed and is_framed(request.headers):
        door.framing.remember(answer, area)
    return answer


@router.get("/theme/{area}.css")
async def sheet(request: Request, door: TheDoor, area: str) -> Response:
    """Give the colours of an area's partnership."""
    colours = sheet_of(_partnership(door, area))
    if colours is None:
        raise DoorRefusal(404, "not_found")
    return _kept(request, colours.encode(), "text/css")


@router.get("/theme/{area}/logo")
async def logo(request: Request, door: TheDoor, area: str) -> Response:
    """Give the logo of an area's partnership."""
    held = _partnership(door, area).logo
    if held is None:
        raise DoorRefusal(404, "not_found")
    return _kept(request, held.content, held.media_type)


def script_of(door: Door) -> bytes:
    """Return the script for other sites' pages as it stands today."""
    every = door.framing.partnerships
    said = {
        "home": door.framing.home,
        "words": {word: door.say(f"utter_embed_{word}", name="{name}", count="{count}") for word in _WORDS},
        "sheet": _written("embed.css").strip(),
        "usual": _shown(door, None),
        "areas": {area: _shown(door, area) for area, held in every.items() if held.embed},
    }
    written = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return _written("embed.js").replace(_SPOT, written, 1).encode()


@cache
def _written(name: str) -> str:
    # Where it lies is told by a digest of every script and sheet: not for each page that asks.
    return smallest(_ROOT, name).read_text("utf-8")


def _shown(door: Door, area: str | None) -> Mapping[str, Any]:
    """Return what the script shows of an area before its frame has come: its name, colours and numbers."""
    held, numbers = door.framing.partnerships.get(area or "", Partnership()), door.emergency(area)
    pair = palettes(held)
    return {
        "name": service_of(area, door.framing.partnerships).name,
        "colours": [[one.brand, one.on_brand] for one in pair] if pair else None,
        "danger": numbers["in_danger"],
        "ring": [_number(numbers[role]) for role in ("front_door", "out_of_hours") if numbers[role]],
    }


def _number(contact: Mapping[str, Any]) -> Mapping[str, str]:
    return {part: contact[part] or "" for part in ("label", "value", "hours")}


def _partnership(door: Door, area: str) -> Partnership:
    """Return how the service shows in an area; an area that is not here is refused."""
    if area not in door.framing.partnerships:
        raise DoorRefusal(404, "not_found")
    return door.framing.partnerships[area]


def _kept(request: Request, content: bytes, media_type: str) -> Response:
    """Return what browsers may keep if they ask after it each time; small, where they can read that."""
    mark = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": mark, "Vary": "Accept-Encoding"}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers = gzip.compress(content, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(content, headers=headers, media_type=media_type)
