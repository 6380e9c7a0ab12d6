"""Several Rasas: a talk stays with one, goes to the next where nothing has left us, and nothing is sent twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.desk.ports import DialogueUnavailable
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.spread import SpreadRasa


class Rasas:
    """Two Rasas that note who was asked; `does` says what one of a name does instead of answering."""

    def __init__(self, **does: Callable[[httpx.Request], Any]) -> None:
        self.does, self.asked = does, []
        self.spread = SpreadRasa([self._client(name) for name in ("one", "other")])

    def _client(self, name: str) -> RasaClient:
        async def answer(request: httpx.Request) -> httpx.Response:
            self.asked.append(name)
            if name in self.does:
                return self.does[name](request)
            return httpx.Response(200, json=[{"text": name}] if request.method == "POST" else {"model_file": "m"})

        transport = httpx.MockTransport(answer)
        return RasaClient("", "t", client=httpx.AsyncClient(base_url="http://rasa", transport=transport))

    def say(self, consultation_id: str) -> str:
        async def said() -> str:
            return (await self.spread.say(consultation_id, "hungry"))[0].text

        return asyncio.run(said())


def fails(kind: type[httpx.TransportError]) -> Callable[[httpx.Request], Any]:
    def fail(request: httpx.Request) -> Any:
        raise kind("of what was sent", request=request)

    return fail


def of_each() -> dict[str, str]:
    """Return a consultation that goes to each of the two first."""
    rasas = Rasas()
    return {rasas.say(f"c{number}"): f"c{number}" for number in range(20)}


def test_a_talk_stays_with_one_and_talks_are_shared_out() -> None:
    rasas = Rasas()
    assert len({rasas.say("c1") for _ in range(5)}) == 1
    shared = Counter(rasas.say(f"c{number}") for number in range(200))
    assert min(shared.values()) > 60


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_the_next_is_asked_where_no_connection_was_made(kind: type[httpx.TransportError]) -> None:
    rasas = Rasas(one=fails(kind))
    assert rasas.say(of_each()["one"]) == "other"
    assert rasas.asked == ["one", "other"]


@pytest.mark.parametrize("kind", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError])
def test_what_may_have_arrived_is_sent_to_nobody_else(kind: type[httpx.TransportError]) -> None:
    rasas = Rasas(one=fails(kind))
    with pytest.raises(DialogueUnavailable) as refused:
        rasas.say(of_each()["one"])
    assert rasas.asked == ["one"]
    assert "of what was sent" not in str(refused.value)


def test_an_answer_that_is_none_is_not_asked_for_elsewhere() -> None:
    rasas = Rasas(one=lambda _: httpx.Response(500))
    with pytest.raises(DialogueUnavailable):
        rasas.say(of_each()["one"])
    assert rasas.asked == ["one"]


def test_where_none_is_reached_the_dialogue_does_not_answer() -> None:
    rasas = Rasas(one=fails(httpx.ConnectError), other=fails(httpx.ConnectError))
    with pytest.raises(DialogueUnavailable):
        rasas.say("c1")
    assert sorted(rasas.asked) == ["one", "other"]


@pytest.mark.parametrize(("down", "is_well"), [((), True), (("one",), True), (("one", "other"), False)])
def test_the_dialogue_is_well_as_long_as_one_of_them_is(down: tuple[str, ...], is_well: bool) -> None:
    rasas = Rasas(**{name: fails(httpx.ConnectError) for name in down})
    assert asyncio.run(rasas.spread.is_healthy()) is is_well


@pytest.mark.parametrize(("keeps_lines", "lines"), [(True, 1), (False, 3)])
def test_one_of_several_is_asked_over_a_new_connection_each_time(keeps_lines: bool, lines: int) -> None:
    made: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.append(1)
        while (head := await reader.readline()) and head != b"":
            length = 0
            while (line := await reader.readline()).strip():
                length = int(line.partition(b":")[2]) if line.lower().startswith(b"content-length") else length
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n")
            writer.write(b'[{"text": "yes"}]'.replace(b" ", b""))
        writer.close()

    async def does() -> None:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            client = RasaClient(f"http://127.0.0.1:{port}", "t", keeps_lines=keeps_lines)
            for _ in range(3):
                assert (await client.say("c1", "hungry"))[0].text == "yes"
            await client.close()

    asyncio.run(does())
    assert len(made) == lines


@pytest.mark.parametrize(
    ("does", "asked"),
    [
        (lambda request: httpx.Response(200, json={}), ["one"]),
        (fails(httpx.ConnectError), ["one", "other"]),
    ],
)
def test_a_talk_is_at_rest_as_soon_as_one_that_is_reached_says_so(does: Any, asked: list[str]) -> None:
    rasas = Rasas(one=does)
    asyncio.run(rasas.spread.at_rest(of_each()["one"]))
    assert rasas.asked == asked


def test_a_talk_is_not_at_rest_where_the_one_that_was_reached_does_not_say_so() -> None:
    rasas = Rasas(one=fails(httpx.ReadTimeout))
    with pytest.raises(DialogueUnavailable):
        asyncio.run(rasas.spread.at_rest(of_each()["one"]))
    assert rasas.asked == ["one"]
