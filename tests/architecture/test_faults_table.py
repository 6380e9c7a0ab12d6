"""What OPERATIONS.md says of faults is shown by tests that are there."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.test_security import _CELL, _NAMED, HOUSE, _is_lost, _tests

TABLE = "## What people see when a part fails"
FAULTS = (
    *("killed outright", "locked", "gone and comes back", "disk is full", "too slow", "Rasa is gone", "our actions"),
    *("anonymiser fails", "clock jumps", "half written", "broken while it runs", "migrate at once", "told to end"),
)
_PLACE = re.compile(r"tests/[\w/]+\.py")


def rows(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each fault with what people see, and what is named as its proof."""
    for line in text.split(TABLE)[1].split("\n## ")[0].splitlines():
        if line.startswith("| ") and not line.startswith("| fault"):
            fault, seen, proof = (cell.strip() for cell in _CELL.split(line.strip().strip("|")))
            yield fault, seen, _NAMED.findall(proof)


def unproved(text: str) -> Iterator[str]:
    """Yield what is wrong with the proofs in the table of a text."""
    for fault, seen, named in rows(text):
        files = [HOUSE / name for name in named if _PLACE.fullmatch(name)]
        written = {test for file in files for test in _tests(file)}
        if not seen or not files:
            yield f"{fault}: nobody sees anything, or nothing proves it"
        yield from (f"{fault}: {file.name} is not there or tests nothing" for file in files if not _tests(file))
        yield from (f"{fault}: {name} is in none of its files" for name in named if _is_lost(name, written))


def test_every_fault_is_in_the_table_with_tests_that_are_there() -> None:
    text = (HOUSE / "docs" / "OPERATIONS.md").read_text("utf-8")
    told = [fault for fault, _, _ in rows(text)]
    assert [one for one in FAULTS if not any(one in fault for fault in told)] == []
    assert list(unproved(text)) == []


@pytest.mark.parametrize(
    "row",
    [
        "| a fault | an apology | nothing at all |",
        "| a fault |  | `tests/architecture/test_docs.py` |",
        "| a fault | an apology | `tests/architecture/test_nothing.py` |",
        "| a fault | an apology | `tests/factories.py` |",
        "| a fault | an apology | `tests/architecture/test_docs.py` (`test_that_nobody_wrote`) |",
    ],
)
def test_a_fault_without_proof_is_noticed(row: str) -> None:
    head = "| fault | what people see | proved by |\n|---|---|---|\n"
    assert list(unproved(f"{TABLE}\n\n{head}{row}\n\n## When something goes wrong\n"))
