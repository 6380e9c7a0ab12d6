"""A house without rooms behind it, for the doors: it remembers, redacts two things and follows a script.

Run `python -m tests.fakes_web --port 8080` to look at the doors. Access codes: kent-1, bucks-1. Duty
workers: ann and bob, password `duty`, second factor 123456.
"""

import argparse
import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutorRunResult

from bot.consultation import Finding, Level, Neutral, RawText, RedactedText, Stage
from bot.consultation.reference import NotAReference, make_designation, make_reference, parse_reference
from bot.desk.answer import NothingSaid, NotYourCase
from bot.desk.attempts import LockedOut
from bot.desk.claim import NoSuchCase
from bot.desk.close import OutcomeIncomplete
from bot.desk.hearing import Heard, heard
from bot.desk.ports import Button, Case, Consultation, Message, NotKept, Person, Utterance
from bot.desk.preview import Findable, Preview
from bot.knowledge.errors import UnknownArea
from bot.web.app import create_app

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
POINTING = "the only wheelchair user"
RASA_TOKEN = "rasa-token-for-tests"

DANA = Person("dsl-1", "dsl", "Dana Okoro", "kent", "Elm Road Primary")
BEA = Person("dsl-2", "dsl", "Bea Flint", "buckinghamshire", "Chiltern High")
ANN = Person("worker-1", "duty_worker", "Ann Field", "kent")
BOB = Person("worker-2", "duty_worker", "Bob Lee", "kent")

LEVELS = tuple(
    Level(str(rank), name, rank, (Neutral(rank),))
    for rank, name in enumerate(("Universal", "Additional", "Intensive", "Specialist"), start=1)
)
NUMBERS = {
    "kent": {
        "in_danger": "999",
        "front_door": {
            "label": "Kent front door",
            "value": "03000 411111",
            "hours": "Monday to Friday, 8:30am to 5pm",
            "checked": date(2026, 11, 2),
        },
        "out_of_hours": {
            "label": "Out of hours in Kent",
            "value": "03000 419191",
            "hours": "",
            "checked": date(2026, 11, 2),
        },
    }
}
_NOBODY = {"in_danger": "999", "front_door": None, "out_of_hours": None}


def wording(root: Path = ROOT) -> dict[str, str]:
    """Return the sentences that the doors can say, by name."""
    said: dict[str, str] = {}
    for name in ("doors", "refusals", "desk", "editing"):
        file = root / "nlu_data" / "responses" / f"{name}.yml"
        if file.exists():
            entries = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
            said |= {key: variants[0].get("text", "") for key, variants in entries.items()}
    return said


_SAID = wording()


def say(name: str, /, **values: object) -> str:
    """Return a sentence with its blanks filled; a name or a blank that is missing raises KeyError."""
    return re.sub(r"\{([a-z_]+)\}", lambda blank: str(values[blank[1]]), _SAID[name])


@dataclass(frozen=True)
class FakeReceived:
    message: Message | None
    replies: tuple[Message, ...]
    removed: tuple[Finding, ...]
    stage: Stage
    refusal: str | None = None


@dataclass
class Kept:
    """A consultation with its messages and its case."""

    consultation: Consultation
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, FakeReceived] = field(default_factory=dict)
    case: Case | None = None


def redact(typed: str, not_names: Sequence[str] = ()) -> tuple[str, tuple[Finding, ...]]:
    """Take out Sharon, Zumbatron and long numbers, which is all that a fake has to know."""
    findings: list[Finding] = []

    def gone(found: re.Match[str]) -> str:
        if found[0] in not_names:
            return found[0]
        word = {"Sharon": ("NAME", "[parent 1]"), "Zumbatron": ("OTHER", "[word]")}
        kind, shown = word.get(found[0], ("PHONE", "[phone]"))
        findings.append(Finding(*found.span(), kind, shown))
        return shown

    return re.sub(r"Sharon|Zumbatron|\d{9,}", gone, typed), tuple(findings)


