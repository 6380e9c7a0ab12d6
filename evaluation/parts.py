"""Everything that the house is built from, as CycloneDX tells it: packages by the locks, and models by their digests.

Nothing is asked of the network. Licences are what installed packages say of themselves; a package that is not
installed here has none in the list.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

FORMAT, VERSION = "CycloneDX", "1.6"
# What is run in earnest. Whatever else there is a lock for is for tests, or measures something.
SERVED = frozenset({"service", "rasa", "rampart", "minilm", "node", "front-end"})
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_MODELS = ("bot/sentence_model/*.safetensors",)
_SHA = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512", "sha1": "SHA-1"}


def parts_of(root: Path) -> dict[str, Any]:
    """Return the list of everything below a checkout, as CycloneDX has it."""
    said = _licences(root)
    found: dict[str, dict[str, Any]] = {}
    for part in (*_of_python(root, said), *_of_npm(root), *_models(root)):
        _join(found.setdefault(part["bom-ref"], part), part)
    components = [found[ref] for ref in sorted(found)]
    return {
        "bomFormat": FORMAT,
        "specVersion": VERSION,
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "noname", "bom-ref": "noname"}},
        "components": components,
        "dependencies": [{"ref": "noname", "dependsOn": [part["bom-ref"] for part in components]}],
    }


def locks(root: Path) -> dict[str, list[tuple[str, str, list[str]]]]:
    """Return name, version and SHA-256 hashes of every package of Python, by the name of its lock."""
    found = {}
    for file in sorted((root / "requirements").glob("*.txt")):
        text = file.read_text("utf-8")
        heads = list(_PACKAGE.finditer(text))
        ends = [*(head.start() for head in heads[1:]), len(text)]
        found[file.stem] = [
            (_plain(head[1]), head[2], _HASH.findall(text[head.end() : end]))
            for head, end in zip(heads, ends, strict=True)
        ]
    return found


def _of_python(root: Path, said: dict[tuple[str, str], str]) -> Iterator[dict[str, Any]]:
    for lock, packages in locks(root).items():
        for name, version, hashes in packages:
            told = [{"alg": "SHA-256", "content": one} for one in hashes]
            yield _part(f"pkg:pypi/{name}@{version}", name, version, lock, told, said.get((name, version), ""))


def _of_npm(root: Path) -> Iterator[dict[str, Any]]:
    for file in sorted((root / "requirements").glob("*/package-lock.json")):
        for place, held in json.loads(file.read_text("utf-8"))["packages"].items():
            if not place:
                continue  # the list itself
            name = held.get("name") or place.rpartition("node_modules/")[2]
            kind, _, digest = held.get("integrity", "").partition("-")
            content = base64.b64decode(digest).hex()
            told = [{"alg": _SHA[kind], "content": content}] if kind in _SHA else []
            purl = f"pkg:npm/{name.replace('@', '%40')}@{held['version']}"
            yield _part(purl, name, held["version"], file.parent.name, told, held.get("license", ""))


def _models(root: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(one for pattern in _MODELS for one in root.glob(pattern)):
        digest, where = hashlib.sha256(file.read_bytes()).hexdigest(), file.relative_to(root).as_posix()
        hashes = [{"alg": "SHA-256", "content": digest}]
        yield _part(f"file:{where}", where, digest[:12], "service", hashes, "") | {"type": "machine-learning-model"}


def _part(ref: str, name: str, version: str, lock: str, hashes: list[dict[str, str]], licence: str) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name, "version": version, "hashes": hashes}
    if ref.startswith("pkg:"):
        part["purl"] = ref
    if licence:
        part["licenses"] = [{"license": {"name": licence}}]
    part["scope"] = "required" if lock in SERVED else "excluded"
    part["properties"] = [{"name": "noname:lock", "value": lock}]
    return part


def _join(held: dict[str, Any], part: dict[str, Any]) -> None:
    """Let one package that stands in several locks be one part."""
    for several in ("hashes", "properties"):
        held[several] += [one for one in part[several] if one not in held[several]]
    if part["scope"] == "required":
        held["scope"] = "required"


def _licences(root: Path) -> dict[tuple[str, str], str]:
    """Return what the packages that are installed in our environments say of their licences."""
    folders = [str(found) for found in sorted((root / ".venv").glob("*/lib/python3*/site-packages"))]
    return {(_plain(one.name), one.version): licence for one in distributions(path=folders) if (licence := _said(one))}


def _said(package: Distribution) -> str:
    told = package.metadata
    known = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    for said in (told.get("License-Expression"), *known, told.get("License")):
        if said and said.strip() and said != "UNKNOWN" and said != "OSI Approved":
            return said.strip().splitlines()[0][:100]
    return ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
