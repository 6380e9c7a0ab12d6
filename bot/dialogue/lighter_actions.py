"""Lighter actions: what Rasa does before and around an action of ours (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. Rasa makes all of its own actions anew to look for one by
its name, and after each message asks every slot how it is filled. Ours are all filled by our own forms.
"""


def cut():
    """Make every cut that is about actions."""
    from rasa.core.actions import action
    from rasa.core.actions.action import ActionExtractSlots

    action.default_actions = _made_once(action.default_actions)
    ActionExtractSlots.run = _asking_who_may_be_filled(ActionExtractSlots.run)


def _made_once(make):
    """Make Rasa's own actions once for an endpoint: none of them holds anything of a talk."""
    made = {}

    def default_actions(action_endpoint=None):
        key = id(action_endpoint)
        if key not in made or made[key][0] is not action_endpoint:
            made[key] = action_endpoint, make(action_endpoint)
        return list(made[key][1])

    return default_actions


def _asking_who_may_be_filled(usual):
    """Leave out the walk through all slots where each is filled by nobody but a form or an action of ours."""
    held = []

    async def run(self, output_channel, nlg, tracker, domain):
        if not held or held[0] is not domain:
            held[:] = domain, _fills_nothing(domain)
        return [] if held[1] else await usual(self, output_channel, nlg, tracker, domain)

    return run


def _fills_nothing(domain):
    from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES

    of_ours = (slot for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES)
    by_hand = all(mapping == {"type": "custom"} for slot in of_ours for mapping in slot.mappings)
    return by_hand and ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions
