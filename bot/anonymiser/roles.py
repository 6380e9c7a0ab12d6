"""Roles: what a named person is to the child, by the words beside the name, and so which placeholder."""

import re

from bot.anonymiser.growth import Run
from bot.anonymiser.memory import Memory
from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import is_person


def placeholder(page: Page, run: Run, memory: Memory, role_before: str) -> tuple[str, str]:
    """Return what to show for a name, and its role. A person met before keeps the placeholder they had."""
    words = [w.folded for w in page.words[run[0] : run[1] + 1]]
    role = _role(page, run) or (role_before if _is_coordinate(page, run) else "")
    shown = memory.recall(words[0])
    if shown is None and (len(words) == 1 or role == ""):
        shown = next(filter(None, map(memory.recall, words[1:])), None) if role != "sibling" else None
    if shown is None:
        other = role == "other child"
        shown = memory.allot("child" if other else role or "child", at_least=2 if other else 1)
    for word in words:
        if len(word) > 1:
            memory.keep(word, shown)
    return shown, role


def _is_coordinate(page: Page, run: Run) -> bool:
    """Whether a name follows another person with "and" or a comma: they share the role."""
    before, earlier = page.at(run[0] - 1), page.at(run[0] - 2)
    return bool((before and earlier and before.folded in ("and", "n")) or page.words[run[0]].gap.strip() == ",")


def _role(page: Page, run: Run) -> str:
    """Return parent, sibling, adult, child, other child, or nothing when the words beside do not say."""
    first, last = run
    if page.has_cue("titles", first - 1):
        return "adult"
    for back in (1, 2, 3):
        before = page.at(first - back)
        if before is None or is_person(before.text):
            break
        if re.search(r"[.!?;\n]", page.words[before.index + 1].gap):
            break
        role = page.kin_role(before.index)
        if role:
            return role
        if not page.has_cue("between a role and a name", before.index):
            break
    return _role_after(page, last)


def _role_after(page: Page, last: int) -> str:
    """Return the role in "Sharon (mum)", "Sharon, his mum", "Wanjiru, social worker"."""
    opening = page.at(last + 1)
    if opening is None or not re.match(r"'?s? ?[,(\-]", opening.gap):
        return ""
    for ahead in range(last + 1, last + 4):
        word = page.at(ahead)
        if word is None or (ahead > last + 1 and re.search(r"[.,;)!?\n]", word.gap)):
            return ""
        if role := page.kin_role(word.index):
            return role
        if not page.has_cue("between a name and a role", word.index):
            return ""
    return ""
