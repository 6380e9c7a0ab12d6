"""Showing: what the assistant shows and looks up about a consultation along the way."""

from collections.abc import Mapping
from typing import Any

from bot.consultation import RedactedText, Status
from bot.consultation.reference import NotAReference, parse_reference
from bot.desk import area_cards, cards, terms_told
from bot.desk.answers import plainly
from bot.desk.cards import Card
from bot.desk.consult import Counsel
from bot.desk.findable import grade_in_words, of_record
from bot.desk.numbers import Say
from bot.desk.own_answers import own_answers
from bot.desk.own_questions import wording_of
from bot.desk.payloads import payload
from bot.desk.vaguer import can_be_vaguer

# What the button says of a child who lives in none of the areas shown so far.
ELSEWHERE = "elsewhere"
_AREA = "child_area"
_GROUP = 4  # characters of a reference between two hyphens

# Words by which a DSL names the question they want to change.
_MEANT = {
    "goes_home": ("home", "hometime"),
    "age_band": ("age", "old", "year"),
    "how_often": ("often", "long"),
    "trend": ("better", "worse"),
    "injury": ("injury", "mark", "bruise"),
    "sexual": ("sexual",),
    "household": ("household", "lives"),
    "baby_at_home": ("baby", "pregnant"),
    "parents_know": ("consent", "know", "agree"),
    "tried": ("tried", "referred"),
    "child_area": ("council", "area", "county"),
    "open_case": ("plan", "known"),
    "effect": ("effect", "frightened"),
    "worry": ("worry", "concern"),
}


def answers_card(counsel: Counsel, slots: Mapping[str, Any], title: str) -> Card:
    """Return the table of everything answered and understood so far."""
    spoken, pack = counsel.gathering.spoken(slots), counsel.pack(slots)
    named = {_AREA: counsel.area_in_words(str(slots[_AREA]))} if slots.get(_AREA) else {}
    told = {**slots, **own_answers(pack, slots), **named}
    return cards.answers(told, spoken, counsel.national.asked_in(pack), wording_of(counsel.wording, pack), title)


def area_buttons(counsel: Counsel, consultation_id: str, *, elsewhere: bool) -> list[dict[str, str]]:
    """Return the councils to choose from and what else can be answered: the school's own, or all the others."""
    own = school_area(counsel, consultation_id)
    packs = counsel.places().packs
    offered = [(p.name, payload("answer", {_AREA: p.area})) for p in packs if (p.area == own) is not elsewhere]
    rest = counsel.wording.buttons(f"utter_ask_{_AREA}")
    # Who is being shown the list does not need to be offered it; who is not cannot say that it is not on it.
    not_now = payload("answer", {_AREA: "other" if not elsewhere else ELSEWHERE})
    offered += [(title, carried) for title, carried in rest if _same(carried) != _same(not_now)]
    return [{"title": title, "payload": carried} for title, carried in offered]


def _same(carried: str) -> str:
    return carried.replace(" ", "")


def profile_card(counsel: Counsel, area: str) -> Card | None:
    """Return how a consultation without a name works in an area, or None where its pack is not held."""
    pack = counsel.pack({_AREA: area})
    return area_cards.how_it_works(pack, counsel.wording) if pack else None


def checked_card(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> Card:
    """Return check-your-answers: everything answered, and below it how easily the child could be found."""
    card = answers_card(counsel, slots, "utter_answers_title")
    found = of_record(counsel, consultation_id, slots)
    can_change = {reason.rule.id for reason in found.reasons if can_be_vaguer(counsel, slots, reason.rule)}
    rows = cards.findable(grade_in_words(found, counsel.wording), found.reasons, can_change, counsel.wording)
    return {**card, "rows": [*card["rows"], *rows]}


def read_answers(counsel: Counsel, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that stand and that the worry's own words gave."""
    read = counsel.gathering.read(RedactedText(str(slots.get("worry") or ""))).answers
    return {question: slots[question] for question in read if slots.get(question) is not None}


def question_meant(slots: Mapping[str, Any], text: str) -> str | None:
    """Return the answered question that the DSL names, or None if it is not clear which one."""
    said = frozenset(plainly(text).split())
    meant = [q for q, words in _MEANT.items() if said & frozenset(words) and slots.get(q) is not None]
    return meant[0] if len(meant) == 1 else None


def correction(counsel: Counsel, text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the answers that a correction gives, and the indicators that it takes back."""
    reading = counsel.gathering.read(RedactedText(text))
    denied = tuple(c.indicator for c in reading.concerns if c.status is Status.ABSENT)
    return dict(reading.answers), denied


def school_area(counsel: Counsel, consultation_id: str) -> str:
    """Return the area of the DSL's school, for the first numbers to ring."""
    return counsel.consultation(consultation_id).school_area


def reference(counsel: Counsel, consultation_id: str) -> str:
    """Return the reference the DSL keeps. Practice has none to keep: that it is practice stands in its place."""
    consultation = counsel.consultation(consultation_id)
    return counsel.wording.say("utter_practice_reference") if consultation.practice else consultation.reference


def looks_like_reference(text: str) -> bool:
    """Whether somebody seems to have typed a reference, right or wrong."""
    groups = text.replace("-", " ").split()
    if len(groups) > 1 and max(map(len, groups)) > _GROUP:
        return False  # "what does level 3 mean" is as long and has a digit too
    packed = "".join(groups)
    return 14 <= len(packed) <= 22 and packed.isalnum() and any(c.isdigit() for c in packed)


def is_reference(counsel: Counsel, consultation_id: str, text: str) -> bool:
    """Whether the text is this consultation's reference."""
    try:
        return parse_reference(text) == reference(counsel, consultation_id)
    except NotAReference:
        return False


def about(counsel: Counsel, slots: Mapping[str, Any]) -> dict[str, str]:
    """Return the blanks of answers to questions along the way, from the area's pack."""
    pack, say = counsel.pack(slots), counsel.wording.say
    if pack is None:
        nothing = say("utter_about_no_pack")
        lines = dict.fromkeys(("levels_line", "consent_line", "escalation_line", "early_help_line"), nothing)
        return {**lines, **terms_told.all_names(counsel)}
    levels = "; ".join(f"{level.code}: {level.name}" for level in pack.levels)
    levels_from = cards.source_of(pack.levels_from, say) if pack.levels_from else pack.version
    consents = " ".join(f"{level.name}: {level.consent}" for level in pack.levels if level.consent)
    steps = "; ".join(_in_short(step, say) for step in pack.escalation)
    return {
        "levels_line": say("utter_about_levels", area=pack.name, levels=levels, source=levels_from),
        "consent_line": say("utter_about_local_consent", area=pack.name, consent=consents) if consents else "",
        "escalation_line": say("utter_about_local_escalation", area=pack.name, steps=steps) if steps else "",
        "early_help_line": " ".join(option.what for option in pack.early_help[:2]),
        **terms_told.all_names(counsel),
    }


def _in_short(step: Mapping[str, str], say: Say) -> str:
    """Return a step of the area's ladder in one line, with its working days where they are published."""
    days = say("utter_challenge_days", days=step["days"]) if step.get("days") else ""
    line = say("utter_challenge_step", stage=step["stage"], role=step["role"], within=step["within"])
    return f"{line} {days}".strip()
