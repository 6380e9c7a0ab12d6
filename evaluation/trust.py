"""Measure how far each sign's words can be trusted by themselves, and write knowledge_base/.../words/trust.yml.

    python -m evaluation.trust

The patterns read the examples that the sentence model is taught (evaluation/sentence_model/examples), from which none
of them was written. A sign is right where the example speaks of its category, or where that would be fair. Signs that
were seldom found lean on the share of their category.
"""

from collections import Counter
from datetime import UTC, datetime

from bot.consultation import RedactedText, Status
from bot.knowledge import load_national, reading_patterns
from bot.knowledge.spelling import reading_spelling
from bot.knowledge.trust import TRUST
from bot.reading import Reader
from bot.settings import ROOT
from evaluation.sentence_model.tokens import examples

KNOWLEDGE_BASE = ROOT / "knowledge_base"
LEAN = 4  # as many findings at the category's share are added to each sign's own
HEAD = """# How often (in per cent) the words of a sign, found by the patterns, meant its kind of worry:
# the share of right findings in the examples of evaluation/sentence_model, leaning on the category's where there are
# few. Written by `python -m evaluation.trust`; bot/reading/second_opinion.py says what is made of it.
trust:
"""


def measured(reader: Reader) -> dict[str, float]:
    """Return the trust of each indicator that was found at all."""
    found, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in examples():
        concerns = reader.read(RedactedText(row["text"])).concerns
        seen = {(c.category, c.indicator) for c in concerns if c.status is not Status.ABSENT}
        found.update(seen)
        right.update(one for one in seen if one[0] in (*row["speaks_of"], *row["fair"]))
    shares = {category: _share(category, right) / _share(category, found) for category, _ in found}
    return {
        indicator: round((right[category, indicator] + LEAN * shares[category]) / (times + LEAN), 2)
        for (category, indicator), times in sorted(found.items(), key=lambda one: one[0][1])
    }


def _share(category: str, counted: Counter[tuple[str, str]]) -> int:
    return sum(times for (of, _), times in counted.items() if of == category)


def main() -> None:
    """Measure and write."""
    national = load_national(KNOWLEDGE_BASE, datetime.now(UTC).date())
    patterns, spelling = reading_patterns(KNOWLEDGE_BASE), reading_spelling(KNOWLEDGE_BASE)
    trust = measured(Reader(national.indicators, patterns, national.red_flags, spelling))
    lines = "".join(f"  {name}: {min(max(round(100 * share), 3), 97)}\n" for name, share in trust.items())
    (KNOWLEDGE_BASE / TRUST).write_text(HEAD + lines, encoding="utf-8")
    print(f"{len(trust)} signs")


if __name__ == "__main__":
    main()
