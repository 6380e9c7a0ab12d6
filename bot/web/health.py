"""Whether the house stands: `/livez` says that this process answers, `/readyz` that all of it works."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.house import House
from bot.web.readiness import Readiness
from bot.web.upkeep import Upkeep

log = logging.getLogger("noname.web.health")

CLOSING = "closing"


class Health:
    """Answers the two questions of whoever runs the service."""

    def __init__(self, house: House, upkeep: Upkeep) -> None:
        self.house, self.upkeep, self.readiness = house, upkeep, Readiness()

    async def livez(self, _: Request) -> Response:
        """Return 200 while the process answers at all."""
        return JSONResponse({"alive": True})

    async def readyz(self, _: Request) -> Response:
        """Return 200, or 503 with the names of what does not work. Warnings keep nothing from working yet."""
        try:
            failing = await self.readiness.failing({**self.house.looks(), **self.upkeep.looks})
            warnings = await self.readiness.failing(self.upkeep.warnings)
        except Exception as fell:
            # A health check that falls is itself the answer.
            log.error("health_failed kind=%s", type(fell).__name__)
            failing, warnings = ["house"], []
        if self.upkeep.drain.begun:
            failing = [*failing, CLOSING]
        told = {"ready": not failing, "failing": failing}
        return JSONResponse(told | ({"warnings": warnings} if warnings else {}), 503 if failing else 200)
