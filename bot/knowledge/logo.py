"""A partnership's logo: a small picture in an area's folder, looked at before a browser is given it.

An SVG is a document that may run scripts and fetch things. So only the elements that draw are let through.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bot.knowledge.entry import Entry

LARGEST = 64 * 1024  # bytes
_FILE = re.compile(r"[a-z0-9][a-z0-9_-]*\.(svg|png)")
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_DRAWS = frozenset(
    "svg g defs title desc path rect circle ellipse line polyline polygon "
    "linearGradient radialGradient stop clipPath mask symbol use text tspan".split()
)
_DECLARES = re.compile(r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:|data:|\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and what kind it is for a browser."""

    media_type: str
    content: bytes


def load_logo(entry: Entry) -> Logo:
    """Return the picture that a place names, from the folder of its own file. Raises PackError."""
    name = entry.text()
    named = _FILE.fullmatch(name)
    if named is None:
        entry.fail(f"{name!r} is no picture of this folder: name an .svg or .png file in small letters")
    content = _content(entry.file.parent / name, entry)
    (_looks_at_svg if named[1] == "svg" else _looks_at_png)(content, entry)
    return Logo(_TYPES[named[1]], content)


def _content(file: Path, entry: Entry) -> bytes:
    if file.is_symlink() or not file.is_file():
        entry.fail(f"{file.name!r} is not in this folder")
    if file.stat().st_size > LARGEST:
        entry.fail(f"{file.name!r} has {file.stat().st_size} bytes; {LARGEST} are the most")
    return file.read_bytes()


def _looks_at_png(content: bytes, entry: Entry) -> None:
    if not content.startswith(_PNG):
        entry.fail("the logo is called .png and is none")


def _looks_at_svg(content: bytes, entry: Entry) -> None:
    drawing = _drawing(content, entry)
    if drawing.tag != f"{{{_SVG}}}svg":
        entry.fail("the logo is called .svg and is none")
    for element in drawing.iter():
        _draws_only(element, entry)


def _drawing(content: bytes, entry: Entry) -> ElementTree.Element:
    try:
        text = content.decode("utf-8")
        # Declarations could name other files, or grow without end while they are read.
        if declared := _DECLARES.search(text):
            entry.fail(f"the logo has a declaration in it: take out what begins with {declared[0]}")
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        entry.fail("the logo is called .svg and is none, or is not in UTF-8")


def _draws_only(element: ElementTree.Element, entry: Entry) -> None:
    name = element.tag.removeprefix(f"{{{_SVG}}}") if isinstance(element.tag, str) else "?"
    if name not in _DRAWS:
        entry.fail(f"the logo has <{name.rpartition('}')[2]}> in it, which does more than draw")
    for attribute, value in element.attrib.items():
        called = attribute.rpartition("}")[2].lower()
        if called.startswith("on"):
            entry.fail(f"the logo has a script in it: {called}")
        if (called == "href" and not value.startswith("#")) or _REACHES_OUT.search(value):
            entry.fail(f"the logo reaches outside itself: {called}")
