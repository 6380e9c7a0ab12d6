"""Lighter talks: what Rasa works out of a talk at every turn, worked out once (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. Each policy walks through all events of a talk before each
action, and so do forms. Here what was walked before is carried on, as long as it is the same. What comes of it is what
Rasa would have worked out itself.
"""

from operator import is_


def cut():
    """Make every cut that is about talks."""
    from rasa.core.actions.action import RemoteAction
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.slots import Slot
    from rasa.shared.core.trackers import DialogueStateTracker

    Slot.__copy__ = _copied
    DialogueStateTracker._walk_on = lambda tracker, domain: _walked(domain, tracker)
    DialogueStateTracker.applied_events = _applying_on(DialogueStateTracker.applied_events)
    Domain.states_for_tracker_history = _walking_on(Domain.states_for_tracker_history)
    rules = Rules()
    RulePolicy._get_possible_keys, RulePolicy._is_rule_applicable = rules.possible_keys(), rules.applicable()
    RemoteAction._action_call_format = _sending_this_turn_alone(RemoteAction._action_call_format)


def _copied(slot):
    """Copy a slot as `copy.copy` does, without asking how: when it is set, and each of a talk that is read."""
    other = object.__new__(type(slot))
    other.__dict__.update(slot.__dict__)
    return other


def _is_continued(before, now):
    """Whether a list of events begins with the very events of another."""
    return len(before) <= len(now) and all(map(is_, before, now))


def _applying_on(work_out):
    """Work out which events of a talk hold by those that came since: policies and forms ask after each of them."""
    from rasa.shared.core.events import ActiveLoop

    def loops_in(events):
        return frozenset(event.name for event in events if isinstance(event, ActiveLoop) and event.name)

    def applied_events(self):
        held, applied, loops = self.__dict__.get("_applied") or ((), [], frozenset())
        now = tuple(self.events)
        new = now[len(held) :]
        # A loop that was not there before changes what its earlier actions were.
        if not _is_continued(held, now) or loops_in(new) - loops:
            applied, loops = work_out(self), loops_in(now)
        else:
            applied = list(applied)
            for event in new:
                applied = _with(self, event, applied, loops)
        self.__dict__["_applied"] = now, applied, loops
        return list(applied)

    return applied_events


def _with(tracker, event, applied, loops):
    """Return which events hold once one more has come, as Rasa's own `applied_events` goes on from one to the next."""
    from rasa.shared.core import events as ev

    if isinstance(event, (ev.Restarted, ev.SessionStarted)):
        return []
    if isinstance(event, ev.ActionReverted):
        tracker._undo_till_previous(ev.ActionExecuted, applied)
    elif isinstance(event, ev.UserUtteranceReverted):
        tracker._undo_till_previous(ev.UserUttered, applied)
        tracker._undo_till_previous(ev.ActionExecuted, applied)
    elif (
        isinstance(event, ev.ActionExecuted)
        and event.action_name in loops
        and not tracker._first_loop_execution_or_unhappy_path(event.action_name, applied)
    ):
        tracker._undo_till_previous_loop_execution(event.action_name, applied)
    else:
        applied.append(event)
    return applied


class _Seen:
    """What a policy is told of one moment of a talk: the moment before an action, or the present."""

    def __init__(self, domain, tracker, hide_rule_turn):
        self.hide_rule_turn = hide_rule_turn
        self.may_change_hiding = (
            not tracker.followup_action and tracker.latest_action_name != tracker.active_loop_name
        )
        self.previous_action = domain._get_prev_action_sub_state(tracker)
        self._state = domain.get_active_state(tracker)

    def state(self):
        """Return the state, for the caller to change."""
        return {kind: dict(part) for kind, part in self._state.items()}


