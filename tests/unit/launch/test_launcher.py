"""The launcher at the root: which rooms it makes, when it makes none, and what it says when it cannot."""

import importlib.machinery
import importlib.util
import subprocess
import sys

import pytest

from bot.settings import ROOT


@pytest.fixture
def launcher(tmp_path, monkeypatch):
    """The launcher as a module, at home in a folder with a blank in its name."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "noname"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # it has no suffix, and would litter the root
    loader.exec_module(module)
    root = tmp_path / "a house"
    (root / "requirements").mkdir(parents=True)
    locks = ("service.txt", "rampart.txt", "minilm.txt", "tests.txt", "rasa.txt", "tensorflow.txt", "site.txt")
    for lock in locks:
        (root / "requirements" / lock).write_text(f"# {lock}\n")
    (root / "bot" / "dialogue").mkdir(parents=True)
    for file in ("config.yml", "bot/dialogue/lightening.py", "bot/dialogue/without_tensorflow.py"):
        (root / file).write_bytes((ROOT / file).read_bytes())
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "VENV", root / ".venv")
    return module


@pytest.fixture
def ran(launcher, monkeypatch):
    """The commands it ran, instead of running them; making a room leaves a folder behind."""
    commands = []

    def attempt(command):
        commands.append(command)
        if "venv" in command:
            folder = launcher.Path(command[-1])
            (folder / "bin").mkdir(parents=True, exist_ok=True)
            (folder / "bin" / "python").touch()
            python = command[command.index("--python") + 1]
            (folder / "lib" / f"python{python}" / "site-packages").mkdir(parents=True, exist_ok=True)
            (folder / "pyvenv.cfg").write_text(f"version_info = {python}.1\n")
        return ""

    monkeypatch.setattr(launcher, "attempt", attempt)
    monkeypatch.setattr(launcher, "find_uv", lambda: "uv")
    return commands


def made(commands):
    return sorted(command[-1].rpartition("/")[2] for command in commands if "venv" in command)


@pytest.mark.parametrize(
    ("command", "rooms"),
    [
        ("redact", ["service"]),
        ("read", ["service"]),
        ("assess", ["service"]),
        ("packs", ["service"]),
        ("act", ["rasa", "service"]),
        ("chat", ["rasa", "service"]),
        ("up", ["rasa", "service"]),
        ("docs", ["service", "site"]),
        ("test", ["rasa", "service", "site"]),
    ],
)
def test_a_command_gets_the_rooms_it_needs_and_no_others(launcher, ran, command, rooms):
    launcher.prepare(command)
    assert made(ran) == rooms


def test_only_the_suite_gets_what_tests_need(launcher, ran):
    launcher.prepare("up")
    assert not any("tests.txt" in part for command in ran for part in command)
    launcher.prepare("test")
    assert any("tests.txt" in part for command in ran for part in command)


@pytest.mark.parametrize(
    ("arguments", "wants_them"),
    [
        (("evaluate", "reading"), False),
        (("evaluate", "conversations", "--count", "5"), True),
        (("evaluate", "canary"), True),
        (("evaluate", "chaos"), True),
    ],
)
def test_what_a_journey_measures_gets_what_tests_need(launcher, ran, arguments, wants_them):
    launcher.prepare(*arguments)
    assert any("tests.txt" in part for command in ran for part in command) is wants_them


def with_tensorflow(commands):
    return any("tensorflow.txt" in part for command in commands for part in command)


@pytest.mark.parametrize(
    ("arguments", "wants_it"),
    [
        (("up",), False),
        (("test",), False),
        (("evaluate", "acts"), False),
        (("bench",), False),
        (("bench", "--what", "steps,starter"), True),
        (("teach",), True),
    ],
)
def test_tensorflow_is_brought_only_where_something_learns_with_it(launcher, ran, arguments, wants_it):
    launcher.prepare(*arguments)
    assert with_tensorflow(ran) is wants_it


def test_a_pipeline_that_learns_with_tensorflow_gets_it(launcher, ran):
    launcher.prepare("up")
    ran.clear()
    config = launcher.ROOT / "config.yml"
    config.write_text(config.read_text() + "- name: TEDPolicy\n")
    launcher.prepare("up")
    assert made(ran) == []
    assert with_tensorflow(ran)


def test_rasa_s_python_reads_the_stand_ins_at_each_start(launcher, ran):
    launcher.prepare("up")
    (line,) = (launcher.VENV / "rasa").glob("lib/python3.10/site-packages/*.pth")
    assert line.read_text().startswith("import noname_without_tensorflow;")
    assert line.with_suffix(".py").read_bytes() == (ROOT / "bot/dialogue/without_tensorflow.py").read_bytes()
    (launcher.ROOT / "bot/dialogue/without_tensorflow.py").write_text("# another\n")
    launcher.prepare("up")
    assert line.with_suffix(".py").read_text() == "# another\n"


def test_the_tutorial_s_pictures_are_taken_in_a_whole_house(launcher, ran):
    launcher.prepare("docs", "--pictures")
    assert made(ran) == ["rasa", "service", "site"]
    assert any("tests.txt" in part for command in ran for part in command)


def test_a_second_run_makes_nothing(launcher, ran):
    launcher.prepare("test")
    ran.clear()
    for command in ("test", "up", "redact"):
        assert launcher.prepare(command) == 0.0
    assert ran == []


def test_a_changed_lock_is_installed_into_the_room_that_is_there(launcher, ran):
    launcher.prepare("up")
    ran.clear()
    (launcher.ROOT / "requirements" / "rasa.txt").write_text("# another\n")
    launcher.prepare("up")
    assert made(ran) == []
    assert len(ran) == 1
    assert "rasa.txt" in ran[0][-1]


def test_a_room_with_another_python_is_made_afresh(launcher, ran):
    launcher.prepare("redact")
    (launcher.VENV / "service" / "pyvenv.cfg").write_text("version_info = 3.12.1\n")
    (launcher.VENV / "service" / "installed-service.txt").unlink()
    ran.clear()
    launcher.Room("service", "3.13", ["service.txt"], "the room", 0).make("uv")
    assert "--clear" in ran[0]


def test_an_installation_that_was_cut_off_is_taken_up_again(launcher, ran, monkeypatch):
    whole = launcher.attempt
    cut_off = {True: "cut off", False: ""}
    monkeypatch.setattr(launcher, "attempt", lambda command: whole(command) or cut_off["pip" in command])
    with pytest.raises(SystemExit):
        launcher.prepare("redact")
    monkeypatch.setattr(launcher, "attempt", whole)
    ran.clear()
    launcher.prepare("redact")
    assert ran, "half a room would pass for a whole one"


def test_packages_are_installed_by_hash_and_compiled(launcher, ran):
    launcher.prepare("up")
    installs = [command for command in ran if "pip" in command]
    assert len(installs) == 2
    assert all("--require-hashes" in command for command in installs)
    assert launcher.clean_environment()["UV_COMPILE_BYTECODE"] == "1"


def test_what_would_slow_down_or_divert_python_is_not_inherited(launcher, monkeypatch):
    diverting = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "PYENV_VERSION", "VIRTUAL_ENV")
    for name in diverting:
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("NONAME_PORT", "9000")
    environment = launcher.clean_environment()
    assert not set(diverting) & set(environment)
    assert environment["NONAME_PORT"] == "9000"


SAID = {
    "error: No interpreter found for Python 3.10 in managed installations": "Install Python 3.10",
    "Failed to download https://example.org/python-build-standalone/y: dns error": "Install Python 3.10",
    "error: Failed to fetch: `https://example.org/simple/rasa/`": "Check the network",
    "error: failed to write to file: No space left on device (os error 28)": "the disk is full",
    "error: Hash mismatch for `rasa==3.6.21`": "nothing was installed",
    "warning: one thing\nerror: another thing": "another thing",
}


@pytest.mark.parametrize(("said", "sentence"), SAID.items())
def test_what_an_installer_says_becomes_one_line_about_what_to_do(launcher, ran, monkeypatch, said, sentence):
    monkeypatch.setattr(launcher, "attempt", lambda command: said)
    monkeypatch.setattr(launcher, "NEEDS_RASA", set())
    room = launcher.Room("rasa", "3.10", ["rasa.txt"], "Rasa's room", 0)
    room.make("uv")
    line = launcher.explain(room, room.failure)
    assert sentence in line
    assert "\n" not in line


def test_too_little_disk_is_said_before_anything_is_made(launcher, ran, monkeypatch):
    usage = launcher.shutil.disk_usage("/")._replace(free=10**9)
    monkeypatch.setattr(launcher.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(SystemExit, match=r"1\.4 GB"):
        launcher.prepare("up")
    assert ran == []


def test_it_explains_itself_without_making_anything(tmp_path):
    shown = subprocess.run(
        [sys.executable, str(ROOT / "noname"), "--help"], cwd=tmp_path, capture_output=True, text=True
    )
    assert shown.returncode == 0
    assert "./noname up" in shown.stdout


def test_every_command_that_it_promises_is_there(launcher):
    from bot.cli import COMMANDS

    promised = {word for word in launcher.__doc__.split() if word.isalpha() and word in COMMANDS}
    assert promised == set(COMMANDS)


def test_it_can_be_read_by_the_oldest_python_it_allows():
    import ast

    ast.parse((ROOT / "noname").read_text(), feature_version=(3, 8))


def test_what_it_reads_can_be_read_by_the_oldest_python_it_allows():
    """Annotations are put off: an older Python could not work them out, and would fail as it reads them."""
    import ast

    read = ast.parse((ROOT / "bot/dialogue/lightening.py").read_text(), feature_version=(3, 8))
    assert any(isinstance(line, ast.ImportFrom) and line.module == "__future__" for line in read.body)
