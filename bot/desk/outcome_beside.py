"""What stands beside an outcome: the fact that would tip it, duties in law, help, and how to challenge a decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.consultation import Assessment, Neutral, Outcome
from bot.desk import cards, challenge
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.numbers import in_words
from bot.early_help import is_due_to_be_checked, match, transitions
from bot.knowledge.model import EarlyHelpOption, Pack, StatutoryRoute, Transition
from bot.thresholds import resolve
from bot.thresholds.statutory import routes_that_apply

_KIT = ("docx", "ics")
# More than these are folded away: a card that is too long is not read.
_MOST_NOW = 4


class Beside:
    """The parts of an outcome that do not say what it is most consistent with."""

    def __init__(self, counsel: Counsel, assessment: Assessment, slots: Mapping[str, Any], pack: Pack | None) -> None:
        self._counsel = counsel
        self._assessment = assessment
        self._facts = counsel.facts(slots)
        self._pack = pack
        self._say = counsel.wording.say

    def tips(self) -> list[Card]:
        """Return the one fact that would tip it, where a level is told."""
        found = self._assessment
        if found.tips is None or found.runner_up is None or found.outcome is not Outcome.LEVEL:
            return []
        line = "utter_line_tips_up" if found.tips in found.would_change else "utter_line_tips_down"
        blanks = {"words": found.tips.words, "name": found.runner_up.name, "code": found.runner_up.code}
        return [cards.item(self._say(line, **blanks), found.tips.citation, self._say)]

    def routes(self) -> list[Card]:
        """Return the duties in law that apply, or may."""
        national = self._counsel.national
        applying = routes_that_apply(resolve(self._facts, national), national)
        return [cards.item(" ".join(self._duty(route)), route.citation, self._say) for route in applying]

    def moving_on(self) -> list[Card]:
        """Return what to see to where school, area, home, age or consent change. Nothing at a hard exit."""
        if self._assessment.outcome is Outcome.EXIT:
            return []
        applying = transitions(self._facts, self._counsel.national)
        return [cards.item(" ".join(self._moving(one)), one.citation, self._say) for one in applying]

    def _moving(self, one: Transition) -> Iterator[str]:
        yield f"{one.name.rstrip('.')}:"
        yield from one.what
        if one.within:
            yield self._say("utter_route_within", within=one.within.rstrip("."))
        if self._counsel.today() > one.review_by:
            yield self._say("utter_help_past_check", review_by=in_words(one.review_by))

    def _duty(self, route: StatutoryRoute) -> Iterator[str]:
        yield self._say("utter_route", name=route.name, who=route.who.rstrip("."), must=route.must)
        if route.within:
            yield self._say("utter_route_within", within=route.within.rstrip("."))
        if route.never:
            yield route.never

    def early_help(self) -> list[cards.Part]:
        """Return what school can do now, and help that may fit, each with when and what it costs."""
        if self._pack is None:
            return []
        options = match(self._assessment, self._facts, self._pack, self._counsel.national)
        now = [self._option(o) for o in options if o.school_can_do_now]
        later = [self._option(o) for o in options if not o.school_can_do_now]
        return [
            (self._say("utter_heading_now"), now[:_MOST_NOW], False),
            (self._say("utter_heading_more_now"), now[_MOST_NOW:], True),
            (self._say("utter_heading_early_help"), later, True),
        ]

    def _option(self, option: EarlyHelpOption) -> Card:
        return cards.item(" ".join(self._said_of(option)), option.citation, self._say)

    def _said_of(self, option: EarlyHelpOption) -> Iterator[str]:
        yield option.what
        if option.hours:
            yield self._say("utter_help_hours", hours=option.hours)
        if option.cost:
            yield self._say("utter_help_cost", cost=option.cost)
        if option.review_by and is_due_to_be_checked(option, self._counsel.today()):
            yield self._say("utter_help_past_check", review_by=in_words(option.review_by))

    def kit(self) -> list[Card]:
        """Return where the lead practitioner's kit is, where early help may be what is needed."""
        level = self._assessment.level
        is_early_help = self._assessment.outcome is Outcome.LEVEL and level is not None
        if self._pack is None or not is_early_help or max(level.neutral) not in (Neutral.N2, Neutral.N3):
            return []
        say, area = self._say, self._pack.area
        return [
            cards.link(say(f"utter_kit_link_{kind}"), f"/kit/{area}.{kind}", say("utter_kit_file")) for kind in _KIT
        ]

    def challenge(self) -> list[Card]:
        """Return the stages of challenging a decision, with working days where they are published."""
        return challenge.steps(self._pack, self._say)