class FakeHouse:
    """What `bot.web.house.House` asks for, in memory."""

    def __init__(self, clock=lambda: NOW) -> None:
        self.clock = clock
        self.kept: dict[str, Kept] = {}
        self.sessions: dict[str, Person] = {}
        self.signed_in = 0
        self.works = {"dialogue": True, "records": True}
        self.falls: Exception | None = None
        self.locked_out = False
        self.shut = False
        self.previewed = 0
        self.activity: list[bool] = []
        self.seen_choices: list[str] = []
        self.actions: list[dict[str, Any]] = []
        self.action_falls: Exception | None = None
        self._bells: set[asyncio.Event] = set()
        self._minted = 0

    # people

    async def without_identifiers(self, typed: RawText) -> str:
        return redact(typed.reveal())[0]

    async def sign_in_dsl(self, code: RawText, now: datetime, *, client: str):
        self._may_try(now)
        person = {"kent-1": DANA, "bucks-1": BEA}.get(code.reveal())
        return (person, self.sign_in(person)) if person else None

    async def sign_in_worker(self, login: str, password: RawText, second_factor: str, now, *, client: str):
        self._may_try(now)
        worker = {"ann": ANN, "bob": BOB}.get(login)
        right = worker and password.reveal() == "duty" and second_factor == "123456"
        return (worker, self.sign_in(worker)) if right else None

    def _may_try(self, now: datetime) -> None:
        if self.locked_out:
            raise LockedOut(now + timedelta(minutes=15))

    def sign_in(self, person: Person) -> str:
        self.signed_in += 1
        token = f"token-{self.signed_in}-{person.id}"
        self.sessions[token] = person
        return token

    async def whoami(self, token: str, now: datetime, *, active: bool = True) -> Person | None:
        self.activity.append(active)
        return self.sessions.get(token)

    async def sign_out(self, token: str) -> None:
        self.sessions.pop(token, None)
        self._ring()

    # the DSL's side

    async def open(self, person: Person, area: str | None, now: datetime, practice: str = "") -> Consultation:
        if area not in (None, "kent", "buckinghamshire"):
            raise UnknownArea(area)
        kept = Kept(replace(self._new_consultation(person, area, now), practice=practice))
        self.kept[kept.consultation.id] = kept
        self._tell(kept, *OPENING)
        return kept.consultation

    def _new_consultation(self, person: Person, area: str | None, now: datetime) -> Consultation:
        self._minted += 1
        drawn = iter(range(self._minted * 7, 10_000, 11))

        def below(top: int) -> int:
            return next(drawn) % top

        return Consultation(
            id=f"c{self._minted:04d}",
            reference=make_reference(below),
            designation=make_designation(below),
            person_id=person.id,
            school=person.school,
            school_area=person.area,
            area=area,
            stage=Stage.WITH_ASSISTANT,
            opened_at=now,
        )

    async def receive(self, person, consultation_id, client_id, typed, choice, now, not_names=()) -> FakeReceived:
        kept = self._open(person, consultation_id)
        if self.falls:
            raise self.falls
        if client_id in kept.answers:
            return kept.answers[client_id]
        stage = kept.consultation.stage
        if typed is not None and len(typed) > 10_000:
            return FakeReceived(None, (), (), stage, "utter_refused_too_long")
        text, removed = redact(typed.reveal(), not_names) if typed is not None else (self._title(kept, choice), ())
        if text is None:
            return FakeReceived(None, (), (), stage, "utter_refused_choice")
        message = self._tell(kept, Utterance("dsl", RedactedText(text)))[0]
        held = stage in (Stage.CLAIMED, Stage.CLOSED)
        replies = () if held else self._tell(kept, *self._script(kept, text.casefold()))
        kept.answers[client_id] = FakeReceived(message, replies, removed, kept.consultation.stage)
        return kept.answers[client_id]

    async def put_back(self, person, consultation_id, number, typed, said, now) -> FakeReceived:
        kept = self._open(person, consultation_id)
        stage = kept.consultation.stage
        message = next((m for m in kept.messages if (m.number, m.utterance.speaker) == (number, "dsl")), None)
        if message is None or redact(typed.reveal(), said.before)[0] != message.utterance.text:
            return FakeReceived(None, (), (), stage, "utter_refused_put_back")
        text, removed = redact(typed.reveal(), (*said.words, *said.before))
        rewritten = replace(message, utterance=Utterance("dsl", RedactedText(text)))
        kept.messages[number - 1] = rewritten
        return FakeReceived(rewritten, (), removed, stage)

    async def preview(self, person, consultation_id, typed, not_names, now) -> Preview:
        self._open(person, consultation_id)
        self.previewed += 1
        if self.shut:
            return Preview(refusal="utter_refused_not_safe")
        at = typed.reveal().find(POINTING)
        found = (Findable(at, at + len(POINTING), POINTING, "someone with a disability"),) if at >= 0 else ()
        return Preview(redact(typed.reveal(), not_names)[1], found)

    def _title(self, kept: Kept, choice: str) -> str | None:
        self.seen_choices.append(choice)
        titles = []
        for one in choice.split(","):
            number, _, place = one.partition(".")
            said = next((m.utterance for m in kept.messages if m.number == int(number)), Utterance("service"))
            if place.startswith("r") and said.card:
                titles.append(f"Change: {said.card['rows'][int(place[1:])]['label']}")
            elif not place.startswith("r") and int(place) < len(said.buttons):
                titles.append(said.buttons[int(place)].title)
            else:
                return None
        return "; ".join(titles)

    def _script(self, kept: Kept, text: str) -> list[Utterance]:
        if "person" in text or "higher" in text:
            return self._hand_over(kept)
        if text == "kent":
            kept.consultation = replace(kept.consultation, area="kent")
        return next(said for heard, said in ANSWERS if re.search(heard, text))

    def _hand_over(self, kept: Kept) -> list[Utterance]:
        now = self.clock()
        kept.consultation = replace(kept.consultation, stage=Stage.WAITING)
        kept.case = kept.case or Case(
            id=f"case-{kept.consultation.id}",
            consultation_id=kept.consultation.id,
            designation=kept.consultation.designation,
            area="kent",
            urgency="amber",
            reason="utter_desk_reason_disagrees",
            goes_home="today",
            goes_home_time="15:30",
            dsl_view="higher",
            dsl_reason="He is thinner than in September.",
            handed_over_at=now,
            due_at=now + timedelta(hours=4),
            stage=Stage.WAITING,
        )
        return HANDED_OVER

    async def conversation(self, person: Person, consultation_id: str, after: int = 0):
        return tuple(m for m in self._open(person, consultation_id).messages if m.number > after)

    async def find(self, person: Person, reference: str) -> Consultation | None:
        try:
            wanted = parse_reference(reference)
        except NotAReference:
            return None
        mine = (k.consultation for k in self.kept.values() if k.consultation.person_id == person.id)
        return next((c for c in mine if c.reference == wanted), None)

    async def consultation(self, person: Person, consultation_id: str) -> Consultation:
        return self._open(person, consultation_id).consultation

    async def case_of(self, person: Person, consultation_id: str) -> Case | None:
        return self._open(person, consultation_id).case

    def _open(self, person: Person, consultation_id: str) -> Kept:
        kept = self.kept.get(consultation_id)
        is_theirs = kept and person.id == kept.consultation.person_id
        is_desks = kept and kept.case and person.role == "duty_worker" and person.area == kept.case.area
        if not (is_theirs or is_desks):
            raise NotKept
        return kept

    # the duty worker's side

    async def queue(self, worker: Person) -> tuple[Case, ...]:
        cases = [k.case for k in self.kept.values() if k.case and k.case.stage is not Stage.CLOSED]
        rank = ("red", "amber", "green").index
        mine = (case for case in cases if case.area == worker.area)
        return tuple(sorted(mine, key=lambda case: (rank(case.urgency), case.handed_over_at)))

    async def brief(self, worker: Person, case_id: str) -> SimpleNamespace:
        kept = self._case(worker, case_id)
        sections = (
            ("What was told", ("Age: 8 or 9", "Told: often hungry, or hides food", "Injury or mark: none")),
            ("What the assistant made of it", ("Kent, level 3: Intensive.", "Next nearest: level 2")),
            ("Not known", ("Growth and weight", "Whether the baby is affected")),
        )
        return SimpleNamespace(case=kept.case, sections=sections, messages=tuple(kept.messages))

    async def case(self, worker: Person, case_id: str) -> Case:
        return self._case(worker, case_id).case

    async def claim(self, worker: Person, case_id: str, now: datetime) -> Case:
        kept = self._case(worker, case_id)
        if kept.case.claimed_by is None:
            held = {"claimed_by": worker.id, "claimed_by_name": worker.name, "claimed_at": now}
            self._move(kept, Stage.CLAIMED, **held)
            self._tell(kept, Utterance("service", "A duty social worker has joined."))
        return kept.case

    async def release(self, worker: Person, case_id: str, now: datetime) -> Case:
        kept = self._case(worker, case_id)
        self._held_by(kept, worker)
        self._move(kept, Stage.WAITING, claimed_by=None, claimed_by_name=None, claimed_at=None)
        return kept.case

    async def reply(self, worker: Person, case_id: str, typed: RawText, now: datetime) -> Message:
        kept = self._case(worker, case_id)
        self._held_by(kept, worker)
        if not typed.reveal().strip():
            raise NothingSaid
        return self._tell(kept, Utterance("duty_worker", RedactedText(redact(typed.reveal())[0])))[0]

    async def close(self, worker: Person, case_id: str, outcome: dict[str, Any], now: datetime) -> Case:
        kept = self._case(worker, case_id)
        self._held_by(kept, worker)
        given = {
            "level": outcome["level"].strip(),
            "reason": outcome["reason"].reveal().strip(),
            "advice": outcome["advice"].reveal().strip(),
            "referral": outcome["referral_advised"] is not None,
        }
        if missing := tuple(f"utter_desk_needs_{part}" for part, there in given.items() if not there):
            raise OutcomeIncomplete(missing)
        self._tell(kept, closing_words(given["reason"], given["advice"]))
        self._move(
            kept,
            Stage.CLOSED,
            closed_at=now,
            outcome_level=given["level"],
            outcome_reason=given["reason"],
            outcome_advice=given["advice"],
            referral_advised=outcome["referral_advised"],
        )
        return kept.case

    def levels(self, area: str) -> tuple[Level, ...]:
        return LEVELS

    def _case(self, worker: Person, case_id: str) -> Kept:
        for kept in self.kept.values():
            if kept.case and kept.case.id == case_id and kept.case.area == worker.area:
                return kept
        raise NoSuchCase

    def _held_by(self, kept: Kept, worker: Person) -> None:
        if kept.case.claimed_by != worker.id:
            raise NotYourCase

    def _move(self, kept: Kept, stage: Stage, **changes: Any) -> None:
        kept.case = replace(kept.case, stage=stage, **changes)
        kept.consultation = replace(kept.consultation, stage=stage)
        self._ring()

    # everybody

    def emergency(self, area: str | None) -> dict[str, Any]:
        return NUMBERS.get(area or "", _NOBODY)

    async def run_action(self, call: dict[str, Any]) -> ActionExecutorRunResult:
        self.actions.append(call)
        if self.action_falls:
            raise self.action_falls
        return ActionExecutorRunResult(events=[], responses=[{"text": "done"}])

    async def hear(self, message: str) -> Heard:
        return heard(message, lambda text: {"thank": 0.8, "greet": 0.2})

    async def healthy(self) -> dict[str, bool]:
        return self.works

    async def changes(self, consultation_id: str | None, after: int) -> None:
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            await bell.wait()
        finally:
            self._bells.discard(bell)

    def _tell(self, kept: Kept, *said: Utterance) -> tuple[Message, ...]:
        first = len(kept.messages) + 1
        told = tuple(Message(first + place, self.clock(), one) for place, one in enumerate(said))
        kept.messages += told
        self._ring()
        return told

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()


