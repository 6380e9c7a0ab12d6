"""A house of several processes: PostgreSQL, Redis and nginx of the tests' own, two web processes and two Rasas.

Each of ours is started by the command by which systemd starts it, and nginx reads deploy/nginx-several.conf with other
ports and no certificate. Its requests go to the web processes by turns: no talk stays with one.
"""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.launch.servers import Servers
from bot.launch.training import ensure_model
from bot.settings import ROOT, load_settings
from bot.storage import libpq_address
from tests.running_house import free_port
from tests.several_table import DIALOGUE, INNER_PORT, PREPARE, REDIS, SETTINGS, WEB

PATIENCE = 100.0
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Process:
    """A program of the house that can be killed and started again."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    answers: Callable[[], bool]
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    seconds_to_end: float = 0.0

    def start(self) -> None:
        """Start it, and do not wait."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.log.parent, start_new_session=True,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.running.poll() is None, f"{self.name} ended: {self.log.read_text()[-3000:]}"
            assert time.monotonic() < until, f"{self.name} does not start: {self.log.read_text()[-3000:]}"
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it, without a word and with all that it has started."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def end(self) -> int:
        """Ask it to end, wait until it has, and return how it did."""
        begun = time.monotonic()
        self.running.send_signal(signal.SIGTERM)
        ended = self.running.wait(60)
        self.seconds_to_end = round(time.monotonic() - begun, 1)
        return ended


@dataclass
class SeveralHouse:
    """A house that answers at `url`, by turns from each of `webs`."""

    url: str
    web_urls: tuple[str, ...]
    webs: tuple[Process, ...]
    rasas: tuple[Process, ...]
    redis: Process
    redis_port: int
    redis_password: str = field(repr=False)
    database_url: str
    demo: dict[str, Any]
    seconds: dict[str, float]
    closing: ExitStack
    worker: httpx.Cookies | None = None

    @property
    def address(self) -> str:
        """Where the records are, as PostgreSQL's own library reads it."""
        return libpq_address(self.database_url)

    def is_locked(self, consultation: str) -> bool:
        """Whether some Rasa holds a lock for a talk in Redis: it does so for a turn."""
        with socket.create_connection(("127.0.0.1", self.redis_port), 5) as line:
            line.sendall(f"AUTH {self.redis_password}\r\nEXISTS noname:lock:{consultation}\r\n".encode())
            got = b""
            while got.count(b"\r\n") < 2 and (more := line.recv(100)):
                got += more
        return got == b"+OK\r\n:1\r\n"

    def client(self, url: str | None = None) -> httpx.Client:
        """Return a client at the front door, or of one process alone, until the house ends."""
        made = httpx.Client(base_url=url or self.url, headers={"Sec-Fetch-Site": "same-origin"}, timeout=60)
        return self.closing.enter_context(made)


@contextmanager
def several_house(var: Path, servers: Servers, databases: dict[str, str]) -> Iterator[SeveralHouse]:
    """Start everything with what it writes below `var`, and stop it again. `databases` are addresses by setting."""
    began = time.monotonic()
    ports = {one: free_port() for one in (*WEB.ports, *DIALOGUE.ports, INNER_PORT, 443, 6379)}
    environment = _environment(var, ports, databases)
    (var / "models").symlink_to(ensure_model(load_settings()).parent, target_is_directory=True)
    prepared = subprocess.run(_ours(PREPARE.command), env=environment, cwd=ROOT, capture_output=True, text=True)
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    seconds = {"prepare": time.monotonic() - began}
    redis, nginx = _redis(var, servers, ports), _nginx(var, servers, ports)
    webs = tuple(_web(var, ports[port], environment) for port in WEB.ports)
    rasas = tuple(_dialogue(var, ports[port], environment) for port in DIALOGUE.ports)
    with ExitStack() as ending:
        for process in (redis, *rasas, *webs, nginx):
            process.start()
            ending.callback(_ended, process)
        for process in (redis, *rasas, *webs, nginx):
            process.wait()
        seconds["start"] = time.monotonic() - began - seconds["prepare"]
        demo = json.loads((var / "demo.json").read_text("utf-8"))
        web_urls = tuple(_at(ports[port]) for port in WEB.ports)
        records, closing = databases["NONAME_DATABASE_URL"], ExitStack()
        shared = (redis, ports[6379], (var / "redis-password").read_text(), records)
        yield SeveralHouse(_at(ports[443]), web_urls, webs, rasas, *shared, demo, seconds, closing)
    closing.close()  # streams end with the processes


