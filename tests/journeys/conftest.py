"""What journeys need: the browser, and a house with doors that take out nothing."""

from tests.attacked_house import attacked, seed
from tests.browsers import browser

__all__ = ["attacked", "browser", "seed"]
