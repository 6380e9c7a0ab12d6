"""What a house holds of its talks, looked at from outside: its records, and every file that it wrote."""

from pathlib import Path

from sqlalchemy import text

from bot.masters import keys_of
from bot.storage import SqlRecords, make_engine
from evaluation.canary.searching import Content, Needle, folded, found
from evaluation.faults.judging import Kept
from tests.fakes import finds_nothing
from tests.faults_house import Supervised

CANARIES = ("07700 900417", "ME14 9QX", "ada.tamblyn@example.org", "943 476 5919", "Tamblyn")


class Reading(SqlRecords):
    """The records of a house, looked at from outside."""

    def close(self) -> None:
        """Let go of the connections."""
        self.let_go()


def records_of(house: Supervised) -> Reading:
    """Return the records of a house, beside it or after it."""
    settings = house.settings
    engine, keys = make_engine(settings.database_url), keys_of(settings)
    return Reading(engine, pepper=settings.pepper, keys=keys, scan=finds_nothing, new_id=lambda: "")


def kept(records: SqlRecords, consultation: str) -> list[Kept]:
    """Return the messages of a talk, with the ids under which they were sent."""
    wanted = text("SELECT number, speaker, client_id FROM messages WHERE consultation_id = :id ORDER BY number")
    with records._reading.connect() as connection:
        rows = connection.execute(wanted, {"id": consultation}).all()
    # What a duty worker sent is kept under their own id and the page's.
    return [Kept(number, speaker, (sent or "").rsplit(".", 1)[-1]) for number, speaker, sent in rows]


def identifiers(var: Path, read: str) -> tuple[int, int]:
    """Return how many identifiers stand in what the records open to, or in any file, and how many were searched."""
    needles = [Needle(folded(one)) for one in CANARIES]
    files = [file for file in var.rglob("*") if file.is_file() and not file.is_symlink() and file.suffix != ".gz"]
    seen = sum(len(found(needles, Content.of(file.read_bytes()))) for file in files)
    return seen + len(found(needles, Content.of(read))), len(files)
