"""axe finds nothing on any state, light or dark, wide or at 320 px."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accessibility.axe import broken_rules, in_words
from tests.accessibility.house import Doors
from tests.accessibility.state import State
from tests.accessibility.states import STATES
from tests.accessibility.visit import reached

pytestmark = pytest.mark.browser
LOOKS = {
    "light": ({"width": 1366, "height": 768}, "light"),
    "dark": ({"width": 1366, "height": 768}, "dark"),
    "narrow": ({"width": 320, "height": 640}, "light"),
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing(state: State, browser: Browser, doors: Doors, packages: Path) -> None:
    with reached(browser, doors, state) as visit:
        found = {}
        for look, (size, scheme) in LOOKS.items():
            visit.page.set_viewport_size(size)
            visit.page.emulate_media(color_scheme=scheme)
            if broken := broken_rules(visit.page, packages):
                found[look] = in_words(broken)
    assert found == {}, "\n\n".join(f"== {look}\n{what}" for look, what in found.items())
