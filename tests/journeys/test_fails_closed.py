"""Whatever breaks behind the door, nothing raw gets past it: one table of faults, each carrying what was typed.

The whole house in this process, without Rasa: a DSL types, a duty worker writes and answers, with a fault in
one place. Nothing of it may be in any answer, log line or byte; buttons work, 999 and a number to ring are shown.
"""

import asyncio
import json
import logging
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import demo, name_model, redactor, several_wiring, wiring
from bot.anonymiser import Anonymiser, InTime, Memory
from bot.anonymiser import anonymiser as room
from bot.desk.ports import Button, DialogueUnavailable, Utterance
from bot.dialogue.model import model_file
from bot.masters import keys_of
from bot.settings import load_settings
from bot.storage import messages, migrate, queue
from tests.factories import make_case
from tests.running_house import opens_once

CANARY = "Zebedina"
TYPED = f"mum {CANARY} Quillfeather of 42 Zyxander Close said he is always hungry"
RAW = (CANARY, "Quillfeather", "Zyxander")
REPLY = {"text": TYPED, "client_id": "reply-id-1"}
REFUSED, UNCLEAN, UNSAID, FELL = "refused", "unclean", "stored, unanswered", "fell"


def outcome_of(advice: str) -> dict[str, str]:
    """Return an outcome with nothing left out, with what was typed in it wherever somebody could type it."""
    soon = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    agreed = {"action_0": TYPED, "owner_0": "school", "by_0": soon}
    return {"level": "3", "reason": TYPED, "advice": advice, "referral_advised": "no", **agreed}


class Fault(Exception):
    """A careless library's exception: it quotes what it was given."""


def breaks(*given: Any, **named: Any) -> Any:
    raise Fault(f"{TYPED}: {given!r} {named!r}")


def takes_for_ever(*given: Any, **named: Any) -> Any:
    time.sleep(1.5)
    return Anonymiser.redact(*given, **named)


class Assistant:
    """Rasa's place: asks one question. With `fault` it raises that instead."""

    fault: Exception | None = None

    def __init__(self, *_: Any) -> None:
        """Take whatever a client takes."""

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        if self.fault is not None:
            raise self.fault
        return (Utterance("assistant", "Is the child in danger?", (Button("No", '/answer{"in_danger":"no"}'),)),)

    async def is_healthy(self) -> bool:
        return True

    async def close(self) -> None:
        """Let go of nothing."""


@dataclass(frozen=True)
class Place:
    """Where a fault is put, when, and what then comes of a typed message."""

    put: Callable[[pytest.MonkeyPatch, wiring.Built | None], Any]
    outcome: str = REFUSED
    failing: bool = True  # whether /readyz is to name the anonymiser
    before_building: bool = False
    is_rasas: bool = False


def _set(owner: Any, name: str, value: Any = breaks) -> Callable[[pytest.MonkeyPatch, Any], Any]:
    return lambda patch, built: patch.setattr(owner, name, value)


def _odds(patch: pytest.MonkeyPatch, built: Any) -> None:
    held = built.house.anonymiser._anonymiser._held
    patch.setattr(held, "_name_odds", breaks)


def _late(patch: pytest.MonkeyPatch, built: Any) -> None:
    patch.setattr(built.house.anonymiser, "_seconds", 0.3)
    patch.setattr(redactor.Redactor, "redact", lambda self, *g, **n: takes_for_ever(self._standing(), *g, **n))


def _write(patch: pytest.MonkeyPatch, built: Any) -> None:
    for module in (messages, queue):
        patch.setattr(module, "say", breaks)


PLACES = {
    "no model": Place(_set(name_model, "load"), before_building=True),
    "another model": Place(
        lambda patch, _: patch.setitem(name_model.rampart.DIGESTS, "tokenizer.json", "0" * 64), before_building=True
    ),
    "no lists": Place(_set(room, "_lists"), before_building=True),
    "no vocabulary": Place(_set(redactor, "reading_vocabulary"), before_building=True),
    "odds": Place(_odds),
    "cleaning": Place(_set(room, "Draft")),
    "numbers": Place(_set(room, "STRUCTURED", (breaks,))),
    "names": Place(_set(room, "NAMES", (breaks,))),
    "growth": Place(_set(room, "runs")),
    "roles": Place(_set(room, "placeholder")),
    "memory": Place(_set(Memory, "recall")),
    "settling": Place(_set(room, "settle")),
    "closed vocabulary": Place(_set(room, "unknown_words")),
    "time": Place(_late),
    "a second scan that breaks": Place(_set(Anonymiser, "second_scan")),
    "a second scan that finds": Place(
        _set(Anonymiser, "second_scan", lambda *_: ("found",)), outcome=UNCLEAN, failing=False
    ),
    "the write": Place(_write, outcome=FELL, failing=False),
    "Rasa is silent": Place(
        _set(Assistant, "fault", DialogueUnavailable(TYPED)), outcome=UNSAID, failing=False, is_rasas=True
    ),
    "Rasa breaks": Place(_set(Assistant, "fault", Fault(TYPED)), outcome=FELL, failing=False, is_rasas=True),
}  # fmt: skip


