"""Logs: how much our own process tells, and in which form. Whatever it is, what people said is not in it."""

import logging
import sys

from bot.launch.log_lines import JsonLines, tell_what_nobody_caught

# At DEBUG these tell what they pass on: rows, bodies, addresses with ids and tokens in them.
CHATTY = ("sqlalchemy", "httpx", "httpcore", "sse_starlette", "python_multipart", "rasa_sdk", "asyncio", "telegram")
TEXT, JSON = "text", "json"


def set_up(level: str, form: str) -> None:
    """Write lines to standard error as `text` or `json`, and set levels. Without a form, text is for terminals."""
    written = form or (TEXT if sys.stderr.isatty() else JSON)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if written == JSON else _text())
    logging.basicConfig(handlers=[handler])
    if written == JSON:
        logging.captureWarnings(True)
        tell_what_nobody_caught()
    set_level(level)


def set_level(level: str) -> None:
    """Let our own loggers and the server's tell everything from `level` ("warning", "info", "debug") up.

    Called before anything is built, because some libraries look at their level once.
    """
    logging.getLogger("noname").setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _text() -> logging.Formatter:
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
