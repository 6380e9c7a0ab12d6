"""The rules of the house that keep rooms small, apart and free of hidden time."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]

LONGEST_MODULE = 250
LONGEST_FUNCTION = 40

# Doors know what day it is; everyone behind them is told.
DOORS = ("bot/web/", "bot/commands/", "bot/launch/", "bot/cli.py", "bot/wiring.py", "bot/chat")

# Rooms that a reader can follow with the language alone.
PLAIN_ROOMS = ("consultation", "thresholds", "early_help", "findability")


def _modules(*folders: str) -> list[Path]:
    found = sorted(path for folder in folders for path in (HOUSE / folder).rglob("*.py"))
    assert found, f"no modules under {folders}: the check would pass on nothing"
    return found


def _place(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} ({lines} lines)"


def _clock_readings(source: str) -> Iterator[str]:
    """Yield each use of today's date or the time now, whatever name the module was imported under."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
            owner = ast.unparse(node.value)
            if owner.rpartition(".")[2] in {"date", "datetime", "dt"}:
                yield f"line {node.lineno}: {owner}.{node.attr}"
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
            yield f"line {node.lineno}: time.time"


def _spoken_texts(source: str) -> Iterator[str]:
    """Yield each `utter_message` that is given wording instead of the name of a response."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "utter_message" and (node.args or any(k.arg == "text" for k in node.keywords)):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _foreign_imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in {"bot", "actions"}:
                yield f"line {node.lineno}: {name}"


def _offenders(check, paths: list[Path]) -> list[str]:
    return [f"{_place(path)}: {found}" for path in paths for found in check(path.read_text("utf-8"))]


def test_each_room_imports_only_the_rooms_below_it():
    # In a process of its own: it sets up logging as it likes, and that would last.
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", check], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_too_long_to_read_in_one_sitting():
    lines = {_place(path): len(path.read_text("utf-8").splitlines()) for path in _modules("bot", "actions")}

    assert not {place: count for place, count in lines.items() if count > LONGEST_MODULE}


def test_no_function_is_too_long_to_see_at_once():
    assert _offenders(_long_functions, _modules("bot", "actions")) == []


def test_only_doors_know_what_day_it_is():
    inside = [path for path in _modules("bot", "actions") if not _place(path).startswith(DOORS)]

    assert _offenders(_clock_readings, inside) == [], "the date and the time are passed in"


def test_actions_name_responses_and_hold_no_wording():
    assert _offenders(_spoken_texts, _modules("actions")) == [], "wording lives in nlu_data/responses"


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_a_plain_room_needs_nothing_but_python(room):
    assert _offenders(_foreign_imports, _modules(f"bot/{room}")) == []


def test_every_room_says_at_its_door_what_it_is_for():
    rooms = [path for path in _modules("bot", "actions") if path.name == "__init__.py"]
    silent = [_place(path) for path in rooms if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]

    assert silent == []


NOTICED = {
    "a date": (_clock_readings, "from datetime import date\nday = date.today()"),
    "a time": (_clock_readings, "import datetime\nnow = datetime.datetime.now(UTC)"),
    "a time under another name": (_clock_readings, "import datetime as dt\nnow = dt.datetime.utcnow()"),
    "a clock handed on": (_clock_readings, "clock = datetime.now"),
    "seconds": (_clock_readings, "import time\nstart = time.time()"),
    "wording by name": (_spoken_texts, "dispatcher.utter_message(text='Hello')"),
    "wording by place": (_spoken_texts, "dispatcher.utter_message('Hello')"),
    "a foreign library": (_foreign_imports, "from yaml.nodes import Node"),
    "a foreign library inside a function": (_foreign_imports, "def f():\n    import httpx"),
    "a long function": (_long_functions, "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
}

LEFT_ALONE = {
    "a moment passed in": (_clock_readings, "def f(now):\n    return now.date()"),
    "a stopwatch": (_clock_readings, "import time\nstart = time.monotonic()"),
    "our own clock": (_clock_readings, "clock.now()"),
    "a response by name": (_spoken_texts, "dispatcher.utter_message(response='utter_hello', area='Kent')"),
    "the language and our rooms": (_foreign_imports, "import re\nfrom bot.desk import x\nfrom . import y"),
    "a function just short enough": (_long_functions, "def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1)),
}


@pytest.mark.parametrize(("check", "source"), NOTICED.values(), ids=NOTICED.keys())
def test_the_checks_notice(check, source):
    assert list(check(source))


@pytest.mark.parametrize(("check", "source"), LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_the_checks_leave_alone(check, source):
    assert not list(check(source))
