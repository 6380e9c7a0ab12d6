"""axe on the page that is open: every rule for WCAG 2.2 A and AA, and of best practice. None is switched off.

In the dark the same elements stand in the same places, so that there the suite asks again for what depends on colours;
`./noname evaluate pages` asks for everything in every look.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = ViewportSize(width=1366, height=768)
LOOKS = {"light": (WIDE, "light"), "dark": (WIDE, "dark"), "narrow": (ViewportSize(width=320, height=640), "light")}
ALL = {"type": "tag", "values": TAGS}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RUN = """async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
    nodes: nodes.map(({ target, html, any, all, none }) => ({ target: target.join(" "), html: html.slice(0, 160),
      why: [...any, ...all, ...none].map((check) => check.message).join("; ") })) }));
}"""


def broken_rules(page: Page, packages: Path, wanted: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the rules of axe that the page breaks, each with the nodes that break it. `wanted` are all of them."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate((packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    return page.evaluate(_RUN, wanted or ALL)


def broken_by_look(
    page: Page, packages: Path, looks: Iterable[str], in_the_dark: dict[str, Any] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rules that the page breaks, by the look of `LOOKS` in which it does. It is left wide and light.

    `in_the_dark` are the rules to ask for there, all if it is not given.
    """
    broken = {}
    for look in looks:
        page.set_viewport_size(LOOKS[look][0])
        page.emulate_media(color_scheme=LOOKS[look][1])
        page.evaluate("scrollTo(0, 0)")  # what lies under the head that stays is there when one scrolls back
        if found := broken_rules(page, packages, in_the_dark if look == "dark" else None):
            broken[look] = found
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return broken


def in_words(broken: list[dict[str, Any]]) -> str:
    """Return what was found as lines to read."""
    lines = []
    for rule in broken:
        lines.append(f"{rule['id']}: {rule['help']}")
        lines += [f"    {node['target']}  {node['why']}\n    {node['html']}" for node in rule["nodes"]]
    return "\n".join(lines)
