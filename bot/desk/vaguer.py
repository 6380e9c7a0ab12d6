"""Vaguer: the DSL's own words in a record give way to vaguer ones, wherever they are kept.

Nothing that tells of harm may be lost by it: where the vaguer words would be read otherwise, nothing is
changed and the DSL is asked to find other words.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.consultation import Facts, Status
from bot.desk.consult import Counsel
from bot.desk.findable import typed_answers, typed_texts
from bot.desk.ports import UncleanWrite
from bot.findability import places_of, without
from bot.knowledge.findability_model import FindabilityRule

EVENT = "message.made_vaguer"
_LEFT_OUT = "…"

type Slots = Mapping[str, Any]


def can_be_vaguer(counsel: Counsel, slots: Slots, rule: FindabilityRule) -> bool:
    """Whether the answers would be read as they are now if they said it in the rule's vaguer words."""
    return _is_read_alike(counsel, slots, _new_slots(counsel, slots, rule), rule)


def use_vaguer(counsel: Counsel, consultation_id: str, slots: Slots, rule_id: str) -> dict[str, Any] | None:
    """Change a rule's words in messages, facts and all that quotes them; return the slots that changed.

    None, and nothing is changed, if there are no such words, if they tell of the worry itself, or if the
    store refuses the result.
    """
    rule = next((rule for rule in counsel.national.findability.rules if rule.id == rule_id), None)
    if rule is None:
        return None
    changed = _new_slots(counsel, slots, rule)
    said = {
        message.number: message.utterance.text
        for message in counsel.records.messages(consultation_id)
        if message.utterance.speaker == "dsl" and places_of(rule, message.utterance.text)
    }
    if not (changed or said) or not _is_read_alike(counsel, slots, changed, rule):
        return None
    try:
        for number, text in said.items():
            vaguer = _instead(rule, text)
            counsel.records.rewrite_message(consultation_id, number, vaguer, counsel.clock(), EVENT)
    except UncleanWrite:
        return None
    counsel.keep(consultation_id, {**slots, **changed})
    # Cards quote the answers, which need not be letter by letter what a message says.
    quoting = _quoting(rule, [*said.values(), *typed_texts(slots, counsel.national)])
    counsel.records.reword(consultation_id, quoting, counsel.clock())
    return changed


def _new_slots(counsel: Counsel, slots: Slots, rule: FindabilityRule) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for slot, held in typed_answers(slots, counsel.national).items():
        new = _instead(rule, held) if isinstance(held, str) else [_instead(rule, text) for text in held]
        if new != held:
            changed[slot] = new
    return changed


def _instead(rule: FindabilityRule, text: str) -> str:
    return without(text, places_of(rule, text))


def _is_read_alike(counsel: Counsel, slots: Slots, changed: Slots, rule: FindabilityRule) -> bool:
    """Whether the same indicators and answers stand, apart from the words themselves and what the rule may tell.

    By the signs in the words nothing may differ. What the texts come to as a whole shifts with any word: there
    more may be understood than before, and nothing may be lost.
    """
    gathering, vaguer = counsel.gathering, {**slots, **changed}
    lost = _told(gathering.facts(slots)) - _told(gathering.facts(vaguer))
    before, after = (gathering.facts(held, as_a_whole=False) for held in (slots, vaguer))
    answers = [{q: v for q, v in facts.answers.items() if q not in changed} for facts in (before, after)]
    new = {i for i in after.indicators if i not in before.indicators}
    kept = {i: status for i, status in after.indicators.items() if i not in new}
    is_alike = kept == dict(before.indicators) and new <= rule.may_tell and answers[0] == answers[1]
    return is_alike and not lost


def _told(facts: Facts) -> frozenset[tuple[str, Status]]:
    """Return what stands or may stand, with its status."""
    return frozenset((i, status) for i, status in facts.indicators.items() if status is not Status.ABSENT)


def _quoting(rule: FindabilityRule, texts: Iterable[str]) -> Callable[[str], str]:
    """Return what puts the vaguer words into anything that quotes these texts, in whole or in part."""
    new = {text: _instead(rule, text) for text in texts if places_of(rule, text)}
    words = {place.words: place.vaguer for text in new for place in places_of(rule, text)}

    def put(quote: str) -> str:
        for old, vaguer in (*new.items(), *words.items()):
            quote = quote.replace(old, vaguer)
        # A piece of a text that no longer stands in it says too much by itself.
        is_piece = " " in quote.strip() and any(quote in old and quote not in vaguer for old, vaguer in new.items())
        return _LEFT_OUT if is_piece else quote

    return put
