"""Keys: one for each consultation, in a database apart from the records, each sealed by a master key.

Without its key nothing of a consultation can be read, in the records or in any copy of them. Locks are taken on the
records first and on the keys second, never the other way round.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import Engine, Select, delete, func, select
from sqlalchemy.orm import Session

from bot.storage.engine import writing
from bot.storage.key_tables import ConsultationKey, KeyBase
from bot.storage.sealing import KEY_BYTES, Cipher, Draw, NotOpened, master_cipher

_AT_HAND = 500  # keys that are held in memory, the newest used
_BATCH = 100  # keys in one transaction of a rotation

type Masters = Callable[[], Mapping[str, str]]


class KeyGone(LookupError):
    """Tried to read or write what belongs to a consultation that has no key, or not any more. It carries nothing."""


class Keys:
    """Seals and opens what belongs to consultations.

    `masters` returns the master secrets by number; the highest seals what is new. It is asked again when a key
    was sealed by one that is not known yet, so that a rotation needs no restart. `draw` returns random bytes.
    """

    def __init__(self, engine: Engine, masters: Masters, draw: Draw) -> None:
        self._reading = engine
        self._writing = writing(engine, "keys")
        self._masters = masters
        self._draw = draw
        self._known: dict[str, Cipher] = {}
        self._at_hand: OrderedDict[str, Cipher] = OrderedDict()
        self._forgotten = 0  # how often a key was
        self._lock = Lock()
        KeyBase.metadata.create_all(self._writing)

    def make(self, consultation_id: str) -> None:
        """Draw a key for a consultation, if it has none."""
        self.make_many([consultation_id])

    def make_many(self, consultation_ids: Collection[str]) -> None:
        """Draw a key for each consultation that has none, in one transaction. They are at hand then."""
        with self._lock:
            forgotten = self._forgotten
        made: dict[str, Cipher] = {}
        with Session(self._writing) as session, session.begin():
            own = ConsultationKey.consultation_id
            there = frozenset(session.scalars(select(own).where(own.in_(consultation_ids))))
            # Asked for here, with the place to write held: a rotation waits, and then finds this key as well.
            master = newest(self._masters())
            for one in consultation_ids:
                if one not in there:
                    key = self._draw(KEY_BYTES)
                    made[one] = Cipher(key, self._draw)
                    wrapped = self._master(master).seal(_key_place(one), key)
                    session.add(ConsultationKey(consultation_id=one, master=master, wrapped=wrapped))
        self._keep(made, forgotten)

    def seal(self, consultation_id: str, place: str, value: Any) -> str:
        """Return a value, sealed for a place in a consultation. Raises KeyGone."""
        return self._cipher(consultation_id).seal_value(_place(consultation_id, place), value)

    def open(self, consultation_id: str, place: str, sealed: Any) -> Any:
        """Return the value that was sealed for a place in a consultation. Raises KeyGone and NotOpened."""
        return self._cipher(consultation_id).open_value(_place(consultation_id, place), sealed)

    def bring(self, consultation_ids: Collection[str]) -> None:
        """Have the keys of many at hand, in one statement. Those that are gone are left out."""
        with self._lock:
            wanted, forgotten = [one for one in consultation_ids if one not in self._at_hand], self._forgotten
        if not wanted:
            return
        with Session(self._reading) as session, session.begin():
            rows = session.scalars(select(ConsultationKey).where(ConsultationKey.consultation_id.in_(wanted)))
            found = {row.consultation_id: Cipher(self._unwrapped(row), self._draw) for row in rows}
        self._keep(found, forgotten)

    def forget(self, consultation_id: str) -> None:
        """Delete the key of a consultation: whatever copies there are of what it sealed, nobody reads them again."""
        with Session(self._writing) as session, session.begin():
            session.execute(delete(ConsultationKey).where(ConsultationKey.consultation_id == consultation_id))
        with self._lock:
            self._at_hand.pop(consultation_id, None)
            self._forgotten += 1
        self._leave_no_byte()

    def rewrap(self, master: str) -> Iterator[int]:
        """Seal all keys anew by one master, a batch at a time; yield how many are left. May be broken off anywhere."""
        others = select(ConsultationKey).where(ConsultationKey.master != master)
        while self.sealed_by_others(master):
            with Session(self._writing) as session, session.begin():
                for row in session.scalars(others.limit(_BATCH)):
                    key = self._unwrapped(row)
                    row.wrapped, row.master = self._master(master).seal(_key_place(row.consultation_id), key), master
            yield self.sealed_by_others(master)
        self._leave_no_byte()

    def sealed_by_others(self, master: str) -> int:
        """Return how many keys are sealed by another master than this."""
        with Session(self._reading) as session, session.begin():
            others = select(func.count()).select_from(ConsultationKey).where(ConsultationKey.master != master)
            return session.scalar(others) or 0

    def consultations(self) -> frozenset[str]:
        """Return the consultations that have a key."""
        with Session(self._reading) as session, session.begin():
            return frozenset(session.scalars(select(ConsultationKey.consultation_id)))

    def are_opened_by(self, masters: Mapping[str, str]) -> bool:
        """Whether these masters open a key of each master in use; before the first key none is needed."""
        with Session(self._reading) as session, session.begin():
            used = session.scalars(select(ConsultationKey.master).distinct()).all()
            rows = [session.scalars(_sealed_by(number).limit(1)).one() for number in used]
            try:
                for row in rows:
                    cipher = master_cipher(masters[row.master], self._draw)
                    cipher.open(_key_place(row.consultation_id), row.wrapped)
            except (LookupError, NotOpened):
                return False
        return True

    def let_go(self) -> None:
        """Let go of the connections, and of the keys at hand."""
        self.empty()
        self._reading.dispose()

    def empty(self) -> None:
        """Have no key at hand: another process may have deleted one."""
        with self._lock:
            self._at_hand.clear()
            self._forgotten += 1  # what is being read just now was read before this

    def _cipher(self, consultation_id: str) -> Cipher:
        with self._lock:
            held = self._at_hand.get(consultation_id)
            if held is not None:
                self._at_hand.move_to_end(consultation_id)
                return held
            forgotten = self._forgotten
        with Session(self._reading) as session, session.begin():
            row = session.get(ConsultationKey, consultation_id)
            if row is None:
                raise KeyGone
            cipher = Cipher(self._unwrapped(row), self._draw)
        self._keep({consultation_id: cipher}, forgotten)
        return cipher

    def _keep(self, found: Mapping[str, Cipher], forgotten: int) -> None:
        """Keep keys at hand, unless one was forgotten since they were read: it may be among them."""
        with self._lock:
            if forgotten != self._forgotten:
                return
            self._at_hand.update(found)
            while len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)

    def _unwrapped(self, row: ConsultationKey) -> bytes:
        return self._master(row.master).open(_key_place(row.consultation_id), row.wrapped)

    def _master(self, number: str) -> Cipher:
        if number not in self._known:
            secret = self._masters().get(number)
            if secret is None:
                raise NotOpened
            self._known[number] = master_cipher(secret, self._draw)
        return self._known[number]

    def _leave_no_byte(self) -> None:
        if self._reading.dialect.name == "sqlite":
            with self._reading.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _sealed_by(master: str) -> Select[tuple[ConsultationKey]]:
    return select(ConsultationKey).where(ConsultationKey.master == master)


def newest(masters: Mapping[str, str]) -> str:
    """Return the number of the newest master, which seals what is new."""
    return max(masters, key=int)


def _place(consultation_id: str, place: str) -> str:
    return f"{consultation_id}\0{place}"


def _key_place(consultation_id: str) -> str:
    return f"key\0{consultation_id}"
