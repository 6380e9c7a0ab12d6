"""What is made once in a test run, however many houses are built in it: templates, and how doors read what comes in.

Each of these is made of source that does not change while the tests run.
"""

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
from tests.once import Once

MOST = 500  # some routes are made anew with each house, and what they are made of is never given again


class Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled, by their source."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


def by_what_is_given(make: Callable[..., Any]) -> Once:
    """Return a function that makes once what is made of the very same things."""
    return Once(make, lambda **given: tuple((name, _key(value)) for name, value in sorted(given.items())), MOST)


def _key(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(id, value))
    if isinstance(value, set):
        return frozenset(value)
    return value if isinstance(value, str) else id(value)


@contextmanager
def kept() -> Iterator[None]:
    """Make each of them once until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        # Files of the knowledge base, and copies of them with a fault in one, by their text.
        patch.setattr(entry, "_composed", Once(entry._composed, lambda file, text: text))
        quick = partial(jinja2.Environment, bytecode_cache=Compiled())
        patch.setattr(pages, "jinja2", SimpleNamespace(**vars(jinja2) | {"Environment": quick}))
        patch.setattr(utils, "analyze_param", by_what_is_given(utils.analyze_param))
        patch.setattr(routing, "create_model_field", by_what_is_given(routing.create_model_field))
        patch.setattr(routing, "_get_body_field", by_what_is_given(routing._get_body_field))
        yield
