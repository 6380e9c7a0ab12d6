"""Introducing: what Telegram shows of the bot before anybody types: the menu of commands, and who it is for.

Once at each start. Nobody waits for it: what is in the way is waited out beside everything else.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.telegram.line import Line, NotAllowed, NotNow
from bot.telegram.pace import pause

log = logging.getLogger("noname.telegram")

# In the order in which they are shown.
OFFERED = ("worry", "urgent", "status", "whoswho", "again", "help", "privacy", "stop")


async def introduce(line: Line, words: Callable[[str], str], chance: Callable[[], float]) -> None:
    """Have both shown, each until it is done or is never going to be. Raises nothing."""
    await _until_shown(lambda: line.shows({name: words(f"utter_telegram_command_{name}") for name in OFFERED}), chance)
    await _until_shown(lambda: line.says_of_itself(words("utter_telegram_about")), chance)


async def _until_shown(show: Callable[[], Awaitable[None]], chance: Callable[[], float]) -> None:
    failed = 0
    while True:
        try:
            return await show()
        except NotAllowed:
            log.warning("introducing_refused")
            return None
        except Exception as fell:  # twice does no harm
            failed += 1
            log.info("introducing_failed kind=%s attempt=%d", type(fell).__name__, failed)
            told = fell.after if isinstance(fell, NotNow) else None
            await asyncio.sleep(told or pause(failed, chance))
