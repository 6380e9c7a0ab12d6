"""Every state: axe finds nothing, light or dark, wide or narrow; it fits, can be hit, shows its focus and keeps still.

A state is walked to once and measured in all ways there, because it is the walk that takes long.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accessibility.axe import LOOKS, OF_COLOURS, broken_by_look, broken_rules, in_words
from tests.accessibility.house import Doors
from tests.accessibility.ruler import measured
from tests.accessibility.state import State
from tests.accessibility.states import STATES
from tests.accessibility.visit import reached

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_everybody_can_use_it(state: State, browser: Browser, doors: Doors, packages: Path) -> None:
    with reached(browser, doors, state) as visit:
        broken = broken_by_look(visit.page, packages, LOOKS, OF_COLOURS)
        found = {look: in_words(rules) for look, rules in broken.items()}
        found |= {what: str(where) for what, where in measured(visit.page).items()}
    assert found == {}, "\n\n".join(f"== {look}\n{what}" for look, what in found.items())


def test_axe_finds_pale_words_and_links_without_a_mark_by_the_rules_of_colours(
    browser: Browser, packages: Path
) -> None:
    page = browser.new_page()
    page.set_content(
        """<html lang="en"><title>t</title><main style="background: #fff"><p style="color: #ccc">hardly to be read</p>
        <p style="color: #111">words and <a href="/" style="color: #222; text-decoration: none">a link</a> in them</p>
        </main>"""
    )
    assert {rule["id"] for rule in broken_rules(page, packages, OF_COLOURS)} == set(OF_COLOURS["values"])
    page.close()


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
