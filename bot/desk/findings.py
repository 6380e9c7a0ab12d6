"""What the assistant made of a consultation, line by line, for the duty worker who takes it up."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.knowledge.model import National
from bot.knowledge.wording import Wording

_ROWS = (
    ("because", "utter_desk_line_matched"),
    ("not_ruled_out", "utter_desk_line_not_ruled_out"),
    ("would_change", "utter_desk_line_would_change"),
)


def findings(found: Mapping[str, Any] | None, national: National, wording: Wording) -> list[str]:
    """Return level, scheme and version, the rows that hold in the council's words, and what would tip it.

    `found` is an assessment as `bot.thresholds.to_record` writes it, or None if there was none.
    """
    if found is None:
        return [wording.say("utter_desk_line_not_assessed")]
    lines = [wording.say(f"utter_desk_line_exit_{found['exit']}")] if found["exit"] else []
    lines.append(_how_far(found, wording))
    lines += [_row(line, row, wording) for part, line in _ROWS for row in found[part]]
    if found["runner_up"]:
        lines.append(wording.say("utter_desk_line_runner_up", code=found["runner_up"]))
    # Assessments that were kept before there were such fields have none of them.
    if found.get("tips"):
        lines.append(wording.say("utter_desk_line_tips", words=found["tips"]["words"]))
    lines += [wording.say("utter_desk_line_protective", words=row["words"]) for row in found.get("protective", ())]
    return lines + _reasons(found["reasons"], national, wording)


def _how_far(found: Mapping[str, Any], wording: Wording) -> str:
    basis = {"area": found["area"], "version": found["pack_version"], "on": found["on"]}
    if found["local_code"] and not found["exit"]:
        named = {"code": found["local_code"], "name": found["local_name"]}
        return wording.say("utter_desk_line_level", **named, **basis)
    if found["at_least"]:
        return wording.say("utter_desk_line_level_so_far", **found["at_least"], **basis)
    return wording.say("utter_desk_line_no_level", **basis)


def _row(line: str, row: Mapping[str, Any], wording: Wording) -> str:
    blanks = {"words": row["words"], "title": row["title"], "section": row["section"]}
    if row["level"] is None:
        return wording.say(f"{line}_flag", **blanks)
    said = wording.say(line, level=row["level"], **blanks)
    basis = row.get("basis", "published")
    return said if basis == "published" else f"{said} {wording.say(f'utter_desk_line_basis_{basis}')}"


def _reasons(reasons: Iterable[str], national: National, wording: Wording) -> list[str]:
    words = {adjustment.id: adjustment.words for adjustment in national.adjustments}
    own = {r: wording.say(f"utter_reason_{r}") for r in reasons if f"utter_reason_{r}" in wording.names()}
    return [(words | own)[reason] for reason in reasons if reason in words | own]
