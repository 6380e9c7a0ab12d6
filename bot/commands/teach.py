"""`teach`: teach the sentence model from its examples. For whoever changes them; nothing else needs it."""

import argparse
import hashlib
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.dialogue.ears import TAUGHT, examples_digest
from bot.sentence_model.model import LEARNT, PIECES
from bot.settings import ROOT
from evaluation.sentence_model.tokens import write_lesson

TEACHERS = ROOT / "evaluation" / "sentence_model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long, and from which chance."""
    parser.add_argument("--epochs", type=int, default=6, help="how often to go through the examples (6)")
    parser.add_argument("--on", action="store_true", help="go on from what was learnt; two epochs do for some examples")
    parser.add_argument("--seed", type=int, default=1, help="the same seed teaches the same (1)")
    parser.add_argument("--pieces", action="store_true", help="only the words and pieces of words: two minutes")
    parser.add_argument("--one", metavar="NAME", help="this alone (not_so) of the last layer, and the pieces: minutes")


def run(options: argparse.Namespace) -> None:
    """Teach, write what was learnt, and say what its digests are. Eight minutes an epoch on two cores."""
    with tempfile.TemporaryDirectory() as folder:
        lesson = Path(folder) / "lesson.json"
        print(f"{write_lesson(lesson, date.today())} examples")
        how = ["--epochs", str(options.epochs), "--seed", str(options.seed)]
        how += ["--goes-on", str(LEARNT)] if options.on else []
        if options.one:
            _teach("teach_one.py", lesson, LEARNT, [options.one])
        elif not options.pieces:
            _teach("teach.py", lesson, LEARNT, how)
        _teach("teach_pieces.py", lesson, PIECES, [])
    (ROOT / TAUGHT).write_text(examples_digest(ROOT) + "\n", encoding="utf-8")
    for file, name in ((LEARNT, "LEARNT_DIGEST"), (PIECES, "PIECES_DIGEST")):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        print(f"{file.name}: {name} of bot/sentence_model/model.py is now {digest}")


def _teach(teacher: str, lesson: Path, learnt: Path, how: list[str]) -> None:
    """Teach in Rasa's interpreter. Raises CannotRun."""
    python = ROOT / ".venv" / "rasa" / "bin" / "python"
    draft = learnt.with_suffix(".new")
    shutil.copy(learnt, draft)  # what is taught only in part is written beside the rest of it
    try:
        taught = subprocess.run([str(python), str(TEACHERS / teacher), str(lesson), str(draft), *how])
        if taught.returncode:
            raise CannotRun(f"teaching failed; {learnt.name} is as it was")
        draft.replace(learnt)
    finally:
        draft.unlink(missing_ok=True)
