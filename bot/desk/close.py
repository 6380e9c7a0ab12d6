"""Close: a duty worker settles a case with a level of their own, a reason and advice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.consultation import Finding, Level, RawText, RedactedText, Redaction, Stage, move
from bot.desk.answer import NotYourCase, Redact
from bot.desk.cards import item, sections
from bot.desk.claim import case_for
from bot.desk.numbers import Say
from bot.desk.ports import Case, Person, Records, Utterance

NO_LEVEL = "no_level"
SHORTEST_REASON = 10


class OutcomeIncomplete(ValueError):
    """Tried to close a case without saying everything an outcome needs.

    `missing` are the ids of the wording for what is missing, in the order of the form.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Closing:
    """What a duty worker fills in to close. `level` is a code of the area's scheme or `no_level`."""

    level: str
    reason: RawText
    advice: RawText
    referral_advised: bool | None


@dataclass(frozen=True, slots=True)
class Closed:
    """The closed case, and what was taken out of the reason and the advice."""

    case: Case
    findings: tuple[Finding, ...]


async def close(
    records: Records,
    case_id: str,
    worker: Person,
    closing: Closing,
    now: datetime,
    *,
    levels: tuple[Level, ...],
    redact: Redact,
    say: Say,
    numbers: Mapping[str, str],
) -> Closed:
    """Close the case and leave the DSL what was decided, by whom, why and what comes next.

    `levels` are the area's; `numbers` the blanks of `bot.desk.numbers`. Raises NoSuchCase, NotYourCase,
    OutcomeIncomplete, IllegalMove and, from the store, UncleanWrite; then the case stays open.
    """
    case = case_for(records, case_id, worker)
    move(case.stage, Stage.CLOSED)
    if case.claimed_by != worker.id:
        raise NotYourCase
    reason, advice = await redact(closing.reason), await redact(closing.advice)
    _refuse_incomplete(closing, reason.record, advice.record, levels)
    settled = replace(
        case,
        outcome_level=closing.level,
        outcome_reason=reason.record,
        outcome_advice=advice.record,
        referral_advised=closing.referral_advised,
    )
    last_words = closing_words(settled, levels, say, numbers)
    return Closed(records.close(settled, now, [last_words]), _taken_out(reason) + _taken_out(advice))


def closing_words(case: Case, levels: tuple[Level, ...], say: Say, numbers: Mapping[str, str]) -> Utterance:
    """Return what a DSL reads when a case is closed: a card of headed lines."""
    level = next((level for level in levels if level.code == case.outcome_level), None)
    if level:
        settled = say("utter_desk_closed_level", **numbers, name=level.name, code=level.code)
    else:
        settled = say("utter_desk_closed_no_level")
    referral = "utter_desk_closed_refer" if case.referral_advised else "utter_desk_closed_anyway"
    parts = [
        (say("utter_desk_heading_settled"), [item(settled), item(say("utter_desk_closed_no_records"))]),
        (say("utter_desk_heading_why"), [item(case.outcome_reason or "")]),
        (say("utter_desk_heading_advice"), [item(case.outcome_advice or "")]),
        (say("utter_heading_next"), [item(say(referral, **numbers)), item(say("utter_next_record"))]),
        (say("utter_desk_heading_if_not"), [item(say("utter_desk_closed_if_not", **numbers))]),
    ]
    lead = say("utter_desk_closed_lead", name=case.claimed_by_name or "")
    return Utterance(speaker="service", card=sections(say("utter_desk_closed_title"), lead, parts))


def _taken_out(redaction: Redaction) -> tuple[Finding, ...]:
    return redaction.findings + redaction.left_out


def _refuse_incomplete(
    closing: Closing, reason: RedactedText, advice: RedactedText, levels: tuple[Level, ...]
) -> None:
    needs = {
        "utter_desk_needs_level": closing.level in {NO_LEVEL, *(level.code for level in levels)},
        "utter_desk_needs_reason": len(reason.strip()) >= SHORTEST_REASON,
        "utter_desk_needs_advice": bool(advice.strip()),
        "utter_desk_needs_referral": closing.referral_advised is not None,
    }
    if missing := tuple(words for words, there in needs.items() if not there):
        raise OutcomeIncomplete(missing)
