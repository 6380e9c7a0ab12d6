"""Facts of models: which there are, with licence and checksum, what was measured of them, and what runs here."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.model import model_name
from bot.name_model import rampart
from bot.sentence_model import model as sentence_model
from evaluation.papers.seen import Seen, day_in_words, words
from evaluation.parts import locks
from evaluation.results import provenance, read_sections, table

_LIBRARIES = Path("docs", "adr", "0006-libraries.md")
_MEASURED = re.compile(r"Measured on (\d{4}-\d\d-\d\d) at commit (\w+)[^\n]*")
_TITLE = re.compile(r"^## (.+)$", re.MULTILINE)


def models(seen: Seen) -> str:
    """Return every model with its version, what it is for, its licence and its SHA-256."""
    said = words()
    rows = [
        (line["name"], version, line["task"], licence, f"`{digest}`" if digest else line["digest"])
        for line in said["models"]
        for version, licence, digest in [_of_model(line, seen.settings.root)]
    ]
    return table(said["models_heads"], rows)


def measured(seen: Seen) -> str:
    """Return what was measured, by date and commit, with the figures; of a house as it is shipped, where to look."""
    if not seen.is_running:
        return words()["measured_elsewhere"]
    return "\n\n".join(_sections())


def version(seen: Seen) -> str:
    """Return what runs here: the commit, the national knowledge and the dialogue's model."""
    said = words()
    if not seen.is_running:
        return said["version_elsewhere"]
    told = provenance(seen.on, "./noname papers")
    values = {
        "on": day_in_words(seen.on),
        "commit": told.commit,
        "national": seen.national.version,
        "dialogue": model_name(seen.settings.root, seen.settings.translation),
    }
    return "\n".join(f"- {line.format(**values)}" for line in said["version"])


def _of_model(line: dict[str, str], root: Path) -> tuple[str, str, str]:
    """Return version, licence and digest of a model."""
    digests = {
        "rampart": rampart.DIGESTS.get("onnx/model_q4.onnx"),
        "minilm": sentence_model.DIGESTS["model.safetensors"],
        "learnt": sentence_model.LEARNT_DIGEST,
        "pieces": sentence_model.PIECES_DIGEST,
    }
    package = line.get("package", "")
    version = next((v for held in locks(root).values() for name, v, _ in held if name == package), "")
    return version or words()["own_version"], _licence(package, root), digests.get(line["id"]) or ""


def _licence(package: str, root: Path) -> str:
    """Return what the list of libraries says of a package's licence."""
    for row in (root / _LIBRARIES).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if package and cells[0].startswith(f"{package} "):
            return cells[2]
    return words()["own_licence"]


def _sections() -> Iterator[str]:
    """Yield, of each measurement, its heading, when it was made and its first table."""
    for body in read_sections().values():
        title, when = _TITLE.search(body), _MEASURED.search(body)
        if title and when:
            first = re.search(r"(?:^\|.*\n?)+", body, re.MULTILINE)
            yield f"**{title[1]}** ({when[0]})\n\n{first[0].strip() if first else ''}"
