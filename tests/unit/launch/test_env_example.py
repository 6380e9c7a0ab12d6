"""`.env.example` has every setting that is read, and no other, each with its kind and its default."""

import ast
import re
from dataclasses import replace
from pathlib import Path

from bot import settings_of_others, settings_of_running
from bot.settings import PREFIX, ROOT, SECRETS, load_settings

MODULES = ("settings.py", "settings_of_others.py", "settings_of_running.py", "settings_of_several.py")
KINDS = {"address", "port", "url", "folder", "file", "number", "word", "secret", "yes or no"}
_LINE = re.compile(rf"# {PREFIX}([A-Z_]+)=(\S*) +([a-z ]+): (.+)")


def listed() -> dict[str, tuple[str, str, str]]:
    """Return (default, kind, words) of each setting of the example."""
    text = (ROOT / ".env.example").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith(f"# {PREFIX}")]
    found = [_LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, one in zip(lines, found, strict=True) if one is None]
    assert len({one[1] for one in found if one}) == len(lines), "a setting stands there twice"
    return {one[1]: (one[2], one[3], one[4]) for one in found if one}


def read() -> dict[str, str | None]:
    """Return every setting that is read, with its default where that stands there as it is."""
    names: dict[str, str | None] = {name.upper(): "" for name in SECRETS}
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / "bot" / module).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "value":
                name, default = node.args
                if isinstance(name, ast.Constant):
                    said = default.value if isinstance(default, ast.Constant) else None
                    names[name.value.upper()] = names.get(name.value.upper()) or said

    def noting(name: str, default: str) -> str:
        names.setdefault(name.upper(), default)
        return default

    # What is asked for by a name that is put together.
    settings_of_others.council(noting, ROOT)
    settings_of_running.running(noting, ROOT)
    return names


def test_every_setting_that_is_read_stands_there_and_no_other() -> None:
    assert len(read()) > 25, "a walk that sees too little proves nothing"
    assert listed().keys() == read().keys()


def test_every_setting_has_a_kind_and_words() -> None:
    for name, (_, kind, words) in listed().items():
        assert kind in KINDS, f"{name} is {kind}"
        assert len(words.split()) > 2, f"{name} does not say what it is for"


def test_defaults_are_those_of_the_code(tmp_path: Path) -> None:
    defaults = {name: default for name, (default, _, _) in listed().items() if default}
    for name, said in read().items():
        # `keep_days` is read as 0 only where it was given.
        if said is not None and name != "KEEP_DAYS":
            assert defaults.get(name, "") == said, name
    (tmp_path / "languages").mkdir()
    plain = load_settings({}, root=tmp_path)
    given = load_settings({PREFIX + name: value for name, value in defaults.items()}, root=tmp_path)
    assert replace(given, telegram=None) == plain


def test_the_other_settings_of_telegram_have_their_defaults_too(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:a-token-of-nobody")
    bot = {f"{PREFIX}TELEGRAM_TOKEN_FILE": "token", f"{PREFIX}TELEGRAM_NAME": "a_bot"}
    given = {PREFIX + name: value for name, (value, _, _) in listed().items() if value}
    assert load_settings(bot, root=tmp_path).telegram == load_settings(given | bot, root=tmp_path).telegram
