"""One anonymiser for the whole folder: it keeps nothing of any text, so tests cannot meet in it."""

import pytest

from bot.anonymiser import Anonymiser, load


@pytest.fixture(scope="session")
def anonymiser() -> Anonymiser:
    return load()
