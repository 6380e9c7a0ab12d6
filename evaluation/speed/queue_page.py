"""The queue's page: what it takes a desk to open it, one time after another."""

import time
import urllib.request


def queue_seconds(url: str, token: str, times: int) -> list[float]:
    """Return the seconds of so many openings of the queue by a worker who has signed in."""
    taken = []
    for _ in range(times):
        asked = urllib.request.Request(f"{url}/duty/", headers={"Cookie": f"noname_duty={token}"})
        begun = time.perf_counter()
        with urllib.request.urlopen(asked, timeout=120) as answer:
            if b'id="queue"' not in answer.read():
                raise ValueError("the queue's page is not what was shown")
        taken.append(time.perf_counter() - begun)
    return taken
