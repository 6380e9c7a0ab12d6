"""Reading marks: how far each side of a consultation has read, so that an answer is known to have arrived."""

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.storage.by_table import table_of
from bot.storage.shelf import Shelf, locked
from bot.storage.tables import ReadingMark

_T = table_of(ReadingMark)
_READ = select(_T.c.number).where(_T.c.consultation_id == bindparam("of"), _T.c.side == bindparam("side"))


class ReadingMarkShelf(Shelf):
    """Keeps how far the DSL and the desk have read."""

    def mark_read(self, consultation_id: str, side: str, number: int, now: datetime) -> bool:
        """Keep that a side, `dsl` or `desk`, has read up to a message. False when it was known: marks only grow."""
        with self._write() as session:
            locked(session, consultation_id)
            mark = session.get(ReadingMark, (consultation_id, side))
            if mark is None:
                session.add(ReadingMark(consultation_id=consultation_id, side=side, number=number, at=now))
                return True
            if number <= mark.number:
                return False
            mark.number, mark.at = number, now
            return True

    def read_up_to(self, consultation_id: str, side: str) -> int:
        """Return the number of the last message that a side has read, 0 for none."""
        with self._read_by_table() as reading:
            return reading.connection().execute(_READ, {"of": consultation_id, "side": side}).scalar() or 0
