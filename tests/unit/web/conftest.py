"""A visitor at the doors of a fake house."""

from collections.abc import Iterator

import pytest

from tests.attacked_house import seed
from tests.unit.web.visitor import Visitor

__all__ = ["seed"]


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """Nobody in particular, not signed in."""
    visitor = Visitor()
    yield visitor
    visitor.close()


@pytest.fixture
def dsl(visitor: Visitor) -> Visitor:
    """A DSL who has signed in."""
    return visitor.as_dsl()


@pytest.fixture
def worker(visitor: Visitor) -> Visitor:
    """A duty worker who has signed in, in a browser in which a DSL has too."""
    return visitor.as_dsl().as_worker()


@pytest.fixture
def case(worker: Visitor) -> str:
    """The address of a case that nobody has claimed."""
    return f"/duty/cases/{worker.handed_over()}"


@pytest.fixture
def claimed(worker: Visitor, case: str) -> str:
    """The address of a case that Ann has claimed."""
    assert worker.post(f"{case}/claim").status_code == 303
    return case
