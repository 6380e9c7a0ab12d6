"""A pack with anything at all done to one of its files: it is read, or refused once, with the file and a line of it."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import NotInForce, PackError, load_area
from bot.knowledge.desk_settings import desk_settings
from bot.knowledge.shared import Shared, shared
from tests.how_long import examples
from tests.unit.knowledge.conftest import KNOWLEDGE_BASE

KENT = "E10000016-kent"
FILES = ("area.yml", "early_help.yml", "sources.yml", "thresholds.yml")
ODD = """
: - ? & * ! | > ' " % @ ` # { } [ ] , ~ <<: !!python/object: &a *a --- ... \t \u2028 \ufeff \x85 0 -1 1e999 0x1f
2026-02-31 9999-12-31 0000-00-00 null yes .inf .nan {a: {a: {a: 1}}} [[[[[[]]]]]] kent-level-2
source level value 2018-10-01:
""".split(" ")
ODD += ["*a " * 50, "[" * 2000, "a" * 20_000, "&a [*a]", "\n", "\n\n  ", "  ", "\ud7ff", "🙂"]
LONGEST_SECONDS = 10


class Bench:
    """A copy of the knowledge base in which one file at a time is changed and put back."""

    def __init__(self, root: Path) -> None:
        self.root, self.here = root, root / "areas" / KENT
        self.whole = {name: (self.here / name).read_text("utf-8") for name in FILES}
        self.held: Shared = shared(root)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(Path(shutil.copytree(KNOWLEDGE_BASE, tmp_path_factory.mktemp("any") / "knowledge_base")))


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[float, str, int, str]]:
    """Draw what is done to a text: where (as a share of it), what, over how many characters, with which words."""
    one = st.tuples(
        st.floats(0, 1), st.sampled_from(["put", "take", "replace", "twice", "swap"]), st.integers(1, 200),
        st.one_of(st.sampled_from(ODD), st.text(max_size=12)),
    )  # fmt: skip
    return draw(st.lists(one, min_size=1, max_size=4))


def changed(text: str, done: list[tuple[float, str, int, str]]) -> str:
    for share, act, length, words in done:
        at = int(share * len(text))
        piece = text[at : at + length]
        after = text[at + length :]
        made = {"put": words + piece, "take": "", "replace": words, "twice": piece * 2, "swap": piece[::-1]}
        text = text[:at] + made[act] + after
    return text


def _tells(refused: PackError, written: bytes) -> bool:
    lines = max(written.count(b"\n"), refused.file.read_text("utf-8").count("\n")) + 2
    return bool(refused.wrong) and 1 <= refused.line <= lines


@examples(100, 10_000)
@given(file=st.sampled_from(FILES), done=changes())
def test_a_pack_is_read_or_refused_once_with_file_and_line(bench: Bench, file: str, done: list) -> None:
    written = changed(bench.whole[file], done).encode("utf-8", "replace")
    path = bench.here / file
    path.write_bytes(written)
    begun = time.process_time()
    refused = None
    try:
        load_area(bench.root, KENT, date(2026, 11, 21), bench.held)
    except PackError as raised:
        refused = raised
    except NotInForce:
        pass  # a first day was moved
    finally:
        path.write_text(bench.whole[file], "utf-8")
    assert refused is None or _tells(refused, written)
    assert time.process_time() - begun < LONGEST_SECONDS


NO_TEXT = {
    "half a character": b"name: Kent \xff\xfe",
    "two bytes a character": "name: Kent".encode("utf-16"),
    "a null": b"name: Kent\x00",
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "levels without end": b"[" * 100_000,
    "names that grow": b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 112)
    ),
    "itself in itself": b"a: &a [*a]\nname: Kent\n",
    "an object": b"!!python/object/apply:os.system ['true']",
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("written", NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_pack_at_all_is_refused_in_the_same_way(bench: Bench, file: str, written: bytes) -> None:
    path = bench.here / file
    path.write_bytes(written)
    begun = time.process_time()
    try:
        with pytest.raises(PackError) as refused:
            load_area(bench.root, KENT, date(2026, 11, 21), bench.held)
    finally:
        path.write_text(bench.whole[file], "utf-8")
    assert refused.value.file.name == file
    assert refused.value.line >= 1
    assert time.process_time() - begun < LONGEST_SECONDS


@pytest.mark.parametrize("written", NO_TEXT.values(), ids=NO_TEXT)
def test_so_are_the_settings_of_a_desk(bench: Bench, written: bytes) -> None:
    path = bench.here / "desk.yml"
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(written)
    try:
        with pytest.raises(PackError):
            desk_settings(bench.here / "desk.yml", {}, date(2026, 11, 21))
    finally:
        path.unlink() if before is None else path.write_bytes(before)
