"""What `./noname evaluate acts` writes: each set by the served model, and the training examples themselves.

Pure but for two measurements that run in Rasa's own interpreter: `by_share` (minutes) and `crossed` (half an hour).
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bot.dialogue.rasa_process import RasaProcess
from bot.settings import ROOT, Settings
from evaluation.act_scores import accuracy, confusions, costly, macro_f1, rows_in
from evaluation.results import table

FOLDS = 5
LONGEST_SECONDS = 3600.0
SAID_OF = {
    "heldout": "by the writers of the training examples, in other turns of phrase; its misses were seen",
    "sealed": "by another hand, written on 2026-11-22 and measured once; plainer than the others",
    "development": "by another hand, unseen by it; its misses were looked at while the examples grew",
}
UNSEEN = "by another hand; sealed until it was measured; its misses were looked at once"


class CannotMeasure(Exception):
    """Tried to measure in Rasa's interpreter, and it ended with an error."""


def taught_texts() -> set[str]:
    """Return the training examples in lower case, without what stands at their ends."""
    return {row["text"].lower().strip(" .!?") for row in rows_in(ROOT / "nlu_data" / "nlu")}


def of_sets(rows: dict[str, list[dict]], taught: set[str]) -> str:
    """Return one line a set: how much of it was heard right, and how much the same words were taught."""
    heads = ("set", "examples", "micro-F1", "macro-F1", "fallback", "costly confusions", "taught word for word")
    lines = [_of_set(name, heard, taught) for name, heard in rows.items()]
    told = "\n".join(f"- {name}: {SAID_OF.get(name, UNSEEN)}" for name in rows)
    return f"{table(heads, lines)}\n\n{told}"


def _of_set(name: str, rows: list[dict], taught: set[str]) -> tuple[object, ...]:
    fell_back = sum(row["act"] == "nlu_fallback" for row in rows)
    known = sum(row["text"].lower().strip(" .!?") in taught for row in rows)
    scores = (f"{accuracy(rows):.3f}", f"{macro_f1(rows):.3f}")
    return (name, len(rows), *scores, _share(fell_back, rows), _share(len(costly(rows)), rows), _share(known, rows))


def _share(some: int, rows: list[dict]) -> str:
    return f"{some} ({100 * some / len(rows):.1f} %)"


def of_confusions(rows: list[dict]) -> str:
    """Return the costly confusions by what they cost, and the most frequent of all."""
    dear = table(("costly", "was", "was taken for", "text"), [_dear(row) for row in costly(rows)])
    return f"{dear}\n\n{table(('was', 'was taken for', 'times'), confusions(rows)[:12])}"


def _dear(row: dict) -> tuple[str, str, str, str]:
    return row["why"], row["intent"], row["act"], row["text"].replace("|", "/")


def by_share() -> str:
    """Return the learning curve, and the training examples in folds. Raises CannotMeasure."""
    found = in_rasas_python("--curve", "--folds", str(FOLDS))
    names = [name for name in found["curve"][0] if name not in ("share", "examples")]
    lines = [
        (f"{100 * step['share']:.0f} %", step["examples"], *(f"{step[name]:.3f}" for name in names))
        for step in found["curve"]
    ]
    folds = found["folds"]
    return (
        f"{table(('of each act', 'examples', *names), lines)}\n\n"
        f"Rasa's pipeline on the training examples themselves, in {FOLDS} folds: micro-F1 {accuracy(folds):.3f}, "
        f"macro-F1 {macro_f1(folds):.3f}. They are kept apart on purpose, so every fold lacks what is nearest to it."
    )


def in_rasas_python(*arguments: str) -> dict[str, Any]:
    """Return what evaluation/act_model.py prints. Raises CannotMeasure."""
    python = ROOT / ".venv" / "rasa" / "bin" / "python"
    command = [str(python), str(ROOT / "evaluation" / "act_model.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    if done.returncode:
        raise CannotMeasure(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no word of why")
    return json.loads(done.stdout)


def crossed(settings: Settings) -> str:
    """Return what `rasa test nlu --cross-validation` finds. Raises CannotMeasure."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [
            "rasa", "test", "nlu", "--nlu", str(ROOT / "nlu_data" / "nlu"), "--config", str(ROOT / "config.yml"),
            "--domain", str(ROOT / "domain.yml"), "--cross-validation", "--folds", str(FOLDS), "--runs", "1",
            "--no-plot", "--no-errors", "--out", folder,
        ]  # fmt: skip
        rasa = RasaProcess(settings, arguments, settings.logs / "rasa-crossed.log")
        try:
            rasa.start()
            ended = rasa.wait(LONGEST_SECONDS)
        finally:
            rasa.stop()
        found = Path(folder) / "intent_report.json"
        if ended != 0 or not found.exists():
            raise CannotMeasure(f"{settings.logs / 'rasa-crossed.log'} says why")
        report = json.loads(found.read_text(encoding="utf-8"))
    micro = report["accuracy"] if "accuracy" in report else report["micro avg"]["f1-score"]
    return (
        f"`rasa test nlu --cross-validation --folds {FOLDS}`: micro-F1 {micro:.3f}, macro-F1 "
        f"{report['macro avg']['f1-score']:.3f}, over {report['macro avg']['support']:.0f} examples."
    )
