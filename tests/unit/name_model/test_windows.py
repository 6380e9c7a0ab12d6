"""Windows: nothing of a long text is cut off."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.name_model.windows import OVERLAP, WIDTH, runs, windows


@given(st.integers(0, 12_000))
def test_windows_cover_every_character_and_share_more_than_a_name(length: int) -> None:
    cut = list(windows(length))
    assert {i for start, end in cut for i in range(start, end)} == set(range(length))
    assert all(end - start <= WIDTH for start, end in cut)
    assert all(end - later >= OVERLAP for (_, end), (later, _) in pairwise(cut))


@given(st.integers(0, 3_000), st.integers(80, 600))
def test_runs_of_tokens_cover_every_token_and_none_is_too_long(count: int, most: int) -> None:
    cut = list(runs(count, most, 64))
    assert {i for start, end in cut for i in range(start, end)} == set(range(count))
    assert all(end - start <= most for start, end in cut)


def test_a_short_text_is_one_window() -> None:
    assert list(windows(30)) == [(0, 30)]
    assert list(windows(0)) == []
