"""What SECURITY.md says of threats is proved by tests that are there, and what is not there needs no guard."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
TABLE = "## What could go wrong, and what stands against it"
_CELL = re.compile(r"(?<!\\)\|")
_NAMED = re.compile(r"`([^`]+)`")
_OURS = ("bot", "actions", "evaluation")


def rows(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each threat with what stands against it, and what is named as its proof."""
    for line in text.split(TABLE)[1].split("\n## ")[0].splitlines():
        if line.startswith("| ") and not line.startswith("| threat"):
            threat, control, proof = (cell.strip() for cell in _CELL.split(line.strip().strip("|")))
            yield threat, control, _NAMED.findall(proof)


def unproved(text: str) -> Iterator[str]:
    """Yield what is wrong with the proofs in the table of a text."""
    for threat, control, named in rows(text):
        files = [HOUSE / name for name in named if "/" in name]
        if not control or not files:
            yield f"{threat}: nothing stands against it, or nothing proves it"
        yield from (f"{threat}: {file.name} is not there or tests nothing" for file in files if not _tests(file))
        written = {test for file in files for test in _tests(file)}
        yield from (f"{threat}: {name} is in none of its files" for name in named if _is_lost(name, written))


def _is_lost(name: str, written: set[str]) -> bool:
    return "/" not in name and name.startswith("test_") and name not in written


def _tests(file: Path) -> set[str]:
    """Return the names of the tests in a file. Cases for other tests are a proof too, if there are any."""
    if not file.exists():
        return set()
    if file.suffix == ".yml":
        return {line for line in file.read_text("utf-8").splitlines() if line.lstrip().startswith("- ")}
    tree = ast.parse(file.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {one.name for one in ast.walk(tree) if isinstance(one, kinds) and one.name.startswith("test_")}


def test_every_threat_has_something_against_it_and_tests_that_are_there() -> None:
    text = (HOUSE / "SECURITY.md").read_text("utf-8")
    assert len(list(rows(text))) > 50, "the table was not found: the check would pass on nothing"
    assert list(unproved(text)) == []


@pytest.mark.parametrize(
    "row",
    [
        "| a threat | a control | nothing at all |",
        "| a threat |  | `tests/architecture/test_docs.py` |",
        "| a threat | a control | `tests/architecture/test_nothing.py` |",
        "| a threat | a control | `tests/factories.py` |",
        "| a threat | a control | `tests/architecture/test_docs.py` (`test_that_nobody_wrote`) |",
    ],
)
def test_a_threat_without_proof_is_noticed(row: str) -> None:
    head = "| threat | control | proved by |\n|---|---|---|\n"
    assert list(unproved(f"{TABLE}\n\n{head}{row}\n\n## What is not promised\n"))


# Where figures are written as files, and where they are sent. `tests/unit/scrutiny/test_files.py` shows that no cell of
# theirs begins like a formula, and nothing that was typed is in them.
_DISARMED = {HOUSE / "bot" / "scrutiny" / "files.py", HOUSE / "bot" / "web" / "report_pages.py"}


def test_no_other_table_of_ours_is_for_a_spreadsheet() -> None:
    """What starts like a formula does harm there alone. Whoever writes one has to disarm what was typed."""
    for file in {path for room in _OURS for path in (HOUSE / room).rglob("*.py")} - _DISARMED:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"csv", "openpyxl", "xlsxwriter", "pandas"} & {name.split(".")[0] for name in imported}, file
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\btext/csv\b|spreadsheetml|\bms-excel\b", node.value), file
