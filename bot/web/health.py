"""Whether the house stands: `/livez` says that this process answers, `/readyz` that all of it works."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.house import House

log = logging.getLogger("noname.web.health")


class Health:
    """Answers the two questions of whoever runs the service."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def livez(self, _: Request) -> Response:
        """Return 200 while the process answers at all."""
        return JSONResponse({"alive": True})

    async def readyz(self, _: Request) -> Response:
        """Return 200, or 503 with the names of what does not work."""
        try:
            parts = await self.house.healthy()
        except Exception as fell:
            # A health check that falls is itself the answer.
            log.error("health_failed kind=%s", type(fell).__name__)
            parts = {"house": False}
        failing = sorted(name for name, works in parts.items() if not works)
        return JSONResponse({"ready": not failing, "failing": failing}, 503 if failing else 200)
