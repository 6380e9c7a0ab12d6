"""Redis and nginx for the tests: the machine's own or laid out in a folder, and none where they cannot be had."""

from pathlib import Path

import pytest

from bot.launch import servers


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with neither, and without Debian's packages."""
    monkeypatch.setattr(servers.shutil, "which", lambda *_, **__: None)


def test_what_was_laid_out_is_found_with_its_libraries(tmp_path: Path) -> None:
    for place in servers.PLACES:
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("")
    found = servers.find_servers(tmp_path)
    assert (found.redis, found.nginx) == tuple(tmp_path / place for place in servers.PLACES)
    assert found.environment["LD_LIBRARY_PATH"].startswith(str(tmp_path))


def test_one_of_the_two_is_none(tmp_path: Path) -> None:
    (tmp_path / servers.PLACES[0]).parent.mkdir(parents=True)
    (tmp_path / servers.PLACES[0]).write_text("")
    assert servers.find_servers(tmp_path) is None


def test_nothing_is_fetched_where_there_are_no_packages_of_debians(tmp_path: Path) -> None:
    told: list[str] = []
    assert servers.fetch_servers(tmp_path, told.append) is None
    assert told == []


def test_the_list_of_packages_is_renewed_where_they_are_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuses(command: list[str], folder: Path) -> bool:
        asked.append(command[1])
        return False

    monkeypatch.setattr(servers.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.setattr(servers, "_worked", refuses)
    assert servers.fetch_servers(tmp_path, lambda _: None) is None
    assert asked == ["download", "update", "download"]
