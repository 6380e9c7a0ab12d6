"""A duty worker who holds a case and types identifiers into replies, reasons, advice and what was agreed."""

from datetime import UTC, datetime, timedelta

import httpx
from canary_people import WORKERS, Walk, text_of

from bot.demo import code_at
from evaluation.canary.planting import Planted

type Typing = list[Planted]


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
        """Claim a case, answer in it, put it back, claim it again, say why it could go elsewhere, and answer it."""
        walk, at = self.walk, self.case_at(consultation)
        walk.keep("desk", "worker", self.http.get(at), consultation)
        assert self.http.post(f"{at}/claim").status_code == 303
        for number, some in enumerate(walk.batches(self.area, "reply", 50)):
            text, _ = text_of(some)
            before = len(walk.house.built.records.messages(consultation))
            answer = self.http.post(f"{at}/reply", data={"text": text, "client_id": f"canary-reply-{number}"})
            stored = walk.house.built.records.messages(consultation)[before:]
            assert answer.status_code == 303, f"{answer.status_code}: the reply was not taken"
            walk.note(some, "reply", " ".join(m.utterance.text for m in stored), consultation)
        assert self.http.post(f"{at}/release").status_code == 303
        assert self.http.post(f"{at}/claim").status_code == 303
        why, *outcome = list(walk.batches(self.area, "close", 40))[:4]
        self._pass_on(consultation, at, why)
        self._answer(consultation, at, *outcome)
        walk.keep("desk", "worker", self.http.get(at), consultation)
        walk.keep("queue", "worker", self.http.get("/duty/"))

    def _pass_on(self, consultation: str, at: str, some: Typing) -> None:
        """Offer the case to the other area with a reason, and take it back; then try to type a name for its state."""
        elsewhere = next(area for area in WORKERS if area != self.area)
        reason = {"reason": text_of(some)[0]}
        # The first time nobody is chosen, and the page comes back.
        nobody = self.http.post(f"{at}/transfer", data=reason)
        assert nobody.status_code == 409, nobody.status_code
        offered = self.http.post(f"{at}/transfer", data=reason | {"to_area": elsewhere})
        assert offered.status_code == 303, f"{offered.status_code}: the case was not offered"
        assert self.http.post(f"{at}/recall").status_code == 303
        kept = self.walk.house.built.records.moves_of(consultation)
        self.walk.note(some, "close", " ".join(move.reason for move in kept), consultation)
        name = self.http.post(f"{at}/name", data={"state": text_of(some)[0][:200], "name": text_of(some)[0][:200]})
        assert name.status_code == 422, "what became of a name is never typed"
        self.walk.keep("name", "worker", name)

    def _answer(self, consultation: str, at: str, reason: Typing, advice: Typing, step: Typing) -> None:
        soon = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        outcome = {"level": "no_level", "referral_advised": "no", "reason": text_of(reason)[0]}
        outcome |= {"action_0": text_of(step)[0], "owner_0": "school", "by_0": soon}
        # The first time the advice is missing, and the form comes back.
        left_open = self.http.post(f"{at}/outcome", data=outcome | {"advice": ""})
        assert left_open.status_code == 422, left_open.status_code
        # Then it is read as the DSL will read it, with nothing sent.
        whole = outcome | {"advice": text_of(advice)[0]}
        read = self.http.post(f"{at}/outcome", data=whole)
        assert read.status_code == 200, read.status_code
        done = self.http.post(f"{at}/outcome", data=whole | {"send": "yes"})
        assert done.status_code == 303, f"{done.status_code}: the case was not answered"
        case = self.walk.house.built.records.case_of(consultation)
        kept = ((reason, case.outcome_reason), (advice, case.outcome_advice), (step, case.actions[0].what))
        for some, text in kept:
            self.walk.note(some, "close", text, consultation)