def _walking_on(work_out):
    """Walk through a talk once for all policies, and on from there when it goes on."""

    def states_for_tracker_history(
        self, tracker, omit_unset_slots=False, ignore_rule_only_turns=False, rule_only_data=None
    ):
        if omit_unset_slots:  # in training alone
            return work_out(self, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
        moments = _walked(self, tracker)
        if ignore_rule_only_turns:
            return _as_in_stories(self, moments, rule_only_data)
        return [self._clean_state(moment.state()) for moment in moments]

    return states_for_tracker_history


def _walked(domain, tracker):
    """Return every moment of a talk that an action followed, and the present."""
    from rasa.shared.core.events import ActionExecuted, UserUttered

    applied = tracker.applied_events()
    # Whether a message counts by its words or by its intent is written into it later, and told of it from the first.
    by_words = [event.use_text_for_featurization for event in applied if isinstance(event, UserUttered)]
    held, counted, walker, moments = tracker.__dict__.get("_walk") or ((), [], None, [])
    # A copy of a talk may have walked on with the same walker.
    is_same = walker is not None and walker.walked == len(held) and counted == by_words[: len(counted)]
    if not is_same or not _is_continued(held, applied):
        held, walker, moments = (), tracker.init_copy(), []
    for event in applied[len(held) :]:
        if isinstance(event, ActionExecuted):
            moments.append(_Seen(domain, walker, event.hide_rule_turn))
        walker.update(event)
    walker.walked = len(applied)
    tracker.__dict__["_walk"] = applied, by_words, walker, moments
    return [*moments, _Seen(domain, walker, False)]


def _as_in_stories(domain, moments, rule_only_data):
    """Return the states of what is no rule's alone, as Rasa's own `states_for_tracker_history` puts them together."""
    states, of_stories, is_hidden = [], None, False
    for moment in moments:
        if not is_hidden:
            of_stories = moment.previous_action
        if moment.may_change_hiding:
            is_hidden = moment.hide_rule_turn
        if is_hidden:
            continue
        state = moment.state()
        domain._remove_rule_only_features(state, rule_only_data)
        if states:
            domain._substitute_rule_only_user_input(state, states[-1])
        if of_stories:
            state["prev_action"] = dict(of_stories)
        states.append(domain._clean_state(state))
    return states


class Rules:
    """Rules by the action that they follow, each with its states backwards."""

    def __init__(self):
        self._backwards, self._shelves = {}, {}

    def backwards(self, key):
        """Return the states of a rule, the last first."""
        if key not in self._backwards:
            from rasa.core.policies.rule_policy import RulePolicy

            self._backwards[key] = list(reversed(RulePolicy._rule_key_to_state(key)))
        return self._backwards[key]

    def after(self, lookup, states):
        """Return the rules of a lookup that could hold now: they follow the last action, or none in particular."""
        held, size, shelf = self._shelves.get(id(lookup)) or (None, 0, {})
        if held is not lookup or size != len(lookup):
            shelf = {}
            for key in lookup:
                shelf.setdefault(self._follows(key), []).append(key)
            self._shelves[id(lookup)] = lookup, len(lookup), shelf
        last = states[-1].get("prev_action", {}).get("action_name")
        return {*shelf.get(last, ()), *shelf.get(None, ())}

    def _follows(self, key):
        from rasa.core.policies.rule_policy import SHOULD_NOT_BE_SET

        states = self.backwards(key)
        named = states[0].get("prev_action", {}).get("action_name") if states else None
        return named if named and named != SHOULD_NOT_BE_SET else None

    def possible_keys(self):
        """Compare a talk with the rules that could hold now, and no further back than they speak of."""

        def _get_possible_keys(policy, lookup, states):
            if not states:
                return set(lookup)
            possible = self.after(lookup, states)
            for turns_ago, state in enumerate(reversed(states)):
                if not any(turns_ago < len(self.backwards(key)) for key in possible):
                    break
                possible = {key for key in possible if policy._is_rule_applicable(key, turns_ago, state)}
            return possible

        return _get_possible_keys

    def applicable(self):
        """Return what says whether a rule holds at a moment, as Rasa's own does, without turning it round each time."""

        def _is_rule_applicable(policy, rule_key, turn_index, conversation_state):
            of_rule = self.backwards(rule_key)
            if turn_index >= len(of_rule):
                return True
            here, there = conversation_state.get("prev_action"), of_rule[turn_index].get("prev_action")
            if not here or not there:
                return not here and not there
            return policy._does_rule_match_state(of_rule[turn_index], conversation_state)

        return _is_rule_applicable


def _sending_this_turn_alone(whole):
    """Tell an action what came since the last message, and not the whole talk.

    Ours read slots, the sender and what was just said; and of the events, what this message has set (rasa-sdk's forms).
    """
    from rasa.shared.core.events import UserUttered

    def this_turn(tracker):
        events = list(tracker.events)
        said = (at for at in range(len(events) - 1, -1, -1) if isinstance(events[at], UserUttered))
        return events[next(said, 0) :]

    def _action_call_format(self, tracker, domain):
        shown = tracker.current_state
        # For this one call, which asks for the whole talk.
        tracker.current_state = lambda _: {**shown(), "events": [event.as_dict() for event in this_turn(tracker)]}
        try:
            return whole(self, tracker, domain)
        finally:
            del tracker.current_state

    return _action_call_format
