"""Canaries: made-up names and numbers typed into every door of a running house, and then looked for everywhere.

What the anonymiser takes out must be nowhere: in no byte below the house's folder, in no table, no log, no
answer to anybody, and not in Rasa's tracker. What it misses is counted and printed.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from bot.anonymiser import load
from bot.consultation import RawText
from bot.demo import code_at

pytestmark = [pytest.mark.trained, pytest.mark.timeout(300)]

# kind: (how it is typed, what of it must not be found). No such person, place or number is known to exist.
NAMES = {
    "mother": ("mum Zyxandra Quorvelline is late most days", ("Zyxandra", "Quorvelline")),
    "child": ("his name is Brontavius Skellwick", ("Brontavius", "Skellwick")),
    "father": ("Dad Torvaldine Mexxley shouts", ("Torvaldine", "Mexxley")),
    "called": ("a boy called Wexelline", ("Wexelline",)),
    "teacher": ("Mrs Jorquindale told me", ("Jorquindale",)),
}
NUMBERS = {
    "postcode": ("lives at ZE9 9QX", ("ZE9 9QX", "ZE99QX")),
    "phone": ("ring her on 07700 900487", ("07700 900487", "07700900487", "900487")),
    "email": ("mail quorv.zyx77@exampleplace.org.uk", ("quorv.zyx77", "exampleplace")),
    "date_of_birth": ("dob 17/04/2013", ("17/04/2013",)),
    "upn": ("UPN H801200001071", ("H801200001071",)),
    "nhs_number": ("NHS number 943 476 5919", ("943 476 5919", "9434765919")),
    "ni_number": ("NI number AB 83 14 97 C", ("AB 83 14 97 C", "AB831497C")),
    "vehicle": ("car reg ZX51 QRV", ("ZX51 QRV", "ZX51QRV")),
    "handle": ("snapchat @zyxq_handle77", ("zyxq_handle77",)),
    "url": ("see https://zyxqpage.example.net/prof/8831", ("zyxqpage", "prof/8831")),
    "case_reference": ("case ref CR-884213-ZX", ("CR-884213-ZX", "884213")),
    "address": ("42 Zyxander Close", ("Zyxander",)),
}
TYPED = NAMES | NUMBERS
# Nothing points to these as names. They are typed too; that they stay is reported and not hidden.
HARD = {
    "after a full stop": ("Vrellinthax was there as well", ("Vrellinthax",)),
    "lower case": ("jquellobrin said so", ("jquellobrin",)),
    "capitals": ("VRELLOQUANT", ("VRELLOQUANT",)),
}
# Never to be redacted, because nothing keeps it: addresses, headers, and what only opens a door.
UNKEPT = "Hyxoferrandine"
QUESTIONS = ("in_danger", "goes_home", "about_staff", "worry", "understood", "red_flag_list", "open_case", "how_known")


class _Everything(logging.Handler):
    """Keeps every line of every log of our process."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(exc_text)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Journey:
    """What was said through the doors, and everything that came back."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self.answers: list[tuple[str, str]] = []
        self.statuses: dict[str, list[int]] = {}
        self.consultations: list[str] = []

    def keep(self, door: str, answer: httpx.Response) -> httpx.Response:
        """Note an answer."""
        self.statuses.setdefault(door, []).append(answer.status_code)
        self.answers.append((door, f"{answer.headers} {answer.text}"))
        return answer


def _dsl_talks(journey: Journey) -> None:
    from talking import Talk

    talk = Talk(journey.house, "kent")
    journey.consultations.append(talk.id)
    where = f"/api/consultations/{talk.id}/messages"
    everything = [text for text, _ in (TYPED | HARD).values()]
    for number, text in enumerate(everything):
        sent = {"client_message_id": f"canary-{number:04}", "text": f"hungry again. {text}"}
        journey.keep("typed", talk._http.post(where, json=sent))
    # The same at other questions: from each, one name and one number.
    for number, asked in enumerate(QUESTIONS):
        other = Talk(journey.house, "kent")
        journey.consultations.append(other.id)
        other.finish(until=asked)
        texts = (list(NAMES.values())[number % len(NAMES)][0], list(NUMBERS.values())[number % len(NUMBERS)][0])
        for text in texts:
            journey.keep("typed", other._http.post(
                f"/api/consultations/{other.id}/messages",
                json={"client_message_id": f"asked-{number:02}-{abs(hash(text)) % 10**8:08}", "text": text},
            ))  # fmt: skip
        other.close()
    journey.keep("typed", talk._http.get(f"/consultations/{talk.id}"))
    _odd_requests(journey, talk)
    talk.say("can I just talk to a social worker please")
    talk.close()


def _odd_requests(journey: Journey, talk: Any) -> None:
    http, where = talk._http, f"/api/consultations/{talk.id}/messages"
    names = "Zyxandra Quorvelline 07700 900487 " + UNKEPT
    as_json = {"Content-Type": "application/json"}
    journey.keep("malformed", http.post(where, content='{"text": "' + names, headers=as_json))
    journey.keep("malformed", http.post(where, content=json.dumps([names]), headers=as_json))
    journey.keep("malformed", http.post(where, json={"client_message_id": names, "text": names}))
    journey.keep("malformed", http.post(where, json={"client_message_id": "canary-9990", "choice": names}))
    journey.keep("extra key", http.post(where, json={"client_message_id": "canary-9991", "text": "hi", names: 1}))
    journey.keep("malformed", http.post("/api/consultations", json={"area": names}))
    journey.keep("query", http.get(f"/api/consultations/{talk.id}?q={quote(names)}"))
    journey.keep("query", http.get(f"/{quote(names)}"))
    journey.keep("query", http.get(f"/api/consultations/{quote(UNKEPT)}"))
    journey.keep("query", http.get(f"/api/consultations/{talk.id}/events?after={quote(names)}"))
    for header in ("User-Agent", "Referer", "X-Forwarded-For", "Last-Event-ID", "Accept-Language"):
        journey.keep("header", http.get(f"/api/consultations/{talk.id}", headers={header: names}))
    cookie = {"Cookie": f"other={UNKEPT}"}
    journey.keep("header", httpx.get(f"{journey.house.url}/", headers=cookie))
    journey.keep("resume", http.post("/api/resume", json={"reference": names}))
    with httpx.Client(base_url=journey.house.url, headers={"Origin": journey.house.url}) as stranger:
        journey.keep("sign-in", stranger.post("/api/session", json={"code": names}))
        journey.keep("sign-in", stranger.post("/sign-in", data={"code": names}))
        fields = {"login": names, "password": names, "second_factor": UNKEPT}
        given_back = stranger.post("/duty/sign-in", data=fields)
        journey.statuses.setdefault("sign-in", []).append(given_back.status_code)
        # The form gives the typist their own login back, in the field and nowhere else, and no cache keeps it.
        assert "no-store" in given_back.headers["Cache-Control"]
        journey.answers.append(("sign-in", given_back.text.replace(f'value="{names}"', "")))
        body = {"next_action": names, "tracker": {"latest_message": {"text": names}}}
        journey.keep("actions", stranger.post("/rasa/webhook", json=body))
        ours = {"Authorization": f"Bearer {journey.house.settings.action_token}"}
        body["next_action"] = "action_open"
        journey.keep("actions", stranger.post("/rasa/webhook", json=body, headers=ours))


def _worker_answers(journey: Journey) -> None:
    house = journey.house
    worker = next(w for w in house.demo["workers"] if w["login"] == "duty.kent")
    case = house.built.records.case_of(journey.consultations[0])
    assert case is not None, "the consultation was handed over"
    at = f"/duty/cases/{case.id}"
    with httpx.Client(base_url=house.url, headers={"Origin": house.url}, timeout=60) as http:
        fields = {name: worker[name] for name in ("login", "password")}
        fields["second_factor"] = code_at(worker["totp_secret"], datetime.now(UTC))
        assert http.post("/duty/sign-in", data=fields).status_code == 303, "the worker is let in"
        journey.keep("desk", http.get("/duty/"))
        journey.keep("desk", http.get(at))
        journey.keep("desk", http.post(f"{at}/claim"))
        for text, _ in TYPED.values():
            journey.keep("reply", http.post(f"{at}/reply", data={"text": f"Thank you. {text}"}))
        everything = ". ".join(text for text, _ in TYPED.values())
        closing = {"level": "3", "reason": everything, "advice": everything, "referral_advised": "no"}
        journey.keep("close", http.post(f"{at}/close", data=closing))
        journey.keep("desk", http.get(at))
    assert house.built.records.case(case.id).closed_at is not None, "or the close form was not tried"


@pytest.fixture(scope="module")
def journey(house: Any) -> Iterator[tuple[Journey, list[str]]]:
    """Everything typed, everywhere, with every log of our process at its most talkative."""
    heard, root = _Everything(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("noname", "uvicorn", "uvicorn.error", "httpx"))]
    before = [logger.level for logger in loggers]
    root.addHandler(heard)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger("noname").propagate = True
    walked = Journey(house)
    try:
        _dsl_talks(walked)
        _worker_answers(walked)
        time.sleep(0.5)
        yield walked, heard.lines
    finally:
        root.removeHandler(heard)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _taken_out(kinds: dict[str, tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Return, by kind, the parts of which the anonymiser leaves nothing."""
    redactor = load()
    return {
        kind: parts
        for kind, (text, parts) in kinds.items()
        if not any(part in redactor.redact(RawText(f"hungry again. {text}")).text for part in parts)
    }


