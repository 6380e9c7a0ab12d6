"""The look of an area: its colours can be read wherever the sheets use them."""

import pytest

from bot.knowledge.contrast import MARKS, WORDS, ratio
from bot.knowledge.logo import Logo
from bot.knowledge.partnership import DARK, LIGHT, Colours, Partnership
from bot.web.theme import Service, palettes, service_of, sheet_of

OF_BOTH_KINDS = Partnership(light=Colours("#0b3d91"), dark=Colours("#9ec1ff"))
# From dark to as pale as the light paper allows, in every part of the rainbow.
BRANDS = ["#000000", "#0b3d91", "#1d70b8", "#00827b", "#6a0dad", "#a4161a", "#c75000", "#4b7d00", "#808080", "#d0006f"]


def test_an_area_without_a_look_of_its_own_has_the_usual() -> None:
    usual = Service("No-name consultations", "noname", "/static/mark.svg", None)
    assert service_of(None) == service_of("kent", {"kent": Partnership()}) == service_of("nowhere", {}) == usual
    assert sheet_of(Partnership(name="Kent")) is None


def test_an_area_shows_what_it_has_set_and_the_usual_for_the_rest() -> None:
    held = {"kent": Partnership(name="Kent consultations", logo=Logo("image/png", b"x"), light=Colours("#0b3d91"))}
    assert service_of("kent", held) == Service(
        "Kent consultations", "Kent consultations", "/theme/kent/logo", "/theme/kent.css"
    )
    assert service_of("kent", {"kent": Partnership(short="Kent")}).mark == "/static/mark.svg"


@pytest.mark.parametrize("brand", BRANDS)
def test_words_and_marks_in_its_colours_can_be_read_by_day_and_by_night(brand: str) -> None:
    for palette, paper in zip(palettes(Partnership(light=Colours(brand))), (LIGHT, DARK), strict=True):
        for back in (paper.paper, paper.sheet):
            assert ratio(palette.brand, back) >= MARKS
        for back in (paper.paper, paper.sheet, palette.tint):
            assert ratio(palette.words, back) >= WORDS, "links stand on all of these"
            assert ratio(paper.ink, back) >= WORDS
        assert ratio(palette.on_brand, palette.brand) >= WORDS
        for back in (palette.words, palette.deep):
            assert ratio(palette.on_words, back) >= WORDS, "a button, and one that a pointer rests on"


def test_the_sheet_sets_ours_and_those_of_the_components_for_both_papers() -> None:
    day, night = sheet_of(OF_BOTH_KINDS).split("@media (prefers-color-scheme: dark)")
    for part, colour in ((day, "#0b3d91"), (night, "#9ec1ff")):
        assert f"--brand: {colour};" in part
        assert f"--govuk-brand-colour: {colour};" in part
        assert f"--govuk-link-colour: {colour};" in part
