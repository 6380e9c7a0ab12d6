"""Facts of knowledge: the areas that are held, how much there is of what, and what is due to be checked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.consultation import Level
from bot.knowledge.model import Pack
from bot.knowledge.national import FLOOR
from bot.knowledge.practice import load_practice
from bot.knowledge.sources import Source, load_sources
from evaluation.papers.seen import Seen, day_in_words, words
from evaluation.results import table


def areas(seen: Seen) -> str:
    """Return the areas with their levels, the document these are from, when it was checked, and what is missing.

    Of a running house the version that answers rest on stands beside each.
    """
    said = words()
    heads = [*said["areas_heads"], *([said["version_head"]] if seen.is_running else [])]
    packs = sorted(seen.packs.values(), key=lambda pack: pack.name)
    return table(heads, [(*_of_area(pack), *([f"`{pack.version}`"] if seen.is_running else [])) for pack in packs])


def counted(seen: Seen) -> str:
    """Return how many areas, signs, questions and so on there are, in one list."""
    cases = load_practice(seen.settings.root / "knowledge_base", seen.national, seen.on)
    own = [pack for pack in seen.packs.values() if pack.area != FLOOR]
    many = {
        "areas": len(own),
        "with_levels": sum(bool(pack.levels) for pack in own),
        "rows": sum(len(pack.rows) for pack in seen.packs.values()),
        "indicators": len(seen.national.indicators),
        "flags": len(seen.national.red_flags),
        "questions": len(seen.national.questions),
        "judgement": sum(one.basis == "professional_judgement" for one in seen.national.adjustments),
        "adjustments": len(seen.national.adjustments),
        "cases": len(cases),
    }
    return "\n".join(f"- {line.format(**many)}" for line in words()["counted"])


def checks_due(seen: Seen) -> str:
    """Return in which month how many documents of which areas are due to be looked at again, the next first."""
    due: dict[str, Counter[str]] = {}
    for place, source in _sources(seen):
        by = source.review_by(source.verified)
        due.setdefault(f"{by:%Y-%m}", Counter())[place] += 1
    rows = [
        (f"{date.fromisoformat(month + '-01'):%B %Y}", sum(found.values()), ", ".join(sorted(found)))
        for month, found in sorted(due.items())
    ]
    return table(words()["due_heads"], rows)


def cited(source_id: str, seen: Seen) -> str:
    """Return a document of the national knowledge as a line of a paper's sources; empty for one that is not there."""
    held = _national(seen).get(source_id)
    if held is None:
        return ""
    title = f"{held.publisher}: {held.title}"
    told = f"[{title}]({held.url})" if held.url else title
    return words()["cited"].format(document=told, dated=held.dated, read=day_in_words(held.verified))


def _sources(seen: Seen) -> Iterator[tuple[str, Source]]:
    yield from ((words()["nation"], source) for source in _national(seen).values())
    for area, sources in seen.sources.items():
        yield from ((seen.packs[area].name, source) for source in sources)


def _national(seen: Seen) -> dict[str, Source]:
    return load_sources(seen.settings.root / "knowledge_base" / "national" / "england" / "sources.yml")


def _of_area(pack: Pack) -> tuple[str, ...]:
    said, cited = words(), pack.levels_from
    levels = ", ".join(_level(level) for level in pack.levels) or said["no_levels"]
    from_what = (cited.title, cited.dated, day_in_words(cited.verified)) if cited else ("", "", "")
    return (pack.name, levels, *(one.replace("|", "/") for one in from_what), str(len(pack.missing)))


def _level(level: Level) -> str:
    return level.name if level.code.lower() == level.name.lower() else f"{level.code} ({level.name})"
