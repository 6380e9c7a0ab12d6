"""Watch: wakes whoever waits for something new, in this process at once and elsewhere soon."""

import asyncio


class Watch:
    """One bell for the house. Another process may have written too, so nobody waits longer than `patience`."""

    def __init__(self, patience: float = 1.0) -> None:
        self._patience = patience
        self._bell = asyncio.Event()

    def something_new(self) -> None:
        """Wake everybody who waits."""
        self._bell.set()
        self._bell = asyncio.Event()

    async def until_something_new(self) -> None:
        """Return at the next bell, or after `patience` seconds."""
        bell = self._bell
        try:
            await asyncio.wait_for(bell.wait(), self._patience)
        except TimeoutError:
            return
