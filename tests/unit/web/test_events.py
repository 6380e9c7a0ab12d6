"""The conversation as it happens: in order, resumable, and told to nobody whose session is over."""

import asyncio
import json

from bot.consultation import Move, RawText
from bot.desk.case import Step
from bot.web import events as following
from bot.web.door import Cookie, Door
from bot.web.pages import templates
from bot.web.typing_notice import TypingNotices
from tests.fakes_web import ANN, BEA, CAT, DANA, MEL, NOW, FakeHouse, Utterance, say
from tests.unit.web.visitor import Visitor


def parsed(stream: str) -> list[tuple[str, str, dict]]:
    """Return (event, id, data) of a stream of Server-Sent Events."""
    found = []
    for block in stream.replace("\r\n", "\n").strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in lines:
            data = lines["data"]
            found.append((lines["event"], lines.get("id", ""), json.loads(data) if data[0] == "{" else data))
    return found


def abandoned_consultation(visitor: Visitor) -> str:
    """Return a consultation that has ended, with four messages before its end."""
    consultation = visitor.handed_over().removeprefix("case-")
    visitor.house.records.step(f"case-{consultation}", Step(Move.ABANDON, MEL, NOW))
    return consultation


def test_messages_come_in_order_with_their_numbers_and_then_the_state(dsl: Visitor) -> None:
    answer = dsl.streamed(f"/api/consultations/{abandoned_consultation(dsl)}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    events = parsed(answer.text)
    assert [name for name, _, _ in events] == ["message"] * 4 + ["state", "signed_out"]
    assert [number for _, number, _ in events] == ["1", "2", "3", "4", "", ""]
    assert events[-2][2]["stage"] == "abandoned"


def test_a_stream_goes_on_after_the_end_of_a_consultation_which_can_be_asked_again(dsl: Visitor) -> None:
    events = parsed(dsl.streamed(f"/api/consultations/{abandoned_consultation(dsl)}/events").text)
    assert events[-1][0] == "signed_out", "only the end of the session has ended it"


def test_a_stream_resumes_after_the_last_event_that_arrived(dsl: Visitor) -> None:
    path = f"/api/consultations/{abandoned_consultation(dsl)}/events"
    resumed = parsed(dsl.streamed(path, headers={"Last-Event-ID": "2"}).text)
    assert [number for name, number, _ in resumed if name == "message"] == ["3", "4"]
    reopened = parsed(dsl.streamed(path + "?after=3").text)
    assert [number for name, number, _ in reopened if name == "message"] == ["4"]
    both = parsed(dsl.streamed(path + "?after=1", headers={"Last-Event-ID": "3"}).text)
    assert [number for name, number, _ in both if name == "message"] == ["4"], "the header is the later word"


def test_no_payload_is_in_the_stream(dsl: Visitor) -> None:
    stream = dsl.streamed(f"/api/consultations/{abandoned_consultation(dsl)}/events").text
    assert "/answer" not in stream
    assert "Not sure" in stream


class Follower:
    """Somebody who follows a consultation, and what they have been sent."""

    def __init__(self, person=DANA) -> None:
        self.house = FakeHouse()
        cookie = Cookie("noname_dsl", "/", secure=False)
        roles, pages = frozenset({person.role}), templates("widget")
        self.door = Door(self.house, say, lambda: NOW, roles, cookie, pages, TypingNotices())
        self.person, self.token = person, self.house.sign_in(person)
        self.got: list[tuple[str, str]] = []

    async def start(self) -> None:
        self.consultation = (await self.house.open(DANA, None, NOW)).id
        if self.person.answers:
            self.house.hands_over(self.consultation)
        self.task = asyncio.create_task(self._follow())
        await self.settle()

    async def _follow(self) -> None:
        async for event in following.follow(self.door, self.person, self.token, self.consultation, 0):
            if event.event:
                self.got.append((event.event, event.data))

    async def settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    def names(self) -> list[str]:
        return [name for name, _ in self.got]


def follows(test, person=DANA) -> None:
    """Run a test of a follower in a loop of its own."""

    async def run() -> None:
        follower = Follower(person)
        await follower.start()
        try:
            await test(follower)
        finally:
            follower.task.cancel()

    asyncio.run(run())


def test_what_is_said_later_arrives_when_it_is_said() -> None:
    async def later(follower: Follower) -> None:
        before = len(follower.got)
        follower.house.tells(follower.consultation, Utterance("duty_worker", "Hello"))
        await follower.settle()
        assert [json.loads(data)["text"] for _, data in follower.got[before:]] == ["Hello"]

    follows(later)


def test_a_claim_is_told_as_a_state() -> None:
    async def claimed(follower: Follower) -> None:
        case = follower.house.hands_over(follower.consultation)
        await follower.house.duty.claim(ANN, case.id, NOW)
        await follower.settle()
        name, data = follower.got[-1]
        told = json.loads(data)
        assert (name, told["stage"], told["has_it"]) == ("state", "claimed", "Ann Field")

    follows(claimed)


def test_somebody_who_waits_is_told_when_an_answer_is_due() -> None:
    async def waiting(follower: Follower) -> None:
        follower.house.hands_over(follower.consultation)
        await follower.settle()
        told = json.loads(follower.got[-1][1])
        assert (told["due_at"], told["place"]) == ("2026-11-20T14:00:00Z", 1)

    follows(waiting)


def test_who_is_writing_is_told_before_what_was_written() -> None:
    async def writing(follower: Follower) -> None:
        before = len(follower.got)
        follower.door.typing.notice(follower.consultation, "duty_worker")
        follower.house.tells(follower.consultation, Utterance("duty_worker", "Hello"))
        await follower.settle()
        assert follower.names()[before:] == ["typing", "message"]

    follows(writing)


def test_writing_in_another_consultation_is_not_told() -> None:
    async def elsewhere(follower: Follower) -> None:
        before = len(follower.got)
        follower.door.typing.notice("another", "duty_worker")
        await follower.settle()
        assert len(follower.got) == before

    follows(elsewhere)


def test_a_session_that_ends_ends_the_stream() -> None:
    async def ended(follower: Follower) -> None:
        await follower.house.sign_out(follower.token)
        await follower.settle()
        assert follower.names()[-1] == "signed_out"
        follower.house.tells(follower.consultation, Utterance("duty_worker", "not for a stranger"))
        await follower.settle()
        assert follower.names()[-1] == "signed_out", "nothing more is told"
        assert follower.task.done()

    follows(ended)


def test_the_last_message_comes_before_the_end_and_what_comes_after_it_is_told_too() -> None:
    async def ending(follower: Follower) -> None:
        case = follower.house.hands_over(follower.consultation)
        gone = (Utterance("service", "Taken out of the queue"),)
        follower.house.records.step(case.id, Step(Move.ABANDON, MEL, NOW, says=gone))
        follower.house.bells.something_new()
        await follower.settle()
        assert follower.names()[-2:] == ["message", "state"]
        assert not follower.task.done()
        await follower.house.asking.ask_again(DANA, follower.consultation, NOW)
        await follower.settle()
        assert json.loads(follower.got[-1][1])["stage"] == "waiting"

    follows(ending)


def test_what_the_other_side_has_read_is_told_as_a_state() -> None:
    async def reading(follower: Follower) -> None:
        case = follower.house.hands_over(follower.consultation)
        await follower.house.duty.claim(ANN, case.id, NOW)
        await follower.settle()
        before = len(follower.got)
        await follower.house.asking.seen(ANN, follower.consultation, 2, NOW)
        await follower.settle()
        assert [json.loads(data)["seen"] for _, data in follower.got[before:]] == [2]

    follows(reading)


def test_a_desk_that_no_longer_sees_a_case_is_told_that_it_has_gone_and_nothing_of_it() -> None:
    async def gone(follower: Follower) -> None:
        await follower.house.duty.claim(ANN, "case-c0001", NOW)
        why = "The child lives in the other area"
        await follower.house.duty.transfer(ANN, "case-c0001", "", "buckinghamshire", RawText(why), NOW)
        await follower.settle()
        await follower.house.duty.accept(CAT, "case-c0001", NOW)
        await follower.settle()
        assert follower.names()[-1] == "gone"
        assert follower.task.done()
        assert "taken this over" not in str(follower.got), "that was said when it was another area's already"

    follows(gone, ANN)


def test_a_follower_who_leaves_is_forgotten() -> None:
    async def leaves(follower: Follower) -> None:
        follower.task.cancel()
        await follower.settle()
        assert follower.door.typing._followers == {}
        assert follower.house.bells.waiting == set(), "nobody goes on waiting for them"

    follows(leaves)


def test_another_dsl_cannot_follow() -> None:
    visitor = Visitor()
    theirs = visitor.as_dsl("kent-1").opened()
    token = visitor.house.sign_in(BEA)
    answer = visitor.get(f"/api/consultations/{theirs}/events", headers={"Cookie": f"noname_dsl={token}"})
    assert answer.status_code == 404
    visitor.close()
