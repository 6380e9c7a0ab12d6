"""Lighter logs: nothing is copied for a log that nobody keeps (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. Rasa copies whole states and answers, with all that hangs
on them, to hand them to a line of its log, several times a turn; the line is then not written. Where it is, it is
written at once: what it is handed cannot have changed by then.
"""

import copy

# In these `copy.deepcopy` is for lines of the log alone.
_FOR_LOGS = (
    "rasa.core.policies.memoization",
    "rasa.core.policies.rule_policy",
    "rasa.core.processor",
    "rasa.core.actions.forms",
)


class _CopyingNothingDeeply:
    """The module `copy`, without its `deepcopy`."""

    def __getattr__(self, name):
        return getattr(copy, name)

    @staticmethod
    def deepcopy(whole):
        return whole


def cut():
    """Make every cut that is about logs."""
    from importlib import import_module

    for name in _FOR_LOGS:
        module = import_module(name)
        if module.copy is copy:
            module.copy = _CopyingNothingDeeply()
