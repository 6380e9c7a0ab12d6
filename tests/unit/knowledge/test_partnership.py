"""A partnership's own look: what a partnership.yml says, and what is refused of it, with its line."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import PackError, load_area
from bot.knowledge.check import known_nationally, of_area
from bot.knowledge.checks.written import Nation
from bot.knowledge.partnership import DARK, LIGHT, Colours, Paper, Partnership, load_partnerships
from tests.testshire import HERE, REAL, SLUG, make_knowledge

ON = date(2026, 11, 22)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><g fill="#0b3d91"><path d="M0 0h8v8z"/></g></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
WHOLE = """
name: Testshire no-name consultations
short: Testshire
colours: {brand: "#0B3D91", on_brand: "#ffffff", brand_dark: "#9ec1ff", on_brand_dark: "#0b0c0c"}
logo: crest.svg
embed:
- https://intranet.school.example
- https://intranet.school.example:8443
- http://localhost:9000
- http://[::1]:9000
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_knowledge(tmp_path)


@pytest.fixture
def here(root: Path) -> Path:
    return root / "areas" / HERE


@pytest.fixture
def loaded(root: Path, here: Path):
    """Return a function that writes Testshire's partnership.yml and loads it."""

    def load(text: str) -> Partnership:
        (here / "partnership.yml").write_text(text, "utf-8")
        return load_partnerships(root)[SLUG]

    return load


@pytest.fixture(scope="module")
def nation() -> Nation:
    return known_nationally(REAL, ON)


def test_an_area_without_a_file_looks_as_usual_and_may_be_shown_by_nobody(root: Path) -> None:
    assert load_partnerships(root)[SLUG] == Partnership()


def test_everything_may_be_set(here: Path, loaded) -> None:
    (here / "crest.svg").write_text(SVG, "utf-8")
    held = loaded(WHOLE)

    assert (held.name, held.short) == ("Testshire no-name consultations", "Testshire")
    assert held.light == Colours("#0b3d91", "#ffffff")
    assert held.dark == Colours("#9ec1ff", "#0b0c0c")
    assert (held.logo.media_type, held.logo.content) == ("image/svg+xml", SVG.encode())
    assert held.embed == (
        "https://intranet.school.example",
        "https://intranet.school.example:8443",
        "http://localhost:9000",
        "http://[::1]:9000",
    )


def test_no_level_rests_on_it(root: Path, loaded) -> None:
    before = load_area(root, SLUG, ON).version
    loaded("name: Testshire")
    assert load_area(root, SLUG, ON).version == before


def test_the_papers_are_those_of_the_base_sheet() -> None:
    blocks = re.findall(r":root \{(.*?)\}", Path("bot/web/static/base.css").read_text("utf-8"), re.DOTALL)[:2]
    said = [dict(re.findall(r"--(paper|sheet|ink): (#\w{6});", block)) for block in blocks]
    assert [Paper(**one) for one in said] == [LIGHT, DARK]


ORIGINS_REFUSED = [
    "https://*.school.example",
    "*",
    "https://school.example/",
    "https://school.example/page",
    "https://School.example",
    "https://me@school.example",
    "https://school.example:443",
    "https://school.example:70000",
    "https://school.example; script-src *",
    "https://school.example https://evil.example",
    "http://school.example",
    "http://localhost.school.example",
    "http://127.0.0.1.evil.example",
    "http://localhost:80",
    "//school.example",
    "null",
    "https://",
    "ftp://school.example",
    "https://-school.example",
    "https://school..example",
    "javascript://school.example",
]


@pytest.mark.parametrize("origin", ORIGINS_REFUSED)
def test_only_an_exact_origin_may_be_listed(loaded, origin: str) -> None:
    with pytest.raises(PackError) as refused:
        loaded(f"name: Testshire\nembed:\n- '{origin}'\n")
    assert refused.value.line == 3


COLOURS_REFUSED = {
    "too pale for the light paper": ('{brand: "#ffcc00"}', r"#ffcc00 on the light paper .* 1\.\d\d:1, and 3:1"),
    "too dark for the dark paper": ('{brand: "#0b3d91", brand_dark: "#222244"}', "#222244 on the dark paper"),
    "words that fade on it": ('{brand: "#0b3d91", on_brand: "#336699"}', r"on brand #0b3d91 .* 4\.5:1 is needed"),
    "words that fade in the dark": (
        '{brand: "#0b3d91", brand_dark: "#9ec1ff", on_brand_dark: "#ffffff"}',
        "as words on brand_dark #9ec1ff",
    ),
    "words on nothing": ('{brand: "#0b3d91", on_brand_dark: "#ffffff"}', "needs a 'brand_dark'"),
    "a name": ("{brand: red}", "not a colour such as"),
    "an expression": ('{brand: "#0b3d91;}"}', "not a colour such as"),
    "without quotation marks": ("{brand: #0b3d91\n}", "nothing is written here"),
    "none": ('{on_brand: "#ffffff"}', "'brand' is missing"),
    "an unknown part": ('{brand: "#0b3d91", accent: "#0b3d91"}', "'accent' is not a known key"),
}


