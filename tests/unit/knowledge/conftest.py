"""A copy of the knowledge base that a test may break."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

KNOWLEDGE_BASE = Path(__file__).resolve().parents[3] / "knowledge_base"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the real knowledge base, to be read only."""
    return KNOWLEDGE_BASE


@pytest.fixture(scope="session")
def on() -> date:
    """Return the day on which everything is asked for."""
    return date(2026, 11, 21)


@pytest.fixture
def copy(tmp_path) -> Path:
    """Return a copy of the knowledge base."""
    return Path(shutil.copytree(KNOWLEDGE_BASE, tmp_path / "knowledge_base"))


@pytest.fixture
def edit(copy) -> Callable[[str, str, str], int]:
    """Return a function that changes the first place in a file and returns its line."""

    def change(file: str, old: str, new: str) -> int:
        path = copy / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}: the test no longer changes anything"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return change
