"""Preview: what would be taken out of a text before it is sent, and what in the rest still points to a child.

Nothing is stored or passed on, and nothing is remembered: it is looked at with a copy of the memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.anonymiser import TookTooLong
from bot.consultation import Finding, RawText
from bot.desk.consult import Counsel
from bot.desk.findable import findable, said_by_the_dsl
from bot.desk.incoming import Refusal, taken_out
from bot.desk.ports import Consultation
from bot.desk.receive import Reception
from bot.findability import Place


@dataclass(frozen=True, slots=True)
class Findable:
    """A place in the raw text. It is off where characters that nobody sees were typed before it."""

    start: int
    end: int
    words: str
    vaguer: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be taken out, and what is findable in the rest. With a `refusal` the text would not be taken in.

    Without `is_looked_at` there was no time to look, and nothing is said of the text at all.
    """

    removed: tuple[Finding, ...] = ()
    findable: tuple[Findable, ...] = ()
    refusal: str | None = None
    is_looked_at: bool = True


async def preview(
    reception: Reception,
    counsel: Counsel,
    consultation: Consultation,
    typed: RawText,
    not_names: Sequence[str],
    now: datetime,
) -> Preview:
    """Return what would come of a text if it were sent now."""
    memory = reception.memory_of(consultation.id).copy()
    try:
        redaction = await reception.looked_at(typed, memory, now, not_names)
    except TookTooLong:
        return Preview(is_looked_at=False)  # others are being answered: it is looked at when it is sent
    except Refusal as refusal:
        return Preview(refusal=str(refusal))
    removed = taken_out(redaction)
    before = said_by_the_dsl(counsel.records.messages(consultation.id))
    told = findable(redaction.record, counsel.national, counsel.wording, before=before, facts=consultation.facts)
    places = sorted((place for reason in told.reasons for place in reason.places), key=lambda place: place.start)
    return Preview(removed, tuple(Findable(*_in_raw(p, removed), p.words, p.vaguer) for p in places))


def _in_raw(place: Place, removed: Iterable[Finding]) -> tuple[int, int]:
    """Return where a place of the record stands in the raw text."""
    longer = 0  # by how much the record is longer than the raw text so far
    for finding in removed:
        if finding.start + longer >= place.start:
            break
        longer += len(finding.shown) - (finding.end - finding.start)
    return place.start - longer, place.end - longer
