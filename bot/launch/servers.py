"""The servers that the tests of several processes start: Redis and nginx, the machine's own or fetched.

On Debian their packages are laid out in a folder of ours. Nothing is installed and no service is started.
"""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# What a bare Debian lacks of what the two programs are linked with.
PACKAGES = ("redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1", "nginx")
PLACES = (Path("usr", "bin", "redis-server"), Path("usr", "sbin", "nginx"))
LONGEST_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the two programs are, and the environment in which they find their libraries."""

    redis: Path
    nginx: Path
    environment: dict[str, str]


def find_servers(folder: Path) -> Servers | None:
    """Return the servers that are here: on the path, or laid out in the folder."""
    redis, nginx = shutil.which("redis-server"), shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if redis and nginx:
        return Servers(Path(redis), Path(nginx), {})
    redis_there, nginx_there = (folder / place for place in PLACES)
    if not (redis_there.exists() and nginx_there.exists()):
        return None
    libraries = folder / "usr" / "lib" / f"{platform.machine()}-linux-gnu"
    return Servers(redis_there, nginx_there, {"LD_LIBRARY_PATH": str(libraries)})


def fetch_servers(folder: Path, say: Callable[[str], None]) -> Servers | None:
    """Lay both out in the folder and return them, or None where this machine has no Debian packages."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return None
    say("Fetching Redis and nginx (once) ...")
    folder = folder.resolve()
    fetched = folder / "fetched"
    fetched.mkdir(parents=True, exist_ok=True)
    if not _worked(["apt-get", "download", "-q", *PACKAGES], fetched):
        _worked(["apt-get", "update", "-q"], fetched)  # the list may be old, or not be there yet
        if not _worked(["apt-get", "download", "-q", *PACKAGES], fetched):
            return None
    laid_out = all(_worked(["dpkg", "-x", str(file), str(folder)], fetched) for file in fetched.glob("*.deb"))
    shutil.rmtree(fetched)
    return find_servers(folder) if laid_out else None


def _worked(command: list[str], folder: Path) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=LONGEST_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
