"""A simulated DSL holds consultations through the real door, and the judges look at every turn.

The suite runs a dozen; `./noname evaluate conversations` runs five hundred by setting NONAME_CONVERSATIONS, and
takes the figures from the file that NONAME_CONVERSATIONS_FIGURES names.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.conversations.behind import BehindTheDoor
from evaluation.conversations.judges import judge
from evaluation.conversations.many import hold
from evaluation.conversations.report import figures
from evaluation.conversations.rules import load

A_DOZEN = 12
SEEDS = os.environ.get("NONAME_CONVERSATIONS", f"1..{A_DOZEN}")
SCRIPTED = Path(__file__).parents[1] / "conversations"

pytestmark = [pytest.mark.trained, pytest.mark.timeout(6 * 3600)]


def test_no_consultation_gets_stuck_or_gives_a_level_too_soon(house: Any) -> None:
    first, last = map(int, SEEDS.split(".."))
    look = BehindTheDoor(house.built, house.tracker)
    rules = load(look.ruled_out(), look.assess_again)
    walks, found = [], []
    for walked in hold(house.url, house.demo["schools"][0]["code"], look, range(first, last + 1)):
        walks.append(walked)
        found += judge(walked, rules)
        sys.stdout.write(f"seed {walked.seed}: {len(walked.turns)} turns, {walked.ended}; found so far: {len(found)}\n")
    scripted = sum(len(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in SCRIPTED.glob("*.yml"))
    note = os.environ.get("NONAME_CONVERSATIONS_FIGURES")
    if note:
        Path(note).write_text(json.dumps(figures(walks, found, scripted)), encoding="utf-8")

    assert [walked.seed for walked in walks] == list(range(first, last + 1))
    assert not found, "\n".join(f"{f.what}: seed {f.seed}, turn {f.turn}: {f.words}" for f in found)
