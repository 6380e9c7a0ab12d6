"""The stories of the review pack: the practice cases, first for the reviewer's own view, then with the assistant's."""

from collections.abc import Iterator, Mapping, Sequence

from bot.consultation import Assessment
from bot.desk.cards import shown
from bot.desk.practice import came_to
from bot.knowledge import Wording
from bot.knowledge.model import National
from bot.knowledge.practice import PracticeCase
from bot.lead_kit.contents import Paragraph, Section, Table
from bot.thresholds.assessing import assess
from evaluation.papers.marking import form, to_mark, words
from evaluation.papers.seen import Seen


def own_view(cases: Mapping[str, PracticeCase]) -> Section:
    """Return every story with room for the reviewer's level, before the assistant's is told."""
    said = words()["stories"]
    parts: list[Paragraph | Table] = [Paragraph(said["lead"])]
    for case in cases.values():
        parts += [Paragraph(line) for line in (case.title, *case.words.splitlines())]
        parts.append(form(said, title=case.title))
    return Section(said["heading"], tuple(parts))


def what_is_said(seen: Seen, areas: Sequence[str], cases: Mapping[str, PracticeCase], wording: Wording) -> Section:
    """Return what each story comes to in some areas, with the reasons that are given there."""
    said = words()["said"]
    parts: list[Paragraph | Table] = [Paragraph(said["lead"])]
    for case in cases.values():
        rows = [_in_area(seen, area, case, wording) for area in areas]
        parts.append(Paragraph(case.title))
        parts.append(Paragraph(said["given"].format(facts="; ".join(_given(case, seen.national, wording)))))
        if case.published:
            parts.append(Paragraph(said["published"].format(words=case.published.words)))
        parts.append(to_mark(said["caption"].format(title=case.title), said["header"], rows, (2, 4, 5.5)))
    return Section(said["heading"], tuple(parts))


def _given(case: PracticeCase, national: National, wording: Wording) -> Iterator[str]:
    """Yield the facts of a story as the assistant has them: signs, then answers."""
    said = words()["said"]
    for name, status in case.facts.indicators.items():
        yield said["status"][status.value].format(words=national.indicators[name].words)
    for question, value in case.facts.answers.items():
        label = wording.template(f"utter_label_{question}").rstrip(":")
        yield said["answer"].format(label=f"{label}:", answer=shown(question, value, wording))


def _in_area(seen: Seen, area: str, case: PracticeCase, wording: Wording) -> tuple[str, ...]:
    found = assess(case.facts, seen.packs[area], seen.national, seen.on)
    reasons = "\n".join(dict.fromkeys(_reasons(found, seen.national, wording))) or words()["said"]["nothing"]
    return (seen.packs[area].name, came_to(found, wording.say), reasons)


def _reasons(found: Assessment, national: National, wording: Wording) -> Iterator[str]:
    """Yield what speaks for it: rows with their level, then what raised it, held it up or left it to a person."""
    said = words()["said"]
    for row in found.because:
        coded = row.level and row.level.code
        yield said["level"].format(words=row.words, code=row.level.code) if coded else row.words
    for row in found.protective:
        yield said["strength"].format(words=row.words)
    adjustments = {one.id: one.words for one in national.adjustments}
    for reason in found.reasons:
        if reason in adjustments:
            yield adjustments[reason]
        elif f"utter_reason_{reason}" in wording.names():
            yield wording.say(f"utter_reason_{reason}")
