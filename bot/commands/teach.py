"""`teach`: teach the sentence model from its examples. For whoever changes them; nothing else needs it."""

import argparse
import hashlib
import subprocess
import tempfile
from pathlib import Path

from bot.commands import CannotRun
from bot.dialogue.ears import TAUGHT, examples_digest
from bot.sentence_model.model import LEARNT
from bot.settings import ROOT
from evaluation.sentence_model.tokens import write_lesson

TEACHER = ROOT / "evaluation" / "sentence_model" / "teach.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long, and from which chance."""
    parser.add_argument("--epochs", type=int, default=6, help="how often to go through the examples (6)")
    parser.add_argument("--on", action="store_true", help="go on from what was learnt; two epochs do for some examples")
    parser.add_argument("--seed", type=int, default=1, help="the same seed teaches the same (1)")


def run(options: argparse.Namespace) -> None:
    """Teach, write what was learnt, and say what its digest is. Seven minutes an epoch on two cores."""
    python = ROOT / ".venv" / "rasa" / "bin" / "python"
    with tempfile.TemporaryDirectory() as folder:
        lesson = Path(folder) / "lesson.json"
        print(f"{write_lesson(lesson)} examples")
        how = ["--epochs", str(options.epochs), "--seed", str(options.seed)]
        how += ["--goes-on", str(LEARNT)] if options.on else []
        taught = subprocess.run([str(python), str(TEACHER), str(lesson), str(LEARNT), *how])
    if taught.returncode:
        raise CannotRun("teaching failed; what was learnt before is as it was")
    (ROOT / TAUGHT).write_text(examples_digest(ROOT) + "\n", encoding="utf-8")
    digest = hashlib.sha256(LEARNT.read_bytes()).hexdigest()
    print(f"{LEARNT.name}: LEARNT_DIGEST of bot/sentence_model/model.py is now {digest}")
