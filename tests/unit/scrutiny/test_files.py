"""Figures as files: a line for each, and no cell that a program takes for a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scrutiny.files import COLUMNS, cell, dictionary, figures
from bot.scrutiny.releasing import from_plain

_TABLES = [
    {"name": "opened", "areas": ["kent", "medway"], "base": {"kent": 40, "medway": 20, "all": 60},
     "rows": {"opened": {"kent": 40, "medway": 20, "all": 60}}},
    {"name": "ages", "areas": ["kent"], "base": {"kent": 40}, "rows": {"under_1": {"kent": None}, "1_4": {"kent": 30}}},
]  # fmt: skip
RELEASE = from_plain({"year": 2025, "under": 5, "rounding": 5, "tables": _TABLES})


def words(table: str, row: str) -> str:
    return f"=HYPERLINK({table} {row})"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "|a", "%0A"])
def test_what_begins_like_a_formula_is_disarmed(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Kent", "", "12", "a=b", "1 to 4", "Not born yet"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert cell(text) == text


def test_a_number_below_zero_is_no_formula() -> None:
    assert (cell(-0.02), cell(-3), cell("-0.02")) == ("-0.02", "-3", "'-0.02")


@given(st.text(max_size=8))
def test_no_text_at_all_begins_a_formula(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert not cell(text).startswith(("\t", "\r", "\n"))


def test_of_an_area_there_are_its_own_figures_and_those_of_all() -> None:
    lines = list(csv.DictReader(StringIO(figures(RELEASE, "medway", words))))
    assert [(line["area"], line["figure"]) for line in lines] == [("medway", "20"), ("all", "60")]


def test_of_all_areas_there_is_every_figure_and_what_is_hidden_is_empty_and_says_so() -> None:
    lines = list(csv.DictReader(StringIO(figures(RELEASE, "", words))))
    ages = {line["row"]: (line["figure"], line["shown"]) for line in lines if line["table"] == "ages"}
    assert ages == {"under_1": ("", "no"), "1_4": ("30", "yes")}
    assert all(line["row_words"].startswith("'=") for line in lines)


def test_the_dictionary_explains_every_column_table_and_row() -> None:
    lines = list(csv.DictReader(StringIO(dictionary(RELEASE, words, lambda column: column))))
    assert [line["name"] for line in lines if line["what"] == "column"] == list(COLUMNS)
    assert {(line["name"], line["row"]) for line in lines if line["what"] == "row"} == {
        ("opened", "opened"), ("ages", "under_1"), ("ages", "1_4"),
    }  # fmt: skip
