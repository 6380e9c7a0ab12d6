"""A screen reader that runs in the page: what it says of itself when something happens, as lines.

It is the virtual screen reader of guidepup, which follows the W3C's rules for names, roles and live regions.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, Route

SCRIPT = Path("@guidepup/virtual-screen-reader/lib/esm/index.browser.js")
_AT = "/static/screen-reader.js"
_STARTS = f"""async () => {{
  window.reader = (await import("{_AT}")).virtual;
  await reader.start({{ container: document.body }});
  reader.clearSpokenPhraseLog();
}}"""
# A message as it is heard begins with who says it and when.
_SPEAKER = re.compile(
    r"(You|Assistant|Duty social worker|About this conversation)(?: ?sa(?:id|ys):)(\d{1,2}:\d\d[ap]m)"
)
# Under one's own message stands what was taken out: in one sentence or another, by which answer was there first.
_TAKEN_OUT = re.compile(r"(Taken out before it was kept|I took out)\b.*$")
# How far a message has come stands in it too, and is there as soon as the answer is: with its words or behind them.
_MARK = re.compile(r"(Delivered|Read by [\w ,]+)$")
_QUIET = 400  # milliseconds


class ScreenReader:
    """Listens to a page from the moment at which it is made."""

    def __init__(self, page: Page, packages: Path) -> None:
        script = (packages / SCRIPT).read_text(encoding="utf-8")

        def answer(route: Route) -> None:
            route.fulfill(body=script, content_type="text/javascript")

        self.page = page
        page.route(f"**{_AT}", answer)
        page.evaluate(_STARTS)

    def heard(self) -> list[str]:
        """Return what was said since it was asked before, when it has said no more for a moment."""
        before, now = -1, 0
        while before != now:
            self.page.wait_for_timeout(_QUIET)
            before, now = now, self.page.evaluate("async () => (await reader.spokenPhraseLog()).length")
        phrases = self.page.evaluate("() => reader.spokenPhraseLog()")
        self.page.evaluate("() => reader.clearSpokenPhraseLog()")
        return [phrase for phrase in phrases if phrase.partition(":")[2].strip() or ":" not in phrase]


def in_order(phrases: list[str]) -> tuple[list[str], list[str]]:
    """Return the messages that were heard, in order, and what else was said by itself, each once.

    What is said beside the conversation comes when the connection brings it, so that its order says nothing. Where the
    keyboard is, is said too; that is another test's.
    """
    messages = [_spaced(phrase) for phrase in phrases if _is_message(phrase)]
    beside = {phrase for phrase in phrases if phrase.startswith(("polite: ", "assertive: "))}
    marks = {phrase for phrase in beside if _MARK.fullmatch(phrase.removeprefix("polite: "))}
    return messages, sorted(phrase for phrase in beside - marks if not _is_message(phrase))


def _is_message(phrase: str) -> bool:
    return phrase.startswith("polite: ") and bool(_SPEAKER.match(phrase.removeprefix("polite: ")))


def _spaced(phrase: str) -> str:
    spaced = _SPEAKER.sub(r"\1, \2: ", phrase.removeprefix("polite: "), count=1)
    if not spaced.startswith("You"):
        return spaced
    return _TAKEN_OUT.sub(" (and what was taken out)", _MARK.sub("", spaced))


def speaker_of(message: str) -> str:
    """Return who says a message."""
    return message.partition(",")[0]
