"""How pages are made: the template folders of each app, and dates as people in England read them."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
from fastapi.templating import Jinja2Templates

from bot import request_id
from bot.web.outward import pieces, placeholders

_TEMPLATES = Path(__file__).parent / "templates"
_LONDON = ZoneInfo("Europe/London")


def templates(app: str, over: Path | None = None, **known: object) -> Jinja2Templates:
    """Return the templates of an app, with the shared ones beneath. Everything is escaped.

    Pages of another language are looked for in `over` first, in folders of the same names.
    """
    folders = [*((over / app, over / "shared") if over else ()), _TEMPLATES / app, _TEMPLATES / "shared"]
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"clock": clock_time, "day": day, "short_day": short_day, "london": london}
    env.filters |= {"minutes_until": minutes_until, "dial": dial, "pieces": pieces, "placeholders": placeholders}
    env.globals |= known | {"request_id": request_id.current}
    return Jinja2Templates(env=env)


def london(at: datetime) -> datetime:
    """Return the time on a clock in England."""
    return at.astimezone(_LONDON)


def clock_time(at: datetime) -> str:
    """Return such as 3:25pm."""
    local = london(at)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def day(on: date | datetime | str) -> str:
    """Return such as 2 November 2026."""
    if isinstance(on, str):
        on = date.fromisoformat(on)
    if isinstance(on, datetime):
        on = london(on)
    return f"{on.day} {on:%B %Y}"


def short_day(on: date | datetime | str) -> str:
    """Return such as 2 Nov 2026."""
    number, month, year = day(on).split()
    return f"{number} {month[:3]} {year}"


def minutes_until(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes from one time to another; negative when the second is past."""
    return int((later - earlier).total_seconds() // 60)


def dial(number: str) -> str:
    """Return what a telephone dials: the digits alone."""
    return "".join(character for character in number if character.isdigit() or character == "+")
