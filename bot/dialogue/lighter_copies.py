"""Lighter copies: a talk that is what another is, without walking through it (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. Rasa copies a talk before each action, and forms do so
twice more, by letting all of its events happen again. What they would come to stands in the talk already. Where that
is not sure, the events happen again, as with Rasa itself.
"""

import copy

_NOT_SURE = object()


def cut():
    """Make every cut that is about copies."""
    from rasa.core.actions.forms import FormAction
    from rasa.shared.core import events as ev
    from rasa.shared.core.trackers import DialogueStateTracker

    followup = _followup_by(ev)
    DialogueStateTracker._set_slot = _setting_its_own(DialogueStateTracker._set_slot)
    DialogueStateTracker._reset_slots = _resetting_its_own(DialogueStateTracker._reset_slots)
    DialogueStateTracker._like_this = like
    DialogueStateTracker.copy = _copying(DialogueStateTracker.copy, followup)
    FormAction._temporary_tracker = _trying(FormAction._temporary_tracker, ev, followup)


def like(tracker, walks_too=False):
    """Return a talk in the same state, which may go another way from here."""
    other = object.__new__(type(tracker))
    held = other.__dict__
    held.update(tracker.__dict__)
    held["events"] = tracker.events.copy()
    held["slots"] = tracker.slots.copy()
    held["active_loop"] = tracker.active_loop and copy.copy(tracker.active_loop)
    walk = held.get("_walk")
    if walk is not None:
        applied, by_words, walker, moments = walk
        # Of two that go on with one walker, the second walks anew (lighter_talks.py).
        walker = like(walker) if walks_too and walker is not None else walker
        held["_walk"] = applied, list(by_words), walker, list(moments)
    return other


def _setting_its_own(usual):
    """Set a slot where no other talk has it: copies share theirs until one of them is set."""

    def _set_slot(self, key, value):
        if key in self.slots:
            self.slots[key] = copy.copy(self.slots[key])
        usual(self, key, value)

    return _set_slot


def _resetting_its_own(usual):
    """Empty the slots where no other talk has them."""

    def _reset_slots(self):
        for name, slot in self.slots.items():
            self.slots[name] = copy.copy(slot)  # the same name: nothing is added while it is walked through
        usual(self)

    return _reset_slots


def _followup_by(ev):
    """Return what says which action was to follow, by the events alone: Rasa clears it beside them."""
    ends = (ev.UserUttered, ev.ActionExecuted)
    too_much = (ev.Restarted, ev.SessionStarted, ev.ActionReverted, ev.UserUtteranceReverted)

    def followup(events):
        for event in reversed(events):
            if isinstance(event, ends):
                return None
            if isinstance(event, ev.FollowupAction):
                return event.action_name
            if isinstance(event, too_much):
                break
        return _NOT_SURE

    return followup


def _as_if_replayed(tracker, followup):
    """Return the talk that comes of the same events, or None where that is not sure."""
    from rasa.shared.core.trackers import DialogueStateTracker

    is_plain = type(tracker) is DialogueStateTracker and type(tracker.slots) is dict and tracker.sender_id
    action = followup(tracker.events) if is_plain and tracker._max_event_history is None else _NOT_SURE
    if action is _NOT_SURE:
        return None
    other = like(tracker)
    other.followup_action = action
    other.model_id = other.assistant_id = other.sender_source = None
    return other


def _copying(usual, followup):
    def copy(self):
        return _as_if_replayed(self, followup) or usual(self)

    return copy


def _trying(usual, ev, followup):
    """Let a form try what a few more events would come to."""

    def _temporary_tracker(self, current_tracker, additional_events, domain):
        is_same = len(current_tracker.slots) == len(domain.slots) and not current_tracker.idx_after_latest_restart()
        other = _as_if_replayed(current_tracker, followup) if is_same else None
        if other is None:
            return usual(self, current_tracker, additional_events, domain)
        other.is_rule_tracker = False
        asked = ev.SlotSet("requested_slot", self.get_slot_to_fill(current_tracker))
        for event in (asked, ev.ActionExecuted(self.name()), *additional_events):
            other.update(event, domain)
        return other

    return _temporary_tracker
