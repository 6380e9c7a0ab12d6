"""PostgreSQL is stopped under a running house and started again: words with numbers meanwhile, and then all goes on."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from running_house import RunningHouse, house_settings, running_house
from talking import Talk

from bot.launch.training import ensure_model
from bot.settings import load_settings
from tests.engines import Postgres, postgres

pytestmark = pytest.mark.trained


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as own:  # nobody else's tests are to lose theirs
        yield own


@pytest.fixture(scope="module")
def house(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    var = tmp_path_factory.mktemp("on-postgresql")
    urls = {name: server.url(server.make()) for name in ("database_url", "keys_url", "tracker_url")}
    settings = replace(house_settings(var), **urls)
    shutil.copytree(ensure_model(load_settings()).parent, settings.models)
    with running_house(var, settings=settings) as running:
        yield running


def test_a_database_that_goes_and_comes_back_is_apologised_for_and_loses_nothing(
    house: RunningHouse, server: Postgres
) -> None:
    talk = Talk(house, "kent")
    talk.say("no")
    followed = Followed(talk)
    before = talk.messages()

    server.stop()
    sent = {"client_message_id": "while-it-was-away", "text": "later this week"}
    for answer in (
        talk._http.post(f"/api/consultations/{talk.id}/messages", json=sent),
        talk._http.post(f"/api/consultations/{talk.id}/person"),
        talk._http.get(f"/consultations/{talk.id}"),
        talk._http.get("/"),
    ):
        assert answer.status_code in (500, 503), answer.request.url.path
        assert "999" in answer.text
        assert "psycopg" not in answer.text
    assert talk._http.get("/livez").status_code == 200
    assert "records" in talk._http.get("/readyz").json()["failing"]

    server.start()
    answered = talk._http.post(f"/api/consultations/{talk.id}/messages", json=sent)
    assert answered.status_code == 200, "the same message sent again is taken in, without a restart"
    talk.say("no")
    after = talk.messages()
    assert after[: len(before)] == before
    assert [m["number"] for m in after] == list(range(1, len(after) + 1))
    assert [m["text"] for m in after if m["speaker"] == "dsl"] == ["no", "later this week", "no"]
    assert talk.asked() == "school_alias", "the dialogue goes on too"
    assert talk._http.get("/readyz").json() == {"ready": True, "failing": []}
    assert house.built.records.verify_audit() is None
    followed.until(len(after))
    talk.close()


class Followed:
    """A page that is open all the while and comes back by itself, as a browser's does."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.last, self.seen = talk, 0, []
        threading.Thread(target=self._follow, daemon=True).start()
        self.until(1)

    def until(self, number: int) -> None:
        """Wait until a message is there; each was drawn once and in order."""
        deadline = time.monotonic() + 30
        while self.last < number:
            assert time.monotonic() < deadline, f"the page stands at {self.seen}"
            time.sleep(0.1)
        assert self.seen == list(range(1, self.last + 1))

    def _follow(self) -> None:
        path = f"/api/consultations/{self.talk.id}/events"
        with httpx.Client(base_url=self.talk.house.url, cookies=self.talk._http.cookies, timeout=60) as http:
            while True:
                try:
                    with http.stream("GET", path, params={"after": self.last}) as answer:
                        self._draw(answer)
                except httpx.TransportError:
                    pass
                time.sleep(0.5)

    def _draw(self, answer: Any) -> None:
        number = 0
        for line in answer.iter_lines():
            if line.startswith("id: "):
                number = int(line.removeprefix("id: "))
            elif not line and number > self.last:
                self.last = number
                self.seen.append(number)
