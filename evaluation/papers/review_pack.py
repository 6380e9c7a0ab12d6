"""The review pack: all that the assistant asks and says, as a Word document that a duty social worker marks up.

Questions, red flags, rules, levels and stories come from the knowledge base and the responses, so that a reviewer
marks what is said and nothing else. `stories.py` has the part about the practice cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from bot.desk.fact_check import RuleSaid, fact_check
from bot.knowledge import Wording
from bot.knowledge.model import AreaQuestion, Pack, RedFlag
from bot.knowledge.practice import PracticeCase
from bot.lead_kit import document as word
from bot.lead_kit.contents import Kit, Paragraph, Section, Table
from evaluation.papers import stories
from evaluation.papers.marking import form, to_mark, words
from evaluation.papers.seen import Seen, day_in_words


def document(seen: Seen, areas: Sequence[str], cases: Mapping[str, PracticeCase], wording: Wording) -> bytes:
    """Return the pack for some areas as the bytes of a .docx file."""
    return word.write(pack(seen, areas, cases, wording))


def pack(seen: Seen, areas: Sequence[str], cases: Mapping[str, PracticeCase], wording: Wording) -> Kit:
    """Return the pack as plain data."""
    said = words()
    lead = said["lead"].format(on=day_in_words(seen.on), national=seen.national.version)
    packs = [seen.packs[area] for area in areas]
    sections = (
        Section(said["who"]["heading"], (form(said["who"]),)),
        stories.own_view(cases),
        stories.what_is_said(seen, areas, cases, wording),
        _questions(seen, packs, wording),
        _flags(seen, packs[0], wording),
        _plain("exits", sorted(name for name in wording.names() if name.startswith("utter_exit_")), wording),
        _rules(seen, packs[0], wording),
        _levels(packs),
        _plain("answers", _answer_names(wording), wording),
        Section(said["last"]["heading"], (form(said["last"]),)),
    )
    return Kit(said["title"], tuple(Paragraph(line) for line in lead.splitlines()), sections, seen.on)


def _questions(seen: Seen, packs: Sequence[Pack], wording: Wording) -> Section:
    said = words()["questions"]
    rows = [_question(name, wording) for name in seen.national.questions if f"utter_ask_{name}" in wording.names()]
    parts = [Paragraph(said["lead"]), to_mark(said["caption"], said["header"], rows, (4, 4, 3.5))]
    for one in packs:
        if one.questions:
            own = [_own_question(asked) for asked in one.questions]
            parts.append(to_mark(said["area_caption"].format(area=one.name), said["header"], own, (4, 4, 3.5)))
    return Section(said["heading"], tuple(parts))


def _question(name: str, wording: Wording) -> tuple[str, ...]:
    titles = [title for title, payload in wording.buttons(f"utter_ask_{name}") if payload != "/ask_why"]
    why = _said(f"utter_why_{name}", wording)
    return (_said(f"utter_ask_{name}", wording), "\n".join(titles) or words()["questions"]["free"], why)


def _own_question(asked: AreaQuestion) -> tuple[str, ...]:
    return (asked.words, "\n".join(asked.titles.values()), asked.why)


def _flags(seen: Seen, of: Pack, wording: Wording) -> Section:
    said = words()["flags"]
    held = fact_check(of, seen.national, wording).red_flags
    parts: list[Paragraph | Table] = [Paragraph(said["lead"])]
    in_order = sorted(held, key=lambda one: list(type(one.rule.exit)).index(one.rule.exit))
    for route, flags in groupby(in_order, key=lambda one: one.rule.exit):
        exit_words = wording.say(f"utter_practice_exit_{route.value}")
        rows = [_flag(flag) for flag in flags]
        parts.append(to_mark(said["exit"].format(exit=exit_words), said["header"], rows, (4, 4, 3.5)))
    return Section(said["heading"], tuple(parts))


def _flag(held: RuleSaid[RedFlag]) -> tuple[str, ...]:
    cited = held.rule.citation
    told = words()["flags"]["and"].join(chain.from_iterable(held.ways))
    return (held.rule.words, told, f"{cited.title}, {cited.section}; {cited.dated}")


def _rules(seen: Seen, of: Pack, wording: Wording) -> Section:
    said = words()["rules"]
    rows = []
    for held in fact_check(of, seen.national, wording).adjustments:
        told = said["or"].join(words()["flags"]["and"].join(way) for way in held.ways)
        does = f"{said['does'][held.rule.kind]}; {said['basis'][held.rule.basis]}"
        rows.append((held.rule.words, told or said["count"], does))
    return Section(said["heading"], (to_mark(said["caption"], said["header"], rows, (4, 5, 2.5)),))


def _levels(packs: Sequence[Pack]) -> Section:
    said = words()["levels"]

    def parts() -> Iterator[Paragraph | Table]:
        yield Paragraph(said["lead"])
        for one in packs:
            rows = [(f"{level.code} {level.name}", level.consent, level.route) for level in one.levels]
            if rows:
                yield to_mark(said["caption"].format(area=one.name), said["header"], rows, (2.5, 4.5, 4.5))
            else:
                yield Paragraph(said["none"].format(area=one.name))

    return Section(said["heading"], tuple(parts()))


def _plain(part: str, names: Sequence[str], wording: Wording) -> Section:
    said = words()[part]
    rows = [(_said(name, wording),) for name in names]
    return Section(said["heading"], (Paragraph(said["lead"]), to_mark(said["caption"], said["header"], rows, (1,))))


def _answer_names(wording: Wording) -> list[str]:
    return sorted(name for name in wording.names() if name.startswith(tuple(words()["answer_words"])))


def _said(name: str, wording: Wording) -> str:
    """Return a response with its blanks as they stand, and without the marks that pages make bold."""
    return wording.template(name).replace("**", "") if name in wording.names() else ""
