"""`sbom`: write down everything that the house is built from, with versions, hashes and licences (CycloneDX JSON)."""

import argparse
import json
from pathlib import Path

from bot.settings import ROOT
from evaluation.parts import parts_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--to", type=Path, help="a file to write (print it)")


def run(options: argparse.Namespace) -> None:
    """Print the list, or write it into a file."""
    listed = parts_of(ROOT)
    written = json.dumps(listed, indent=1, ensure_ascii=False)
    if options.to is None:
        print(written)
        return
    options.to.write_text(f"{written}\n", encoding="utf-8")
    without = [part["name"] for part in listed["components"] if "licenses" not in part]
    print(f"{len(listed['components'])} parts in {options.to}; no licence is known here of {len(without)}.")
