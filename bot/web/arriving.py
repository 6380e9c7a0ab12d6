"""What may arrive at all, before anybody asks who sent it: one host, no files, and a body that comes in good time."""

import asyncio
from collections.abc import Callable
from time import monotonic

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_SECONDS = 60.0  # five megabytes on a slow line; a message needs no second

Refuse = Callable[[Scope, int, str], Response]


class PlainRequestsOnly:
    """Refuses what no page of ours sends: two hosts at once, and files, which would be laid down on the disk."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self.app, self.refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (status := _not_plain(Headers(scope=scope))):
            return await self.refuse(scope, status, "not_understood")(scope, receive, send)
        return await self.app(scope, receive, send)


def _not_plain(headers: Headers) -> int | None:
    if len(headers.getlist("host")) > 1:
        return 400
    kinds = headers.getlist("content-type")
    return 415 if any(kind.strip().casefold().startswith("multipart/") for kind in kinds) else None


class BodiesInTime:
    """Refuses a body that is not whole after some seconds, and ends its line: nobody holds one open by dripping."""

    seconds = BODY_SECONDS

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        whole = late = False
        until = monotonic() + self.seconds

        async def receive_in_time() -> Message:
            nonlocal whole, late
            if whole:
                return await receive()  # it waits for the browser to leave, as long as that takes
            try:
                message = await asyncio.wait_for(receive(), until - monotonic())
            except TimeoutError:
                late = True
                raise HTTPException(408) from None
            whole = not message.get("more_body", False)
            return message

        async def send_and_part(message: Message) -> None:
            if late and message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        return await self.app(scope, receive_in_time, send_and_part)
