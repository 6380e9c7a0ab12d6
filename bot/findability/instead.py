"""Vaguer words in a text, in place of those that point to somebody."""

from collections.abc import Iterable

from bot.findability.weighing import Place


def without(text: str, places: Iterable[Place]) -> str:
    """Return the text with the vaguer words of each place, which must all be places of this text."""
    for place in sorted(places, key=lambda place: -place.start):
        if text[place.start : place.end] == place.words:
            begins = place.words[:1].isupper() and (place.start == 0 or text[: place.start].rstrip()[-1:] in ".?!\n")
            vaguer = place.vaguer[:1].upper() + place.vaguer[1:] if begins else place.vaguer
            # "he's a twin" has no space before the words that go.
            space = " " if text[: place.start][-1:].isalnum() else ""
            text = text[: place.start] + space + vaguer + text[place.end :]
    return text
