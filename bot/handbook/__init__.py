"""The documents of this project as pages to read, in an order by reader.

What is a page stands in `docs/site/navigation.toml`. The pages are gathered into a folder apart, and Sphinx, in a room
of its own, makes them into a site that asks nothing of anybody else. Whatever is amiss stops it: a link that leads
nowhere, a page that stands in no place, a picture that is missing.
"""

from bot.handbook.building import build
from bot.handbook.gathering import gather
from bot.handbook.navigation import Amiss, Part, navigation

__all__ = ["Amiss", "Part", "build", "gather", "navigation"]
