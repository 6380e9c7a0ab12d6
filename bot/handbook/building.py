"""From the documents to a site in a folder, by Sphinx in a process and a room of its own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bot.handbook.gathering import gather
from bot.handbook.navigation import Amiss, navigation

# By this file a folder is known to hold a site that was made here, and may be replaced.
MARK = "searchindex.js"
_LONGEST_SECONDS = 240


def build(root: Path, to: Path, python: Path) -> int:
    """Make the site of a checkout in a folder, with the Python that has Sphinx; return the number of its pages.

    Raises Amiss: for a folder that holds something else, and for everything that is amiss in the documents. The
    folder is changed only when all is well.
    """
    if to.exists() and any(to.iterdir()) and not (to / MARK).is_file():
        raise Amiss(f"{to} holds something else than a site that was made here")
    with tempfile.TemporaryDirectory() as made_in:
        pages, site = Path(made_in) / "pages", Path(made_in) / "site"
        gather(root, navigation(root), pages)
        _run_sphinx(python, root / "docs" / "site", pages, site)
        shutil.rmtree(site / ".doctrees", ignore_errors=True)
        if to.exists():
            shutil.rmtree(to)
        shutil.copytree(site, to)
    return sum(1 for _ in to.rglob("*.html"))


def _run_sphinx(python: Path, settings: Path, pages: Path, site: Path) -> None:
    """Run Sphinx so that a warning fails, in an environment without what is nobody's business there."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    options = ["-W", "--keep-going", "-q", "-b", "html", "-c", str(settings), "-d", str(site / ".doctrees")]
    done = subprocess.run(
        [str(python), "-m", "sphinx", *options, str(pages), str(site)], env=kept, check=False,
        capture_output=True, text=True, timeout=_LONGEST_SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise Amiss(done.stderr.replace(f"{pages}/", "").strip() or "Sphinx failed and did not say why")