def _utterance(entry: dict[str, Any]) -> Utterance:
    buttons = tuple(Button(**button) for button in entry.get("buttons", ()))
    return Utterance(entry["speaker"], entry.get("text", ""), buttons, entry.get("card"))


_SCRIPT = yaml.safe_load((ROOT / "tests/unit/web/script.yml").read_text(encoding="utf-8"))
OPENING = tuple(_utterance(entry) for entry in _SCRIPT["opening"])
HANDED_OVER = [_utterance(entry) for entry in _SCRIPT["handed_over"]]
ANSWERS = [(entry["heard"], [_utterance(said) for said in entry["said"]]) for entry in _SCRIPT["answers"]]


def closing_words(reason: str, advice: str) -> Utterance:
    """Return what the DSL reads when a case is closed."""
    sections = [
        {"heading": "Why", "items": [{"text": reason, "source": None, "url": None}]},
        {"heading": "What to do", "items": [{"text": advice, "source": None, "url": None}]},
    ]
    title = "Closed by a duty social worker"
    card = {"kind": "sections", "title": title, "lead": None, "sections": sections, "copy": None}
    return Utterance("service", card=card)


def make_app(house: FakeHouse, base_url: str = "http://testserver"):
    """Return the whole web app around a fake house."""
    return create_app(house, say, clock=house.clock, base_url=base_url, rasa_token=RASA_TOKEN)


def main() -> None:
    """Serve the doors with a fake house behind them."""
    from bot.web.serve import server

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8080)
    port = parser.parse_args().port
    house = FakeHouse(lambda: datetime.now(UTC))
    app = make_app(house, f"http://127.0.0.1:{port}")
    asyncio.run(server(app, "127.0.0.1", port).serve())


if __name__ == "__main__":
    main()
