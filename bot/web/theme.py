"""The look of the service in an area: its name, its mark, and a sheet of colours, from the area's partnership."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.knowledge.contrast import WORDS, mixed, ratio, shade
from bot.knowledge.partnership import DARK, LIGHT, Colours, Paper, Partnership

NAME, SHORT, MARK = "No-name consultations", "noname", "/static/mark.svg"
_BLACK, _WHITE = "#0b0c0c", "#ffffff"
_NOBODY: Mapping[str, Partnership] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Service:
    """What a page says of the service: `mark` and `sheet` are addresses; `sheet` is None where the usual holds."""

    name: str = NAME
    short: str = SHORT
    mark: str = MARK
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Palette:
    """A partnership's colours on one paper.

    `brand` is as it was given, for surfaces, with `on_brand` on it. `words` is the nearest shade of it in which links
    can be read, with `on_words` on that; `deep` is for what a pointer rests on, `tint` for what words stand on.
    """

    brand: str
    on_brand: str
    words: str
    on_words: str
    deep: str
    tint: str


def service_of(area: str | None, partnerships: Mapping[str, Partnership] = _NOBODY) -> Service:
    """Return how the service shows in an area; the usual without one, or without a partnership's own."""
    held = partnerships.get(area or "", Partnership())
    return Service(
        name=held.name or NAME,
        short=held.short or held.name or SHORT,
        mark=f"/theme/{area}/logo" if held.logo else MARK,
        sheet=f"/theme/{area}.css" if held.light else None,
    )


def palettes(held: Partnership) -> tuple[Palette, Palette] | None:
    """Return a partnership's colours on light and on dark paper, None if it names none."""
    if held.light is None:
        return None
    dark = held.dark or Colours(shade(held.light.brand, _WHITE, (DARK.paper, DARK.sheet), WORDS))
    return _palette(held.light, LIGHT, _BLACK), _palette(dark, DARK, _WHITE)


def sheet_of(held: Partnership) -> str | None:
    """Return the sheet that sets a partnership's colours, None if it names none."""
    pair = palettes(held)
    if pair is None:
        return None
    light, dark = (_properties(palette) for palette in pair)
    return f":root {{\n{light}}}\n\n@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"


def _palette(colours: Colours, paper: Paper, away: str) -> Palette:
    tint = mixed(paper.sheet, colours.brand, 0.1)
    words = shade(colours.brand, away, (paper.paper, paper.sheet, tint), WORDS)
    on_brand = colours.on_brand or _clearer(colours.brand)
    on_words = on_brand if ratio(on_brand, words) >= WORDS else _clearer(words)
    further = _BLACK if ratio(on_words, _BLACK) > ratio(on_words, _WHITE) else _WHITE
    return Palette(colours.brand, on_brand, words, on_words, mixed(words, further, 0.25), tint)


def _clearer(back: str) -> str:
    return max(_WHITE, _BLACK, key=lambda front: ratio(front, back))


def _properties(palette: Palette) -> str:
    # Links, names of buttons and borders are all in --brand, so that it has to be one that can be read.
    colours = {
        "--brand": palette.words,
        "--on-brand": palette.on_words,
        "--brand-deep": palette.deep,
        "--brand-tint": palette.tint,
        "--govuk-brand-colour": palette.brand,
        "--govuk-link-colour": palette.words,
        "--govuk-link-visited-colour": palette.words,
        "--govuk-link-hover-colour": palette.words,
        "--govuk-link-active-colour": palette.words,
    }
    return "".join(f"  {name}: {colour};\n" for name, colour in colours.items())