def _environment(var: Path, ports: dict[int, int], databases: dict[str, str]) -> dict[str, str]:
    password = var / "redis-password"
    password.write_text(secrets.token_urlsafe(24))
    said = {
        "NONAME_SEVERAL": "yes",
        "NONAME_VAR": str(var),
        "NONAME_PUBLIC_URL": _at(ports[443]),
        "NONAME_INNER_URL": _at(ports[INNER_PORT]),
        "NONAME_RASA_URLS": ",".join(_at(ports[port]) for port in DIALOGUE.ports),
        "NONAME_REDIS_URL": f"redis://127.0.0.1:{ports[6379]}/0",
        "NONAME_REDIS_PASSWORD_FILE": str(password),
        **databases,
    }
    assert {name.removeprefix("NONAME_") for name in said} == SETTINGS
    return {**os.environ, **said, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}


def _ours(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "bot.cli", *words]


def _at(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _web(var: Path, port: int, environment: dict[str, str]) -> Process:
    command = _ours(WEB.command, "--port", str(port))
    return Process(f"web {port}", command, environment, var / f"web-{port}.log", lambda: _is_ready(port))


def _dialogue(var: Path, port: int, environment: dict[str, str]) -> Process:
    command, token = _ours(DIALOGUE.command, "--port", str(port)), var / "secrets" / "rasa_auth_token"

    def answers() -> bool:
        return _gets(f"{_at(port)}/status?token={token.read_text()}", lambda told: bool(told.get("model_file")))

    return Process(f"dialogue {port}", command, environment, var / f"dialogue-{port}.log", answers)


def _redis(var: Path, servers: Servers, ports: dict[int, int]) -> Process:
    password, port = (var / "redis-password").read_text(), str(ports[6379])
    said = {**REDIS, "port": port, "bind": "127.0.0.1", "requirepass": password, "dir": str(var)}
    command = [str(servers.redis), *(word for name, value in said.items() for word in (f"--{name}", value))]
    from bot.together import redis_answers

    def answers() -> bool:
        return redis_answers(f"redis://127.0.0.1:{port}/0", password)

    return Process("redis", command, {**os.environ, **servers.environment}, var / "redis.log", answers)


def _nginx(var: Path, servers: Servers, ports: dict[int, int]) -> Process:
    folder = var / "nginx"
    folder.mkdir()
    command = nginx_command(servers, folder, by_turns(ports, folder))
    answers = lambda: _gets(f"{_at(ports[443])}/livez", lambda told: True)  # noqa: E731
    return Process("nginx", command, {**os.environ, **servers.environment}, var / "nginx.log", answers)


def nginx_command(servers: Servers, folder: Path, text: str) -> list[str]:
    """Return what starts nginx with a file of ours, written into the folder with all that nginx needs beside."""
    (folder / "several.conf").write_text(text)
    places = "".join(f"{name}_temp_path {folder}/{name}; " for name in _TEMPORARY)
    user = "user root; " if os.geteuid() == 0 else ""
    main = f"{user}daemon off; pid {folder}/pid; error_log {folder}/error; worker_processes 1; events {{}}\n"
    (folder / "nginx.conf").write_text(f"{main}http {{ {places} include {folder}/several.conf; }}\n")
    return [str(servers.nginx), "-e", str(folder / "error"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def by_turns(ports: dict[int, int], folder: Path) -> str:
    """Return deploy/nginx-several.conf on other ports, without https, and with no talk kept to one process."""
    return re.sub(r"^ *hash .*\n", "", on_other_ports(ports, folder), flags=re.MULTILINE)


def on_other_ports(ports: dict[int, int], folder: Path) -> str:
    """Return deploy/nginx-several.conf on other ports and without https."""
    text = (ROOT / "deploy" / "nginx-several.conf").read_text("utf-8")
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *(listen \[::\]|http2|ssl_).*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{ports[443]};")
    text = text.replace("/var/log/nginx", str(folder))
    for port in (*WEB.ports, INNER_PORT):
        text = text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{ports[port]}")
    return text


def _is_ready(port: int) -> bool:
    return _gets(f"{_at(port)}/readyz", lambda told: told["ready"])


def _gets(url: str, is_well: Callable[[dict[str, Any]], bool]) -> bool:
    try:
        answer = httpx.get(url, timeout=10)
        return answer.status_code == 200 and is_well(answer.json())
    except (httpx.HTTPError, ValueError):
        return False


def _ended(process: Process) -> None:
    if process.running.poll() is None:
        process.kill()
