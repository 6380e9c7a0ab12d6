"""What runs in a house of several processes: the one table from which the journey starts them, and by which what is in
`deploy/` is checked. Ports are those of deploy/nginx-several.conf; a test takes free ones in their place.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A command of ours that runs as often as it has ports."""

    command: str
    ports: tuple[int, ...]


PREPARE = Part("prepare", ())
WEB = Part("web", (8001, 8002))
DIALOGUE = Part("dialogue", (5005, 5006))
INNER_PORT = 8100
# What every process of ours is told, beside its port.
SETTINGS = frozenset(
    {
        *("SEVERAL", "VAR", "PUBLIC_URL", "INNER_URL", "RASA_URLS"),
        *("DATABASE_URL", "KEYS_URL", "TRACKER_URL", "REDIS_URL", "REDIS_PASSWORD_FILE"),
    }
)
# What is said to Redis: nothing of it is kept on a disk, and whoever asks knows the password.
REDIS = {"save": "", "appendonly": "no"}
