"""How Sphinx makes the handbook. It is read in Sphinx's own room, where nothing of ours can be imported."""

from pathlib import Path

project = "noname"
extensions = ["myst_parser"]
root_doc = "index"
language = "en"

# Headings are linked to as on the places where the documents are read as they are.
myst_heading_anchors = 6
myst_enable_extensions = ["strikethrough"]
nitpicky = True

# Commands and what they answer are no language to colour.
highlight_language = "none"

html_theme = "furo"
html_title = "noname: the handbook"
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["handbook.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}
# A page that was opened from a folder may not fetch the others to quote from them.
html_show_search_summary = False

# What the theme leaves out for those who hear the page: what each side column is, and how deep its headings are.
TOLD = {
    '<aside class="sidebar-drawer"': '<aside class="sidebar-drawer" aria-label="All pages"',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',  # a wide one is scrolled by keyboard too
    '<p class="caption" role="heading"': '<p class="caption" role="heading" aria-level="2"',
}


def tell(app, failed):
    """Put that into every page."""
    if failed:
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text("utf-8")
        for written, told in TOLD.items():
            text = text.replace(written, told)
        page.write_text(text, encoding="utf-8")


def setup(app):
    """Have it called when all pages are written."""
    app.connect("build-finished", tell)
