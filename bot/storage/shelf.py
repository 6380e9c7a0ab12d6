"""The shelf: what all parts of the records share."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from bot.consultation import Facts
from bot.desk.ports import Message, NotKept, UncleanWrite
from bot.storage.by_table import WRITTEN, ByTable, Transaction, note_written, opened_in, table_of
from bot.storage.engine import followed, writing
from bot.storage.keys import Keys
from bot.storage.sealed_columns import KEYS
from bot.storage.tables import ConsultationRow, MessageRow
from bot.storage.turns import BOTH, NoTurns, Turns

type Scan = Callable[[str, Collection[str]], tuple]
type Strict = Callable[[str, Collection[str]], str]

_LOCK = select(ConsultationRow).where(ConsultationRow.id == bindparam("id")).with_for_update()
_TIME = re.compile(r"\d{1,2}:\d{2}")  # of day, as an answer: 15:30
_MESSAGES = table_of(MessageRow)
# The questions of an area's own have a hyphen in their id, national ones never: these are answered by options alone.
_OPTION = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Shelf:
    """Transactions, the second look at texts, and the keys of digests.

    `scan` returns what it finds in a text that should have been redacted, words that the DSL says are no
    names apart; anything found refuses the write. `strict` returns what of a text may be written down.
    `vocabulary` are words of ours, such as the values of a list of answers, that are not looked at.
    `pepper` keys the digests of access codes and the audit chain: another pepper opens neither. `keys` seal what
    was said and what came of it (`sealed_columns`).
    """

    def __init__(
        self,
        engine: Engine,
        *,
        pepper: str,
        keys: Keys,
        scan: Scan,
        new_id: Callable[[], str],
        vocabulary: Collection[str] = (),
        strict: Strict | None = None,
    ) -> None:
        if len(pepper) < 16:
            raise ValueError("the pepper is too short to keep anything secret")
        self._reading = engine
        self._writing = writing(engine)
        self._followed = followed(self._writing)
        self._pepper = pepper.encode()
        self._keys = keys
        self._scan = scan
        self._strict = strict
        self._new_id = new_id
        self._vocabulary = frozenset(vocabulary)
        self._turns = Turns()

    @property
    def keys(self) -> Keys:
        """The keys to what is sealed."""
        return self._keys

    def beside[S: Shelf](self, kind: type[S]) -> S:
        """Return a shelf of another kind in the same database, with the same keys, pepper and eyes."""
        other = kind.__new__(kind)
        other.__dict__.update(self.__dict__)
        return other

    def turn(self, consultation_id: str) -> AbstractContextManager[None]:
        """Hold what is read of a consultation until the block ends: what a turn asks for often is read once."""
        return self._turns.of(consultation_id)

    def hold_no_turns(self) -> None:
        """Look at the records each time, in every shelf that is made of this one from now on: others write too."""
        self._turns = NoTurns()

    def let_go(self) -> None:
        """Let go of the connections to the databases."""
        self._reading.dispose()
        self._keys.let_go()

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with Session(self._reading, info={KEYS: self._keys}) as session, session.begin():
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        written: dict[str, tuple[frozenset[str], tuple[Message, ...]]] = {}
        with Session(self._writing, info={KEYS: self._keys, WRITTEN: written}) as session, session.begin():
            yield session
        self._tell_turns(written)

    @contextmanager
    def _read_by_table(self) -> Iterator[ByTable]:
        with self._reading.begin() as connection:
            yield ByTable(connection, {KEYS: self._keys})

    @contextmanager
    def _write_by_table(self, *, is_followed: bool = False) -> Iterator[ByTable]:
        written: dict[str, tuple[frozenset[str], tuple[Message, ...]]] = {}
        with (self._followed if is_followed else self._writing).begin() as connection:
            yield ByTable(connection, {KEYS: self._keys, WRITTEN: written})
        self._tell_turns(written)

    def _tell_turns(self, written: Mapping[str, tuple[frozenset[str], tuple[Message, ...]]]) -> None:
        for consultation_id, (changed, said) in written.items():
            self._turns.written(consultation_id, changed, said)

    def _refuse_unclean(self, *texts: str, put_back: Collection[str] = ()) -> None:
        for text in texts:
            if not text or text in self._vocabulary:
                continue
            try:
                found = bool(self._scan(text, put_back))
            except Exception:  # whatever goes wrong in there, an unchecked text stays out
                found = True
            if found:
                # `from None`: the error of a scan may quote what it scanned.
                raise UncleanWrite from None

    def _record_of(self, consultation_id: str, texts: Collection[str]) -> dict[str, str]:
        """Return, for each text that goes into a consultation's record, what may be written of it.

        What stands in a message of the DSL's has been looked at as it came in. In any other text the words
        that stand in their messages are no names. Raises UncleanWrite.
        """
        said: tuple[str, ...] | None = None
        written: dict[str, str] = {}
        for text in texts:
            if not text or text in self._vocabulary or _TIME.fullmatch(text):
                written[text] = text
                continue
            said = self._said(consultation_id) if said is None else said
            if any(text.strip() in message for message in said):
                written[text] = text
                continue
            words = _words(said)
            written[text] = self._strictly(text, words)
            self._refuse_unclean(written[text], put_back=words)
        return written

    def _strict_facts(self, consultation_id: str, facts: Facts) -> Facts:
        """Return facts as they may be written down, or raise UncleanWrite."""
        looked_at = (value for question, value in facts.answers.items() if not _is_chosen(question, value))
        values = [v for value in looked_at for v in ((value,) if isinstance(value, str) else value)]
        written = self._record_of(consultation_id, values)
        answers = {
            question: written.get(value, value) if isinstance(value, str) else tuple(written[v] for v in value)
            for question, value in facts.answers.items()
        }
        return Facts(facts.indicators, answers, facts.unread)

    def _strictly(self, text: str, words: Collection[str]) -> str:
        if self._strict is None:
            return text
        try:
            return str(self._strict(text, words))
        except Exception:  # as in _refuse_unclean
            pass
        raise UncleanWrite from None

    def _said(self, consultation_id: str) -> tuple[str, ...]:
        """Return the texts of the DSL's messages."""
        held = self._turns.held_messages(consultation_id)
        if held is not None:
            return tuple(message.utterance.text for message in held if message.utterance.speaker == "dsl")
        theirs = (_MESSAGES.c.consultation_id == consultation_id, _MESSAGES.c.speaker == "dsl")
        with self._read_by_table() as reading:
            rows = reading.connection().execute(select(_MESSAGES).where(*theirs))
            return tuple(opened_in(reading, "messages", row, "text") for row in rows)


def _is_chosen(question: str, value: str | Collection[str]) -> bool:
    """Whether an answer is the id of an option that an area's own pack offers: nobody typed it."""
    return "-" in question and isinstance(value, str) and _OPTION.fullmatch(value) is not None


def _words(texts: Collection[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text))


def locked(session: Session, consultation_id: str, changing: frozenset[str] = BOTH) -> ConsultationRow:
    """Return the consultation's row, locked. Every write takes this lock first, so none wait in a ring.

    `changing` is what may be otherwise afterwards, and is read anew; what is only added is told by `said_in`.
    Raises NotKept when there is no such consultation.
    """
    row = session.scalar(_LOCK, {"id": consultation_id})
    if row is None:
        raise NotKept("consultation")
    note_written(session, consultation_id, changing)
    return row


def said_in(transaction: Transaction, consultation_id: str, said: tuple[Message, ...]) -> None:
    """Note what a transaction has said in a consultation that it has locked."""
    changed, before = transaction.info[WRITTEN].get(consultation_id, (BOTH, ()))
    transaction.info[WRITTEN][consultation_id] = changed, (*before, *said)
