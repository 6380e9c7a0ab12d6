"""When the child goes home: `half 3`, `3.15`, `quarter past three` as hours and minutes."""

import re

from bot.reading.age import number
from bot.reading.words import Words

_GOING = frozenset(
    "home pick picked picks collect collected collects collecting pickup leaves leave finishes finish ends "
    "end hometime goes going go bus taxi tonight".split()
)
_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "5": 5, "10": 10, "20": 20, "25": 25}
_OF_A_TIME = frozenset("at about around half quarter past to pm oclock ish today".split())
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d{2})$")


def read_time(words: Words) -> str | None:
    """Return the first time of day that is said near words of going home, as `15:30`."""
    row = words.words
    for place in range(len(row)):
        if not _GOING & set(row[max(0, place - 8) : place + 9]):
            continue
        read = _time_at(row, place)
        if read:
            hour, minute = read
            return f"{hour + 12 if 1 <= hour <= 6 else hour:02}:{minute:02}"
    return None


def just_a_time(words: Words) -> str | None:
    """Return the time of a short answer that is little else, such as "today at half 3"."""
    row = words.words
    if len(row) > 8:
        return None
    for place in range(len(row)):
        read = _time_at(row, place)
        if read:
            hour, minute = read
            return f"{hour + 12 if 1 <= hour <= 6 else hour:02}:{minute:02}"
    return None


def only_a_time(words: Words) -> bool:
    """Return whether every word belongs to a time of day, as in "about quarter past 3"."""
    return all(word in _OF_A_TIME or _CLOCK.match(word) or number(word) is not None for word in words.words)


def _time_at(row: tuple[str, ...], place: int) -> tuple[int, int] | None:
    word = row[place]
    after = (*row[place + 1 : place + 4], "", "", "")
    clock = _CLOCK.match(word)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return int(clock[1]), int(clock[2])
    if word == "half":
        hour = number(after[1] if after[0] == "past" else after[0])
        return (hour, 30) if hour and hour <= 12 and "an" not in row[place - 1 : place] else None
    if word in _MINUTES and after[0] in {"past", "to"}:
        hour = number(after[1])
        if hour and hour <= 12:
            return (hour, _MINUTES[word]) if after[0] == "past" else (hour - 1 or 12, 60 - _MINUTES[word])
    hour = number(word)
    if hour and hour <= 12 and after[0] in {"pm", "oclock", "ish"}:
        return hour, 0
    if hour and 1 <= hour <= 6 and place and row[place - 1] == "at" and after[0] not in _NOT_AN_HOUR:
        return hour, 0
    return None


_NOT_AN_HOUR = frozenset("years year months weeks days hours minutes times of and different schools other".split())
