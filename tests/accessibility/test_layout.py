"""Every state fits at 320 px, at 400 % and with wide text, can be hit, shows focus and borders, and keeps still."""

import pytest
from playwright.sync_api import Browser

from tests.accessibility.house import Doors
from tests.accessibility.ruler import measured
from tests.accessibility.state import State
from tests.accessibility.states import STATES
from tests.accessibility.visit import reached

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_it_fits_shows_its_focus_and_can_be_hit(state: State, browser: Browser, doors: Doors) -> None:
    with reached(browser, doors, state) as visit:
        assert measured(visit.page) == {}


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
