"""The anonymiser fails closed, and no failure leads to the text."""

import gc
import traceback
from types import FrameType

import pytest

from bot.anonymiser import LONGEST, Anonymiser, AnonymiserFailed, TextTooLong, UnreadableScript
from bot.anonymiser import anonymiser as room
from bot.consultation import RawText

CANARY = "Zebedina Quillfeather"


class Broken(Exception):
    """A fault that carries the text, as a careless library's would."""


def broken(page: object) -> list[object]:
    raise Broken(f"could not read {page.shown}")


def everything_said_by(failure: BaseException) -> str:
    """What a log line, a traceback with its locals or a crash reporter could show of a failure."""
    said = [repr(failure), str(failure), repr(failure.args), repr(vars(failure))]
    ours = failure.__traceback__.tb_next  # the first frame is the test's own, and knows the text of course
    said += traceback.TracebackException(type(failure), failure, ours, capture_locals=True).format()
    for linked in (failure.__context__, failure.__cause__):
        said.append(repr(linked))
    return "\n".join(said)


@pytest.mark.parametrize("place", ["STRUCTURED", "NAMES"])
def test_a_fault_in_any_detector_refuses_the_text_and_tells_nothing_of_it(
    anonymiser: Anonymiser, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    module = room.structured_marks.__globals__
    monkeypatch.setitem(module, place, (broken,))
    raw = RawText(f"{CANARY} was crying")
    with pytest.raises(AnonymiserFailed) as caught:
        anonymiser.redact(raw)
    assert "Zebedina" not in everything_said_by(caught.value)
    assert caught.value.__context__ is None, "an exception that hides another still holds it, and its text"


def test_a_fault_in_the_second_scan_tells_nothing_either(
    anonymiser: Anonymiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(room.structured_marks.__globals__, "STRUCTURED", (broken,))
    with pytest.raises(AnonymiserFailed) as caught:
        anonymiser.second_scan(f"{CANARY} was crying")
    assert caught.value.__context__ is None


def test_a_broken_memory_refuses_the_text(anonymiser: Anonymiser) -> None:
    with pytest.raises(AnonymiserFailed) as caught:
        anonymiser.redact(RawText("mum Zebedina said so"), memory=object())
    assert "Zebedina" not in everything_said_by(caught.value)


def test_a_text_that_is_too_long_is_refused_whole(anonymiser: Anonymiser) -> None:
    with pytest.raises(TextTooLong) as caught:
        anonymiser.redact(RawText("Zebedina " * (LONGEST // 9 + 1)))
    assert "Zebedina" not in everything_said_by(caught.value)
    assert anonymiser.redact(RawText("a" * LONGEST)).findings == ()


@pytest.mark.parametrize("text", ["فاطمة لم تأت إلى المدرسة", "李伟今天没来", "Ольга не пришла", "мама Шарон hi"])
def test_a_script_that_cannot_be_read_is_refused(anonymiser: Anonymiser, text: str) -> None:
    with pytest.raises(UnreadableScript) as caught:
        anonymiser.redact(RawText(text))
    assert text.split()[0] not in everything_said_by(caught.value)
    assert issubclass(UnreadableScript, AnonymiserFailed), "a door that catches the one catches both"


def test_no_raw_text_lingers_after_redaction(anonymiser: Anonymiser) -> None:
    anonymiser.redact(RawText("mum Zebedina-Canary said so"))
    gc.collect()
    held = [o for o in gc.get_objects() if isinstance(o, dict | list | set | tuple) and not _is_ours(o)]
    assert not any("zebedina-canary" in str(s).lower() for o in held if len(o) < 50 for s in o if type(s) is str)


def _is_ours(thing: object) -> bool:
    return isinstance(thing, FrameType) or thing is globals()
