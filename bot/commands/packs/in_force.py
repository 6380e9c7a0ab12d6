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
from bot.knowledge import UnknownArea
from bot.knowledge.draft import FILES, NotADraft


class _NoRevisions:
    """The records of a house that has none yet: nothing was ever approved there."""

    def revisions(self, area: str) -> tuple[Revision, ...]:
        return ()


def area_files_in(folder: Path) -> dict[str, str]:
    """Return those of an area's files that a folder holds, as text by name. Raises CannotRun for what is no text."""
    try:
        return {name: (folder / name).read_text("utf-8") for name in FILES if (folder / name).is_file()}
    except UnicodeDecodeError:
        raise CannotRun(f"a file in {folder} is not text.") from None


@contextmanager
def refusing(area: str) -> Iterator[None]:
    """Turn what is no area, and files that cannot be an area's, into one line for whoever gave the command."""
    try:
        yield
    except UnknownArea:
        raise CannotRun(f"{area} is not called like an area's folder, such as E10000016-kent.") from None
    except NotADraft as refused:
        raise CannotRun(f"{refused}.") from None


@contextmanager
def packs_in_force() -> Iterator[PacksInForce]:
    """Yield what is in force here; the knowledge base alone where there are no records yet."""
    with ExitStack() as held, TemporaryDirectory() as cache:
        try:
            records = held.enter_context(reading_records())
        except CannotRun:
            records = _NoRevisions()
        yield PacksInForce(records, KNOWLEDGE_BASE, Path(cache))
