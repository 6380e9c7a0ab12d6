"""Every state: axe finds nothing, light or dark, wide or narrow; it fits, can be hit, shows its focus and keeps still.

A state is walked to once and measured in all ways there, because it is the walk that takes long.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility.axe import broken_rules, in_words
from tests.accessibility.house import Doors
from tests.accessibility.ruler import measured
from tests.accessibility.state import State
from tests.accessibility.states import STATES
from tests.accessibility.visit import reached

pytestmark = pytest.mark.browser
WIDE = {"width": 1366, "height": 768}
LOOKS = {"light": (WIDE, "light"), "dark": (WIDE, "dark"), "narrow": ({"width": 320, "height": 640}, "light")}


def found_by_axe(page: Page, packages: Path) -> dict[str, str]:
    """Return what axe finds, by the look in which it finds it; the page is left as it was."""
    found = {}
    for look, (size, scheme) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.evaluate("scrollTo(0, 0)")  # what lies under the head that stays is there when one scrolls back
        if broken := broken_rules(page, packages):
            found[look] = in_words(broken)
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_everybody_can_use_it(state: State, browser: Browser, doors: Doors, packages: Path) -> None:
    with reached(browser, doors, state) as visit:
        found = found_by_axe(visit.page, packages)
        found |= {what: str(where) for what, where in measured(visit.page).items()}
    assert found == {}, "\n\n".join(f"== {look}\n{what}" for look, what in found.items())


def test_the_ruler_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<style>:focus { outline: none; } .cut { height: 1em; width: 4em; overflow: hidden; }
        .turns { animation: turn 3s infinite; } @keyframes turn { to { rotate: 1turn; } }
        button { border: 0; width: 10px; height: 10px; padding: 0; margin: 0; }</style>
        <p style="width: 900px">wide</p><p class="cut">more than there is room for</p><p class="turns">turns</p>
        <button>a</button><button>b</button>"""
    )
    assert set(measured(page)) == {"moving", "too small", "focus", "forced colours", "fit"}
    page.close()
