"""Plain: a drawing without what a strict page refuses (scripts, styles), with what people need who do not see colours.

How a thing looks stands at the thing itself. Of each element only the attributes on a list stay, so that nothing that
the library may draw some day comes with it.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

_SVG = "http://www.w3.org/2000/svg"
_DROPPED = frozenset({"script", "style", "title", "desc", "defs"})
# Each column's bars: a colour, and the lines that are drawn over it. All can be told apart in black and white.
_FILLS = (("#0b3d66", ""), ("#ffffff", "M0 8L8 0"), ("#b9c3c4", "M0 4H8"))
_OUTLINE = "#0b3d66"
_KEPT = frozenset({"x", "y", "rx", "ry", "width", "height", "d", "transform", "viewBox", "x1", "x2", "y1", "y2", "cx",
                   "cy", "r"})  # fmt: skip
_INK = "#1d2122"
_SERIES = re.compile(r"\b(?:color|activate-serie|serie)-(\d)\b")


def plain(svg: bytes, title: str, about: str) -> str:
    """Return a drawing of pygal's, made plain."""
    drawn = ElementTree.fromstring(svg)
    root = Element("svg", {"xmlns": _SVG, "viewBox": drawn.attrib["viewBox"], "role": "img", "aria-label": title})
    SubElement(root, "title").text = title
    SubElement(root, "desc").text = about
    _patterns(SubElement(root, "defs"))
    for child in drawn:
        _copy(child, root, ())
    return ElementTree.tostring(root, encoding="unicode")


def _patterns(defs: Element) -> None:
    for number, (colour, lines) in enumerate(_FILLS):
        size = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
        pattern = SubElement(defs, "pattern", {"id": f"bar-{number}", **size})
        SubElement(pattern, "rect", {"width": "8", "height": "8", "fill": colour})
        if lines:
            SubElement(pattern, "path", {"d": lines, "stroke": _OUTLINE, "stroke-width": "1.5"})


def _copy(element: Element, into: Element, around: tuple[str, ...]) -> None:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    classes = element.attrib.get("class", "")
    if not name or name in _DROPPED or {"tooltip", "no_data"} & {*classes.split()}:
        return
    inside = (*around, classes)
    attributes = {key: value for key, value in element.attrib.items() if key in _KEPT}
    made = SubElement(into, name, attributes | _looks(name, inside))
    made.text = element.text if name in ("text", "tspan") else None
    for child in element:
        _copy(child, made, inside)


def _looks(name: str, inside: tuple[str, ...]) -> Mapping[str, str]:
    classes = " ".join(inside)
    if name in ("text", "tspan"):
        anchor = "end" if "axis y" in classes else "middle" if "axis" in classes else "start"
        size = "13" if "axis" in classes or "legend" in classes else "12"
        return {"fill": _INK, "font-family": "sans-serif", "font-size": size, "text-anchor": anchor}
    if "background" in inside[-1]:
        return {"fill": "#ffffff"}
    found = _SERIES.search(classes)
    if name == "rect" and found:
        return {"fill": f"url(#bar-{int(found[1]) % len(_FILLS)})", "stroke": _OUTLINE, "stroke-width": "1"}
    if name == "path" and "ci" in classes.split():
        return {"fill": "none", "stroke": _INK, "stroke-width": "2"}
    if name in ("path", "line"):
        return {"fill": "none", "stroke": "#7d8788" if "guide" in classes else _INK, "stroke-width": "0.75"}
    return {}
