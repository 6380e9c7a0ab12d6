"""Which request is being served: a random id that puts the lines of one turn together, and says nothing of anybody."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_BYTES = 8
_NOW: ContextVar[str] = ContextVar("request_id", default="")
_UNDER_WAY: set[str] = set()


def current() -> str:
    """Return the id of the request that is being served here, empty outside of one."""
    return _NOW.get()


@contextmanager
def begun(draw: Callable[[], str] = lambda: secrets.token_hex(_BYTES)) -> Iterator[str]:
    """Give a request its id for as long as the block lasts. Nothing that came with it has a say."""
    drawn = draw()
    before = _NOW.set(drawn)
    _UNDER_WAY.add(drawn)
    try:
        yield drawn
    finally:
        _UNDER_WAY.discard(drawn)
        _NOW.reset(before)


def carry_on(given: object) -> None:
    """Go on under an id that came back to us, if a request of that id is still under way here; else do nothing."""
    if isinstance(given, str) and given in _UNDER_WAY:
        _NOW.set(given)
