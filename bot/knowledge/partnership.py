"""A partnership's own look: what `partnership.yml` in an area's folder says of how the service shows there.

The file stands beside the pack and outside its digest, as `desk.yml` does: no level rests on it. All of it may be
left out, and so may the file: then the service looks as it does everywhere, and no other site may show it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.area import area_folder, areas
from bot.knowledge.contrast import COLOUR, MARKS, WORDS, ratio
from bot.knowledge.entry import Entry, read
from bot.knowledge.logo import Logo, load_logo

FILE = "partnership.yml"
_KEYS = ("name", "short", "colours", "logo", "embed")
_COLOURS = ("on_brand", "brand_dark", "on_brand_dark")
_LONGEST = {"name": 60, "short": 24}

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"(https?)://({_LABEL}(?:\.{_LABEL})*|\[::1\])(?::([1-9]\d{{0,4}}))?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_USUAL_PORT = {"https": 443, "http": 80}
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Paper:
    """What pages are made of: the paper, the sheets that lie on it, and the ink. The base sheet has the same."""

    paper: str
    sheet: str
    ink: str


LIGHT = Paper("#f8f5ef", "#ffffff", "#1c2526")
DARK = Paper("#15191a", "#1e2425", "#f1ede4")


@dataclass(frozen=True, slots=True)
class Colours:
    """A partnership's colour, and that of words on it: None for black or white, whichever is clearer."""

    brand: str
    on_brand: str | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """How the service shows in an area: what is empty or None is as everywhere.

    `dark` are the colours on dark paper; without them they are made from `light`. `embed` are the origins whose
    pages may show the service in a frame.
    """

    name: str = ""
    short: str = ""
    light: Colours | None = None
    dark: Colours | None = None
    logo: Logo | None = None
    embed: tuple[str, ...] = ()


def load_partnerships(root: Path) -> Mapping[str, Partnership]:
    """Return how the service shows in each area, by its short name. Raises PackError with file and line."""
    return {area.slug: partnership(area_folder(root, area.slug)) for area in areas(root)}


def partnership(here: Path) -> Partnership:
    """Return what the `partnership.yml` of a folder says, the usual where it has none. Raises PackError."""
    if not (here / FILE).exists():
        return Partnership()
    fields = read(here / FILE).fields((), _KEYS)
    light, dark = _colours(fields["colours"]) if "colours" in fields else (None, None)
    return Partnership(
        name=_named(fields, "name"),
        short=_named(fields, "short"),
        light=light,
        dark=dark,
        logo=load_logo(fields["logo"]) if "logo" in fields else None,
        embed=_origins(fields["embed"]) if "embed" in fields else (),
    )


def _named(fields: Mapping[str, Entry], key: str) -> str:
    if key not in fields:
        return ""
    words = fields[key].text()
    if len(words) > _LONGEST[key]:
        fields[key].fail(f"{key} has {len(words)} characters; {_LONGEST[key]} are the most that fit")
    return words


def _colours(entry: Entry) -> tuple[Colours, Colours | None]:
    fields = entry.fields(("brand",), _COLOURS)
    if "on_brand_dark" in fields and "brand_dark" not in fields:
        fields["on_brand_dark"].fail("'on_brand_dark' needs a 'brand_dark' to stand on")
    light = _pair(fields, "brand", "on_brand", LIGHT, "light")
    return light, _pair(fields, "brand_dark", "on_brand_dark", DARK, "dark") if "brand_dark" in fields else None


def _pair(fields: Mapping[str, Entry], brand: str, on: str, paper: Paper, which: str) -> Colours:
    colours = Colours(_colour(fields[brand]), _colour(fields[on]) if on in fields else None)
    for back in (paper.paper, paper.sheet):
        _apart(fields[brand], colours.brand, back, MARKS, f"on the {which} paper {back}")
    if colours.on_brand:
        _apart(fields[on], colours.on_brand, colours.brand, WORDS, f"as words on {brand} {colours.brand}")
    return colours


def _apart(entry: Entry, front: str, back: str, least: float, where: str) -> None:
    # Rounded down: 4.499 is not 4.5, and must not read as if it were.
    found = int(ratio(front, back) * 100) / 100
    if found < least:
        entry.fail(f"{front} {where} has a contrast of {found:.2f}:1, and {least:g}:1 is needed for all to see it")


def _colour(entry: Entry) -> str:
    words = entry.text().lower()
    if not COLOUR.fullmatch(words):
        entry.fail(f"{words[:30]!r} is not a colour such as '#0b3d91', with its quotation marks")
    return words


def _origins(entry: Entry) -> tuple[str, ...]:
    origins = entry.texts()
    for item, origin in zip(entry.items(), origins, strict=True):
        _origin(item, origin)
    return origins


def _origin(entry: Entry, origin: str) -> None:
    parts = _ORIGIN.fullmatch(origin)
    if parts is None:
        entry.fail(
            f"{origin[:80]!r} is not the start of an address such as https://intranet.school.example: no path, no "
            "slash at the end, no capital letters and no *"
        )
    scheme, host, port = parts.groups()
    if scheme == "http" and host not in _LOOPBACK:
        entry.fail(f"{origin!r} is not protected on its way: https is needed")
    if port and (int(port) > _LAST_PORT or int(port) == _USUAL_PORT[scheme]):
        entry.fail(f"{origin!r}: leave out the port {port}, which is the usual one or none")
