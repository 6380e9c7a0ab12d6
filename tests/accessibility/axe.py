"""axe on the page that is open: every rule for WCAG 2.2 A and AA, and of best practice. None is switched off."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = ViewportSize(width=1366, height=768)
LOOKS = {"light": (WIDE, "light"), "dark": (WIDE, "dark"), "narrow": (ViewportSize(width=320, height=640), "light")}
_RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
    nodes: nodes.map(({ target, html, any, all, none }) => ({ target: target.join(" "), html: html.slice(0, 160),
      why: [...any, ...all, ...none].map((check) => check.message).join("; ") })) }));
}"""


def broken_rules(page: Page, packages: Path) -> list[dict[str, Any]]:
    """Return the rules of axe that the page breaks, each with the nodes that break it."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate((packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    return page.evaluate(_RUN, TAGS)


def broken_by_look(page: Page, packages: Path, looks: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rules that the page breaks, by the look of `LOOKS` in which it does. It is left wide and light."""
    broken = {}
    for look in looks:
        page.set_viewport_size(LOOKS[look][0])
        page.emulate_media(color_scheme=LOOKS[look][1])
        page.evaluate("scrollTo(0, 0)")  # what lies under the head that stays is there when one scrolls back
        if found := broken_rules(page, packages):
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
