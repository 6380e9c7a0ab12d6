"""The desk's pages: what it takes to open one, time after time."""

import time
import urllib.request
from collections.abc import Sequence

# By name: where it is, and what stands on it when it is what was asked for.
PAGES = {
    "queue": ("/duty/", b'id="queue"'),
    "shift": ("/duty/shift", b'id="unsettled"'),
    "search": ("/duty/search?urgency=green", b'id="found-heading"'),
    "kinds": ("/duty/search?kind=neglect", b'id="found-heading"'),
}


def page_seconds(url: str, token: str, times: int) -> dict[str, Sequence[float]]:
    """Return by page the seconds of so many openings by a worker who has signed in."""
    return {name: [_opened(url + path, token, sign) for _ in range(times)] for name, (path, sign) in PAGES.items()}


def _opened(address: str, token: str, sign: bytes) -> float:
    asked = urllib.request.Request(address, headers={"Cookie": f"noname_duty={token}"})
    begun = time.perf_counter()
    with urllib.request.urlopen(asked, timeout=120) as answer:
        if sign not in answer.read():
            raise ValueError("the page is not what was shown")
    return time.perf_counter() - begun
