"""Pictures of what a person saw, for whoever wants to look: left in the folder that NONAME_SCREENSHOTS names."""

import os
from pathlib import Path

from playwright.sync_api import Page


def picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Leave a picture, if a folder was named."""
    folder = os.environ.get("NONAME_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=full_page)
