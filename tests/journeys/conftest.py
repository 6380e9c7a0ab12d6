"""What every journey in a browser needs: the browser."""

from tests.browsers import browser

__all__ = ["browser"]
