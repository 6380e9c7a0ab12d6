"""What is made once in a test run, however many houses are built in it: templates, and how doors read what comes in.

Each of these is made of source that does not change while the tests run.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from fastapi import routing
from fastapi.dependencies import utils
from jinja2.bccache import Bucket

from bot.knowledge import entry
from bot.web import pages

MOST = 500  # some routes are made anew with each house, and what they are made of is never given again


class Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled, by their source."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


def by_what_is_given(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes once what is made of the very same things. Nobody changes what it returns."""
    made: OrderedDict[Any, tuple[Any, Any]] = OrderedDict()

    def kept(**given: Any) -> Any:
        key = tuple((name, _key(value)) for name, value in sorted(given.items()))
        if key not in made:
            made[key] = make(**given), given  # kept too, so that what it is known by stays its own
            if len(made) > MOST:
                made.popitem(last=False)
        made.move_to_end(key)
        return made[key][0]

    return kept


def _key(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(id, value))
    if isinstance(value, set):
        return frozenset(value)
    return value if isinstance(value, str) else id(value)


def by_text(compose: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same for files of the knowledge base, and copies of them with a fault in one."""
    composed: dict[str, Any] = {}

    def kept(file: Any, text: str) -> Any:
        if text not in composed:
            composed[text] = compose(file, text)
        return composed[text]

    return kept


@contextmanager
def kept() -> Iterator[None]:
    """Make each of them once until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry, "_composed", by_text(entry._composed))
        quick = partial(jinja2.Environment, bytecode_cache=Compiled())
        patch.setattr(pages, "jinja2", SimpleNamespace(**vars(jinja2) | {"Environment": quick}))
        patch.setattr(utils, "analyze_param", by_what_is_given(utils.analyze_param))
        patch.setattr(routing, "create_model_field", by_what_is_given(routing.create_model_field))
        patch.setattr(routing, "_get_body_field", by_what_is_given(routing._get_body_field))
        yield
