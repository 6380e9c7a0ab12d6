"""Facts: by the name in a paper's mark, what is true of a house, as Markdown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from evaluation.papers import of_knowledge, of_models, of_people, of_records, of_settings
from evaluation.papers.seen import Seen

FACTS: Mapping[str, Callable[[Seen], str]] = MappingProxyType({
    "settings": of_settings.settings,
    "retention": of_settings.retention,
    "others": of_settings.others,
    "cookies": of_people.cookies,
    "roles": of_people.roles,
    "kept": of_records.kept,
    "sealed": of_records.sealed,
    "areas": of_knowledge.areas,
    "counted": of_knowledge.counted,
    "checks-due": of_knowledge.checks_due,
    "models": of_models.models,
    "measured": of_models.measured,
    "version": of_models.version,
})  # fmt: skip


class UnknownFact(LookupError):
    """Tried to tell a fact that nothing here knows."""


_SOURCE = "source-"  # then the id of a document of the national knowledge


def told(name: str, seen: Seen) -> str:
    """Return a fact of a house as Markdown. Raises UnknownFact."""
    if name.startswith(_SOURCE) and (line := of_knowledge.cited(name.removeprefix(_SOURCE), seen)):
        return line
    if name not in FACTS:
        raise UnknownFact(name)
    return FACTS[name](seen)
