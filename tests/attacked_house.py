"""The whole house in this process as it is wired, with doors that take out nothing: what is typed reaches every view.

Rasa's place is taken by somebody who notes what comes and says it back, as text, in a table and in a card. Everybody
of the demo has signed in.
"""

import asyncio
import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sse_starlette.sse import AppStatus

from bot import demo, several_wiring, wiring
from bot.consultation import RawText, RedactedText, Redaction
from bot.desk.people import Person
from bot.desk.ports import Button, Utterance
from bot.masters import keys_of
from bot.settings import Settings, load_settings
from bot.storage import migrate
from tests.factories import make_case

ALIAS_BUTTON = Button("No alias", '/answer{"school_alias":"none"}')


class Through:
    """In the anonymiser's place: takes out nothing, so that a page has nobody to rely on but itself."""

    def redact(self, raw: RawText, memory: Any = None, **given: Any) -> Redaction:
        text = RedactedText(raw.reveal())
        return Redaction(text, (), text)

    def second_scan(self, text: str, not_names: Sequence[str] = ()) -> tuple[()]:
        return ()

    def record_of(self, text: str, not_names: Sequence[str] = ()) -> RedactedText:
        return RedactedText(text)


class SaysItBack:
    """In Rasa's place: notes what it was told, and shows it wherever the assistant can show words."""

    told: list[str]
    says: bool

    def __init__(self) -> None:
        self.told, self.says = [], True

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        self.told.append(message)
        text = message if self.says else "noted"
        row = {"label": text, "value": text, "words": [text], "change": '/change_answer{"question":"worry"}'}
        section = {"heading": text, "items": [{"text": text, "url": text, "source": text}]}
        return (
            Utterance("assistant", text, (Button(text, '/answer{"in_danger":"no"}'),)),
            Utterance("assistant", card={"kind": "table", "title": text, "rows": [row]}),
            Utterance("assistant", card={"kind": "sections", "title": text, "lead": text, "sections": [section]}),
        )

    async def at_rest(self, consultation_id: str) -> None:
        """Nothing of a talk is remembered here."""

    async def is_healthy(self) -> bool:
        return True

    async def close(self) -> None:
        """Let go of nothing."""


def seeded(var: Path) -> Settings:
    """Make a house's folder with its database and demo people."""
    settings = load_settings({"NONAME_VAR": str(var)})
    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()
    demo.seed(settings)
    return settings


class AttackedHouse:
    """A house on a copy of a seeded folder, and browsers of sorts of its people, called without `await`."""

    def __init__(self, seed: Path, var: Path, patch: pytest.MonkeyPatch, *, through: bool = True) -> None:
        in_place: list[SaysItBack] = []
        patch.setattr(several_wiring, "RasaClient", lambda *_: in_place.append(SaysItBack()) or in_place[-1])
        # No second opinion by the sentence model: it takes longer than all the rest, and shows nothing.
        patch.setattr(wiring.sentence_model, "load", lambda: SimpleNamespace(likely=None, acts=None))
        if through:
            patch.setattr(wiring, "load_redactor", lambda *given: Through())
        self.settings = load_settings({"NONAME_VAR": str(shutil.copytree(seed, var))})
        self.built = wiring.build(self.settings)
        self.records = self.built.records
        (self.rasa,) = in_place
        self.made = json.loads(self.settings.demo_file.read_text(encoding="utf-8"))
        self.runner = asyncio.Runner()
        self._clients: dict[str, httpx.AsyncClient] = {}

    def now(self) -> datetime:
        """Return the present, as the house has it."""
        return datetime.now(UTC)

    def person(self, who: str) -> Person:
        """Return somebody of the demo: `dsl` is Kent's, all others go by their logins."""
        if who == "dsl":
            found = self.records.person_by_access_code(self.made["schools"][0]["code"])
        else:
            found = self.records.worker_by_sign_in(who)[0]
        assert found, who
        return found

    def ask(self, who: str, method: str, path: str, **given: Any) -> httpx.Response:
        """Let somebody send a request, or nobody in particular; redirects are not followed."""
        return self.runner.run(self.client(who).request(method, path, **given))

    def client(self, who: str) -> httpx.AsyncClient:
        """Return the browser of somebody who has signed in."""
        if who not in self._clients:
            base = self.settings.public_url
            headers = {"Origin": base}
            if who:
                headers["Cookie"] = self.signed_in_anew(who)
            transport = httpx.ASGITransport(self.built.app, client=("192.0.2.7", 1), raise_app_exceptions=True)
            self._clients[who] = httpx.AsyncClient(transport=transport, base_url=base, headers=headers)
        return self._clients[who]

    def signed_in_anew(self, who: str) -> str:
        """Sign somebody in, and return what their browser keeps."""
        if not who:
            return ""
        token, now = sha256(f"session of {who}".encode()).hexdigest(), datetime.now(UTC)
        self.records.end_session(sha256(token.encode()).hexdigest())
        digest = sha256(token.encode()).hexdigest()
        self.records.start_session(self.person(who), digest, now, now + timedelta(hours=8))
        return f"noname_dsl={token}; noname_duty={token}"

    def opened(self) -> str:
        """Open a consultation of the DSL's and return its id."""
        answer = self.ask("dsl", "POST", "/api/consultations", json={"area": "kent"})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def handed_over(self, consultation: str, **values: Any) -> str:
        """Put a consultation into Kent's queue and return the case's id."""
        given = {"id": f"case-{consultation}", "handed_over_at": self.now()} | values
        return self.records.hand_over(make_case(consultation_id=consultation, **given)).id

    def streamed(self, who: str, path: str, until: str) -> str:
        """Follow a stream until something has come that holds `until`."""
        return self.runner.run(self._streamed(who, path, until))

    async def _streamed(self, who: str, path: str, until: str) -> str:
        AppStatus.should_exit = False
        got, client = "", self.client(who)
        headers = [(name.encode(), value.encode()) for name, value in client.headers.items()]
        headers.append((b"host", self.settings.public_url.split("//")[1].encode()))
        route, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": route, "raw_path": route.encode(), "root_path": "", "query_string": query.encode(),
            "client": ("192.0.2.7", 1), "server": ("127.0.0.1", 80), "headers": headers,
        }  # fmt: skip
        there = asyncio.Event()
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict:
            if first := next(asked, None):
                return first
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: dict) -> None:
            nonlocal got
            got += message.get("body", b"").decode()
            if until in got:
                there.set()

        walk = asyncio.ensure_future(self.built.app(scope, receive, send))
        try:
            await asyncio.wait_for(there.wait(), 10)
        except TimeoutError:
            raise AssertionError(f"{until!r} has not come: ...{got[-500:]!r}") from None
        finally:
            walk.cancel()
            await asyncio.wait([walk])
        return got

    def close(self) -> None:
        """Let go of everything."""
        for client in self._clients.values():
            self.runner.run(client.aclose())
        self.runner.close()
        self.records.let_go()


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a seeded house lies, of which each test has a copy."""
    return seeded(tmp_path_factory.mktemp("seeded") / "var").var


@pytest.fixture
def attacked(seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AttackedHouse]:
    """Return a house of one test's own."""
    house = AttackedHouse(seed, tmp_path / "var", monkeypatch)
    yield house
    house.close()
