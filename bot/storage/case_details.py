"""Case details: what became of name and referral, whether things improved, and when to ring back. No free text."""

from datetime import datetime
from typing import Any

from bot.consultation import OPEN, Actor, IllegalMove
from bot.desk.came_of_it import CameOfIt
from bot.desk.case import CallBackSafe, Case, FollowUp, NameState, ReferralResult
from bot.desk.duty.moving import actors
from bot.desk.ports import NotKept, Person, Role
from bot.storage.case_rows import case_of_row
from bot.storage.queue import QueueShelf
from bot.storage.shelf import locked
from bot.storage.tables import CaseRow


class CaseDetailShelf(QueueShelf):
    """Keeps what is chosen from a list, by those whose it is to say."""

    def note_name(self, case_id: str, worker: Person, state: NameState, now: datetime) -> Case:
        """Keep what became of the child's name, if the worker holds the case, or raise IllegalMove."""
        return self._note(case_id, worker, Actor.HOLDER, now, name_state=state.value)

    def note_referral(self, case_id: str, by: Person, result: ReferralResult, now: datetime) -> Case:
        """Keep what became of the referral, told by the DSL or the desk, or raise IllegalMove."""
        may = Actor.DSL if by.role == Role.DSL else Actor.WORKER
        return self._note(case_id, by, may, now, referral_result=result.value)

    def note_follow_up(self, case_id: str, by: Person, answer: FollowUp, now: datetime) -> Case:
        """Keep whether things have improved, told by the DSL whose consultation it is, or raise IllegalMove."""
        return self._note(case_id, by, Actor.DSL, now, follow_up=answer.value)

    def note_came_of_it(self, case_id: str, by: Person, told: CameOfIt, now: datetime) -> Case:
        """Keep what came of an answer, told by the DSL whose consultation it is, or raise IllegalMove."""
        said = {"early_help_taken": told.taken_up, "meeting": told.meeting}
        values: dict[str, Any] = {name: one.value for name, one in said.items() if one}
        if not values:
            raise IllegalMove("nothing was told")
        if told.meeting:
            values["came"] = list(told.who_came) or None
        return self._note(case_id, by, Actor.DSL, now, **values)

    def ask_call_back(self, case_id: str, by: Person, at: datetime, safe: CallBackSafe, now: datetime) -> Case:
        """Keep when and how the DSL would like to be rung back, or raise IllegalMove."""
        return self._note(case_id, by, Actor.DSL, now, call_back_safe=safe.value, call_back_at=at)

    def _note(self, case_id: str, by: Person, may: Actor, now: datetime, **values: Any) -> Case:
        held = self.case(case_id)
        if held is None:
            raise NotKept("case")
        with self._write() as session:
            consultation = locked(session, held.consultation_id)
            row = session.get_one(CaseRow, case_id)
            case = case_of_row(row)
            if may not in actors(case, by, consultation.person_id) or (may is Actor.HOLDER and case.stage not in OPEN):
                raise IllegalMove("not theirs to say")
            for name, value in values.items():
                setattr(row, name, value)
                if isinstance(value, str):
                    self._append(session, f"case.{name}.{value}", by.id, case_id, now)
            return case_of_row(row)
