"""From what is kept to the record: its parts in the order in which somebody in a hurry reads them."""

from collections.abc import Iterable, Iterator

from bot.desk.numbers import in_words as day
from bot.desk.record import outcome_part, people_part, reasons_part
from bot.desk.record.contents import Line, Part, Record, line, unmarked
from bot.desk.record.kept import Kept
from bot.desk.record.voice import Voice
from bot.desk.working_time import ENGLAND
from bot.desk.working_time import in_words as moment

_ENDS = (".", "?", "!", ":", "”")
_PARTS = (
    outcome_part.outcome,
    outcome_part.agreed,
    outcome_part.to_do,
    outcome_part.ring,
    people_part.answers,
    reasons_part.why,
    people_part.disagreement,
    reasons_part.unknown,
    reasons_part.would_change,
    reasons_part.protective,
    outcome_part.consent,
    outcome_part.early_help,
    reasons_part.before,
    reasons_part.sources,
)


def told(kept: Kept, voice: Voice) -> Record:
    """Return the record of what is kept. A part with nothing in it is left out."""
    parts = [part for make in _PARTS if (part := make(kept, voice))]
    is_practice = bool(kept.consultation.practice)
    return Record(
        voice.say("title_practice" if is_practice else "title"),
        voice.say("practice") if is_practice else "",
        (voice.say("lead"), voice.say("nameless"), voice.say("anyway")),
        (*parts, _own_record(kept, parts, voice), _about(kept, voice)),
        voice.say("foot_practice" if is_practice else "foot"),
    )


def _own_record(kept: Kept, parts: list[Part], voice: Voice) -> Part:
    """Return what to write in the school's own record, with blanks for what is filled in there."""
    by_name = {part.name: part for part in parts}
    advised = [one for name in ("agreed", "do") if name in by_name for one in by_name[name].lines]
    words = voice.say(
        "own",
        on=day(kept.consultation.opened_at.astimezone(ENGLAND).date()),
        reference=_reference(kept, voice),
        area=kept.area,
        facts="\n".join(_facts(kept, voice)) or voice.say("own_nothing"),
        result=_listed(by_name["outcome"].lines, unmarked((kept.told or {}).get("lead") or "")),
        advice=_listed(advised),
    )
    return Part("own", voice.say("heading_own"), (line(voice.say("own_lead")),), copy=words)


def _facts(kept: Kept, voice: Voice) -> Iterator[str]:
    answers = kept.decision.facts.answers if kept.decision else kept.consultation.facts.answers
    for question, value in answers.items():
        yield voice.say("own_fact", label=voice.label(question), value=voice.answer(question, value))


def _listed(lines: Iterable[Line], without: str = "") -> str:
    """Return lines with what stands under them, each as one sentence after another."""
    told = ([text for text in (one.text, *one.under) if text != without] for one in lines)
    return "\n".join(f"- {' '.join(map(_ended, texts))}" for texts in told)


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _about(kept: Kept, voice: Voice) -> Part:
    """Return the reference, the times of each part and what the answer rests on."""
    where = [] if kept.consultation.practice else [voice.say("reference_where")]
    lines = [line(voice.say("reference", reference=_reference(kept, voice)), where)]
    lines.append(line(voice.say("area", area=kept.area)))
    lines.append(line(voice.say("opened", at=moment(kept.consultation.opened_at))))
    if kept.decision:
        lines.append(line(voice.say("assessed", at=moment(kept.decision.at))))
    if kept.case:
        lines.append(line(voice.say("handed_over", at=moment(kept.case.handed_over_at))))
    lines += [line(voice.say("answered_at", at=moment(case.answered_at))) for case in kept.answered if case.answered_at]
    lines.append(line(voice.say("made", at=moment(kept.at))))
    if kept.decision:
        version = str(kept.decision.result["pack_version"])
        lines.append(line(voice.say("version", version=version), [voice.say("version_what")]))
    return Part("about", voice.say("heading_about"), tuple(lines))


def _reference(kept: Kept, voice: Voice) -> str:
    is_practice = bool(kept.consultation.practice)
    return voice.wording.say("utter_practice_reference") if is_practice else kept.consultation.reference
