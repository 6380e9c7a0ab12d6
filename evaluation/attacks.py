"""What came of requests that were made up from the schemas of both apps: the report."""

from collections.abc import Mapping
from typing import Any

from evaluation.results import table

ABOUT = (
    "Requests made up by schemathesis from what every route of both apps says of itself, those that stand in no public "
    "schema too. They go to the whole house in this process, as it is wired; only Rasa and the redaction are "
    "invented, and no second opinion is asked. They come from every role of the demo, signed in, and from nobody in "
    "particular; half of them name things that are there. Each route gets as many. Seeds {first} to {last}; "
    "a round has a house of its own."
)


def report(found: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    about = ABOUT.format(first=found["seeds"][0], last=found["seeds"][1])
    rows = [("requests", found["sent"]), ("answers 5xx, falls and hangs", found["fell"])]
    rows += [(f"sent by {who}", number) for who, number in sorted(found["by"].items())]
    rows += [(f"answers {status}", number) for status, number in sorted(found["statuses"].items())]
    return "\n\n".join([about, table(("figure", "value"), rows)])
