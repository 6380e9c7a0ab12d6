"""What whoever runs a house reads is so: commands parse, numbers and events are there, units name what exists."""

import argparse
import ast
import contextlib
import importlib
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.gauges import Gauges, Labels
from bot.web.app import LARGEST_UPDATE
from bot.web.health import CLOSING
from bot.web.rights import RIGHTS
from bot.web.serve import DRAIN_SECONDS, STREAMS_SECONDS
from bot.web.two_apps import LARGER_BODIES, LARGEST_BODY
from tests.architecture.test_docs import DOCUMENTS
from tests.unit.launch.test_env_example import listed

HOUSE = Path(__file__).resolve().parents[2]
GUIDE = (HOUSE / "docs" / "OPERATIONS.md").read_text("utf-8")
UNITS = sorted((HOUSE / "deploy" / "systemd").glob("*.service"))
NGINX = (HOUSE / "deploy" / "nginx.conf").read_text("utf-8")
LONGEST_SENTENCE = 25
ENTRIES = (
    *("Queue stuck", "Bot silent", "Anonymiser down", "Telegram blocked", "Disk full", "Rasa will not start"),
    *("A wrong pack went live", "A lost second factor", "Suspected identifier in a record"),
)
# Where the names stand by which `/readyz` tells what does not work.
LOOKS = (
    *(("bot/desk/house.py", "looks"), ("bot/running_wiring.py", "upkeep_of")),
    ("bot/several_wiring.py", "shared_of"),
)
_COMMAND = re.compile(r"\./noname +([a-z][^`\n]*)")
# A list of commands rather than one of them, and what is beside a command on its line.
_IS_A_LIST = re.compile(r"^\w+(?:, | \||…|/)")
_BESIDE = re.compile(r"\s{2,}.*$|\s+#\s.*$|\s*[<>|;&].*$|\s*\(.*$")
# In a block a line begins with a command, or what is piped into it; anything else shows what a command says.
_BEGINS = re.compile(r"(?:.*(?:\||&&) +|[A-Z_]+=\S+ +|sudo .*)?\./noname .*")


def written(text: str) -> list[str]:
    """Return every command of ours that stands in backticks or in a block, without `./noname`."""
    blocks = [line for line in re.findall(r"^ {4}(.*)$", text, re.MULTILINE) if _BEGINS.fullmatch(line)]
    spans = re.findall(r"`([^`]+)`", re.sub(r"\n(?! {4})", " ", text)) + blocks
    found = [_BESIDE.sub("", one[1]).strip(" .,:") for span in spans for one in _COMMAND.finditer(span)]
    return [one for one in found if one and not _IS_A_LIST.match(one)]


def parses(command: str) -> bool:
    """Whether a command and its options are ours."""
    name, *given = shlex.split(command.replace(" DAY", " 2026-11-23"))
    if name not in COMMANDS:
        return False
    module = importlib.import_module(f"bot.commands.{COMMANDS[name][0]}")
    parser = argparse.ArgumentParser(name)
    module.add_arguments(parser)
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            _, rest = parser.parse_known_args(given)
        except SystemExit:
            return _is_named_alone(parser, given)
    return not rest or getattr(module, "PASSES_ON", False)


def _is_named_alone(parser: argparse.ArgumentParser, given: list[str]) -> bool:
    """Whether a command is only named, as in `packs impact`, and what it needs is left to its help."""
    words, here = list(given), parser
    while words:
        below = [one for one in here._actions if isinstance(one, argparse._SubParsersAction)]
        word = words.pop(0)
        if word.startswith("-"):
            return any(word in one.option_strings for one in here._actions) and not words
        if not below:
            named = [one for one in here._actions if one.choices and word in one.choices]
            if not named:
                return False
        elif word not in below[0].choices:
            return False
        else:
            here = below[0].choices[word]
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_command_in_a_document_parses(document: Path) -> None:
    assert [one for one in written(document.read_text("utf-8")) if not parses(one)] == []


def test_commands_are_found_in_the_documents() -> None:
    assert len({one for document in DOCUMENTS for one in written(document.read_text("utf-8"))}) > 30


@pytest.mark.parametrize(
    "text", ["`./noname dance`", "    ./noname up --fast", "`./noname user vanish ada`", "`./noname audit forge`"]
)
def test_a_command_that_is_none_is_noticed(text: str) -> None:
    (command,) = written(text)
    assert not parses(command)


def test_every_number_and_event_of_the_guide_is_there() -> None:
    told = Gauges(Labels(("kent",), ("broken",))).written_out().decode()
    numbers = set(re.findall(r"`((?:noname|process)_[a-z_]+)`", GUIDE))
    assert len(numbers) > 8
    assert [one for one in numbers if f"# TYPE {one.removesuffix('_total')}" not in told.replace("_total ", " ")] == []
    code = "\n".join(file.read_text("utf-8") for file in (HOUSE / "bot").rglob("*.py"))
    events = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", GUIDE[GUIDE.index("## When something") :])) - numbers
    events -= {"not_safe", "without_dialogue", "given_up", "disk_low", "locked_out"}  # labels and warnings
    assert len(events) > 6
    assert [one for one in events if not re.search(rf'log\.\w+\(\s*"{one}[ "]', code)] == []


