"""Telegram's side of a house that can be killed at any moment: `python -m tests.telegram_chaos_server PORT`.

The port is the Bot API's, on this machine. Lives begin and end as those of `tests.chaos_server` do: nothing of one is
known to the next but what stands in the folder's file.
"""

import asyncio
import os
import random
import sys
from pathlib import Path

from bot.settings import Settings, load_settings
from bot.telegram.pace import Speeds
from bot.telegram.service import Telegram
from bot.telegram_wiring import telegram_of
from tests.chaos_house import PEPPER, clock, make_house, records_in
from tests.chaos_server import HOST, main

TOKEN = "5550001:a-token-of-these-tests"
# A chat may be written to at once. In all it goes slowly enough for some to wait for their turn, already marked.
SPEEDS = Speeds(in_all=300, to_one=1e6, at_once=12)


def settings_in(folder: Path, port: int) -> Settings:
    """Return the settings of a house in a folder, with a bot on a Bot API at a port of this machine."""
    (folder / "token").write_text(TOKEN)
    given = {"TELEGRAM_TOKEN_FILE": "token", "TELEGRAM_API": f"http://{HOST}:{port}"}
    return load_settings({f"NONAME_{name}": said for name, said in given.items()}, root=folder, draw=lambda: PEPPER)


def telegram_in(folder: Path, port: int, chance: random.Random) -> Telegram:
    """Return Telegram's side of a house on a folder's file."""
    records = records_in(folder)
    telegram = telegram_of(settings_in(folder, port), make_house(records, folder, chance), records, clock, SPEEDS)
    assert telegram
    return telegram


def live(folder: Path, port: int, generation: int, parent: int) -> None:
    """Take in and deliver until killed, or until the process that forked us is gone."""
    telegram = telegram_in(folder, port, random.Random(generation))

    async def until_left() -> None:
        asyncio.get_running_loop().add_reader(parent, os._exit, 0)
        await telegram.run()

    asyncio.run(until_left())


if __name__ == "__main__":
    main(int(sys.argv[1]), live)
