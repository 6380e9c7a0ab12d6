"""What is in force in this house: the knowledge base, with the revisions that were approved here."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.commands.records import reading_records
from bot.desk.packs_in_force import PacksInForce
from bot.desk.revisions import Revision


class _NoRevisions:
    """The records of a house that has none yet: nothing was ever approved there."""

    def revisions(self, area: str) -> tuple[Revision, ...]:
        return ()


@contextmanager
def packs_in_force() -> Iterator[PacksInForce]:
    """Yield what is in force here; the knowledge base alone where there are no records yet."""
    with ExitStack() as held, TemporaryDirectory() as cache:
        try:
            records = held.enter_context(reading_records())
        except CannotRun:
            records = _NoRevisions()
        yield PacksInForce(records, KNOWLEDGE_BASE, Path(cache))
