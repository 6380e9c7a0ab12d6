"""What `./noname evaluate reading` writes: each set side by side, and each kind of worry on texts nobody tuned on."""

from collections.abc import Mapping
from typing import Any

from evaluation.results import table

# How each set came about, the most telling first.
SETS = {
    "sealed": "by another hand, measured when all it measures was set; nothing was tuned on it",
    "unseen": "by another hand, rare in its turns of phrase; states were compared on it, nothing was tuned on it",
    "heldout": "by whoever wrote the patterns; two misses were mended after the first look",
    "denials": "denied and supposed by another hand, and worries told with such words; written hard, never tuned on",
    "another_hand": "by another hand; what is likely enough to count was set on it, so that it flatters",
}
ASKED = {
    "category_micro_f1": "0.90 or more",
    "category_macro_f1": "0.85 or more",
    "lowest_category_f1": "0.70 or more",
    "red_flag_recall": "",
    "red_flags_found_or_asked_about": "0.99 or more",
    "false_alarm_share": "0.05 or less",
    "denied_or_supposed_share": "0.03 or less",
}


def report(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the tables. `scores` holds what score_reading.score gives, by the name of its set."""
    names = [name for name in SETS if name in scores]
    figures = [name for name in scores[names[0]] if name not in ("misses", "each_category_f1")]
    lines = [(f.replace("_", " "), ASKED.get(f, ""), *(scores[name][f] for name in names)) for f in figures]
    each = [
        (category.replace("_", " "), *(scores[name]["each_category_f1"].get(category, "-") for name in names))
        for category in scores[names[0]]["each_category_f1"]
    ]
    told = "\n".join(f"- {name}: {SETS[name]}" for name in names)
    return f"{table(('figure', 'asked', *names), lines)}\n\n{told}\n\n{table(('F1 of', *names), each)}"
