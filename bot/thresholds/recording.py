"""An assessment as plain JSON values, the same to the byte for the same facts and packs."""

from typing import Any

from bot.consultation import Assessment, Level, MatchedIndicator, Outcome


def to_record(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment in the shape that `./noname assess` prints and the store keeps.

    With a person no level is given: `at_least` then holds what was reached so far, for the duty
    worker. An exit has the level that its danger counts as, if any, in both places. In `because` and the
    other lists `level` is null for a red flag.
    """
    is_level = assessment.outcome is Outcome.LEVEL
    level = None if assessment.outcome is Outcome.PERSON else assessment.level
    return {
        "outcome": assessment.outcome.value,
        "local_code": level.code if level else None,
        "local_name": level.name if level else None,
        "neutral": [n.name for n in level.neutral] if level else [],
        "exit": assessment.hard_exit.value if assessment.hard_exit else None,
        "because": [_matched(m) for m in assessment.because],
        "runner_up": assessment.runner_up.code if assessment.runner_up else None,
        "would_change": [_matched(m) for m in assessment.would_change],
        "unknown": list(assessment.unknown),
        "pack_version": assessment.pack_version,
        "area": assessment.area,
        "on": assessment.on.isoformat(),
        "at_least": None if is_level else _named(assessment.level),
        "not_ruled_out": [_matched(m) for m in assessment.not_ruled_out],
        "reasons": list(assessment.reasons),
        "tips": _matched(assessment.tips) if assessment.tips else None,
        "protective": [_matched(m) for m in assessment.protective],
    }


def _named(level: Level | None) -> dict[str, str] | None:
    return {"code": level.code, "name": level.name} if level else None


def _matched(matched: MatchedIndicator) -> dict[str, Any]:
    citation = matched.citation
    return {
        "indicator": matched.row,
        "level": matched.level.code or None,
        "source": citation.source,
        "words": matched.words,
        "title": citation.title,
        "section": citation.section,
        "dated": citation.dated,
        "verified": citation.verified.isoformat(),
        "url": citation.url,
        "held_by": list(matched.held_by),
        "basis": matched.basis,
    }
