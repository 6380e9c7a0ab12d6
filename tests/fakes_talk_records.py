"""What was not sent, and marks of references, in memory: a part of `tests.fakes.FakeRecords`."""

from collections.abc import Collection
from datetime import datetime

from bot.consultation import OVER
from bot.desk.talking.records import ReferenceMark, Unsent


class FakeTalkRecords:
    """Keeps them beside the consultations of the fake records."""

    def keep_unsent(
        self, consultation_id: str, text: str, after: int, now: datetime, *, put_back: Collection[str] = ()
    ) -> bool:
        self._refuse_unclean(text, put_back=put_back)
        if self._is_past(consultation_id, after):
            return False
        if self.unsent(consultation_id) is None:
            self.note("unsent.kept", self._of(consultation_id).consultation.person_id, consultation_id, now)
        self._unsent_texts()[consultation_id] = (after, Unsent(str(text), now))
        return True

    def forget_unsent(self, consultation_id: str, now: datetime) -> None:
        consultation = self._of(consultation_id).consultation
        if self._unsent_texts().pop(consultation_id, None):
            self.note("unsent.deleted", consultation.person_id, consultation_id, now)

    def unsent(self, consultation_id: str) -> Unsent | None:
        after, held = self._unsent_texts().get(consultation_id, (0, None))
        return None if held is None or self._is_past(consultation_id, after) else held

    def mark_reference(self, consultation_id: str, mark: ReferenceMark, now: datetime) -> None:
        consultation, held = self._of(consultation_id).consultation, self.reference_mark(consultation_id)
        if held not in (ReferenceMark.KEPT, mark):
            self._reference_marks()[consultation_id] = mark
            self.note(f"reference.{mark.value}", consultation.person_id, consultation_id, now)

    def reference_mark(self, consultation_id: str) -> ReferenceMark | None:
        return self._reference_marks().get(consultation_id)

    def _is_past(self, consultation_id: str, after: int) -> bool:
        kept = self._of(consultation_id)
        said = any(m.number > after and m.utterance.speaker == "dsl" for m in kept.messages)
        return said or kept.consultation.stage in OVER

    def _unsent_texts(self) -> dict[str, tuple[int, Unsent]]:
        return self.__dict__.setdefault("_unsent", {})

    def _reference_marks(self) -> dict[str, ReferenceMark]:
        return self.__dict__.setdefault("_references", {})
