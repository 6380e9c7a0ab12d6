"""How many examples a fuzz takes: few and always the same in the suite, many and drawn afresh with NONAME_LONG=1."""

import os

from hypothesis import HealthCheck, settings


def examples(few: int, many: int) -> settings:
    """Return the settings of a fuzz."""
    is_long = bool(os.environ.get("NONAME_LONG"))
    return settings(
        max_examples=many if is_long else few,
        derandomize=not is_long,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    )
