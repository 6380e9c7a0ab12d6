"""A knowledge base for tests of editing: the real national part, and Testshire, a small area of its own.

England stands in as in real life. What an area publishes changes; what is tested here does not.
"""

from pathlib import Path

from bot.knowledge.draft import FILES as NAMES

REAL = Path(__file__).resolve().parents[1] / "knowledge_base"
ENGLAND = "E92000001-england"
HERE = "E06000999-testshire"
SLUG = "testshire"

FILES = {name: (Path(__file__).parent / "cases/testshire" / name).read_text("utf-8") for name in NAMES}


def make_knowledge(into: Path) -> Path:
    """Lay out the knowledge base and return its root."""
    root = into / "knowledge_base"
    (root / "areas" / HERE).mkdir(parents=True)
    (root / "national").symlink_to(REAL / "national", target_is_directory=True)
    (root / "areas" / ENGLAND).symlink_to(REAL / "areas" / ENGLAND, target_is_directory=True)
    for name, text in FILES.items():
        (root / "areas" / HERE / name).write_text(text, "utf-8")
    return root