class Everything(logging.Handler):
    """Every line of every log, with every exception in full."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(exc_text)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Visit:
    """The house in this process, a DSL and a duty worker at its doors, and all that came back."""

    def __init__(self, var: Path, patch: pytest.MonkeyPatch, place: Place) -> None:
        patch.setattr(several_wiring, "RasaClient", Assistant)
        self.settings = load_settings({"NONAME_VAR": str(var)})
        self.settings.models.mkdir()
        with tarfile.open(model_file(self.settings), "w:gz") as packed:  # nobody trains one here
            packed.add(wiring.__file__)
        if place.before_building:
            place.put(patch, None)
        opens_once()
        self.built = wiring.build(self.settings)
        self.made = json.loads(self.settings.demo_file.read_text(encoding="utf-8"))
        self.answers: list[str] = []
        transport = httpx.ASGITransport(self.built.app, raise_app_exceptions=False)
        base = self.settings.public_url
        self._http = httpx.AsyncClient(transport=transport, base_url=base, headers={"Origin": base})

    async def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        answer = await self._http.request(method, path, **given)
        self.answers.append(f"{answer.headers} {answer.text}")
        return answer

    async def as_dsl(self) -> str:
        code = next(school["code"] for school in self.made["schools"] if school["area"] == "kent")
        assert (await self.ask("POST", "/api/session", json={"code": code})).status_code == 201
        return await self.opens()

    async def opens(self) -> str:
        return (await self.ask("POST", "/api/consultations", json={"area": "kent"})).json()["id"]

    async def says(self, consultation: str, number: int, **said: str) -> httpx.Response:
        body = {"client_message_id": f"message-{number}", **said}
        return await self.ask("POST", f"/api/consultations/{consultation}/messages", json=body)

    async def as_worker(self, consultation: str) -> str:
        worker = next(w for w in self.made["workers"] if w["login"] == "duty.kent")
        fields = {name: worker[name] for name in ("login", "password")}
        fields["second_factor"] = demo.code_at(worker["totp_secret"], datetime.now(UTC))
        assert (await self.ask("POST", "/duty/sign-in", data=fields)).status_code == 303
        case = self.built.records.hand_over(make_case(consultation_id=consultation))
        assert (await self.ask("POST", f"/duty/cases/{case.id}/claim")).status_code == 303
        return f"/duty/cases/{case.id}"

    async def close(self) -> None:
        await self._http.aclose()
        self.built.records.let_go()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house's folder with its database and demo people."""
    settings = load_settings({"NONAME_VAR": str(tmp_path_factory.mktemp("seeded") / "var")})
    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()
    demo.seed(settings)
    return settings.var


@pytest.fixture
def folder(seeded: Path, tmp_path: Path) -> Path:
    """A copy of it for one house."""
    return Path(shutil.copytree(seeded, tmp_path / "var"))


