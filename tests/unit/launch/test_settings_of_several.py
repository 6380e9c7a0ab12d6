"""What is said of several processes is refused where it cannot be, with what to do, and never quotes a password."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import BadSetting, load_settings

POSTGRES = {f"NONAME_{name}_URL": f"postgresql://noname@db/{name}" for name in ("DATABASE", "KEYS", "TRACKER")}
SAID = {
    "NONAME_SEVERAL": "yes",
    "NONAME_RASA_URLS": "http://127.0.0.1:5005, http://127.0.0.1:5006/",
    "NONAME_INNER_URL": "http://127.0.0.1:8100/",
    "NONAME_REDIS_URL": "redis://127.0.0.1:6379/0",
    **POSTGRES,
}


def said(var: Path, **other: str) -> dict[str, str]:
    return {"NONAME_VAR": str(var), **SAID, **{f"NONAME_{name}": value for name, value in other.items()}}


def test_a_house_is_one_process_unless_it_says_otherwise(tmp_path: Path) -> None:
    settings = load_settings({"NONAME_VAR": str(tmp_path), "NONAME_PORT": "8123"}, root=tmp_path)
    assert not settings.several.is_so
    assert settings.action_url == "http://127.0.0.1:8123/rasa/webhook"


def test_every_rasa_reaches_some_web_process_by_the_inner_door(tmp_path: Path) -> None:
    settings = load_settings(said(tmp_path), root=tmp_path)
    assert settings.several.rasa_urls == ("http://127.0.0.1:5005", "http://127.0.0.1:5006")
    assert settings.action_url == "http://127.0.0.1:8100/rasa/webhook"
    assert settings.ears_url == "http://127.0.0.1:8100/rasa"


@pytest.mark.parametrize("which", ["DATABASE", "KEYS", "TRACKER"])
def test_several_processes_on_sqlite_are_refused_with_what_to_do(tmp_path: Path, which: str) -> None:
    with pytest.raises(BadSetting, match=r"needs PostgreSQL.*docs/POSTGRESQL\.md"):
        load_settings(said(tmp_path, **{f"{which}_URL": f"sqlite:///{tmp_path}/one.db"}), root=tmp_path)


@pytest.mark.parametrize("name", ["RASA_URLS", "INNER_URL", "REDIS_URL"])
def test_what_several_need_is_asked_for_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSetting, match=f"NONAME_{name}"):
        load_settings(said(tmp_path, **{name: ""}), root=tmp_path)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("SEVERAL", "perhaps"),
        ("RASA_URLS", "127.0.0.1:5005"),
        ("INNER_URL", "ftp://somewhere"),
        ("REDIS_URL", "http://somewhere"),
        ("REDIS_URL", "redis://:a-password-of-ours@somewhere"),
        ("REDIS_PASSWORD_FILE", "not-there"),
    ],
)
def test_what_is_none_is_refused_by_name_and_not_quoted(tmp_path: Path, name: str, typed: str) -> None:
    with pytest.raises(BadSetting, match=f"NONAME_{name}") as refused:
        load_settings(said(tmp_path, **{name: typed}), root=tmp_path)
    assert "a-password-of-ours" not in str(refused.value)


def test_the_password_comes_from_a_file_and_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "redis").write_text("a-password-of-ours\n")
    settings = load_settings(said(tmp_path, REDIS_PASSWORD_FILE="redis"), root=tmp_path)
    assert settings.several.redis_password == "a-password-of-ours"
    assert "a-password-of-ours" not in repr(settings)


@pytest.mark.parametrize("command", ["web", "dialogue"])
def test_one_of_several_is_not_started_in_a_house_that_has_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    assert main([command]) == 1
    assert "NONAME_SEVERAL=yes" in capsys.readouterr().err


def test_a_house_of_several_is_not_started_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in said(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert main(["up"]) == 1
    told = capsys.readouterr().err
    assert "./noname prepare" in told
    assert "./noname web" in told
