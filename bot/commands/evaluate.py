"""`evaluate`: measure thresholds, reading, acts, redaction, pages, chaos and more; write evaluation/RESULTS.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.commands import CannotRun
from bot.commands.act import serving_acts
from bot.commands.knowing import KNOWLEDGE_BASE, TextReader, told_and_read
from bot.consultation import Facts, RedactedText
from bot.settings import ROOT, load_settings
from evaluation import act_scores, acts_report, reading_report, score_reading
from evaluation.annual import drift_report
from evaluation.annual import report as annual_report
from evaluation.attacks import report as attacks_report
from evaluation.canary.report import report as canary_report
from evaluation.chaos import report as chaos_report
from evaluation.conversations.report import report as conversations_report
from evaluation.faults.report import report as faults_report
from evaluation.pages import report as pages_report
from evaluation.pages import write_statement
from evaluation.redaction.in_process import RedactorShut, redactor
from evaluation.redaction.measuring import measure
from evaluation.redaction.report import TUNED_ON
from evaluation.redaction.report import report as redaction_report
from evaluation.redaction.sets import NAMED, messages
from evaluation.redaction.systems import BASELINES, OURS, RECORD, SystemFailed, ask, called
from evaluation.results import FILE, provenance, write_section
from evaluation.thresholds.measure import measure as thresholds_report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure."""
    parser.add_argument("what", nargs="*", choices=[*MEASURES, []], help=f"{', '.join(MEASURES)} (all but crossed)")
    parser.add_argument("--rows", type=Path, help="thresholds: published phrases too, as JSON lines")
    parser.add_argument("--count", type=int, help="how many conversations (500), chaos: runs (20), annual: years (400)")
    parser.add_argument("--runs", type=int, default=200, help="faults: how many processes to kill (200)")
    parser.add_argument("--vignettes", type=Path, help="thresholds: worked cases too, as JSON lines")


def run(options: argparse.Namespace) -> None:
    """Measure, print and write one section for each."""
    for what in options.what or [name for name in MEASURES if name != "crossed"]:
        title, measure = MEASURES[what]
        report = measure(options)
        write_section(what, title, report, provenance(date.today(), f"./noname evaluate {what}"))
        print(f"{report}\n")
    print(f"Written to {FILE.name}.")


def thresholds(options: argparse.Namespace) -> str:
    """Return at which level published rows and published cases come out, and how long that takes."""
    on = date.today()
    reader = TextReader(on)
    nothing_told = Facts()

    def read(text: str) -> Facts:
        return told_and_read(nothing_told, reader.read(text).reading)

    return thresholds_report(KNOWLEDGE_BASE, on, read, options.rows, options.vignettes)


def reading(options: argparse.Namespace) -> str:
    """Return how the reading does on each set of texts that it was not taught."""
    reader = TextReader(date.today()).reader

    def scored(name: str) -> dict[str, Any]:
        rows = score_reading.held_out(score_reading.HERE / "reading" / f"{name}.yml")
        return score_reading.score(rows, lambda text: reader.read(RedactedText(text)))

    return reading_report.report({name: scored(name) for name in reading_report.SETS})


def acts(options: argparse.Namespace) -> str:
    """Return how the trained model does on every set of acts, and what the training examples are worth."""
    rows = act_scores.sets()
    with serving_acts() as act:
        for row in (row for block in rows.values() for row in block):
            row["act"] = act(row["text"])["name"]
    heard = [row for block in rows.values() for row in block]
    taught = acts_report.taught_texts()
    try:
        parts = [acts_report.of_sets(rows, taught), acts_report.of_confusions(heard), acts_report.by_share()]
    except acts_report.CannotMeasure as problem:
        raise CannotRun(str(problem)) from problem
    return "\n\n".join(parts)


def crossed(options: argparse.Namespace) -> str:
    """Return what Rasa's own cross-validation says of its pipeline. Half an hour."""
    try:
        return acts_report.crossed(load_settings())
    except acts_report.CannotMeasure as problem:
        raise CannotRun(str(problem)) from problem


def redaction(options: argparse.Namespace) -> str:
    """Return how much our redactor takes out, beside what others use, all asked in this one run."""
    sets = {name: messages(name) for name in NAMED}
    tested = tuple(name for name in NAMED if name not in TUNED_ON)
    systems = {OURS: NAMED, **dict.fromkeys((RECORD, *BASELINES), tested)}
    try:
        measured = measure(sets, systems, ask)
        texts = [message.text for name in tested for message in sets[name] if message.variant == "normal"]
        return redaction_report(measured, called(partial(redactor, date.today()), texts))
    except (SystemFailed, RedactorShut) as problem:
        raise CannotRun(str(problem)) from problem