def _places(house: Any, walked: Journey, lines: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield every place where something could have stayed."""
    for file in sorted(Path(house.settings.var).rglob("*")):
        if file.is_file() and file.suffix != ".gz":
            yield f"file {file.relative_to(house.settings.var)}", file.read_bytes()
    for url in (house.settings.database_url, house.settings.tracker_url):
        database = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as held:
            tables = [name for (name,) in held.execute("select name from sqlite_master where type='table'")]
            assert tables, f"{database} has no tables"
            for table in tables:
                rows = held.execute(f'select * from "{table}"').fetchall()
                yield f"table {table}", repr(rows).encode()
    # The test's own client runs in this process too and logs the addresses that it asks for.
    ours = [line for line in lines if not (line.startswith("httpx ") and house.url in line)]
    yield "our logs", "\n".join(ours).encode()
    for door, answer in walked.answers:
        yield f"answer of {door}", answer.encode()
    for consultation in walked.consultations:
        yield "tracker", json.dumps(house.tracker(consultation), ensure_ascii=False).encode()
        stored = house.built.records.messages(consultation)
        yield "messages", repr(stored).encode()
    yield "emergency", httpx.get(f"{house.url}/").content


def _found(places: list[tuple[str, bytes]], parts: tuple[str, ...]) -> list[str]:
    wanted = [part.encode().lower() for part in parts]
    return [place for place, content in places if any(part in content.lower() for part in wanted)]


@pytest.fixture(scope="module")
def places(house: Any, journey: tuple[Journey, list[str]]) -> list[tuple[str, bytes]]:
    return list(_places(house, *journey))


def test_the_search_finds_what_is_kept(places: list[tuple[str, bytes]]) -> None:
    """A search that looked in no right place would find nothing of anybody: what is no identifier is found."""
    kept = _found(places, ("hungry again",))
    for place in ("file noname.db", "file rasa.db", "table message", "tracker", "messages", "answer of typed"):
        assert any(found.startswith(place) for found in kept), f"{place} was not looked at"
    assert any(place == "our logs" and content for place, content in places), "logs were heard"
    assert any(place.startswith("file log/") for place, _ in places), "and those of Rasa"


def test_every_door_was_tried(journey: tuple[Journey, list[str]]) -> None:
    statuses = journey[0].statuses
    assert set(statuses["typed"]) == {200}
    assert set(statuses["reply"]) <= {200, 303}
    assert set(statuses["sign-in"]) <= {303, 400, 401, 422, 429}
    assert 401 in statuses["actions"]
    assert all(400 <= status < 500 for status in statuses["malformed"]), statuses["malformed"]
    assert 500 not in {status for door in ("query", "header", "resume") for status in statuses[door]}


@pytest.mark.parametrize("kind", sorted(TYPED))
def test_what_is_taken_out_is_nowhere(kind: str, places: list[tuple[str, bytes]]) -> None:
    parts = _taken_out({kind: TYPED[kind]})
    assert parts, f"the anonymiser should take out a {kind}"
    assert _found(places, parts[kind]) == []


def test_what_only_opens_a_door_or_stands_in_an_address_is_nowhere(places: list[tuple[str, bytes]]) -> None:
    assert _found(places, (UNKEPT,)) == []


def test_what_the_anonymiser_misses_is_told(
    places: list[tuple[str, bytes]], capsys: pytest.CaptureFixture[str]
) -> None:
    taken = _taken_out(HARD)
    missed = {kind: parts for kind, (_, parts) in HARD.items() if kind not in taken}
    with capsys.disabled():
        print(f"\nnames that nothing points to: {len(missed)} of {len(HARD)} stay: {sorted(missed)}")  # noqa: T201
    for kind, parts in taken.items():
        assert _found(places, parts) == [], f"{kind} is taken out in one place and kept in another"
