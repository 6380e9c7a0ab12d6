"""Runs the actions for Rasa with rasa-sdk's own executor, without its server."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult

from actions import every_action
from bot.desk.at_hand import AtHand

Call = dict[str, Any]


def runner(at_hand: AtHand) -> Callable[[Call], Awaitable[ActionExecutorRunResult | None]]:
    """Return what runs one call of Rasa's and returns its events and responses."""
    executor = ActionExecutor()
    for action in every_action(at_hand):
        executor.register_action(action)

    async def run(call: Call) -> ActionExecutorRunResult | None:
        # The executor asks for the domain unless it is given one; none of our actions reads it.
        return await executor.run({"domain": {}, **call})

    return run
