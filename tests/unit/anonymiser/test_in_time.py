"""Redaction beside the event loop: in time or not at all, in order, and with nothing learnt from what came late."""

import asyncio
import threading
import time
import traceback

import pytest

from bot.anonymiser import AnonymiserFailed, InTime, Memory, SecondLook, Shut, TextTooLong, TookTooLong
from bot.anonymiser.errors import AnonymiserShut
from bot.consultation import Finding, RawText, RedactedText, Redaction

CANARY = "Zebedina"


class Slow:
    """Takes `seconds`, teaches the memory, and returns the text without the canary."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.looks = 0

    def redact(self, raw, memory=None, *, on=None, not_names=()):
        time.sleep(self.seconds)
        if memory is not None:
            memory.keep(raw.reveal(), memory.allot("child"))
        text = RedactedText(raw.reveal().replace(CANARY, "[child]"))
        return Redaction(text, (), text)

    def second_scan(self, text, not_names=()):
        self.looks += 1
        return (Finding(0, 1, "NAME", "[child]"),) if CANARY in text and CANARY not in not_names else ()

    def record_of(self, text, not_names=()):
        self.looks += 1
        return text.replace("Qwrtls", "[word]")


def test_what_is_in_time_comes_back_and_is_learnt() -> None:
    memory = Memory(b"k" * 16)
    redaction = asyncio.run(InTime(Slow()).redact(RawText(f"{CANARY} cried"), memory))
    assert redaction.record == "[child] cried"
    assert len(memory) == 1


class Held(Slow):
    """Is at it until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[threading.Thread] = []
        self.let_go = threading.Event()

    def redact(self, raw, memory=None, *, on=None, not_names=()):
        self.begun.append(threading.current_thread())
        self.let_go.wait(20)
        return super().redact(raw, memory)


def test_what_is_late_is_refused_and_teaches_nothing_even_later() -> None:
    memory, held = Memory(b"k" * 16), Held()

    async def wait() -> None:
        begun = time.monotonic()
        with pytest.raises(TookTooLong) as caught:
            await InTime(held, seconds=0.1).redact(RawText(f"{CANARY} cried"), memory)
        assert time.monotonic() - begun < 10
        assert held.begun[0].is_alive(), "it is still at it"
        assert caught.value.__context__ is None
        held.let_go.set()
        while held.begun[0].is_alive():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0)

    asyncio.run(wait())
    assert len(memory) == 0


def test_others_are_let_through_meanwhile() -> None:
    async def others() -> bool:
        held = Held()
        slow = asyncio.ensure_future(InTime(held, seconds=30).redact(RawText("a")))
        for _ in range(6):
            await asyncio.sleep(0.01)
        is_at_it = not slow.done()
        held.let_go.set()
        await slow
        return is_at_it

    assert asyncio.run(others())


def test_whoever_waits_for_a_place_waits_no_longer_than_the_deadline() -> None:
    class HeldFromTheSecond(Held):
        def redact(self, raw, memory=None, *, on=None, not_names=()):
            if not self.begun:
                self.begun.append(threading.current_thread())
                return Slow.redact(self, raw, memory)
            return super().redact(raw, memory)

    held, others = HeldFromTheSecond(), set(threading.enumerate())

    async def crowd() -> list[object]:
        in_time = InTime(held, seconds=2.0, at_once=1)
        return await asyncio.gather(*(in_time.redact(RawText("a")) for _ in range(3)), return_exceptions=True)

    begun = time.monotonic()
    came = asyncio.run(crowd())
    assert time.monotonic() - begun < 10
    assert sorted(type(one).__name__ for one in came) == ["Redaction", "TookTooLong", "TookTooLong"]
    held.let_go.set()
    for thread in set(threading.enumerate()) - others:
        thread.join(10)
    assert len(held.begun) == 2, "whoever gave up waiting is not begun afterwards"


def test_a_thread_that_never_comes_back_keeps_nobody_from_closing() -> None:
    async def hang() -> None:
        with pytest.raises(TookTooLong):
            await InTime(Slow(30), seconds=0.05).redact(RawText("a"))

    asyncio.run(hang())
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "redaction")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (RuntimeError(f"could not read {CANARY}"), AnonymiserFailed),
        (MemoryError(CANARY), AnonymiserFailed),
        (TextTooLong(), TextTooLong),
    ],
)
def test_a_failure_comes_back_as_its_kind_and_leads_to_nothing(fault: Exception, kind: type) -> None:
    class Broken(Slow):
        def redact(self, raw, memory=None, *, on=None, not_names=()):
            raise fault

    with pytest.raises(kind) as caught:
        asyncio.run(InTime(Broken()).redact(RawText(CANARY)))
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=False).format()
    assert CANARY not in "".join(shown)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_shut_refuses_everything() -> None:
    with pytest.raises(AnonymiserShut):
        asyncio.run(InTime(Shut()).redact(RawText("hello")))
    for ask in (Shut().second_scan, Shut().record_of):
        with pytest.raises(AnonymiserShut):
            ask("hello")


# the second look


def test_a_clean_text_is_looked_at_once() -> None:
    slow = Slow()
    look = SecondLook(slow, b"k" * 16)
    assert (look("he cried"), look("he cried"), look("he cried", ("Robin",))) == ((), (), ())
    assert slow.looks == 1, "a word that is not in the text changes nothing of it"


def test_what_was_found_is_found_again() -> None:
    look = SecondLook(Slow(), b"k" * 16)
    assert look(f"{CANARY} cried")
    assert look(f"{CANARY} cried")


def test_a_text_clean_by_words_put_back_is_not_clean_without_them() -> None:
    look = SecondLook(Slow(), b"k" * 16)
    assert look(f"{CANARY} cried", (CANARY,)) == ()
    assert look(f"{CANARY} cried") != ()


def test_a_record_is_its_own_and_known_as_such() -> None:
    slow = Slow()
    look = SecondLook(slow, b"k" * 16)
    assert look.record_of("ask Qwrtls") == "ask [word]"
    assert look.record_of("ask [word]") == look.record_of("ask [word]") == "ask [word]"
    assert slow.looks == 2


def test_the_store_finds_the_look_taken() -> None:
    slow = Slow()
    look = SecondLook(slow, b"k" * 16)
    record = asyncio.run(InTime(slow, look_again=look).redact(RawText(f"{CANARY} cried"))).record
    assert slow.looks == 1
    assert look(record) == ()
    assert slow.looks == 1


def test_of_a_text_nothing_is_held() -> None:
    look = SecondLook(Slow(), b"k" * 16)
    look("he cried in assembly")
    assert "assembly" not in repr(vars(look))
