"""A ruler for the page that is open: what does not fit, is cut off, too small, unseen with the focus, or moves."""

from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parent / "ruler.js"
MOST_KEYS = 200
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # a window of 1280 by 1024 at 400 %


def _measure(page: Page, name: str) -> list[str]:
    if not page.evaluate("typeof ruler !== 'undefined'"):
        page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    return page.evaluate(f"ruler.{name}()") or []


def what_does_not_fit(page: Page) -> list[str]:
    """Return what needs scrolling sideways at 320 px and at 400 %, and what text spacing cuts off. Spacing stays."""
    found = []
    for size in (NARROW, ZOOMED):
        page.set_viewport_size(size)
        found += _measure(page, "sideways")
    page.set_viewport_size(NARROW)
    cut_before = set(_measure(page, "cutOff"))
    _measure(page, "spaced")
    wide = [f"with text spacing {what}" for what in _measure(page, "sideways")]
    return found + wide + [f"{what} is cut off by text spacing" for what in _measure(page, "cutOff")] + sorted(
        f"{what} is cut off" for what in cut_before
    )


def too_small(page: Page) -> list[str]:
    """Return what is hard to hit at 320 px."""
    page.set_viewport_size(NARROW)
    return _measure(page, "tooSmall")


def wrong_with_the_focus(page: Page) -> list[str]:
    """Go through the page at 320 px by Tab, and return what does not show its focus or shows it under something."""
    page.set_viewport_size(NARROW)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("scrollTo(0, 0)")
    _measure(page, "remember")
    wrong: list[str] = []
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        told = page.evaluate("ruler.focused()")
        if told and told["again"]:
            break
        wrong += told["wrong"] if told else []
    return wrong


def wrong_in_forced_colours(page: Page) -> list[str]:
    """Return what has no border left, and what does not show its focus, with the colours of the system."""
    page.emulate_media(forced_colors="active")
    return _measure(page, "borderless")


def moving(page: Page) -> list[str]:
    """Return what moves although it was asked not to."""
    page.emulate_media(reduced_motion="reduce")
    return _measure(page, "moving")


MEASURES = {
    "moving": moving,
    "too small": too_small,
    "focus": wrong_with_the_focus,
    "forced colours": wrong_in_forced_colours,
    "fit": what_does_not_fit,  # last: it changes the page's sheet
}


def measured(page: Page) -> dict[str, list[str]]:
    """Return what each measure finds, by its name; those that find nothing are left out."""
    found = {name: measure(page) for name, measure in MEASURES.items()}
    return {name: what for name, what in found.items() if what}
