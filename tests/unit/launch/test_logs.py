"""How much is logged: as the settings say, and never what was said."""

import logging
import sys
from pathlib import Path

import pytest

from bot.dialogue.rasa_process import RasaProcess, environment, run_arguments
from bot.launch import logs
from bot.settings import BadSetting, Settings, load_settings
from bot.web.serve import server

# Stands in for Rasa, which logs what was said below a warning.
TALKATIVE_RASA = """
import logging, sys
def main():
    logging.basicConfig(level="DEBUG", stream=sys.stdout, format="%(message)s")
    log = logging.getLogger("rasa.core.processor")
    try:
        raise ValueError("what was said")
    except ValueError:
        log.debug("heard %s", "what was said", exc_info=True, stack_info=True)
    log.info("what was said")
    logging.getLogger("rasa.core.http_interpreter").error("no answer to: %s", "what was said")
    try:
        raise OSError("what was said")
    except OSError:
        logging.getLogger("rasa.core.channels.rest").exception("failure text=what was said")
    logging.getLogger("rasa.core.agent").warning("what was said")
    logging.getLogger("rasa.client").warning("what was said")
    logging.getLogger("rasa.cli.run").error("%s has gone wrong", "something")
"""


def house(root: Path, level: str) -> Settings:
    return load_settings({"NONAME_LOG_LEVEL": level} if level else {}, root=root)


def test_warnings_alone_are_logged_unless_somebody_asks_for_more(tmp_path: Path) -> None:
    assert house(tmp_path, "").log_level == "warning"
    assert house(tmp_path, "DEBUG").log_level == "debug"
    with pytest.raises(BadSetting, match="NONAME_LOG_LEVEL"):
        house(tmp_path, "everything")


@pytest.mark.parametrize(("level", "debugs"), [("warning", False), ("info", False), ("debug", True)])
def test_rasa_is_told_the_level(tmp_path: Path, level: str, debugs: bool) -> None:
    settings = house(tmp_path, level)
    assert ("--debug" in run_arguments(settings, Path("m.tar.gz"))) is debugs
    assert environment(settings, {})["LOG_LEVEL"] == level.upper()


def test_rasa_tells_where_it_is_and_not_what_it_heard(tmp_path: Path) -> None:
    package = tmp_path / "var" / "rasa-home" / "rasa"
    room = tmp_path / ".venv" / "rasa" / "bin"
    for folder in (package, room):
        folder.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(TALKATIVE_RASA)
    (room / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (room / "python").chmod(0o755)
    settings = house(tmp_path, "debug")
    rasa = RasaProcess(settings, ["rasa"], settings.logs / "rasa.log")
    rasa.start()
    assert rasa.wait(20) == 0
    rasa.stop()
    lines = (settings.logs / "rasa.log").read_text().splitlines()
    assert [line.rpartition(" line ")[0] for line in lines[:6]] == [
        "DEBUG rasa.core.processor", "INFO rasa.core.processor", "ERROR rasa.core.http_interpreter",
        "ERROR rasa.core.channels.rest", "WARNING rasa.core.agent", "WARNING rasa.client",
    ]  # fmt: skip
    assert lines[3].endswith(" raised OSError"), "where to look: the kind, and not its words"
    assert lines[6:] == ["something has gone wrong"], "what keeps Rasa from starting is told in words"


def test_at_debug_ours_speak_and_libraries_that_quote_do_not() -> None:
    before = {name: logging.getLogger(name).level for name in ("noname", "uvicorn", "uvicorn.error", *logs.CHATTY)}
    try:
        logs.set_level("debug")
        assert logging.getLogger("noname.web").isEnabledFor(logging.DEBUG)
        assert not logging.getLogger("sqlalchemy.engine").isEnabledFor(logging.INFO)
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def test_the_server_keeps_no_access_log_at_any_level() -> None:
    before = logging.getLogger("uvicorn.error").level
    config = server(lambda: None, "127.0.0.1", 0, "debug").config
    logging.getLogger("uvicorn.error").setLevel(before)
    assert config.log_level == "debug"
    assert config.access_log is False
