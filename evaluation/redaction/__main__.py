"""Print what our redactor misses and what it removes in vain: for whoever works on it.

    python -m evaluation.redaction hard|practice|templates|FILE [--errors 40] [--variant lower] [--record]

FILE is a marked YAML file or JSON Lines with `text`, `spans` and `keep`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from evaluation.redaction import figures
from evaluation.redaction.in_process import RedactorShut, redactor
from evaluation.redaction.markup import IDENTIFIERS, BadMarkup
from evaluation.redaction.scoring import Outcome, judge
from evaluation.redaction.sets import messages
from evaluation.redaction.variants import VARIANTS

DESCRIPTION = "Print what our redactor misses and what it removes in vain."


def main(arguments: Sequence[str]) -> None:
    """Redact a set in this process and print figures and errors."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.redaction", description=DESCRIPTION)
    parser.add_argument("set", help="hard, practice, templates, or a file")
    parser.add_argument("--errors", type=int, default=40, help="how many misses, and how many removals in vain")
    parser.add_argument("--variant", choices=VARIANTS, help="only this spelling")
    parser.add_argument("--record", action="store_true", help="what may be written down, not what is understood")
    options = parser.parse_args(arguments)
    try:
        found = [m for m in messages(options.set) if options.variant in (None, m.variant)]
        redact = redactor(datetime.now(UTC).date(), options.record)
    except (OSError, BadMarkup, RedactorShut) as problem:
        sys.exit(str(problem))
    outcomes = [judge(message, redact(message.text)) for message in found]
    print("\n".join([*summary(outcomes), *errors(outcomes, options.errors)]))


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the figures, a line each, in percent, for all and for each spelling."""
    columns = [("all", outcomes), *((v, figures.of_variant(outcomes, v)) for v in VARIANTS)]
    columns = [(name, some) for name, some in columns if some]
    yield f"{len(outcomes)} messages".ljust(24) + "".join(f"{name:>9}" for name, _ in columns)
    measures = {
        "identifiers removed": figures.recall,
        "messages leaking": figures.leaking,
        "harmless ones changed": figures.changed,
        "words to keep lost": figures.kept_lost,
        "words removed in vain": figures.over_removed,
    }
    for label in IDENTIFIERS:
        measures[f"  {label}"] = lambda some, label=label: figures.recall(some, lambda s: s.label == label)
    for name, measure in measures.items():
        shares = [measure(some) for _, some in columns]
        if shares[0].whole:
            cells = "".join("        -" if s.percent is None else f"{s.percent:>9.1f}" for s in shares)
            yield f"{name:<24}{cells}   of {shares[0].whole}"


def errors(outcomes: Sequence[Outcome], most: int) -> Iterator[str]:
    """Yield so many misses and so many removals in vain, each with its text and what became of it."""
    missed = [o for o in outcomes if o.leaked]
    in_vain = [o for o in outcomes if o.over]
    for heading, some in (("MISSED", missed), ("REMOVED IN VAIN", in_vain)):
        yield f"\n{heading}: {len(some)} messages"
        for outcome in some[:most]:
            text = outcome.message.text
            what = [f"{s.label} {text[s.start : s.end]!r}" for s in outcome.leaked]
            told = what if some is missed else [repr(word) for word in outcome.over]
            yield f"{outcome.message.id} {outcome.message.variant}: {', '.join(told)}"
            yield f"    {text}\n    {outcome.redacted}"


if __name__ == "__main__":
    main(sys.argv[1:])
