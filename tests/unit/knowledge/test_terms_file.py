"""The file of terms: each is found by plain words, by one term alone, and a knowledge base without it has none."""

from pathlib import Path

import pytest

from bot.knowledge.errors import PackError
from bot.knowledge.shared import folder, shared
from bot.knowledge.terms import FILE, load_terms
from tests.factories import NOW

ROOT = Path("knowledge_base")
ON = NOW.date()


def _terms(file: Path):
    return load_terms(file, shared(ROOT).sources, ON)


def test_every_term_is_explained_and_cited():
    terms = _terms(folder(ROOT) / FILE)
    assert len(terms) > 20
    assert all(term.words and term.citation.section for term in terms)


def test_where_it_is_not_laid_out_there_are_none(tmp_path: Path):
    assert _terms(tmp_path / FILE) == ()


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("asked_as: [marac]", "asked_as: [MARAC]", "can never be found"),
        ("asked_as: [marac]", "asked_as: [m.a.r.a.c]", "can never be found"),
        ("asked_as: [marac]", "asked_as: [marac, mash]", "already"),
        ("source: dash-guidance", "source: nowhere", "is in no sources.yml"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, before: str, after: str, why: str):
    text = (folder(ROOT) / FILE).read_text("utf-8")
    assert text.count(before) == 1
    (tmp_path / FILE).write_text(text.replace(before, after), "utf-8")
    with pytest.raises(PackError, match=why):
        _terms(tmp_path / FILE)
