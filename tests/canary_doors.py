"""Every door at which nothing that is typed is ever kept: addresses, headers, sign-in fields, what is malformed.

All identifiers go through each of them, many at a time. No answer may repeat one, but for a form that gives
typists their own field back.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import httpx
from canary_people import AREAS, SPELLINGS, DslOf, Walk, planted, text_of

from evaluation.canary.planting import Canary

ROOM = 1500  # characters of one header, field or address
HEADERS = (
    "User-Agent", "Referer", "X-Forwarded-For", "X-Request-Id", "Last-Event-ID", "Accept-Language", "Accept",
    "If-None-Match", "Forwarded", "Cookie",
)  # fmt: skip
AS_JSON = {"Content-Type": "application/json"}


def all_of_them(walk: Walk, turn: int) -> Iterator[str]:
    """Yield the identifiers as lines of values, every one once, in the spellings that are this door's turn."""
    yield from lines_of(walk.canaries, turn)


def lines_of(own: Sequence[Canary], turn: int, room: int = ROOM) -> Iterator[str]:
    """Yield identifiers as lines of so many characters, in the spellings that are due at a turn."""
    spellings = list(SPELLINGS)
    values = [planted(c, spellings[(i + turn) % len(spellings)], i).value for i, c in enumerate(own)]
    line = ""
    for value in values:
        if len(line) + len(value) > room:
            yield line
            line = ""
        line += f"{value}, "
    yield line


def try_addresses(walk: Walk, dsl: DslOf, consultation: str) -> None:
    """Put identifiers into queries, parts of paths, routes that nobody has, and what streams are asked with."""
    at = f"/api/consultations/{consultation}"
    for line in all_of_them(walk, 0):
        q = quote(line, safe="")
        for path in (
            f"{at}?q={q}", f"/{q}", f"/api/{q}", f"/api/consultations/{q}", f"/consultations/{q}", f"/duty/{q}",
            f"/duty/cases/{q}", f"/static/{q}.css", f"/livez?{q}", f"/readyz/{q}", f"/rasa/{q}",
            f"{at}/events?after={q}", f"/api/consultations/{q}/events?after=1", f"{at}/messages/{q}/put-back",
        ):  # fmt: skip
            walk.keep("address", "typist", dsl.http.get(path))
        walk.keep("address", "typist", dsl.http.post(f"/api/consultations/{q}/messages", json={"text": "hello"}))
        walk.keep("address", "typist", dsl.http.post(f"{at}/messages/{q}/put-back", json={"text": "a", "words": ["a"]}))
        for path in (f"{at}/person/{q}", f"/api/consultations/{q}/person", f"/consultations/{q}/outcome"):
            walk.keep("address", "typist", dsl.http.post(path))


def try_headers(walk: Walk, dsl: DslOf, consultation: str) -> None:
    """Put identifiers into headers, cookies and names of headers."""
    for line in all_of_them(walk, 1):
        value = line.strip().encode()
        for name in HEADERS:
            for path in (f"/api/consultations/{consultation}", "/duty/", "/nowhere"):
                walk.keep("header", "typist", dsl.http.get(path, headers=[(name.encode(), value)]))
        stream = dsl.http.get(f"/api/consultations/{consultation}/events", headers=[(b"Last-Event-ID", value)])
        walk.keep("header", "typist", stream)
        elsewhere = dsl.http.post("/api/resume", json={"reference": "a"}, headers=[(b"Origin", value)])
        walk.keep("header", "typist", elsewhere)


