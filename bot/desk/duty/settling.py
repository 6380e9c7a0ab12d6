"""Settling: a duty worker answers a case with a level of their own, a reason, advice and what was agreed.

There is no way to answer without saying all of it, and what the DSL will read can be seen before it is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.consultation import Finding, IllegalMove, Level, Move, RawText, Redaction, Stage
from bot.desk.answer import NotYourCase, Redact
from bot.desk.came_of_it import EarlyHelp, Lead, chosen
from bot.desk.cards import item, sections
from bot.desk.case import AgreedAction, Case, Owner, Step
from bot.desk.claim import case_for
from bot.desk.numbers import Say, in_words
from bot.desk.ports import Person, Records, Utterance

NO_LEVEL = "no_level"
SHORTEST_REASON = 10
MOST_ACTIONS = 6


class OutcomeIncomplete(ValueError):
    """Tried to answer a case without saying everything an outcome needs.

    `missing` are the ids of the wording for what is missing, in the order of the form.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line of what was agreed, as it was filled in. `owner` is an id, `by` a date or None."""

    what: RawText
    owner: str
    by: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a duty worker fills in. `level` is a code of the area's scheme or `no_level`; `review_on` is when to
    look again together, None for never. `lead` and `early_help` are ids of `bot.desk.came_of_it`, empty where not said.
    """

    level: str
    reason: RawText
    advice: RawText
    referral_advised: bool | None
    actions: tuple[Agreed, ...] = ()
    review_on: date | None = None
    lead: str = ""
    early_help: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The case with its outcome, what the DSL reads of it, and what was taken out of what was typed."""

    case: Case
    words: Utterance
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """Looks an outcome over and sends it. `levels` are the area's; `numbers` the blanks of `bot.desk.numbers`."""

    records: Records
    redact: Redact
    say: Say
    levels: tuple[Level, ...]
    numbers: Mapping[str, str]

    async def look(self, case_id: str, worker: Person, outcome: Outcome, now: datetime) -> Settled:
        """Return what would be sent, without sending it. Raises as `settle` does."""
        case = case_for(self.records, case_id, worker)
        if case.stage is not Stage.CLAIMED:
            raise IllegalMove("only a case that is held can be answered")
        if case.claimed_by != worker.id:
            raise NotYourCase
        reason, advice = await self.redact(outcome.reason), await self.redact(outcome.advice)
        lines = [line for line in outcome.actions if line.what.reveal().strip() or line.owner or line.by]
        actions = [await self.redact(line.what) for line in lines]
        self._refuse_incomplete(outcome, lines, reason, advice, now.date())
        settled = replace(
            case,
            outcome_level=outcome.level,
            outcome_reason=reason.record,
            outcome_advice=advice.record,
            referral_advised=outcome.referral_advised,
            review_on=outcome.review_on,
            lead=chosen(Lead, outcome.lead),
            early_help=chosen(EarlyHelp, outcome.early_help),
            actions=tuple(
                AgreedAction(what.record, Owner(line.owner), line.by)
                for what, line in zip(actions, lines, strict=True)
                if line.by is not None
            ),
        )
        taken_out = sum((_taken_out(one) for one in (reason, advice, *actions)), ())
        return Settled(settled, self.words(settled), taken_out)

    async def settle(self, case_id: str, worker: Person, outcome: Outcome, now: datetime) -> Settled:
        """Answer the case and leave the DSL what was decided, by whom, why and what comes next.

        Raises NoSuchCase, NotYourCase, OutcomeIncomplete, IllegalMove and, from the store, UncleanWrite; then the
        case stays as it was.
        """
        looked_at = await self.look(case_id, worker, outcome, now)
        step = Step(Move.ANSWER, worker, now, outcome=looked_at.case, says=(looked_at.words,))
        return replace(looked_at, case=self.records.step(case_id, step))

    def words(self, case: Case) -> Utterance:
        """Return what a DSL reads when a case is answered: a card of headed lines."""
        say, numbers = self.say, self.numbers
        level = next((level for level in self.levels if level.code == case.outcome_level), None)
        if level:
            settled = say("utter_desk_closed_level", **numbers, name=level.name, code=level.code)
        else:
            settled = say("utter_desk_closed_no_level")
        referral = "utter_desk_closed_refer" if case.referral_advised else "utter_desk_closed_anyway"
        parts = [
            (say("utter_desk_heading_settled"), [item(settled), item(say("utter_desk_closed_no_records"))]),
            (say("utter_desk_heading_why"), [item(case.outcome_reason or "")]),
            (say("utter_desk_heading_advice"), [item(case.outcome_advice or "")]),
            *self._agreed(case),
            (say("utter_heading_next"), [item(say(referral, **numbers)), item(say("utter_next_record"))]),
            (say("utter_desk_heading_if_not"), [item(say("utter_desk_closed_if_not", **numbers))]),
        ]
        lead = say("utter_desk_closed_lead", name=case.claimed_by_name or "")
        return Utterance(speaker="service", card=sections(say("utter_desk_closed_title"), lead, parts))

    def _agreed(self, case: Case) -> list[tuple[str, list]]:
        lines = [
            self.say(
                "utter_desk_agreed",
                what=one.what,
                owner=self.say(f"utter_desk_owner_{one.owner.value}"),
                by=in_words(one.by),
            )
            for one in case.actions
        ]
        if case.review_on:
            lines.append(self.say("utter_desk_review_on", on=in_words(case.review_on)))
        return [(self.say("utter_desk_heading_agreed"), [item(line) for line in lines])] if lines else []

    def _refuse_incomplete(
        self, outcome: Outcome, lines: list[Agreed], reason: Redaction, advice: Redaction, today: date
    ) -> None:
        owners = {owner.value for owner in Owner}
        needs = {
            "utter_desk_needs_level": outcome.level in {NO_LEVEL, *(level.code for level in self.levels)},
            "utter_desk_needs_reason": len(reason.record.strip()) >= SHORTEST_REASON,
            "utter_desk_needs_advice": bool(advice.record.strip()),
            "utter_desk_needs_actions": 0 < len(lines) <= MOST_ACTIONS
            and all(line.what.reveal().strip() for line in lines),
            "utter_desk_needs_owner": all(line.owner in owners for line in lines),
            "utter_desk_needs_day": all(line.by is not None and line.by >= today for line in lines),
            "utter_desk_needs_referral": outcome.referral_advised is not None,
            "utter_desk_needs_review": outcome.review_on is None or outcome.review_on >= today,
        }
        if missing := tuple(words for words, there in needs.items() if not there):
            raise OutcomeIncomplete(missing)


def _taken_out(redaction: Redaction) -> tuple[Finding, ...]:
    return redaction.findings + redaction.left_out
