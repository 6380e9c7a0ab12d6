"""Telegram wiring: the part of the list of who gets what that Telegram needs. `bot.wiring` calls it."""

import random
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.alongside import side_by_side
from bot.consultation import RawText, Redaction
from bot.desk.house import House
from bot.desk.sentences import sentences
from bot.desk.turnstile import TurnsHere, Turnstile
from bot.settings import Settings
from bot.settings_of_others import TelegramSettings
from bot.storage import OutboxShelf, SqlRecords
from bot.telegram.asides import Asides
from bot.telegram.bell import Bell
from bot.telegram.commands import Commands
from bot.telegram.line import API, Line
from bot.telegram.pace import Pace, Speeds
from bot.telegram.room import Room, keyed
from bot.telegram.sender import Sender
from bot.telegram.service import Hook, Telegram
from bot.telegram.strangers import Strangers
from bot.telegram.talking import Talking
from bot.telegram.updates import Updates
from bot.web.telegram_door import TelegramDoor

PATH = "/telegram/webhook"

type Now = Callable[[], datetime]
type Beside = Callable[[], Awaitable[None]]


def telegram_of(
    settings: Settings,
    house: House,
    records: SqlRecords,
    now: Now,
    speeds: Speeds | None = None,
    turns: Turnstile | None = None,
) -> Telegram | None:
    """Return Telegram's side of the house, None where the settings name no bot."""
    if settings.telegram is None:
        return None
    say, look = sentences(house.counsel), partial(_look, house)
    room = Room(house, house.staff, records.beside(OutboxShelf), say, look, keyed(settings.pepper), now)
    url = settings.public_url.rstrip("/") + PATH
    hook = Hook(url, settings.telegram_secret) if settings.telegram.is_called else None
    return put_together(room, settings.telegram, hook, speeds or Speeds(), turns)


def put_together(
    room: Room, said: TelegramSettings, hook: Hook | None, speeds: Speeds, turns: Turnstile | None = None
) -> Telegram:
    """Return all of it for a room."""
    line, bell, talking = Line(said.token, said.api or API), Bell(), Talking(room)
    strangers, asides = Strangers(room, time.monotonic), Asides(line)
    updates = Updates(room, talking, Commands(room, talking), strangers, asides, bell, turns or TurnsHere())
    stays, pace = timedelta(hours=said.delete_hours), Pace(speeds, time.monotonic)
    sender = Sender(room, line, bell, pace, stays, random.random, speeds.at_once)
    return Telegram(room, line, updates, sender, random.random, hook)


def door_of(telegram: Telegram | None) -> TelegramDoor:
    """Return the door for updates that are brought: shut where they are asked for, or where there is no bot."""
    if telegram is None or telegram.hook is None:
        return TelegramDoor()
    return TelegramDoor(telegram.updates.handle, telegram.hook.secret)


def beside(others: Beside, telegram: Telegram | None) -> Beside:
    """Return what runs beside the house, with Telegram's part."""
    if telegram is None:
        return others

    async def both() -> None:
        await side_by_side(others(), telegram.run())

    return both


async def _look(house: House, typed: RawText) -> Redaction:
    return await house.anonymiser.redact(typed, on=house.counsel.today())
