"""What was read once is not read again, and no text is remembered for it."""

from bot.consultation import Reading, RedactedText
from bot.reading.remembering import Remembering


class Counting:
    """A reader that counts; a reading says which it was, and nothing of the text."""

    def __init__(self) -> None:
        self.read_so_far: list[tuple[str, bool]] = []

    def read(self, text: RedactedText, *, as_a_whole: bool = True) -> Reading:
        self.read_so_far.append((text, as_a_whole))
        return Reading(red_flags=(str(len(self.read_so_far)),))


def test_the_same_text_is_read_once_and_another_by_itself() -> None:
    reader = Counting()
    remembering = Remembering(reader, b"key")
    first = remembering.read(RedactedText("always hungry"))
    assert remembering.read(RedactedText("always hungry")) is first
    assert remembering.read(RedactedText("always hungry.")) is not first
    assert len(reader.read_so_far) == 2


def test_a_text_by_its_own_signs_is_another_reading() -> None:
    reader = Counting()
    remembering = Remembering(reader, b"key")
    for as_a_whole in (True, False, True, False):
        remembering.read(RedactedText("hungry"), as_a_whole=as_a_whole)
    assert reader.read_so_far == [("hungry", True), ("hungry", False)]


def test_what_was_not_used_for_long_is_let_go_first() -> None:
    reader = Counting()
    remembering = Remembering(reader, b"key", held=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembering.read(RedactedText(text))
    assert [text for text, _ in reader.read_so_far] == ["a", "b", "c", "b"]


def test_no_text_is_held() -> None:
    remembering = Remembering(Counting(), b"key")
    remembering.read(RedactedText("a telling word \udc80"))
    assert "telling" not in repr(vars(remembering)["_readings"])
