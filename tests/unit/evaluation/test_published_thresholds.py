"""Published rows and published cases, asked in their own areas: what `evaluate thresholds` writes is no worse."""

from datetime import date
from pathlib import Path

import pytest

from bot.commands.knowing import KNOWLEDGE_BASE, TextReader, told_and_read
from bot.consultation import Facts, Status
from bot.knowledge import load_everything
from bot.thresholds import assess
from evaluation.thresholds import rows, vignettes
from evaluation.thresholds.measure import measure

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def held():
    return load_everything(KNOWLEDGE_BASE, TODAY)


@pytest.fixture(scope="module")
def told(held):
    national, packs = held
    return lambda area, facts: assess(facts, packs[area], national, TODAY)


@pytest.fixture(scope="module")
def read():
    reader = TextReader(TODAY)
    return lambda text: told_and_read(Facts(), reader.read(text).reading)


def test_the_facts_of_every_published_row_alone_come_out_at_the_level_it_is_published_at(held, told):
    came = list(rows.by_facts(held[1].values(), told))

    assert len(came) == 309
    assert [c.published.id for c in came if not c.is_answered] == []


def test_two_in_three_published_rows_come_out_at_their_level_when_our_words_for_them_are_typed(held, told, read):
    """Our words for a row are written to be read by people, and are not how a DSL would say it."""
    came = list(rows.by_words(held[1].values(), lambda area, text: told(area, read(text))))
    strays = [(c.published.id, c.published.words, c.published.code, c.code) for c in came if not c.is_there]

    assert len(strays) <= len(came) / 3, strays


def test_no_worked_case_comes_out_below_what_was_published_of_it_unless_a_person_is_asked(told, read):
    judged = vignettes.judge(vignettes.own(), lambda area, text: told(area, read(text)))

    assert len(judged) == 12
    assert [j.vignette.id for j in judged if j.verdict == "under"] == []


def test_a_case_below_the_acceptable_levels_is_called_under(told):
    low = vignettes.Vignette("x", "kent", "late now and then", "stated_level", 4, 4)
    facts = Facts({"absence_occasional": Status.PRESENT})

    assert [j.verdict for j in vignettes.judge([low], lambda area, text: told(area, facts))] == ["under"]


def test_lines_of_published_phrases_and_cases_can_be_given(tmp_path, read):
    phrases, cases = tmp_path / "phrases.jsonl", tmp_path / "cases.jsonl"
    phrases.write_text(
        '{"id": "A", "area": "Kent (older copy)", "local_level": "2", "indicator": "some fixed-term exclusions"}\n'
        '{"id": "B", "area": "Atlantis", "local_level": "2", "indicator": "late"}\n',
        "utf-8",
    )
    cases.write_text(
        '{"id": "C", "source": "Kent page", "scenario": "often missing", '
        '"notes": "basis=stated_level; acceptable=2-4; x"}\n',
        "utf-8",
    )
    report = measure(Path(KNOWLEDGE_BASE), TODAY, read, phrases, cases)

    assert "| kent | 1 | 1 | 1 |" in report
    assert "| B | Atlantis | 2 | none | unknown_area |  |" in report
    assert "| C | kent | N2 to N4 |" in report
