"""Once: a function whose answers are kept, for what many houses of one test run are made of."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class Once:
    """What `make` returns, made once by a key of what it is given; nobody changes it. At most `most` are kept."""

    def __init__(self, make: Callable[..., Any], key: Callable[..., Any], most: int | None = None) -> None:
        self._make, self._key, self._most = make, key, most
        self._made: OrderedDict[Any, tuple[Any, Any]] = OrderedDict()

    def __call__(self, *given: Any, **named: Any) -> Any:
        key = self._key(*given, **named)
        if key not in self._made:
            # What it was given is kept too: where a key is made of where things are, they must stay there.
            self._made[key] = self._make(*given, **named), (given, named)
            if self._most is not None and len(self._made) > self._most:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key][0]
