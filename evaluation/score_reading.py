"""Score the reading of texts that its patterns were not written from, and print JSON.

    python -m evaluation.score_reading [heldout.yml] [--misses]

Knows nothing of how reading works: it compares what comes out with what a professional would name.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import yaml

from bot import sentence_model
from bot.consultation import Reading, RedactedText, Status
from bot.knowledge import load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing
from bot.knowledge.spelling import reading_spelling
from bot.knowledge.vocabulary import CATEGORIES
from bot.reading import Reader

HERE = Path(__file__).resolve().parent
KNOWLEDGE_BASE = HERE.parent / "knowledge_base"
Read = Callable[[str], Reading]


def categories(reading: Reading, *statuses: Status) -> set[str]:
    """Return the categories of the concerns that have one of the statuses."""
    return {concern.category for concern in reading.concerns if concern.status in statuses}


def score(rows: dict, read: Read) -> dict:
    """Return the figures and, under `misses`, every text that was not read as it should be.

    A category counts as found when present or unsure; one that is fair but not asked for counts
    neither way. A red flag counts as found, and apart from that as found or asked about outright.
    """
    counted = {category: Counter() for category in CATEGORIES}
    flagged = asked = flag_rows = flags_in_vain = 0
    misses: list[dict] = []
    for row in rows["concerns"]:
        reading = read(row["text"])
        found, wanted = categories(reading, Status.PRESENT, Status.UNSURE), set(row["categories"])
        also = set(row.get("also", ()))
        for category in found | wanted:
            counted[category][_verdict(category, found, wanted, also)] += 1
        flag_rows += row["red_flag"]
        flagged += bool(row["red_flag"] and reading.red_flags)
        asked += bool(row["red_flag"] and (reading.red_flags or reading.sounds_grave))
        flags_in_vain += bool(not row["red_flag"] and reading.red_flags)
        if wanted - also - found or found - wanted - also or (row["red_flag"] and not reading.red_flags):
            misses.append({
                "text": row["text"], "lost": sorted(wanted - also - found), "extra": sorted(found - wanted - also),
                "red_flag_lost": bool(row["red_flag"] and not reading.red_flags),
            })  # fmt: skip
    alarms = [text for text in rows["no_concern"] if categories(read(text), Status.PRESENT, Status.UNSURE)]
    taken = [row for row in rows["not_so"] if row["category"] in categories(read(row["text"]), Status.PRESENT)]
    all_of_them = sum(counted.values(), Counter())
    each = {category: _f1(count) for category, count in counted.items() if count["hit"] + count["lost"]}
    return {
        "concern_texts": len(rows["concerns"]),
        "category_precision": _ratio(all_of_them["hit"], all_of_them["hit"] + all_of_them["wrong"]),
        "category_recall": _ratio(all_of_them["hit"], all_of_them["hit"] + all_of_them["lost"]),
        "category_micro_f1": _f1(all_of_them),
        "category_macro_f1": _ratio(sum(each.values()), len(each)),
        "lowest_category_f1": f"{min(each.values())} ({min(each, key=each.__getitem__)})",
        "red_flag_recall": _ratio(flagged, flag_rows),
        "red_flags_found_or_asked_about": _ratio(asked, flag_rows),
        "red_flag_texts": flag_rows,
        "red_flags_where_none_is_asked": flags_in_vain,
        "false_alarms": len(alarms),
        "no_concern_texts": len(rows["no_concern"]),
        "denied_or_supposed_read_as_present": len(taken),
        "denied_or_supposed_texts": len(rows["not_so"]),
        "false_alarm_share": _ratio(len(alarms), len(rows["no_concern"])),
        "denied_or_supposed_share": _ratio(len(taken), len(rows["not_so"])),
        "each_category_f1": each,
        "misses": {"concerns": misses, "false_alarms": alarms, "read_as_present": [row["text"] for row in taken]},
    }


def _verdict(category: str, found: set[str], wanted: set[str], also: set[str]) -> str:
    """Return whether a category was hit, lost or wrongly found; one that would be fair too is never wrong nor lost."""
    if category in found and category in wanted:
        return "hit"
    if category in also:
        return "fair"
    return "wrong" if category in found else "lost"


def _f1(count: Counter) -> float:
    return _ratio(2 * count["hit"], 2 * count["hit"] + count["wrong"] + count["lost"])


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0


def held_out(path: Path = HERE / "reading" / "heldout.yml") -> dict:
    """Return the texts of a file: `concerns`, `no_concern` and `not_so`."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def milliseconds(texts: Iterable[str], read: Read) -> float:
    """Return the mean processor time of one reading, in milliseconds, once warm."""
    rows = list(texts)
    start = time.process_time()
    for text in rows:
        read(text)
    return round((time.process_time() - start) / len(rows) * 1000, 2)


def main(arguments: list[str]) -> None:
    """Read the held-out texts as the service would on the day the file was written, and print the score."""
    paths = [argument for argument in arguments if not argument.startswith("-")]
    rows = held_out(Path(paths[0])) if paths else held_out()
    national = load_national(KNOWLEDGE_BASE, date(2026, 11, 21))
    start = time.process_time()
    reader = Reader(
        national.indicators,
        reading_patterns(KNOWLEDGE_BASE),
        national.red_flags,
        reading_spelling(KNOWLEDGE_BASE),
        answers_in_passing(KNOWLEDGE_BASE),
        sentence_model.load().likely,
    )
    built = round(time.process_time() - start, 2)

    def read(text: str) -> Reading:
        return reader.read(RedactedText(text))

    result = {**score(rows, read), "seconds_to_build": built}
    texts = [row["text"] for row in rows["concerns"]] + rows["no_concern"]
    result["milliseconds_a_text"] = milliseconds(texts, read)
    if "--misses" not in arguments:
        del result["misses"]
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
