"""A house without rooms behind it, for the doors: it remembers, redacts two things and follows a script.

Run `python -m tests.fakes_web --port 8080` to look at the doors. Access codes: kent-1, bucks-1. Duty
workers: ann, bob, cat (of Buckinghamshire) and mel (a manager), password `duty`, second factor 123456.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutorRunResult

from bot.consultation import OPEN, OVER, Finding, RawText, RedactedText, Stage
from bot.consultation.reference import NotAReference, make_designation, make_reference, parse_reference
from bot.desk.attempts import LockedOut
from bot.desk.claim import consultation_for
from bot.desk.hearing import Heard, heard
from bot.desk.people import OpenSession
from bot.desk.ports import Button, Case, Consultation, Message, Person, Utterance
from bot.desk.preview import Findable, Preview
from bot.knowledge.errors import UnknownArea
from bot.web.app import create_app
from tests.fakes import FakeRecords
from tests.fakes_duty import (
    ANN,
    BEA,
    BOB,
    CAT,
    DANA,
    MEL,
    NOBODY,
    NOW,
    NUMBERS,
    ROOT,
    WORKERS,
    Bells,
    Remembering,
    make_desk,
    make_records,
    redact,
    say,
    wording,
)
from tests.fakes_staff import make_staff
from tests.fakes_talk import make_talk

__all__ = ["ANN", "BEA", "BOB", "CAT", "DANA", "MEL", "NOW", "ROOT", "FakeHouse", "make_app", "say", "wording"]

POINTING = "the only wheelchair user"
RASA_TOKEN = "rasa-token-for-tests"


@dataclass(frozen=True)
class FakeReceived:
    message: Message | None
    replies: tuple[Message, ...]
    removed: tuple[Finding, ...]
    stage: Stage
    refusal: str | None = None


class Kept:
    """A consultation as the records have it now."""

    def __init__(self, records: FakeRecords, consultation_id: str) -> None:
        self._records, self._id = records, consultation_id

    @property
    def consultation(self) -> Consultation:
        return self._records._kept[self._id].consultation

    @consultation.setter
    def consultation(self, now_it_is: Consultation) -> None:
        self._records._kept[self._id].consultation = now_it_is

    @property
    def messages(self) -> list[Message]:
        return self._records._kept[self._id].messages

    @property
    def case(self) -> Case | None:
        return self._records.case_of(self._id)


class EveryKept(Mapping[str, Kept]):
    """Every consultation by its id, as the records have them now."""

    def __init__(self, records: FakeRecords) -> None:
        self._records = records

    def __getitem__(self, consultation_id: str) -> Kept:
        if consultation_id not in self._records._kept:
            raise KeyError(consultation_id)
        return Kept(self._records, consultation_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records._kept)

    def __len__(self) -> int:
        return len(self._records._kept)


class FakeHouse:
    """What `bot.web.house.House` asks for, in memory."""

    def turn(self, consultation_id):
        return self.records.turn(consultation_id)

    def __init__(self, clock=lambda: NOW) -> None:
        self.clock = clock
        self.records = make_records()
        self.kept: Any = EveryKept(self.records)
        self.bells, self.dialogue = Bells(), Remembering()
        self.duty, self.asking = make_desk(self.records, clock, self.bells, self.dialogue)
        self.staff = make_staff(self.records, self.bells)
        self.talk = make_talk(self.records, self.bells)
        self.said_before: dict[tuple[str, str], FakeReceived] = {}
        self.signed: dict[str, Person] = {}
        self.signed_in = self.stayed = 0
        self.lasts = timedelta(hours=10)
        self.works = {"dialogue": True, "records": True}
        self.falls: Exception | None = None
        self.locked_out = False
        self.shut = False
        self.previewed = 0
        self.activity: list[bool] = []
        self.seen_choices: list[str] = []
        self.actions: list[dict[str, Any]] = []
        self.action_falls: Exception | None = None
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
        worker = WORKERS.get(login)
        right = worker and password.reveal() == "duty" and second_factor == "123456"
        return (worker, self.sign_in(worker)) if right else None

    def _may_try(self, now: datetime) -> None:
        if self.locked_out:
            raise LockedOut(now + timedelta(minutes=15))

    def sign_in(self, person: Person) -> str:
        self.signed_in += 1
        token = f"token-{self.signed_in}-{person.id}"
        self.signed[token] = person
        return token

    async def whoami(self, token: str, now: datetime, *, active: bool = True) -> Person | None:
        self.activity.append(active)
        return self.signed.get(token)

    async def sessions(self, person: Person, token: str, now: datetime) -> tuple[OpenSession, ...]:
        theirs = (held for held, one in reversed(self.signed.items()) if one == person)
        return tuple(OpenSession(NOW, NOW, held == token, NOW + self.lasts) for held in theirs)

    async def stay(self, person: Person, token: str, now: datetime) -> None:
        self.stayed += 1
        self.lasts = timedelta(hours=1)

    async def sign_out(self, token: str) -> None:
        self.signed.pop(token, None)
        self.bells.something_new()

    async def sign_out_everywhere(self, person: Person, now: datetime) -> None:
        self.signed = {token: one for token, one in self.signed.items() if one != person}
        self.bells.something_new()

    # the DSL's side

    async def open(self, person: Person, area: str | None, now: datetime, practice: str = "") -> Consultation:
        if area not in (None, "kent", "buckinghamshire"):
            raise UnknownArea(area)
        consultation = replace(self._new_consultation(person, area, now), practice=practice)
        self.records.open_consultation(consultation)
        self.tells(consultation.id, *OPENING)
        return consultation

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
        consultation = consultation_for(self.records, consultation_id, person)
        if self.falls:
            raise self.falls
        if (consultation.id, client_id) in self.said_before:
            return self.said_before[consultation.id, client_id]
        stage = consultation.stage
        if stage in OVER:
            return FakeReceived(None, (), (), stage, "utter_refused_closed")
        if typed is not None and len(typed) > 10_000:
            return FakeReceived(None, (), (), stage, "utter_refused_too_long")
        if typed is not None:
            text, removed = redact(typed.reveal(), not_names)
        else:
            text, removed = self._title(consultation, choice), ()
        if text is None:
            return FakeReceived(None, (), (), stage, "utter_refused_choice")
        message = self.tells(consultation.id, Utterance("dsl", RedactedText(text)))[0]
        replies = () if consultation.held else self.tells(consultation.id, *self._script(consultation, text.casefold()))
        got = FakeReceived(message, replies, removed, self.kept[consultation.id].consultation.stage)
        self.said_before[consultation.id, client_id] = got
        return got

    async def put_back(self, person, consultation_id, number, typed, said, now) -> FakeReceived:
        consultation = consultation_for(self.records, consultation_id, person)
        stage, stored = consultation.stage, self.records.messages(consultation.id)
        message = next((m for m in stored if (m.number, m.utterance.speaker) == (number, "dsl")), None)
        if message is None or redact(typed.reveal(), said.before)[0] != message.utterance.text:
            return FakeReceived(None, (), (), stage, "utter_refused_put_back")
        text, removed = redact(typed.reveal(), (*said.words, *said.before))
        rewritten = self.records.rewrite_message(consultation.id, number, text, now, "message.put_back")
        return FakeReceived(rewritten, (), removed, stage)

    async def preview(self, person, consultation_id, typed, not_names, now) -> Preview:
        consultation_for(self.records, consultation_id, person)
        self.previewed += 1
        if self.shut:
            return Preview(refusal="utter_refused_not_safe")
        at = typed.reveal().find(POINTING)
        found = (Findable(at, at + len(POINTING), POINTING, "someone with a disability"),) if at >= 0 else ()
        return Preview(redact(typed.reveal(), not_names)[1], found)

    def _title(self, consultation: Consultation, choice: str) -> str | None:
        self.seen_choices.append(choice)
        stored = self.records.messages(consultation.id)
        titles = []
        for one in choice.split(","):
            number, _, place = one.partition(".")
            if number in ("q", "i"):
                titles.append(f"Change: {place}")
                continue
            said = next((m.utterance for m in stored if m.number == int(number)), Utterance("service"))
            if place.startswith("r") and said.card:
                titles.append(f"Change: {said.card['rows'][int(place[1:])]['label']}")
            elif not place.startswith("r") and int(place) < len(said.buttons):
                titles.append(said.buttons[int(place)].title)
            else:
                return None
        return "; ".join(titles)

    def _script(self, consultation: Consultation, text: str) -> list[Utterance]:
        if "person" in text or "higher" in text:
            self.hands_over(consultation.id)
            return HANDED_OVER
        if text == "kent":
            self.records.set_area(consultation.id, "kent", self.clock())
        return next(said for heard, said in ANSWERS if re.search(heard, text))

    def hands_over(self, consultation_id: str, **values: Any) -> Case:
        """Put a consultation in Kent's queue, as the assistant does."""
        now = self.clock()
        told = {
            "urgency": "amber",
            "reason": "utter_desk_reason_disagrees",
            "goes_home": "today",
            "goes_home_time": "15:30",
            "dsl_view": "higher",
            "dsl_reason": "He is thinner than in September.",
            "handed_over_at": now,
            "due_at": now + timedelta(hours=4),
        }
        case = Case(
            id="-".join(["case", consultation_id, *("again" for _ in self.records.cases_of(consultation_id))]),
            consultation_id=consultation_id,
            designation=self.kept[consultation_id].consultation.designation,
            area="kent",
            stage=Stage.WAITING,
            **(told | values),
        )
        there = self.records.hand_over(case)
        self.bells.something_new()
        return there

    async def conversation(self, person: Person, consultation_id: str, after: int = 0):
        return self.records.messages(consultation_for(self.records, consultation_id, person).id, after)

    async def find(self, person: Person, reference: str, now: datetime) -> Consultation | None:
        self._may_try(now)
        try:
            found = self.records.consultation_by_reference(parse_reference(reference))
        except NotAReference:
            return None
        return found if found and found.person_id == person.id else None

    async def consultation(self, person: Person, consultation_id: str) -> Consultation:
        return consultation_for(self.records, consultation_id, person)

    async def case_of(self, person: Person, consultation_id: str) -> Case | None:
        return self.records.case_of(consultation_for(self.records, consultation_id, person).id)

    async def who_has(self, person: Person, consultation_id: str) -> tuple[Consultation, Case | None]:
        found = consultation_for(self.records, consultation_id, person)
        return found, self.records.listed_case_of(found.id) if found.stage in OPEN else None

    # everybody

    def emergency(self, area: str | None) -> dict[str, Any]:
        return NUMBERS.get(area or "", NOBODY)

    async def run_action(self, call: dict[str, Any]) -> ActionExecutorRunResult:
        self.actions.append(call)
        if self.action_falls:
            raise self.action_falls
        return ActionExecutorRunResult(events=[], responses=[{"text": "done"}])

    async def hear(self, message: str) -> Heard:
        return heard(message, lambda text: {"thank": 0.8, "greet": 0.2})

    def looks(self) -> dict[str, Any]:
        return {name: lambda works=works: works for name, works in self.works.items()}

    def followed(self, *about: str):
        return self.bells.followed(*about)

    def tells(self, consultation_id: str, *said: Utterance) -> tuple[Message, ...]:
        """Let somebody say something."""
        told = self.records.add_outgoing(consultation_id, said, self.clock(), unless_held=False)
        self.bells.something_new()
        return told


def _utterance(entry: dict[str, Any]) -> Utterance:
    buttons = tuple(Button(**button) for button in entry.get("buttons", ()))
    return Utterance(entry["speaker"], entry.get("text", ""), buttons, entry.get("card"))


_SCRIPT = yaml.load((ROOT / "tests/unit/web/script.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
OPENING = tuple(_utterance(entry) for entry in _SCRIPT["opening"])
HANDED_OVER = [_utterance(entry) for entry in _SCRIPT["handed_over"]]
ANSWERS = [(entry["heard"], [_utterance(said) for said in entry["said"]]) for entry in _SCRIPT["answers"]]


def make_app(house: FakeHouse, base_url: str = "http://testserver", **given):
    """Return the whole web app around a fake house."""
    return create_app(house, say, clock=house.clock, base_url=base_url, rasa_token=RASA_TOKEN, **given)


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
