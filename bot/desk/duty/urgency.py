"""Urgency: a case can become more urgent, and never less."""

from dataclasses import replace

from bot.desk.case import Case

MOST_URGENT_FIRST = ("red", "amber", "green")
# What a second hand-over brings along when it makes a case more urgent.
_OF_A_HAND_OVER = ("reason", "goes_home", "goes_home_time", "dsl_view", "dsl_reason")


def more_urgent(there: Case, again: Case) -> Case:
    """Return the case as a second hand-over makes it: at least as urgent, and due no later."""
    urgency = min(there.urgency, again.urgency, key=MOST_URGENT_FIRST.index)
    due_at = min(there.due_at, again.due_at)
    if (urgency, due_at) == (there.urgency, there.due_at):
        return there
    brought = {name: getattr(again, name) for name in _OF_A_HAND_OVER}
    return replace(there, urgency=urgency, due_at=due_at, **brought)
