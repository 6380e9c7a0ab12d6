"""The handbook as it is made by Sphinx: nothing is amiss, nothing comes from elsewhere, and everybody can read it.

It needs the room that makes it, which `./noname docs` and `./noname test` see to.
"""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.handbook import Amiss, build, navigation
from bot.handbook.building import MARK
from bot.settings import ROOT
from tests.accessibility.axe import OF_COLOURS, broken_by_look, in_words

PYTHON = ROOT / ".venv" / "site" / "bin" / "python"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PYTHON.exists(), reason="the room that makes the handbook is not there"),
]
# A page of pictures and blocks, one of wide tables, and the search.
LOOKED_AT = {
    "docs/TUTORIAL.html": ("light", "dark"),
    "docs/SIZING.html": ("light", "narrow"),
    "search.html?q=purge": ("light",),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole handbook of this checkout: made, so that nothing in it is amiss."""
    folder = tmp_path_factory.mktemp("handbook") / "site"
    build(ROOT, folder, PYTHON)
    return folder


@pytest.fixture
def page(browser: Browser) -> Page:
    """A page that notes what it asks for and what goes wrong in it."""
    opened = browser.new_page()
    opened.asked, opened.complaints = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    opened.close()


def test_every_document_is_a_page_and_the_menu_leads_to_it(site: Path) -> None:
    first = (site / "index.html").read_text("utf-8")
    for named in (page.removesuffix(".md") for part in navigation(ROOT) for page in part.pages):
        assert (site / f"{named}.html").is_file()
        assert first.count(f'href="{named}.html"') >= 2, f"{named} stands in the menu and on the first page"


def test_everybody_can_read_it_and_nothing_comes_from_elsewhere(site: Path, page: Page, packages: Path) -> None:
    for name, looks in LOOKED_AT.items():
        page.goto(f"{site.as_uri()}/{name}")
        broken = broken_by_look(page, packages, looks, OF_COLOURS)
        assert broken == {}, "\n\n".join(f"== {name}, {look}\n{in_words(rules)}" for look, rules in broken.items())
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{name} is wider than a phone"
    assert [url for url in page.asked if not url.startswith("file:")] == []
    assert page.complaints == []


def test_search_finds_a_page_without_a_server(site: Path, page: Page) -> None:
    page.goto(f"{site.as_uri()}/search.html?q=handbook")
    expect(page.locator("#search-results")).to_contain_text("Search finished")
    page.goto(f"{site.as_uri()}/search.html?q=Hollybank")
    expect(page.locator("#search-results").get_by_role("link", name="A first consultation, answered")).to_be_visible()


def test_a_heading_that_is_gone_stops_it_and_leaves_the_last_site(tmp_path: Path) -> None:
    checkout, last = tmp_path / "checkout", tmp_path / "site"
    shutil.copytree(ROOT / "docs" / "site", checkout / "docs" / "site")
    placed = '[[part]]\nreader = "All"\nsays = "All."\npages = ["README.md"]\n'
    (checkout / "docs" / "site" / "navigation.toml").write_text(placed)
    (checkout / "README.md").write_text("# A house\n\n[there](README.md#no-such-heading)\n")
    last.mkdir()
    (last / MARK).write_text("as it was")
    with pytest.raises(Amiss, match="no-such-heading"):
        build(checkout, last, PYTHON)
    assert [file.name for file in last.iterdir()] == [MARK]
