"""Serves the doors. No access log: a path holds an id, and a query Rasa's token."""

import uvicorn
from sse_starlette.sse import AppStatus
from starlette.types import ASGIApp


def server(app: ASGIApp, host: str, port: int, log_level: str = "warning") -> uvicorn.Server:
    """Return a server that has not been started; `await server.serve()` starts it."""
    # Streams go by one mark for the whole process: a server that ended here before must not end ours.
    AppStatus.should_exit = False
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level=log_level,
        server_header=False,
        date_header=False,
        # Streams end when the server does; browsers come back by themselves.
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)
