"""The handbook of a small checkout: what is gathered, what is refused, and how drawings are told."""

import pytest

from bot.handbook import Amiss, Part, build, gather, navigation
from bot.handbook.arrows import without_drawings
from bot.settings import ROOT

NAVIGATION = """
[[part]]
reader = "Everybody"
says = "What this is."
pages = ["README.md", "docs/adr/*.md", "docs/papers/*.md"]
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout of a page, two decisions, a picture and a file of code."""
    root = tmp_path / "checkout"
    for folder in ("docs/site", "docs/adr", "docs/images", "bot"):
        (root / folder).mkdir(parents=True)
    (root / "docs" / "site" / "navigation.toml").write_text(NAVIGATION)
    (root / "README.md").write_text("# A house\n\n![A](docs/images/door.png) [why](docs/adr/) [how](bot/door.py)\n")
    (root / "docs" / "adr" / "0001-doors.md").write_text("# 1. Doors\n\n[2](0002-bells.md#what-rings) `[a](b)`\n")
    (root / "docs" / "adr" / "0002-bells.md").write_text("# 2. Bells\n\n## What rings\n\n[Back](../../README.md)\n")
    (root / "docs" / "images" / "door.png").write_bytes(b"png")
    (root / "bot" / "door.py").write_text("open = True\n")
    return root


def test_a_pattern_takes_all_that_fit_it_and_may_fit_nothing(checkout):
    assert navigation(checkout) == (
        Part("Everybody", "What this is.", ("README.md", "docs/adr/0001-doors.md", "docs/adr/0002-bells.md")),
    )


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ('["README.md", "docs/GONE.md"]', "docs/GONE.md: stands in navigation.toml and is not there"),
        ('["README.md", "README.md"]', "README.md: stands in navigation.toml twice"),
    ],
)
def test_a_page_that_is_gone_or_placed_twice_is_refused(checkout, pages, said):
    (checkout / "docs" / "site" / "navigation.toml").write_text(
        f'[[part]]\nreader = "All"\nsays = "x"\npages = {pages}\n'
    )
    with pytest.raises(Amiss, match=said):
        navigation(checkout)


def test_pages_come_with_what_they_show_and_lead_to_and_nothing_else(checkout, tmp_path):
    (checkout / "bot" / "secret.py").write_text("x = 1\n")
    gather(checkout, navigation(checkout), tmp_path / "pages")

    there = {file.relative_to(tmp_path / "pages").as_posix() for file in (tmp_path / "pages").rglob("*.*")}
    decisions = {"docs/adr/0001-doors.md", "docs/adr/0002-bells.md"}
    assert there == {"index.md", "README.md", "docs/images/door.png", "bot/door.py"} | decisions


def test_a_link_to_a_folder_of_pages_leads_to_the_first_page(checkout, tmp_path):
    gather(checkout, navigation(checkout), tmp_path / "pages")

    assert "[why](index.md)" in (tmp_path / "pages" / "README.md").read_text()


def test_the_first_page_leads_everybody_to_their_pages_by_name(checkout, tmp_path):
    gather(checkout, navigation(checkout), tmp_path / "pages")
    first = (tmp_path / "pages" / "index.md").read_text()

    assert "## Everybody\n\nWhat this is.\n" in first
    assert "- [1. Doors](docs/adr/0001-doors.md)" in first
    assert ":caption: Everybody\n\nREADME\ndocs/adr/0001-doors\n" in first


@pytest.mark.parametrize("aim", ["docs/GONE.md", "docs/images/gone.png", "../outside.md", "docs/images/"])
def test_what_leads_nowhere_is_named_with_its_page(checkout, tmp_path, aim):
    (checkout / "README.md").write_text(f"# A house\n\n[there]({aim})\n")
    with pytest.raises(Amiss, match=f"README.md: leads to {aim}"):
        gather(checkout, navigation(checkout), tmp_path / "pages")


def test_a_document_that_has_no_place_cannot_be_led_to(checkout, tmp_path):
    (checkout / "docs" / "LOOSE.md").write_text("# Loose\n")
    (checkout / "README.md").write_text("# A house\n\n[loose](docs/LOOSE.md)\n")
    with pytest.raises(Amiss, match=r"leads to docs/LOOSE\.md"):
        gather(checkout, navigation(checkout), tmp_path / "pages")


def test_a_drawing_is_told_arrow_by_arrow():
    drawing = """Before

```mermaid
flowchart LR
    dsl([DSL]) -->|"/ and /api"| widget
    subgraph ours [Our process]
        widget[Widget door] --> redact[Anonymiser] --> store[(Records and<br>audit chain)]
    end
    rooms["Reading, thresholds"]
    redact --> rooms
```

After
"""
    assert without_drawings(drawing) == """Before

- DSL → Widget door (/ and /api)
- Widget door → Anonymiser
- Anonymiser → Records and audit chain
- Anonymiser → Reading, thresholds

After
"""


def test_a_folder_that_holds_something_else_is_left_alone(checkout, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(Amiss, match="holds something else"):
        build(checkout, tmp_path / "thesis", ROOT / "no" / "python")
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"
