"""The quick guide for DSLs on one page: from its Markdown to what the paper room sets as a PDF."""

import re
from typing import Any

from bot.knowledge.model import Pack

FRONT_DOOR, OUT_OF_HOURS = "[council: number of the front door]", "[council: number out of hours]"
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def for_area(guide: str, pack: Pack) -> str:
    """Return the guide with an area's own numbers, where the area has them."""
    for blank, contact in ((FRONT_DOOR, "front_door"), (OUT_OF_HOURS, "out_of_hours")):
        if contact in pack.contacts:
            guide = guide.replace(blank, pack.contacts[contact].value)
    return guide


def on_paper(guide: str) -> dict[str, Any]:
    """Return the guide as the sheet `record` takes it. Its last paragraph becomes the foot of the page."""
    title, *sections = re.split(r"^#+ ", _plain(guide), flags=re.MULTILINE)[1:]
    heading, lead = _split(title)
    *parts, (_, foot) = [_split(section) for section in sections]
    return {
        "title": heading,
        "practice": "",
        "lead": lead,
        "foot": " ".join(foot),
        "parts": [{"name": "", "heading": name, "when": "", "copy": [], "lines": _lines(said)} for name, said in parts],
    }


def _plain(guide: str) -> str:
    return _LINK.sub(r"\1", _COMMENT.sub("", guide)).replace("**", "").replace("`", "")


def _split(section: str) -> tuple[str, list[str]]:
    heading, _, rest = section.partition("\n")
    return heading.strip(), [" ".join(line.split()) for line in re.split(r"\n(?=- |\d\. )|\n\n", rest) if line.strip()]


def _lines(said: list[str]) -> list[dict[str, Any]]:
    return [{"text": re.sub(r"^- ", "", line), "under": [], "url": ""} for line in said]
