"""Logs: how much our own process tells. Whatever the level, what people said is not in it."""

import logging

# At DEBUG these tell what they pass on: rows, bodies, addresses with ids and tokens in them.
CHATTY = ("sqlalchemy", "httpx", "httpcore", "sse_starlette", "python_multipart", "rasa_sdk", "asyncio", "telegram")


def set_level(level: str) -> None:
    """Let our own loggers and the server's tell everything from `level` ("warning", "info", "debug") up.

    Called before anything is built, because some libraries look at their level once.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("noname").setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