def test_every_name_by_which_ready_tells_is_explained_and_no_other() -> None:
    named = {CLOSING, "house"}
    for file, function in LOOKS:
        made = next(
            node for node in ast.walk(ast.parse((HOUSE / file).read_text("utf-8")))
            if isinstance(node, ast.FunctionDef) and node.name == function
        )  # fmt: skip
        dicts = [node for node in ast.walk(made) if isinstance(node, ast.Dict)]
        named |= {key.value for key in dicts[0].keys if key is not None}
    table = GUIDE[GUIDE.index("`/readyz` names these") : GUIDE.index("Under `warnings`")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == named


def test_every_entry_says_how_it_shows_what_to_do_and_whom_to_tell() -> None:
    parts = re.split(r"^### (.*)$", GUIDE, flags=re.MULTILINE)[1:]
    entries = dict(zip(parts[::2], parts[1::2], strict=True))
    assert tuple(entries) == ENTRIES
    for name, text in entries.items():
        for part in ("**How it shows.**", "**What to do.**", "**Whom to tell.**"):
            assert part in text, f"{name} has no {part}"


def test_no_sentence_of_the_guide_is_long() -> None:
    prose = "\n".join(line for line in GUIDE.splitlines() if not line.startswith(("    ", "|", "#")))
    sentences = re.split(r"(?<=[.!?:;])\s+|\n\n|\n\d\. ", re.sub(r"`[^`]*`", "x", prose))
    assert [one for one in sentences if len(one.split()) > LONGEST_SENTENCE] == []


# the units


def commands_of(unit: Path) -> list[str]:
    return re.findall(r"^ExecStart=/usr/bin/python3 /opt/noname/noname (.*)$", unit.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_names_settings_and_commands_that_exist(unit: Path) -> None:
    text = unit.read_text("utf-8")
    named = re.findall(r"^Environment=NONAME_([A-Z_]+)=", text, re.MULTILINE)
    assert named
    assert set(named) <= listed().keys()
    assert commands_of(unit)
    assert all(parses(command) for command in commands_of(unit))
    assert text.count("ExecStart=") == len(commands_of(unit))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_may_do_little(unit: Path) -> None:
    held = dict(re.findall(r"^(\w+)=(.*)$", unit.read_text("utf-8"), re.MULTILINE))
    assert held["User"] == "noname"
    assert held["ProtectSystem"] == "strict"
    assert held["StateDirectoryMode"] == "0700"
    assert held["UMask"] == "0077"
    assert held["CapabilityBoundingSet"] == ""
    assert {held[name] for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices")} == {"yes"}
    assert "ReadWritePaths" not in held, "what the service may write is its state alone"


def test_the_service_has_time_to_drain_and_rasa_is_told_by_us() -> None:
    held = dict(re.findall(r"^(\w+)=(.*)$", (HOUSE / "deploy/systemd/noname.service").read_text("utf-8"), re.MULTILINE))
    assert int(held["TimeoutStopSec"]) > 2 * DRAIN_SECONDS + STREAMS_SECONDS
    assert held["KillMode"] == "mixed", "Rasa has to be there for the turns that finish"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("unit", [*UNITS, *(HOUSE / "deploy" / "systemd").glob("*.timer")], ids=lambda path: path.name)
def test_systemd_takes_the_unit(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)], capture_output=True, text=True
    )
    ours = [line for line in done.stderr.splitlines() if "noname" in line]
    assert ours == []


# nginx


def _blocks() -> dict[str, str]:
    return dict(re.findall(r"location (?:= |~ )?(\S+) \{(.*?)\}", NGINX.replace("[^/]+", "[^/]+"), re.DOTALL))


def _bytes(written: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([km]?)", written).groups()
    return int(number) * {"": 1, "k": 1024, "m": 1024 * 1024}[unit]


def test_nginx_takes_bodies_as_large_as_ours() -> None:
    blocks = _blocks()
    outside = re.sub(r"location [^{]*\{.*?\}", "", NGINX, flags=re.DOTALL)
    assert _bytes(re.search(r"client_max_body_size (\w+);", outside)[1]) == LARGEST_BODY
    own = {path: re.search(r"client_max_body_size (\w+);", text) for path, text in blocks.items()}
    sizes = {path: _bytes(found[1]) for path, found in own.items() if found}
    assert sizes == {**LARGER_BODIES, "/telegram/webhook": LARGEST_UPDATE}


def test_nginx_lets_every_stream_through_without_buffering() -> None:
    streams = [path for method, path in RIGHTS if method == "GET" and path.endswith("/events")]
    assert len(streams) > 2
    pattern, text = next((path, text) for path, text in _blocks().items() if "proxy_buffering off" in text)
    for path in streams:
        assert re.fullmatch(pattern, re.sub(r"\{\w+\}", "c1", path)), path
    assert "proxy_read_timeout 1h" in text


def test_nginx_logs_no_address_and_no_query() -> None:
    (form,) = re.findall(r"log_format \w+ '([^']*)'", NGINX)
    allowed = {"time_iso8601", "request_method", "status", "body_bytes_sent", "request_time"}
    assert set(re.findall(r"\$(\w+)", form)) <= allowed | {"upstream_http_x_request_id"}
    assert set(re.findall(r"access_log (\S+?)(?: (\w+))?;", NGINX)) == {
        ("off", ""), ("/var/log/nginx/noname.log", "noname_plain"),
    }  # fmt: skip
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"crit"}, "below that nginx quotes whole requests"


def test_nginx_keeps_to_this_machine_what_is_for_it_alone() -> None:
    blocks = _blocks()
    for path in ("/rasa/", "/metrics"):
        assert "return 404" in blocks[path]
    assert "X-Forwarded-For $remote_addr" in NGINX, "an address that a stranger wrote there would be believed"
