"""By reference: the consultation whose reference somebody gives, if it is their own. Wrong ones are counted."""

from collections.abc import Iterable
from datetime import datetime

from bot.desk.attempts import Attempts
from bot.desk.ports import Consultation, Records

# Nobody mistypes a reference so often; whoever tries them out is stopped.
_PER_PERSON = 20


def own_by_reference(
    records: Records, person_id: str, references: Iterable[str], now: datetime
) -> Consultation | None:
    """Return the person's own consultation of the first reference that has one.

    Somebody else's is as good as a wrong one. Raises LockedOut.
    """
    attempts, limits = Attempts(records), {("reference", person_id): _PER_PERSON}
    attempts.begin(limits, now)
    held = (records.consultation_by_reference(reference) for reference in references)
    theirs = next((one for one in held if one and one.person_id == person_id), None)
    if theirs is not None:
        attempts.take_back(limits, now)
    return theirs
