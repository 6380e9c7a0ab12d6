"""Danger: which red flags a text that was just typed raises, beside the dialogue and before it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from bot.consultation import Facts, Outcome, Status
from bot.desk.consult import Counsel
from bot.desk.incoming import Incoming
from bot.desk.ports import Records, UncleanWrite
from bot.reading import Reader


def flagged(
    records: Records, counsel: Counsel, reader: Reader, consultation_id: str, incoming: Incoming
) -> tuple[str, ...]:
    """Return the routes of red flags that this text raises beyond those already known, and keep what it says."""
    if incoming.read is None:
        return ()
    held = records.consultation(consultation_id)
    before = held.facts if held else Facts()
    reading = reader.read(incoming.read)
    present = {c.indicator: c.status for c in reading.concerns if c.status is Status.PRESENT}
    present |= dict.fromkeys((*incoming.unheard, *reading.dangers), Status.PRESENT)
    after = Facts({**before.indicators, **present}, {**reading.answers, **before.answers})
    # Only what ended in an exit counts as known: before that something may have fallen on the way.
    assessed = records.latest_assessment(consultation_id)
    is_told = assessed is not None and assessed["outcome"] == Outcome.EXIT
    known = {flag.id for flag in counsel.flags(before)} if is_told else set()
    raised = [flag for flag in counsel.flags(after) if flag.id not in known]
    if not any(flag.indicators & _implied(counsel, present) for flag in raised):
        return ()
    with suppress(UncleanWrite):
        # What cannot be kept does not keep a red flag from being raised.
        records.save_facts(consultation_id, after, counsel.clock())
    return tuple(dict.fromkeys(flag.exit.value for flag in raised))


def mark_urgent(records: Records, consultation_id: str, routes: tuple[str, ...]) -> None:
    """A red flag said to a person who holds the case is that person's to answer; the queue shows it red."""
    if routes and (case := records.case_of(consultation_id)):
        try:
            records.hand_over(replace(case, urgency="red"))
        except UncleanWrite:  # the words of the case do not keep it from being red
            records.hand_over(replace(case, urgency="red", dsl_reason=""))


def _implied(counsel: Counsel, present: Mapping[str, Status]) -> frozenset[str]:
    vocabulary = counsel.national.indicators
    return frozenset(present).union(*(vocabulary[i].implies for i in present if i in vocabulary))
