"""The reasons of a record: each row with the DSL's own words for it, what is not known, what would change it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.consultation import Facts
from bot.desk.numbers import in_words as day
from bot.desk.record.contents import Line, Part, line
from bot.desk.record.kept import Kept
from bot.desk.record.voice import Voice
from bot.knowledge.rule_model import Option

_UNKNOWN = "unknown"


def why(kept: Kept, voice: Voice) -> Part | None:
    """Return the rows that were reached, highest first, and what else counted."""
    if kept.decision is None:
        return None
    found = kept.decision.result
    lines = [voice.row(row, _words(row, voice), _rests_on(row, kept, voice)) for row in found["because"]]
    lines += [line(one) for one in _adjustments(found["reasons"], voice)]
    return _part("why", lines, voice, voice.when(kept.decision.at))


def unknown(kept: Kept, voice: Voice) -> Part:
    """Return what nobody here knows: questions left open, signs that are not ruled out, and every record there is."""
    lines = [line(voice.say("no_records"))]
    if kept.decision is not None:
        found = kept.decision.result
        lines += [line(voice.say("unsaid", label=voice.label(question))) for question in found["unknown"]]
        lines += [
            voice.row(row, voice.say("not_ruled_out", words=row["words"]), _quoted(row, kept, voice))
            for row in found["not_ruled_out"]
        ]
    return Part("unknown", voice.say("heading_unknown"), tuple(lines))


def would_change(kept: Kept, voice: Voice) -> Part | None:
    """Return the one fact that would tip it first, then what else would make it more serious."""
    found: Mapping[str, Any] = kept.decision.result if kept.decision else {}
    tips, rows = found.get("tips"), found.get("would_change", ())
    lines = []
    if tips and tips not in rows:
        lines.append(voice.row(tips, voice.say("rests_on", words=tips["words"])))
    lines += [voice.row(row, _would_be(row, voice)) for row in sorted(rows, key=lambda row: row != tips)]
    return _part("change", lines, voice)


def protective(kept: Kept, voice: Voice) -> Part | None:
    """Return what speaks for the child's safety."""
    rows = kept.decision.result.get("protective", ()) if kept.decision else ()
    return _part("protective", [voice.row(row, row["words"], _quoted(row, kept, voice)) for row in rows], voice)


def sources(kept: Kept, voice: Voice) -> Part | None:
    """Return the documents that the rows stand in, by their numbers, with their dates and the day we looked."""
    lines = []
    for number, one in enumerate(voice.sources, start=1):
        checked = day(date.fromisoformat(one.verified))
        said = voice.say("source_in_full", number=str(number), title=one.title)
        lines.append(line(said, [voice.say("source_dates", dated=one.dated, checked=checked)], one.url))
    return _part("sources", lines, voice)


def before(kept: Kept, voice: Voice) -> Part | None:
    """Return what the DSL put right, and the earlier consultations about the same child."""
    return _part("before", [line(one) for one in (*kept.changed, *kept.earlier)], voice)


def _words(row: Mapping[str, Any], voice: Voice) -> str:
    code, basis = row["level"], row.get("basis", "published")
    if code is None:
        return voice.say("flag", words=row["words"])
    names = {level.code: level.name for level in voice.national.floor.levels} if voice.national.floor else {}
    if code in names:
        return voice.wording.say("utter_line_indicator_neutral", words=row["words"], name=names[code])
    return voice.wording.say(f"utter_line_indicator_{basis}", words=row["words"], code=code)


def _would_be(row: Mapping[str, Any], voice: Voice) -> str:
    if row["level"] is None:
        return voice.say("would_change_flag", words=row["words"])
    return voice.say("would_change", level=row["level"], words=row["words"])


def _rests_on(row: Mapping[str, Any], kept: Kept, voice: Voice) -> tuple[str, ...]:
    """Return the DSL's words for a row, and the answers that say the same; where neither is found, that it is so."""
    facts = kept.decision.facts if kept.decision else Facts()
    told = (*_quoted(row, kept, voice), *_answered(row["held_by"], facts, voice))
    return tuple(dict.fromkeys(told)) or (voice.say("whole"),)


def _quoted(row: Mapping[str, Any], kept: Kept, voice: Voice) -> tuple[str, ...]:
    words = [one for indicator in row["held_by"] for one in kept.quotes.get(indicator, ())]
    return tuple(voice.say("words", words=one) for one in dict.fromkeys(words))


def _answered(indicators: Iterable[str], facts: Facts, voice: Voice) -> Iterator[str]:
    """Yield the answers that say, or may say, that one of the indicators is so."""
    wanted = frozenset(indicators)
    for question, given in facts.answers.items():
        asked = voice.national.questions.get(question)
        values = given if isinstance(given, tuple) else (given,)
        for value in values if asked else ():
            option = asked.options.get(value)
            if value != _UNKNOWN and option and wanted & _told_by(option, voice):
                yield voice.say("answer", label=voice.label(question), value=voice.answer(question, value))


def _told_by(option: Option, voice: Voice) -> frozenset[str]:
    told = option.present | option.unsure
    known = voice.national.indicators
    return told.union(*(known[one].implies for one in told if one in known))


def _adjustments(reasons: Iterable[str], voice: Voice) -> Iterator[str]:
    words = {one.id: one.words for one in voice.national.adjustments}
    for reason in reasons:
        if reason in words:
            yield words[reason]
        elif f"utter_reason_{reason}" in voice.wording.names():
            yield voice.wording.say(f"utter_reason_{reason}")


def _part(name: str, lines: list[Line], voice: Voice, when: str = "") -> Part | None:
    return Part(name, voice.say(f"heading_{name}"), tuple(lines), when) if lines else None
