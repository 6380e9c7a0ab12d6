"""Opening: a consultation as it begins."""

from collections.abc import Callable
from datetime import datetime

from bot.consultation import Stage
from bot.consultation.reference import make_designation, make_reference
from bot.desk.ports import Consultation, Person


def new_consultation(
    person: Person,
    area: str | None,
    now: datetime,
    new_id: Callable[[], str],
    random_below: Callable[[int], int],
    practice: str = "",
) -> Consultation:
    """Return a consultation of the DSL's about a child of `area`, with a reference and a designation of its own.

    With the id of a `practice` case it is practice from its first word to its last: nothing sets this later.
    """
    return Consultation(
        id=new_id(),
        reference=make_reference(random_below),
        designation=make_designation(random_below),
        person_id=person.id,
        school=person.school,
        school_area=person.area,
        area=area,
        stage=Stage.WITH_ASSISTANT,
        opened_at=now,
        practice=practice,
    )
