"""What `deploy/` has for several processes matches what the journey starts: commands, ports, settings, how many."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.launch.servers import find_servers
from bot.web.rights import RIGHTS
from bot.web.serve import DRAIN_SECONDS, LET_GO_SECONDS, STREAMS_SECONDS
from bot.web.two_apps import LARGER_BODIES
from tests.architecture.test_operations import parses
from tests.several_house import by_turns, nginx_command, on_other_ports
from tests.several_table import DIALOGUE, INNER_PORT, PREPARE, REDIS, SETTINGS, WEB
from tests.unit.launch.test_env_example import listed

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NGINX = (DEPLOY / "nginx-several.conf").read_text("utf-8")
GUIDE = (DEPLOY.parent / "docs" / "OPERATIONS.md").read_text("utf-8")
LONGEST_END = 2 * DRAIN_SECONDS + STREAMS_SECONDS + LET_GO_SECONDS
# What nginx has in the same words for one process and for several.
SAME = ("client_max_body_size 64k;", "X-Forwarded-For $remote_addr;", "client_max_body_size 512k;", "gzip off;")
OURS = {name: one for name, one in SERVICES.items() if one.get("image") == "noname"}


def started(command: str) -> list[tuple[str, ...]]:
    """Return what compose gives to our program where it starts with a command."""
    return sorted(tuple(one["command"]) for one in OURS.values() if one["command"][0] == command)


def told(service: dict[str, Any]) -> set[str]:
    return {name.removeprefix("NONAME_") for name in service["environment"] if name.startswith("NONAME_")}


# compose


@pytest.mark.parametrize("part", [WEB, DIALOGUE], ids=lambda part: part.command)
def test_compose_starts_each_command_as_often_as_the_journey_and_on_its_ports(part: Any) -> None:
    assert started(part.command) == [(part.command, "--port", str(port)) for port in part.ports]


def test_compose_prepares_once_and_before_the_others() -> None:
    assert started(PREPARE.command) == [(PREPARE.command,)]
    for name, service in OURS.items():
        if name != "prepare":
            assert service["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}, name


def test_compose_has_what_the_journey_has_and_nothing_else() -> None:
    others = {"postgres", "redis", "nginx"}
    assert len(SERVICES) == len(others) + 1 + len(WEB.ports) + len(DIALOGUE.ports)
    assert SERVICES.keys() - OURS.keys() == others


def test_every_process_of_ours_is_told_what_the_journey_tells_it() -> None:
    for name, service in OURS.items():
        assert told(service) >= SETTINGS, name
        assert told(service) <= listed().keys(), name


def test_addresses_name_services_that_are_there_and_their_ports() -> None:
    said = OURS["web-1"]["environment"]
    dialogues = [f"http://{name}:{one['command'][2]}" for name, one in OURS.items() if one["command"][0] == "dialogue"]
    assert said["NONAME_RASA_URLS"].split(",") == dialogues
    assert said["NONAME_INNER_URL"] == f"http://nginx:{INNER_PORT}"
    assert said["NONAME_REDIS_URL"].startswith("redis://redis:")
    for name in ("DATABASE", "KEYS", "TRACKER"):
        assert re.fullmatch(r"postgresql://\w+@postgres/\w+\?passfile=/run/secrets/pgpass", said[f"NONAME_{name}_URL"])


def test_nobody_but_nginx_is_reached_from_outside() -> None:
    assert {name for name, one in SERVICES.items() if "ports" in one} == {"nginx"}
    for name in ("inner", "data"):
        assert COMPOSE["networks"][name]["internal"] is True
    on = {name: set(one["networks"]) for name, one in SERVICES.items()}
    assert on["redis"] == on["postgres"] == {"data"}
    assert {name for name, nets in on.items() if "inner" in nets} == {*on} - {"postgres", "redis", "prepare"}


def test_the_word_of_nginx_alone_is_taken_for_who_asks() -> None:
    here = SERVICES["nginx"]["networks"]["front"]["ipv4_address"]
    webs = [one for one in OURS.values() if one["command"][0] == "web"]
    assert {one["environment"]["FORWARDED_ALLOW_IPS"] for one in webs} == {here}


def test_secrets_come_by_file_and_are_in_no_environment() -> None:
    assert all(set(one) == {"file"} for one in COMPOSE["secrets"].values())
    said = {name: value for one in SERVICES.values() for name, value in one.get("environment", {}).items()}
    secret = {name: value for name, value in said.items() if re.search("PASSWORD|TOKEN|SECRET|PEPPER|_KEY$", name)}
    assert secret
    assert all(value.startswith("/run/secrets/") for value in secret.values())
    assert not any("@" in value and re.search(r"://[^/@]*:", value) for value in said.values())
    given = {one for service in SERVICES.values() for one in service.get("secrets", ())}
    assert given == COMPOSE["secrets"].keys()


def test_every_service_but_the_one_that_ends_has_a_health_check() -> None:
    assert {name for name, one in SERVICES.items() if "healthcheck" not in one} == {"prepare"}
    for part in (WEB, DIALOGUE):
        for port in part.ports:
            (service,) = [one for one in OURS.values() if one["command"][1:] == ["--port", str(port)]]
            assert f"127.0.0.1:{port}/" in service["healthcheck"]["test"][-1]


def test_a_container_may_do_little_and_has_time_to_drain() -> None:
    for name, service in OURS.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert int(service["stop_grace_period"].removesuffix("s")) > LONGEST_END


def test_redis_is_told_what_the_journey_tells_it() -> None:
    told_it = SERVICES["redis"]["command"][-1]
    for name, value in REDIS.items():
        assert f"{name} {value}" in told_it or f'{name} "{value}"' in told_it
    assert "requirepass" in told_it


def test_compose_changes_in_the_file_of_nginx_what_is_in_it() -> None:
    changes = re.findall(r"-e s/([^/]+)/([^/]+)/", SERVICES["nginx"]["command"][-1])
    assert [old for old, _ in changes] == [f"127.0.0.1:{port}" for port in (*WEB.ports, INNER_PORT)]
    assert all(old in NGINX for old, _ in changes)
    reached = {SERVICES[f"web-{n}"]["networks"]["front"]["ipv4_address"] for n in (1, 2)}
    assert {new.partition(":")[0] for _, new in changes[:2]} == reached


# systemd


@pytest.mark.parametrize("part", [PREPARE, WEB, DIALOGUE], ids=lambda part: part.command)
def test_there_is_a_unit_for_each_command_and_the_guide_starts_as_many(part: Any) -> None:
    unit = f"noname-{part.command}" + ("@" if part.ports else "")
    text = (DEPLOY / "systemd" / f"{unit}.service").read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=/usr/bin/python3 /opt/noname/noname (.*)$", text, re.MULTILINE)
    assert command == f"{part.command} --port %i" if part.ports else part.command
    assert parses(command.replace("%i", "8001"))
    assert "Environment=NONAME_SEVERAL=yes" in text
    for port in part.ports or ("",):
        assert f"{unit}{port}.service" in GUIDE


@pytest.mark.parametrize("part", [WEB, DIALOGUE], ids=lambda part: part.command)
def test_a_unit_has_time_to_drain(part: Any) -> None:
    text = (DEPLOY / "systemd" / f"noname-{part.command}@.service").read_text("utf-8")
    held = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    assert int(held["TimeoutStopSec"]) > LONGEST_END
    assert held["KillMode"] == "mixed"


def test_the_guide_names_every_setting_that_the_journey_tells() -> None:
    for name in SETTINGS - {"VAR", "PUBLIC_URL"}:
        assert f"NONAME_{name}" in GUIDE, name


# nginx


def _upstreams() -> dict[str, str]:
    return dict(re.findall(r"upstream (\w+) \{(.*?)\n\}", NGINX, re.DOTALL))


def test_nginx_knows_every_web_process_at_both_its_doors() -> None:
    assert _upstreams().keys() == {"noname", "noname_inner"}
    for text in _upstreams().values():
        assert [int(port) for port in re.findall(r"server 127\.0\.0\.1:(\d+)", text)] == list(WEB.ports)
        assert not re.search(r"^ *keepalive", text, re.MULTILINE), "a process that ends would be asked over an old line"
    assert f"listen 127.0.0.1:{INNER_PORT};" in NGINX


def test_nginx_never_sends_again_what_was_posted() -> None:
    said = re.findall(r"^ *proxy_next_upstream ([^;]*);", NGINX, re.MULTILINE)
    assert said == ["error timeout"] * 2


def test_nginx_takes_the_file_with_talks_kept_to_a_process(tmp_path: Path) -> None:
    servers = find_servers(DEPLOY.parent / "var" / "servers")
    if servers is None:
        pytest.skip("no nginx here: ./noname test fetches one")
    ports = {port: port for port in (*WEB.ports, INNER_PORT)} | {443: 8443}
    command = nginx_command(servers, tmp_path, on_other_ports(ports, tmp_path))
    done = subprocess.run([*command, "-t"], env={**os.environ, **servers.environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nginx_keeps_a_talk_with_one_process_and_its_streams_unbuffered() -> None:
    assert "hash $noname_talk consistent;" in _upstreams()["noname"]
    patterns = re.findall(r"^ *~(\S+) \$\w+;", NGINX, re.MULTILINE)
    assert len(patterns) == 2
    for path in (path for _, path in RIGHTS if path.startswith("/api/consultations/{")):
        assert re.match(patterns[0].replace("?<", "?P<"), re.sub(r"\{\w+\}", "c1", path)), path
    (streams,) = re.findall(r"location ~ (\S+) \{\n *proxy_buffering off;", NGINX)
    for path in (path for method, path in RIGHTS if method == "GET" and path.endswith("/events")):
        assert re.fullmatch(streams, re.sub(r"\{\w+\}", "c1", path)), path


def test_both_files_of_nginx_say_the_same_of_bodies_logs_and_doors() -> None:
    of_one = (DEPLOY / "nginx.conf").read_text("utf-8")
    for line in SAME:
        assert line in of_one
        assert line in NGINX
    assert set(LARGER_BODIES) == {"/duty/revisions/"}
    form = r"log_format noname_plain '([^']*)'"
    assert re.findall(form, of_one) == re.findall(form, NGINX)
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"crit"}
    for place in ("/rasa/", "= /metrics", "= /readyz"):
        assert f"location {place} {{ return 404; }}" in NGINX


def test_the_journey_changes_ports_and_https_of_that_file_and_nothing_else() -> None:
    same = by_turns({port: port for port in (*WEB.ports, INNER_PORT)} | {443: 8443}, Path("/var/log/nginx"))
    left_out = [line for line in NGINX.splitlines() if line.strip() and line not in same.splitlines()]
    allowed = re.compile(r" *(listen|http2|ssl_\w+|hash|return 301) .*")
    assert [line for line in left_out if not allowed.fullmatch(line)] == []
