"""Measure Rasa pipelines on the held-out acts: `.venv/rasa/bin/python evaluation/compare_pipelines.py`.

Runs in Rasa's own interpreter, offline, and is no part of the service. Each pipeline of
evaluation/acts/pipelines.yml is trained in one process and measured in another that has done
nothing but load it, so that the peak memory is that of a serving process. Times are processor
time, so that other work on the machine does not spoil them. Prints a Markdown
table and the confusions; `--out` keeps every prediction as JSON. `--config FILE` measures one
finished configuration (with its fallback) instead; `--only NAME` one pipeline.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TRAINING = ROOT / "nlu_data" / "nlu"
HELD_OUT = ROOT / "evaluation" / "acts" / "heldout"
VARIANTS = ROOT / "evaluation" / "acts" / "pipelines.yml"
POLICIES = [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}]
FALLBACK = "nlu_fallback"


def examples_in(folder: Path) -> list[tuple[str, str]]:
    """(text, intent) of every example in the folder, in the order of its files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            found += [(line[2:].strip(), block["intent"]) for line in block["examples"].splitlines()]
    return found


def lay_project(folder: Path, config: dict, examples: list[tuple[str, str]]) -> None:
    """Write the least that Rasa can train: the examples, one rule, and a domain of their intents."""
    intents = sorted({intent for _, intent in examples})
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text, i in examples if i == intent)}
        for intent in intents
    ]
    rule = {"rule": "a greeting", "steps": [{"intent": "greet"}, {"action": "utter_greet"}]}
    domain = {"version": "3.1", "intents": intents, "responses": {"utter_greet": [{"text": "Hello"}]}}
    write(folder / "data.yml", {"version": "3.1", "nlu": blocks, "rules": [rule]})
    write(folder / "domain.yml", domain)
    write(folder / "config.yml", config)


def write(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=10_000), encoding="utf-8")


def train(folder: Path) -> dict:
    """Train what lies in the folder; processor seconds without the import of Rasa, and peak MiB."""
    from rasa.model_training import train as rasa_train

    began = time.process_time()
    files = [str(folder / name) for name in ("domain.yml", "config.yml", "data.yml")]
    result = rasa_train(*files, output=str(folder / "models"), fixed_model_name="m")
    assert result.model, "Rasa made no model"
    return {"train_seconds": time.process_time() - began, "train_peak_mib": peak_mib()}


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder: Path, examples: list[tuple[str, str]]) -> dict:
    """Load the folder's model and parse every example; processor seconds, peak MiB, and predictions."""
    began = time.process_time()
    from rasa.core.agent import Agent

    imported = time.process_time()
    agent = Agent.load(str(folder / "models" / "m.tar.gz"))
    loaded = time.process_time()
    took, rows = asyncio.run(parse_all(agent, examples))
    return {
        "import_seconds": imported - began,
        "load_seconds": loaded - imported,
        "parse_median_ms": statistics.median(took),
        "parse_p95_ms": statistics.quantiles(took, n=20)[18],
        "peak_mib": peak_mib(),
        "rows": rows,
    }


async def parse_all(agent: object, examples: list[tuple[str, str]]) -> tuple[list[float], list[dict]]:
    """Processor milliseconds and predictions, one for each example, after three to warm up."""
    for text, _ in examples[:3]:
        await agent.parse_message(text)
    took, rows = [], []
    for text, intent in examples:
        began = time.process_time()
        parsed = await agent.parse_message(text)
        took.append((time.process_time() - began) * 1000)
        ranking = [r for r in parsed["intent_ranking"] if r["name"] != FALLBACK]
        sure, second = ranking[0]["confidence"], ranking[1]["confidence"]
        best = {"act": parsed["intent"]["name"], "top": ranking[0]["name"], "next": ranking[1]["name"]}
        rows.append({"text": text, "intent": intent, "sure": sure, "ahead": sure - second} | best)
    return took, rows


def in_own_process(step: str, folder: Path) -> dict:
    """Run one step of this script in a fresh interpreter and read what it leaves in the folder."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, str(Path(__file__).resolve()), "--step", step, str(folder)]
    with (folder / f"{step}.log").open("w", encoding="utf-8") as log:
        # In the folder, because Rasa keeps a training cache where it stands, which would flatter the times.
        subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT, check=True)
    return json.loads((folder / f"{step}.json").read_text(encoding="utf-8"))


def run_step(step: str, folder: Path) -> None:
    """The child's side of `in_own_process`."""
    examined = json.loads((folder / "examined.json").read_text(encoding="utf-8"))
    result = train(folder) if step == "train" else measure(folder, examined)
    (folder / f"{step}.json").write_text(json.dumps(result), encoding="utf-8")


def examine(config: dict, training: list, examined: list, folder: Path) -> dict:
    """Train on the one list, be measured on the other."""
    lay_project(folder, config, training)
    (folder / "examined.json").write_text(json.dumps(examined), encoding="utf-8")
    return in_own_process("train", folder) | in_own_process("measure", folder)


def cross_validate(config: dict, training: list, folds: int, folder: Path) -> list[dict]:
    """Predictions for every training example by a model that has not seen it."""
    shuffled = sorted(training, key=lambda example: (example[1], example[0]))
    random.Random(7).shuffle(shuffled)
    by_intent = sorted(shuffled, key=lambda example: example[1])  # stable, so each fold gets every intent
    rows = []
    for fold in range(folds):
        kept = [e for n, e in enumerate(by_intent) if n % folds != fold]
        left = [e for n, e in enumerate(by_intent) if n % folds == fold]
        rows += examine(config, kept, left, folder / f"fold{fold}")["rows"]
    return rows


def compare(variants: dict, folder: Path) -> dict:
    """Measure the variants one after another; a name's figures, predictions and fold predictions."""
    training, held_out = examples_in(TRAINING), examples_in(HELD_OUT)
    results = {}
    for name, variant in variants.items():
        base = {"recipe": "default.v1", "language": "en", "assistant_id": "noname", "policies": POLICIES}
        config = base | {key: value for key, value in variant.items() if key != "folds"}
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        results[name] = examine(config, training, held_out, folder / name)
        results[name]["fold_rows"] = cross_validate(config, training, variant.get("folds", 0), folder / name)
    return results


def asked_variants(asked: argparse.Namespace) -> dict:
    """The pipelines to measure, by name."""
    if asked.config:
        config = yaml.load(asked.config.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return {asked.config.stem: config | {"folds": asked.folds}}
    variants = yaml.load(VARIANTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: variant for name, variant in variants.items() if asked.only in (None, name)}


def main() -> None:
    """Read what is asked, measure it, print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="measure this pipeline alone")
    parser.add_argument("--config", type=Path, help="measure this Rasa configuration instead")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate --config in so many folds")
    parser.add_argument("--out", type=Path, help="keep figures and predictions here, as JSON")
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        run_step(asked.step[0], Path(asked.step[1]))
        return
    with tempfile.TemporaryDirectory(prefix="acts-") as folder:
        results = compare(asked_variants(asked), Path(folder))
    if asked.out:
        asked.out.write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    from act_scores import report  # found beside this script, which is not run as a module

    print(report(results))


if __name__ == "__main__":
    main()