def canary(options: argparse.Namespace) -> str:
    """Return what became of five hundred identifiers in a running house. The test that types them is the measure."""
    passed, figures = _by_a_test("test_canary.py", "NONAME_CANARY_FIGURES", {})
    if not passed or figures is None:
        raise CannotRun("a canary stood where it should not, or could not be typed; the table above says which.")
    return canary_report(figures)


def conversations(options: argparse.Namespace) -> str:
    """Return how consultations with a simulated DSL went. What its judges find is counted, and named above."""
    seeds = {"NONAME_CONVERSATIONS": f"1..{options.count or 500}"}
    _, figures = _by_a_test("test_simulated_dsl.py", "NONAME_CONVERSATIONS_FIGURES", seeds)
    if figures is None:
        raise CannotRun("the consultations could not be held; what stands above says why.")
    return conversations_report(figures)


def chaos(options: argparse.Namespace) -> str:
    """Return what became of thousands of messages while the service was killed. What was lost is counted."""
    settings = {"NONAME_LONG": "1", "NONAME_CHAOS_RUNS": str(options.count or 20)}
    _, figures = _by_a_test("test_a_killed_service.py", "NONAME_CHAOS_FIGURES", settings)
    if figures is None:
        raise CannotRun("no run came to its end; what stands above says why.")
    return chaos_report(figures)


def faults(options: argparse.Namespace) -> str:
    """Return what became of a house while each of its processes was killed. What broke is counted."""
    settings = {"NONAME_LONG": "1", "NONAME_FAULTS_KILLS": str(options.runs)}
    _, figures = _by_a_test("test_killed_processes.py", "NONAME_FAULTS_FIGURES", settings)
    if figures is None:
        raise CannotRun("the run did not come to its end; what stands above says why.")
    return faults_report(figures)


def attacks(options: argparse.Namespace) -> str:
    """Return what became of twenty thousand requests that were made up. What fell is counted, and named above."""
    _, figures = _by_a_test("../unit/web/test_any_request.py", "NONAME_ATTACKS_FIGURES", {"NONAME_LONG": "1"})
    if figures is None:
        raise CannotRun("no round came to its end; what stands above says why.")
    return attacks_report(figures)


def annual(options: argparse.Namespace) -> str:
    """Return what an annual report of a made-up year shows, hides and takes. A figure worked out is a failure."""
    passed, figures = _by_a_test("test_annual_report.py", "NONAME_REPORT_FIGURES", {})
    if not passed or figures is None:
        raise CannotRun("a figure is wrong or can be worked out, or it took too long; what stands above says which.")
    return "\n\n".join([annual_report(figures), drift_report(options.count or 400)])


def pages(options: argparse.Namespace) -> str:
    """Return what axe, the ruler and Lighthouse find on the pages, and write the accessibility statement by it."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.accessibility.walk", "measure", "--to", str(figures)]
        if subprocess.run(command, cwd=ROOT).returncode:
            raise CannotRun("the pages could not be measured; what stands above says why.")
        found = json.loads(figures.read_text(encoding="utf-8"))
    write_statement(found, provenance(date.today(), "./noname evaluate pages"))
    return pages_report(found)


def _by_a_test(name: str, noted_in: str, settings: dict[str, str]) -> tuple[bool, dict[str, Any] | None]:
    """Run a journey and return whether it passed, with the figures that it noted, if it came so far."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "pytest", "-q", "-s", str(ROOT / "tests" / "journeys" / name)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, noted_in: str(figures)})
        noted = json.loads(figures.read_text(encoding="utf-8")) if figures.exists() else None
        return done.returncode == 0, noted


MEASURES: dict[str, tuple[str, Callable[[argparse.Namespace], str]]] = {
    "thresholds": ("Thresholds, on published rows and cases", thresholds),
    "reading": ("Reading, on held-out texts", reading),
    "acts": ("Acts, on texts that were not taught", acts),
    "crossed": ("Acts, by Rasa's own pipeline, cross-validated", crossed),
    "canary": ("Canaries, in a running house", canary),
    "conversations": ("Conversations, with a simulated DSL", conversations),
    "chaos": ("Killed in mid-chat, and nothing lost", chaos),
    "faults": ("Each process killed, and every promise kept", faults),
    "attacks": ("Attacks, by requests that were made up", attacks),
    "annual": ("The annual report, exact and safe", annual),
    "pages": ("Pages, for people with any browser and any aid", pages),
    "redaction": ("Redaction, beside what others use", redaction),
}
