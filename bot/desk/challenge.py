"""The challenge of a decision: how it starts in the area, and a text without names that a DSL can send."""

from collections.abc import Mapping
from typing import Any

from bot.consultation import Facts, Status
from bot.desk import cards, referrals, showing
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.numbers import in_words
from bot.desk.ports import Consultation
from bot.knowledge.model import Pack

# More signs than these make a letter that nobody reads; the referral has them all.
_MOST_TOLD = 8


def offered(counsel: Counsel, slots: Mapping[str, Any], told: str) -> dict[str, str]:
    """Return the blanks for who told of referrals: what was put down, and how the area's steps begin."""
    say = counsel.wording.say
    kind = "several" if told == referrals.SEVERAL else "number"
    count = say(f"utter_frustrated_referrals_{kind}", count=told)
    return {"told": count, "ladder": _first_step(counsel, counsel.pack(slots))}


def steps(pack: Pack | None, say: Any) -> list[Card]:
    """Return the stages of challenging a decision, each with its working days where they are published."""
    return [_step(step, say) for step in pack.escalation] if pack else []


def letter(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> Card:
    """Return the card with the text to copy and the area's steps below it. There is no name in it."""
    say, pack = counsel.wording.say, counsel.pack(slots)
    area = counsel.numbers(slots)["area"]
    stage = _stage(pack, say)
    words = _words(counsel, consultation_id, area, slots.get(referrals.SLOT), counsel.facts(slots), stage)
    parts = [(say("utter_heading_challenge_steps"), steps(pack, say), False)]
    return cards.sections(say("utter_challenge_title", area=area), say("utter_challenge_lead"), parts, copy=words)


def words_of_record(counsel: Counsel, consultation: Consultation, area: str, place: int = 0) -> str:
    """Return the text to copy for the step at a place of an area's ladder (from 0), made from the record alone."""
    slots = {"child_area": area}
    told = consultation.facts.answers.get(referrals.SLOT)
    stage = _stage(counsel.pack(slots), counsel.wording.say, place)
    name = counsel.numbers(slots)["area"]
    return _words(counsel, consultation.id, name, told, consultation.facts, stage)


def _words(counsel: Counsel, consultation_id: str, area: str, told_before: Any, facts: Facts, stage: str) -> str:
    return counsel.wording.say(
        "utter_challenge_words",
        on=in_words(counsel.today()),
        reference=showing.reference(counsel, consultation_id),
        area=area,
        referrals=_referrals(counsel, told_before),
        told=_told(counsel, facts),
        level=_level(counsel, consultation_id),
        stage=stage,
    )


def _first_step(counsel: Counsel, pack: Pack | None) -> str:
    if pack is None or not pack.escalation:
        return ""
    first = pack.escalation[0]
    source = counsel.wording.say(
        "utter_source_in_short", title=first["source"], section=first["section"], checked=first["checked"]
    )
    return counsel.wording.say(
        "utter_frustrated_ladder", area=pack.name, role=first["role"], within=first["within"], source=source
    )


def _step(step: Mapping[str, str], say: Any) -> Card:
    days = say("utter_challenge_days", days=step["days"]) if step.get("days") else ""
    line = say("utter_challenge_step", stage=step["stage"], role=step["role"], within=step["within"])
    source = say("utter_source_in_short", title=step["source"], section=step["section"], checked=step["checked"])
    return {"text": f"{line} {days}".strip(), "source": source, "url": None}


def _referrals(counsel: Counsel, told: Any) -> str:
    if not told:
        return ""
    kind = "several" if told == referrals.SEVERAL else "number"
    return counsel.wording.say(f"utter_challenge_referrals_{kind}", count=str(told))


def _told(counsel: Counsel, facts: Facts) -> str:
    """Return the signs that stand, in the words of the vocabulary: no sentence of the DSL's goes into the letter."""
    held = [i for i, status in facts.indicators.items() if status is Status.PRESENT]
    known = counsel.national.indicators
    implied = frozenset().union(*(known[i].implies for i in held if i in known))
    words = [known[i].words for i in held if i in known and i not in implied]
    if not words:
        return counsel.wording.say("utter_challenge_told_nothing")
    return counsel.wording.say("utter_challenge_told", words="; ".join(words[:_MOST_TOLD]))


def _level(counsel: Counsel, consultation_id: str) -> str:
    found = counsel.records.latest_assessment(consultation_id)
    if not found or found["outcome"] != "level":
        return ""
    blanks = {"name": found["local_name"], "code": found["local_code"], "version": found["pack_version"]}
    return counsel.wording.say("utter_challenge_level", **blanks)


def _stage(pack: Pack | None, say: Any, place: int = 0) -> str:
    if pack is None or not pack.escalation:
        return say("utter_challenge_stage_unknown")
    step = pack.escalation[place]
    known = {name: step[name] for name in ("stage", "role", "within", "source", "checked")}
    if place:
        is_last = step is pack.escalation[-1]
        timed = "utter_challenge_stage_later" if step.get("days") else "utter_challenge_stage_later_untimed"
        after = say("utter_challenge_after_the_last" if is_last else "utter_challenge_after")
        return say(timed, **known, after=after)
    return say("utter_challenge_stage" if step.get("days") else "utter_challenge_stage_untimed", **known)
