"""A duty worker who holds a case and types identifiers into replies, the reason and the advice."""

from datetime import UTC, datetime

import httpx
from canary_people import WORKERS, Walk, text_of

from bot.demo import code_at


class WorkerOf:
    """A duty worker with a session."""

    def __init__(self, walk: Walk, area: str) -> None:
        self.walk, self.area = walk, area
        house = walk.house
        worker = next(w for w in house.demo["workers"] if w["login"] == WORKERS[area])
        self.http = httpx.Client(base_url=house.url, headers={"Origin": house.url}, timeout=60)
        fields = {name: worker[name] for name in ("login", "password")}
        fields["second_factor"] = code_at(worker["totp_secret"], datetime.now(UTC))
        assert self.http.post("/duty/sign-in", data=fields).status_code == 303, "the worker is let in"

    def case_at(self, consultation: str) -> str:
        """Return where the case of a consultation is."""
        case = self.walk.house.built.records.case_of(consultation)
        assert case is not None, "the consultation was handed over"
        return f"/duty/cases/{case.id}"

    def hold(self, consultation: str) -> None:
        """Claim a case, answer in it, put it back, claim it again and close it."""
        walk, at = self.walk, self.case_at(consultation)
        walk.keep("desk", "worker", self.http.get(at), consultation)
        assert self.http.post(f"{at}/claim").status_code == 303
        for some in walk.batches(self.area, "reply", 50):
            text, _ = text_of(some)
            before = len(walk.house.built.records.messages(consultation))
            answer = self.http.post(f"{at}/reply", data={"text": text})
            stored = walk.house.built.records.messages(consultation)[before:]
            assert answer.status_code == 303, f"{answer.status_code}: the reply was not taken"
            walk.note(some, "reply", " ".join(m.utterance.text for m in stored), consultation)
        assert self.http.post(f"{at}/release").status_code == 303
        assert self.http.post(f"{at}/claim").status_code == 303
        self._close(consultation, at)
        walk.keep("desk", "worker", self.http.get(at), consultation)
        walk.keep("queue", "worker", self.http.get("/duty/"))

    def _close(self, consultation: str, at: str) -> None:
        reason, advice = list(self.walk.batches(self.area, "close", 60))[:2]
        outcome = {"level": "no_level", "referral_advised": "no", "reason": text_of(reason)[0]}
        # The first time the advice is missing, and the form comes back.
        left_open = self.http.post(f"{at}/close", data=outcome | {"advice": ""})
        assert left_open.status_code == 422, left_open.status_code
        done = self.http.post(f"{at}/close", data=outcome | {"advice": text_of(advice)[0]})
        assert done.status_code == 303, f"{done.status_code}: the case was not closed"
        case = self.walk.house.built.records.case_of(consultation)
        for some, kept in ((reason, case.outcome_reason), (advice, case.outcome_advice)):
            self.walk.note(some, "close", kept, consultation)
