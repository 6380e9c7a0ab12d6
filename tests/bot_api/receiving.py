"""The methods with which a bot gets its updates: it asks, and waits if it likes, or it has them posted."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from bot_api.fields import Fields, clamped, json_field
from bot_api.refusals import HungUp, bad_request, conflict
from bot_api.updates import Update
from bot_api.world import Hook, World

_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
LONGEST_POLL = 50  # seconds


class Polling:
    """The one request for updates that may wait. Lives on the server's loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: asyncio.Future[None] | None = None

    async def get_updates(self, fields: Fields) -> list[Update]:
        """Return updates from the offset on, and forget those before it; waits up to `timeout` seconds for one."""
        with self._world.lock:
            if self._world.hook:
                raise conflict(_HOOK_IS_SET)
            _name_kinds(self._world, fields)
            offset, limit = clamped(fields, "offset", 0, -(2**31), 2**31), clamped(fields, "limit", 100, 1, 100)
            seconds = clamped(fields, "timeout", 0, 0, LONGEST_POLL)
            found = self._world.updates.batch(offset, limit)
        if found or not seconds:
            return found
        await self._wait(seconds)
        with self._world.lock:
            return self._world.updates.batch(offset, limit)

    def wake(self) -> None:
        """Let the waiting request look again."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def end(self, why: Exception | None = None) -> None:
        """End the waiting request with a refusal, or by hanging up."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(why or HungUp())

    async def _wait(self, seconds: int) -> None:
        self.end(conflict(_OTHER_POLL))
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    # webhooks

    def set_webhook(self, fields: Fields) -> tuple[bool, str]:
        """Have updates posted to an address from now on; an empty one ends that. Returns what Telegram says to it."""
        url, secret = fields.get("url", ""), fields.get("secret_token", "")
        if not url:
            return self.delete_webhook(fields)
        _check_address(url)
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        with self._world.lock:
            _name_kinds(self._world, fields)
            before = self._world.hook
            self._world.hook = Hook(url, secret, clamped(fields, "max_connections", 40, 1, 100))
            _drop_if_asked(self._world, fields)
        self.end(conflict("terminated by setWebhook request"))
        is_same = before is not None and (before.url, before.secret) == (url, secret)
        return True, "Webhook is already set" if is_same else "Webhook was set"

    def delete_webhook(self, fields: Fields) -> tuple[bool, str]:
        """Have nothing posted any more."""
        with self._world.lock:
            before, self._world.hook = self._world.hook, None
            _drop_if_asked(self._world, fields)
        return True, "Webhook was deleted" if before else "Webhook is already deleted"

    def get_webhook_info(self, fields: Fields) -> dict[str, Any]:
        """Say where updates are posted and how that goes."""
        with self._world.lock:
            hook, updates = self._world.hook, self._world.updates
            said = {"url": hook.url if hook else "", "has_custom_certificate": False}
            said["pending_update_count"] = len(updates)
            if updates.named:
                said["allowed_updates"] = list(updates.named)
            if hook:
                said["max_connections"] = hook.max_connections
            if hook and hook.last_error:
                said["last_error_date"], said["last_error_message"] = hook.last_error
            return said


def _name_kinds(world: World, fields: Fields) -> None:
    """Keep which kinds of updates the bot wants; nothing said leaves it as it was, an empty list means the usual."""
    if "allowed_updates" in fields:
        world.updates.named = tuple(json_field(fields, "allowed_updates", []))


def _drop_if_asked(world: World, fields: Fields) -> None:
    if fields.get("drop_pending_updates"):
        world.updates.forget_all()


def _check_address(url: str) -> None:
    """Refuse what is neither HTTPS nor on this machine: a server beside the bot may post without a certificate."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
