"""A state of a page: its name, the route that answers with it, and how it is reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.accessibility.visit import Visit


@dataclass(frozen=True)
class State:
    """One thing that a person can have before them.

    `status` and `route` are what the page came with, `needs` is what else stands behind the doors.
    """

    name: str
    route: str
    reach: Callable[[Visit], Any]
    status: int = 200
    needs: dict[str, Any] = field(default_factory=dict)


class States(list[State]):
    """States of one kind, in the order in which they were written down."""

    def of(self, route: str, status: int = 200, **given: Any) -> Callable:
        """Add what a function reaches; it is named after the function."""

        def add(reach: Callable[[Visit], Any]) -> Callable[[Visit], Any]:
            self.append(State(reach.__name__.replace("_", "-"), route, reach, status, **given))
            return reach

        return add