def try_bodies(walk: Walk, dsl: DslOf, consultation: str) -> None:
    """Put identifiers into bodies that are malformed, of the wrong type, too long, or name files after them."""
    http, at = dsl.http, f"/api/consultations/{consultation}"
    for line in all_of_them(walk, 2):
        long = f"{line}\n" * (4100 // len(line) + 1)
        bodies: list[Any] = [
            {"client_message_id": line, "text": "hi"}, {"client_message_id": "canary-a1", "choice": line},
            {"client_message_id": "canary-a2", "choices": [line]}, {"client_message_id": "canary-a3", "text": [line]},
            {"client_message_id": "canary-a4", "text": {"a": line}},
            {"client_message_id": "canary-a5", "text": "\0" + line}, {"client_message_id": "canary-a7", "text": long},
            {"client_message_id": "canary-a6", "text": "hi", "not_names": [line]}, [line], line,
            {"client_message_id": "canary-a8", "text": "hi", "choice": line},
        ]  # fmt: skip
        for body in bodies:
            walk.keep("body", "typist", http.post(f"{at}/messages", json=body))
        for broken in (f'{{"text": "{line}', f"text={line}", f'"{line}"', "\ufeff" + line):
            walk.keep("body", "typist", http.post(f"{at}/messages", content=broken.encode(), headers=AS_JSON))
        for path, body in (
            ("/api/consultations", {"area": line}), ("/api/resume", {"reference": line[:99]}),
            ("/api/resume", {"reference": [line]}), (f"{at}/preview", {"text": [line]}),
            (f"{at}/preview", {"text": long}), (f"{at}/unsent", {"text": [line], "after": 0}),
            (f"{at}/unsent", {"text": "hi", "after": line}), (f"{at}/unsent", {"text": long, "after": 10**9}),
            (f"{at}/unsent", {"text": "hi", "after": 0, "not_names": [line]}),
            (f"{at}/messages/1/put-back", {"text": line[:900], "words": ["mum"]}),
            (f"{at}/messages/999/put-back", {"text": line[:900], "words": [line]}), (f"{at}/seen", {"number": line}),
        ):  # fmt: skip
            walk.keep("body", "typist", http.post(path, json=body))
        # What is chosen from a list on the page of the answer is never typed.
        page = f"/consultations/{consultation}"
        for path, fields in (
            ("outcome", {"act": line}), ("referral", {"result": line}), ("follow-up", {"answer": line}),
            ("call-back", {"at": line, "safe": line}), ("plain", {"once": line, "text": "hi"}),
            ("plain", {"once": "0" * 32, "text": "hi", "look": line}),
            ("plain", {"once": "0" * 32, "text": "hi", "no_name": line}),
        ):  # fmt: skip
            walk.keep("form", "typist", http.post(f"{page}/{path}", data=fields))
        files = {"text": (line[:200], line.encode(), "text/plain"), line[:50]: (line[:90], b"", line[:20].strip())}
        for path in (f"{at}/messages", "/api/session", "/resume", "/nowhere"):
            walk.keep("file", "typist", http.post(path, files=_plain(files), data={line[:40]: line}))
    huge = ",".join(all_of_them(walk, 3)) * 8
    walk.keep("body", "typist", http.post(f"{at}/messages", json={"client_message_id": "canary-a9", "text": huge}))


def try_references(walk: Walk, dsl: DslOf) -> None:
    """Type identifiers as references to come back by, and as ids of messages that look right."""
    for line in all_of_them(walk, 4):
        for start in range(0, len(line), 190):
            given_back = dsl.http.post("/resume", data={"reference": line[start : start + 190]})
            assert given_back.status_code in (404, 422), given_back.status_code


def try_rasa(walk: Walk) -> None:
    """Knock at Rasa's door with a wrong token, and with the right one and payloads that no Rasa sends."""
    right = {"Authorization": f"Bearer {walk.house.settings.action_token}"}
    with httpx.Client(base_url=walk.house.url, timeout=60) as http:
        for line in all_of_them(walk, 5):
            calls: list[Any] = [
                {"next_action": line}, {"next_action": [line]}, {"next_action": {line: line}}, [line], line,
                {"next_action": "action_open", "tracker": line}, {"next_action": "action_open", "sender_id": line},
                {"next_action": "validate_consultation_form", "tracker": _odd_tracker(line), "sender_id": line},
                {"next_action": "action_why", "tracker": _odd_tracker(line)}, {line: line},
                {"next_action": "action_assess", "tracker": _odd_tracker(line), "domain": line},
            ]  # fmt: skip
            for call in calls:
                walk.keep("rasa", "stranger", http.post("/rasa/webhook", json=call))
                walk.keep("rasa", "stranger", http.post(f"/rasa/webhook?token={quote(line)}", json=call))
                http.post("/rasa/webhook", json=call, headers=right)  # Rasa alone, who said it, reads the answer
            broken = http.post("/rasa/webhook", content=line.encode(), headers=right)
            walk.keep("rasa", "stranger", broken)


def try_signing_in(walk: Walk) -> None:
    """Type identifiers into every field that opens a door. Tried last: after so many, nobody is let in."""
    with httpx.Client(base_url=walk.house.url, headers={"Origin": walk.house.url}, timeout=60) as http:
        for line in all_of_them(walk, 6):
            walk.keep("sign-in", "stranger", http.post("/api/session", json={"code": line[:199]}))
            walk.keep("sign-in", "stranger", http.post("/sign-in", data={"code": line}))
            for login in ("nobody", line[:190]):
                fields = {"login": login, "password": line[:490], "second_factor": line[:19]}
                answer = http.post("/duty/sign-in", data=fields)
                if login == "nobody":  # the form gives a typist the login back
                    walk.keep("sign-in", "stranger", answer)
                assert answer.status_code in (401, 422, 429), answer.status_code


def try_command_line(walk: Walk) -> None:
    """Send identifiers through `redact`, and lines that it cannot read."""
    lines, asked = [], []
    for area in AREAS:
        for some in walk.batches(area, "command line", 25):
            asked.append(some)
            lines.append(json.dumps({"text": text_of(some)[0]}))
    bad = [f"{line}" for line in all_of_them(walk, 7)]
    bad += [json.dumps([line]) for line in all_of_them(walk, 7)]
    bad += [json.dumps({"text": [line]}) for line in all_of_them(walk, 7)]
    bad += [json.dumps({"text": line * (10_000 // len(line) + 1)}) for line in all_of_them(walk, 7)]
    command = [sys.executable, "-m", "bot.cli", "redact", "--record"]
    done = subprocess.run(
        command, input="\n".join([*lines, *bad]).encode(), capture_output=True, cwd=walk.house.settings.root, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for some, answer in zip(asked, answers, strict=False):
        walk.note(some, "command line", answer["record"], None)
    refusals = [answer for answer in answers[len(lines) :] if "error" in answer]
    assert len(refusals) == len(bad), "every bad line is refused"
    walk.keep("command line", "typist", httpx.Response(200, text=json.dumps(refusals)))
    walk.keep("command line", "typist", httpx.Response(200, content=done.stderr))


def try_others(walk: Walk, others: dict[str, list[tuple[httpx.Client, str]]]) -> None:
    """Let everybody look at everything that is not theirs. `others` are people by area, each with a word for them."""
    for area, consultations in walk.consultations.items():
        strangers = [p for other, people in others.items() if other != area for p in people]
        for consultation in consultations:
            case = walk.house.built.records.case_of(consultation)
            for http, who in strangers:
                here = f"/consultations/{consultation}"
                for path in (
                    f"/api{here}", f"/api{here}/events", here, f"/duty/cases/{case.id if case else consultation}",
                    f"{here}/outcome", f"{here}/record", f"{here}/record.txt", f"{here}/plain", f"/api{here}/unsent",
                    f"/duty/cases/{case.id if case else consultation}/record",
                    f"/duty/cases/{case.id if case else consultation}/name",
                    "/", "/duty/", "/duty/queue",
                ):  # fmt: skip
                    walk.keep("somebody else's", who, http.get(path))
    with httpx.Client(base_url=walk.house.url) as public:
        for path in ("/", "/duty/sign-in", "/livez", "/readyz", "/api/openapi.json", "/static/", "/nowhere", "/api/x"):
            walk.keep("public", "public", public.get(path))


def _odd_tracker(line: str) -> dict[str, Any]:
    heard = {"text": line, "intent": {"name": line}, "entities": [{"entity": line, "value": line}]}
    slots = {"requested_slot": line, "worry": line}
    return {"sender_id": line, "slots": slots, "latest_message": heard, "events": [line]}


def _plain(files: dict[str, Any]) -> dict[str, Any]:
    return {name or "file": value for name, value in files.items()}
