"""From what a dialogue has gathered to Facts.

The dialogue keeps answers by question, free texts, and what the DSL took back. Here the free
texts are read and all of it becomes one Facts: present wins over unsure, unsure over absent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.consultation import Concern, Facts, Reading, RedactedText, Status
from bot.desk import referrals
from bot.knowledge.model import National
from bot.knowledge.vocabulary import as_a_whole as of_the_whole
from bot.reading import Reader
from bot.reading.remembering import Remembering

READ_TEXTS = ("worry", "child_said", "household", "view_reason")
_WEIGHT = {Status.ABSENT: 0, Status.UNSURE: 1, Status.PRESENT: 2}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A concern together with the DSL's own words for it."""

    concern: Concern
    words: str


class Gathering:
    """Turns the dialogue's slots into Facts, always in the same way."""

    def __init__(self, reader: Reader | Remembering, national: National) -> None:
        self._reader = reader
        self._national = national
        flagged = frozenset(indicator for flag in national.red_flags for indicator in flag.indicators)
        # What implies a danger sign is one: a flag holds by it just the same.
        implying = (id for id, indicator in national.indicators.items() if indicator.implies & flagged)
        self._flagging = flagged.union(implying)

    def facts(self, slots: Mapping[str, Any], *, as_a_whole: bool = True) -> Facts:
        """Return the facts that the slots hold; not `as_a_whole`, only by the signs that the texts have themselves."""
        answers = {
            question: _value(slots[question])
            for question in self._national.questions
            if slots.get(question) is not None
        }
        if slots.get("goes_home_time"):
            # A time belongs to its question; the desk's clock needs it.
            answers["goes_home_time"] = str(slots["goes_home_time"])
        readings = [self._reader.read(RedactedText(text), as_a_whole=as_a_whole) for text in texts_of(slots)]
        for reading in readings:
            # What a text answers counts until its question has been answered.
            for question, value in reading.answers.items():
                answers.setdefault(question, value)
        if slots.get("known_before"):
            answers["tried"] = _with_known(answers.get("tried", ()), slots["known_before"])
        unread = any(reading.unread for reading in readings)
        return Facts(self._indicators(readings, slots), referrals.heard(answers, slots), unread=unread)

    def spoken(self, slots: Mapping[str, Any]) -> tuple[Spoken, ...]:
        """Return the concerns in the DSL's words, one an indicator, weightiest status first."""
        best: dict[str, Spoken] = {}
        for text in texts_of(slots):
            for concern in self._reader.read(RedactedText(text)).concerns:
                held = best.get(concern.indicator)
                if held is None or _WEIGHT[concern.status] > _WEIGHT[held.concern.status]:
                    best[concern.indicator] = Spoken(concern, text[concern.start : concern.end])
        struck = frozenset(slots.get("struck") or ())
        told = [s for s in best.values() if s.concern.indicator not in struck]
        return tuple(s for s in told if not self._is_said_by_another(s, told))

    def read(self, text: RedactedText, *, as_a_whole: bool = True) -> Reading:
        """Return what one text describes; of a short answer, only what has a sign of its own."""
        return self._reader.read(text, as_a_whole=as_a_whole)

    def speaks_of_concern(self, text: RedactedText, *, as_a_whole: bool = True) -> bool:
        """Whether a text speaks of any concern, present or not.

        Not `as_a_whole`, only one counts that has a sign of its own and stands beside what the whole comes to.
        """
        concerns = self._reader.read(text).concerns
        if as_a_whole:
            return bool(concerns or self._reader.read(text, as_a_whole=False).concerns)
        return any(concern.indicator != of_the_whole(concern.category) for concern in concerns)

    def is_read(self, question: str) -> bool:
        """Whether the answer to this question is itself read for concerns."""
        return question in READ_TEXTS

    def is_flagging(self, indicator: str) -> bool:
        """Whether a red flag rests on this indicator, so that taking it back leaves a doubt."""
        return indicator in self._flagging

    def doubts(self, slots: Mapping[str, Any]) -> list[str] | None:
        """Return the danger signs that were taken back: a doubt outlasts the words it came from."""
        return [indicator for indicator in slots.get("struck") or () if self.is_flagging(indicator)] or None

    def still_struck(self, slots: Mapping[str, Any], told: str) -> list[str]:
        """Return what stays taken back once `told` was said: what is said again counts again."""
        reading = self._reader.read(RedactedText(told))
        again = {c.indicator for c in reading.concerns if c.status is Status.PRESENT}.union(reading.dangers)
        again = again.union(*(self._national.indicators[indicator].implies for indicator in again))
        return [indicator for indicator in slots.get("struck") or () if indicator not in again]

    def _is_said_by_another(self, spoken: Spoken, told: Iterable[Spoken]) -> bool:
        """Whether a present indicator goes without saying beside a more particular one."""
        if spoken.concern.status is not Status.PRESENT:
            return False
        present = (s.concern.indicator for s in told if s.concern.status is Status.PRESENT)
        return any(spoken.concern.indicator in self._national.indicators[i].implies for i in present)

    def _indicators(self, readings: Iterable[Reading], slots: Mapping[str, Any]) -> dict[str, Status]:
        held: dict[str, Status] = {}
        for reading in readings:
            _merge(held, reading.concerns)
            _merge(held, reading.strengths)
            held |= dict.fromkeys(reading.dangers, Status.PRESENT)
        for indicator in slots.get("struck") or ():
            # Taking back a danger sign is not proof that it is not so: it stays a doubt.
            held[indicator] = Status.UNSURE if self.is_flagging(indicator) else Status.ABSENT
        return held


def texts_of(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the free texts that are read for concerns, in the order they were asked."""
    asked = (slots.get(question) for question in READ_TEXTS)
    return tuple(t for t in (*asked, *(slots.get("additions") or ())) if t)


def _merge(held: dict[str, Status], concerns: Iterable[Concern]) -> None:
    for concern in concerns:
        before = held.get(concern.indicator)
        if before is None or _WEIGHT[concern.status] > _WEIGHT[before]:
            held[concern.indicator] = concern.status


def _with_known(said: str | tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
    """Return what was tried, as was said and as the record of earlier consultations shows: "nothing" is then not so."""
    told = (said,) if isinstance(said, str) else said
    return tuple(dict.fromkeys((*(value for value in told if value != "nothing_yet"), *known)))


def _value(slot: Any) -> str | tuple[str, ...]:
    return tuple(slot) if isinstance(slot, list | tuple) else str(slot)
