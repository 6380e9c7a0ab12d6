"""What the desk needs of the records to know a child again: a part of `bot.desk.ports.Records`."""

from datetime import datetime
from typing import Protocol


class MarkRecords(Protocol):
    """Where the marks of children are kept. A mark is a keyed hash of a school and an alias of its own.

    Aliases come in as `bot.desk.alias` writes them and end here: no error tells one and none is kept.
    """

    def mark_child(self, consultation_id: str, alias: str, now: datetime) -> None:
        """Keep the mark of the child a consultation is about, in place of an earlier one. Raises NotKept."""

    def unmark_child(self, consultation_id: str, now: datetime) -> None:
        """Forget it. Nothing happens if there is none."""

    def is_marked(self, consultation_id: str, alias: str) -> bool:
        """Say whether it is this alias by which the child of a consultation is marked."""

    def of_the_same_child(self, consultation_id: str, since: datetime) -> tuple[str, ...]:
        """Return the consultations of the same mark that were opened before this one, the oldest first.

        Those opened before `since`, and practice, are left out.
        """
