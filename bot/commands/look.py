"""`look`: pictures of every state of every page, at three sizes, in light, dark and forced colours."""

import argparse
import subprocess
import sys
from pathlib import Path

from bot.commands import CannotRun
from bot.settings import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which states, and where the pictures go."""
    parser.add_argument("--only", default="", metavar="NAME", help="only the states whose names hold this")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the pictures are left")


def run(options: argparse.Namespace) -> int:
    """Return 0 if every picture was taken."""
    folder = options.to.resolve()
    command = [sys.executable, "-m", "tests.accessibility.walk", "look", "--only", options.only, "--to", str(folder)]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise CannotRun("not every picture could be taken; what stands above says why.")
    print(f"Pictures are in {folder}.")
    return 0