@pytest.mark.parametrize(("colours", "why"), COLOURS_REFUSED.values(), ids=COLOURS_REFUSED.keys())
def test_a_colour_that_not_everybody_can_see_is_refused_with_its_contrast(loaded, colours: str, why: str) -> None:
    with pytest.raises(PackError, match=why):
        loaded(f"colours: {colours}")


def test_a_colour_that_is_clear_as_a_mark_is_taken_though_links_need_a_darker_one(loaded) -> None:
    assert loaded('colours: {brand: "#00827b"}').light == Colours("#00827b")


NO_PICTURES = {
    "a folder": "../../national/england/sources.yml",
    "another folder's picture": "../E92000001-england/logo.svg",
    "from the root": "/etc/passwd.svg",
    "another kind": "crest.gif",
    "a hidden file": ".crest.svg",
    "not there": "other.svg",
}


@pytest.mark.parametrize("name", NO_PICTURES.values(), ids=NO_PICTURES.keys())
def test_a_logo_is_a_picture_of_the_folder(here: Path, loaded, name: str) -> None:
    (here / "crest.gif").write_bytes(b"GIF89a")
    with pytest.raises(PackError):
        loaded(f"logo: {name}")


def test_a_logo_is_no_link_to_a_file_elsewhere(tmp_path: Path, here: Path, loaded) -> None:
    (tmp_path / "secret.svg").write_text(SVG, "utf-8")
    (here / "crest.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(PackError, match="not in this folder"):
        loaded("logo: crest.svg")


def _with(inside: str, on: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {on}>{inside}</svg>'


DRAWINGS_REFUSED = {
    "a script": _with("<script>alert(1)</script>"),
    "a script of a handler": _with("", on='onload="alert(1)"'),
    "a page in it": _with('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "a picture from elsewhere": _with('<image href="https://evil.example/x.png"/>'),
    "a link": _with('<a href="https://evil.example"><path d="M0 0"/></a>'),
    "a shape from elsewhere": _with('<use href="https://evil.example/x.svg#a"/>'),
    "an old link": _with('<use xlink:href="https://evil.example/x.svg#a"/>'),
    "a sheet": _with("<style>@import url(https://evil.example)</style>"),
    "a style that fetches": _with('<path d="M0 0" style="fill: URL( https://evil.example/x )"/>'),
    "a fill that fetches": _with('<path d="M0 0" fill="url(//evil.example#a)"/>'),
    "a disguised style": _with('<path d="M0 0" style="fill: u\\72l(https://evil.example)"/>'),
    "an animation": _with('<set attributeName="href" to="https://evil.example"/>'),
    "a declaration": f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{SVG}',
    "a sheet for it": f'<?xml-stylesheet href="https://evil.example/x.css"?>{SVG}',
    "another language": '<svg viewBox="0 0 8 8"/>',
    "no drawing": "hello",
    "too large": _with("<desc>" + "a" * 70_000 + "</desc>"),
}


@pytest.mark.parametrize("drawing", DRAWINGS_REFUSED.values(), ids=DRAWINGS_REFUSED.keys())
def test_a_drawing_that_does_more_than_draw_is_refused(here: Path, loaded, drawing: str) -> None:
    (here / "crest.svg").write_text(drawing, "utf-8")
    with pytest.raises(PackError):
        loaded("logo: crest.svg")


def test_a_drawing_may_use_its_own_parts(here: Path, loaded) -> None:
    drawing = _with('<defs><linearGradient id="a"/></defs><path d="M0 0" fill="url(#a)"/><use href="#a"/>')
    (here / "crest.svg").write_text(drawing, "utf-8")
    assert loaded("logo: crest.svg").logo.content == drawing.encode()


def test_a_picture_has_to_be_what_it_is_called(here: Path, loaded) -> None:
    (here / "crest.png").write_bytes(PNG)
    assert loaded("logo: crest.png").logo.media_type == "image/png"

    (here / "crest.png").write_text(SVG, "utf-8")
    with pytest.raises(PackError, match=r"called \.png and is none"):
        loaded("logo: crest.png")


def test_a_name_has_to_fit(loaded) -> None:
    with pytest.raises(PackError, match="24 are the most"):
        loaded(f"short: {'a' * 25}")


def test_the_check_tells_what_is_wrong_with_the_line(here: Path, loaded, nation: Nation) -> None:
    (here / "partnership.yml").write_text('name: Testshire\ncolours: {brand: "#ffcc00"}\n', "utf-8")

    [found] = [one for one in of_area(here, replace(nation, on=ON)) if one.file.name == "partnership.yml"]

    assert found.line == 2
    assert "3:1 is needed" in found.words


def test_every_partnership_of_ours_loads() -> None:
    assert "kent" in load_partnerships(REAL)
