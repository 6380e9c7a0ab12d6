"""A talk beside its words, for fakes: records in memory, and a desk that knows the questions and no knowledge."""

from types import SimpleNamespace
from typing import Any

import yaml

from bot.desk.talking.desk import TalkDesk
from bot.desk.talking.following import Following
from bot.desk.talking.understood import Row, Understood
from tests.fakes_duty import ROOT, Bells, redact

_QUESTIONS = yaml.safe_load((ROOT / "knowledge_base/national/england/questions.yml").read_text("utf-8"))["questions"]


class FakeTalk(TalkDesk):
    """Tells the steps by the real questions; what is understood is `UNDERSTOOD`, with what was taken out."""

    def understood(self, dsl, consultation_id) -> Understood:
        self._own(dsl, consultation_id)
        said = self.counsel.records.messages(consultation_id)
        hungry = any("hungry" in m.utterance.text for m in said if m.utterance.speaker == "dsl")
        return UNDERSTOOD if hungry else Understood(child=UNDERSTOOD.child[1:])

    async def keep_unsent(self, dsl, consultation_id, typed, after, not_names, now) -> bool:
        own = self._own(dsl, consultation_id)
        if not len(typed):
            self.counsel.records.forget_unsent(own.id, now)
            return False
        return self.counsel.records.keep_unsent(own.id, redact(typed.reveal(), not_names)[0], after, now)


UNDERSTOOD = Understood(
    child=(Row("Child's council", "Kent", change="q.child_area"), Row("Age", "Not asked yet")),
    worries=(Row("You told me", "hungry at school", ("always hungry",), "i.hungry"),),
    answers=(Row("In danger now", "No", change="q.in_danger"),),
    unsure=(Row("Goes home or meets the person", "Not sure", change="q.goes_home"),),
    removed=("[parent 1]",),
)


def make_talk(records: Any, bells: Bells) -> FakeTalk:
    """Return the desk of the talks in these records."""
    national = SimpleNamespace(questions=_QUESTIONS)
    counsel = SimpleNamespace(records=records, national=national, pack=lambda slots: None)
    return FakeTalk(counsel, None, None, Following(records, "We start again."), bells)