@pytest.fixture
def heard() -> Iterator[list[str]]:
    everything, root = Everything(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("noname", "asyncio", "sqlalchemy"))]
    before = [logger.level for logger in loggers]
    root.addHandler(everything)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield everything.lines
    root.removeHandler(everything)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def nothing_raw(visit: Visit, heard: list[str], *, but: str = "") -> None:
    """Fail if any of what was typed is in an answer, in a log or below the house's folder."""
    for raw in RAW:
        for answer in visit.answers:
            assert raw not in answer.replace(but, ""), raw
        assert not [line for line in heard if raw in line]
        for file in Path(visit.settings.var).rglob("*"):
            if file.is_file():
                assert raw.encode() not in file.read_bytes(), f"{raw} in {file.name}"


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_is_typed_goes_nowhere(
    place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    async def visits(visit: Visit) -> None:
        consultation, handed_over = await visit.as_dsl(), await visit.opens()
        case = await visit.as_worker(handed_over)
        if not place.before_building:
            place.put(monkeypatch, visit.built)
        await _a_dsl_types(visit, place, consultation)
        if not place.is_rasas:
            await _a_duty_worker_types(visit, handed_over, case)
        failing = (await visit.ask("GET", "/readyz")).json()["failing"]
        assert ("anonymiser" in failing) is place.failing
        monkeypatch.undo()

    # The desk's page gives the worker their own words back in the form; in what is around them there are none.
    run(visits, folder, monkeypatch, place, heard, but=TYPED)


async def _a_dsl_types(visit: Visit, place: Place, consultation: str) -> None:
    stored = len(visit.built.records.messages(consultation))
    said = await visit.says(consultation, 1, text=TYPED)
    assert not any(raw in said.text for raw in RAW)
    assert "999" in said.text
    if place.outcome == REFUSED:
        assert said.json()["refusal"]["id"] == "utter_refused_not_safe"
    if place.outcome in (REFUSED, UNCLEAN):
        assert len(visit.built.records.messages(consultation)) == stored, "nothing of it was stored"
        assert "03000 411111" in said.text, "and whom to ring"
        pressed = await visit.says(consultation, 2, choice="1.0")
        assert pressed.status_code == 200
        assert pressed.json()["refusal"] is None
        assert pressed.json()["replies"], "buttons work"


async def _a_duty_worker_types(visit: Visit, consultation: str, case: str) -> None:
    stored = visit.built.records.messages(consultation)
    headers = {"Accept": "application/json"}
    replied = await visit.ask("POST", f"{case}/reply", data=REPLY, headers=headers)
    assert replied.status_code in (409, 500)
    assert not any(raw in replied.text for raw in RAW)
    assert "999" in replied.text
    outcome = outcome_of(TYPED)
    # What is only read back first goes through the redaction too, which must fail closed as well.
    read = await visit.ask("POST", f"{case}/outcome", data=outcome)
    assert read.status_code in (200, 409, 500)
    assert (await visit.ask("POST", f"{case}/outcome", data=outcome | {"send": "yes"})).status_code in (409, 500)
    assert (await visit.ask("POST", f"{case}/give-back", data={"reason": TYPED})).status_code in (409, 500)
    assert visit.built.records.messages(consultation) == stored
    assert visit.built.records.case("case-1").stage == "claimed"


def test_an_action_that_breaks_tells_rasa_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    place = Place(_set(Assistant, "is_healthy"), before_building=False)

    async def visits(visit: Visit) -> None:
        consultation = await visit.as_dsl()
        monkeypatch.setattr(type(visit.built.house.counsel), "numbers", breaks)
        call = {"next_action": "action_open", "sender_id": consultation, "tracker": {"sender_id": consultation}}
        given = {"Authorization": f"Bearer {visit.settings.action_token}"}
        answer = await visit.ask("POST", "/rasa/webhook", json=call, headers=given)
        assert answer.status_code == 500
        monkeypatch.undo()

    run(visits, folder, monkeypatch, place, heard)


def test_the_same_house_without_a_fault_takes_it_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    """Or all of the above could pass because nothing ever gets in."""

    async def visits(visit: Visit) -> None:
        consultation = await visit.as_dsl()
        said = await visit.says(consultation, 1, text=TYPED)
        assert said.json()["refusal"] is None
        assert "always hungry" in visit.built.records.messages(consultation)[1].utterance.text
        assert (await visit.ask("GET", "/readyz")).json() == {"ready": True, "failing": []}
        case = await visit.as_worker(consultation)
        headers = {"Accept": "application/json"}
        assert (await visit.ask("POST", f"{case}/reply", data=REPLY, headers=headers)).status_code == 204
        advice = "Ring 03000 411111 today, or Childline on 0800 1111."
        outcome = outcome_of(advice)
        assert (await visit.ask("POST", f"{case}/outcome", data=outcome)).status_code == 200
        assert (await visit.ask("POST", f"{case}/outcome", data=outcome | {"send": "yes"})).status_code == 303
        assert visit.built.records.case("case-1").outcome_advice == advice

    # Where it is read back before it is sent, the form holds the worker's own words.
    run(visits, folder, monkeypatch, Place(lambda *_: None), heard, but=TYPED)


def test_readyz_is_well_again_when_the_model_is_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redactor, "TRY_AGAIN_SECONDS", 0.0)

    async def visits(visit: Visit) -> None:
        assert (await visit.ask("GET", "/readyz")).json()["failing"] == ["anonymiser"]
        monkeypatch.undo()
        monkeypatch.setattr(redactor, "TRY_AGAIN_SECONDS", 0.0)
        assert (await visit.ask("GET", "/readyz")).json()["failing"] == []
        consultation = await visit.as_dsl()
        assert (await visit.says(consultation, 1, text="he is hungry")).json()["refusal"] is None

    run(visits, folder, monkeypatch, PLACES["no model"], [])


def test_what_was_late_is_not_stored_later_and_holds_up_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    async def visits(visit: Visit) -> None:
        consultation = await visit.as_dsl()
        _late(monkeypatch, visit.built)
        late = asyncio.ensure_future(visit.says(consultation, 1, text=TYPED))
        await asyncio.sleep(0.05)
        begun = time.monotonic()
        assert (await visit.ask("GET", "/livez")).status_code == 200
        assert time.monotonic() - begun < 0.25
        assert (await late).json()["refusal"]["id"] == "utter_refused_not_safe"
        await asyncio.sleep(1.8)
        assert [m.utterance.speaker for m in visit.built.records.messages(consultation)] == ["assistant"]
        monkeypatch.undo()

    run(visits, folder, monkeypatch, Place(_late), heard)


def run(
    visits: Callable[[Visit], Any],
    var: Path,
    patch: pytest.MonkeyPatch,
    place: Place,
    heard: list[str],
    but: str = "",
) -> None:
    """Visit a house of its own, and look everywhere afterwards."""

    async def whole() -> Visit:
        visit = Visit(var, patch, place)
        try:
            await visits(visit)
        finally:
            await visit.close()
        return visit

    nothing_raw(asyncio.run(whole()), heard, but=but)


def test_the_deadline_is_five_seconds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def visits(visit: Visit) -> None:
        assert isinstance(visit.built.house.anonymiser, InTime)
        assert visit.built.house.anonymiser._seconds == 5.0

    run(visits, folder, monkeypatch, Place(lambda *_: None), [])
