"""The bell that wakes whoever delivers."""

import asyncio


class Bell:
    """Rings once for everything that came since it was last heard."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Say that there may be something to deliver."""
        self._rung.set()

    async def heard(self, patience: float) -> None:
        """Return when it rings, or after so many seconds."""
        try:
            await asyncio.wait_for(self._rung.wait(), patience)
        except TimeoutError:
            return
        self._rung.clear()
