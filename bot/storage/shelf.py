"""The shelf: what all parts of the records share."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.consultation import Facts
from bot.desk.ports import NotKept, UncleanWrite
from bot.storage.tables import ConsultationRow

type Scan = Callable[[str], tuple]


class Shelf:
    """Transactions, the second look at texts, and the keys of digests.

    `scan` returns what it finds in a text that should have been redacted; anything found refuses the write.
    `vocabulary` are words of ours, such as the values of a list of answers, that are not looked at.
    `pepper` keys the digests of access codes and the audit chain: another pepper opens neither.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        pepper: str,
        scan: Scan,
        new_id: Callable[[], str],
        vocabulary: Collection[str] = (),
    ) -> None:
        if len(pepper) < 16:
            raise ValueError("the pepper is too short to keep anything secret")
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._pepper = pepper.encode()
        self._scan = scan
        self._new_id = new_id
        self._vocabulary = frozenset(vocabulary)

    def let_go(self) -> None:
        """Let go of the connections to the database."""
        self._reading.dispose()

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with Session(self._reading) as session, session.begin():
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with Session(self._writing) as session, session.begin():
            yield session

    def _refuse_unclean(self, *texts: str) -> None:
        for text in texts:
            if not text or text in self._vocabulary:
                continue
            try:
                found = bool(self._scan(text))
            except Exception:  # whatever goes wrong in there, an unchecked text stays out
                found = True
            if found:
                # `from None`: the error of a scan may quote what it scanned.
                raise UncleanWrite from None

    def _refuse_unclean_facts(self, facts: Facts) -> None:
        for value in facts.answers.values():
            self._refuse_unclean(*((value,) if isinstance(value, str) else value))


def locked(session: Session, consultation_id: str) -> ConsultationRow:
    """Return the consultation's row, locked. Every write takes this lock first, so none wait in a ring.

    Raises NotKept when there is no such consultation.
    """
    row = session.scalar(
        select(ConsultationRow).where(ConsultationRow.id == consultation_id).with_for_update()
    )
    if row is None:
        raise NotKept("consultation")
    return row
