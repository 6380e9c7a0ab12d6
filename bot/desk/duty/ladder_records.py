"""What the ladder needs of the place where disagreements and good practice are kept."""

from typing import Protocol

from bot.desk.duty.ladder import Disagreement, GoodPractice, LadderMove


class LadderRecords(Protocol):
    """Where disagreements are kept. Each method is one transaction, each change a line of the audit chain within it.

    A store may refuse a text that it does not trust (UncleanWrite). What is not there raises NotKept.
    """

    def open_disagreement(self, disagreement: Disagreement) -> Disagreement:
        """Keep a new disagreement. If one of the consultation is open already, return that."""
    def move_disagreement(self, disagreement_id: str, move: LadderMove) -> Disagreement:
        """Answer a stage, move up or end it, by `bot.desk.duty.ladder.moved`, and return it as it then stands.

        Raises what that raises; nothing has changed then.
        """
    def disagreement(self, disagreement_id: str) -> Disagreement | None: ...
    def disagreements_of(self, consultation_id: str) -> tuple[Disagreement, ...]:
        """Return the disagreements of a consultation, oldest first."""
    def open_disagreements(self, area: str) -> tuple[Disagreement, ...]:
        """Return those of an area that nothing has come of yet, oldest first."""
    def keep_good_practice(self, practice: GoodPractice) -> None: ...
    def good_practice(self, area: str) -> tuple[GoodPractice, ...]:
        """Return what went well in an area, the newest first."""
