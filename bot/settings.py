"""Settings: what may differ between two houses, read once when the house starts.

Values come from the environment, then from the file `.env`, then from the defaults here; names
start with NONAME_. Secrets that nobody set are drawn once and kept in `var/secrets/`, readable
by this account alone.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings_of_others import PREFIX, BadSetting, TelegramSettings, council, telegram
from bot.settings_of_running import RunningSettings, running
from bot.settings_of_several import SeveralSettings, several

__all__ = ["PREFIX", "ROOT", "SECRETS", "BadSetting", "Settings", "kept_secret", "load_settings"]

ROOT = Path(__file__).resolve().parent.parent
LOG_LEVELS = ("warning", "info", "debug")
ENGLISH = "en"
SECRETS = ("rasa_auth_token", "action_token", "pepper", "session_key", "telegram_secret")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where this house stands, what it listens on and what it must keep to itself.

    `public_url` is what people type; https there means that something in front of us speaks it.

    `var` holds everything that is written: database, models, logs, secrets. `database_url` is an
    SQLAlchemy address; `keys_url` is that of the keys to what stands in it. `tracker_url` is where Rasa keeps
    its conversations: a silent one for `forget_hours`.
    After `silence_minutes` without a word it is said once that all is kept. `keep_days` is how long consultations
    are kept, None for good. `log_level` is the least that is logged. `language` is the name of a folder in
    `languages/`, or English. `oidc_issuer` is the council's own sign-in, empty for none, and `telegram` a
    bot there. Secrets are left out of repr.
    """

    root: Path
    var: Path
    host: str
    port: int
    rasa_port: int
    database_url: str = field(repr=False)
    keys_url: str = field(repr=False)
    tracker_url: str = field(repr=False)
    public_url: str
    demo: bool
    rasa_auth_token: str = field(repr=False)
    action_token: str = field(repr=False)
    pepper: str = field(repr=False)
    session_key: str = field(repr=False)
    forget_hours: int
    silence_minutes: int
    keep_days: int | None
    log_level: str
    language: str = ENGLISH
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = None
    oidc_login_claim: str = "email"
    telegram: TelegramSettings | None = None
    telegram_secret: str = field(default="", repr=False)
    running: RunningSettings = field(default_factory=RunningSettings)
    several: SeveralSettings = field(default_factory=SeveralSettings)

    @property
    def url(self) -> str:
        """The address at which this machine reaches the service."""
        return _local_url(self.host, self.port)

    @property
    def rasa_url(self) -> str:
        """The address of our own Rasa: on loopback, because Rasa's REST channel asks nobody for a token."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def inner_url(self) -> str:
        """Where Rasa reaches us, without a slash at its end."""
        return self.several.inner_url or f"http://127.0.0.1:{self.port}"

    @property
    def action_url(self) -> str:
        """The address at which Rasa reaches our actions."""
        return f"{self.inner_url}/rasa/webhook"

    @property
    def ears_url(self) -> str:
        """Where Rasa asks which act a message is; it adds `/model/parse`."""
        return f"{self.inner_url}/rasa"

    @property
    def models(self) -> Path:
        """The folder of trained models, each named by what it was trained from."""
        return self.var / "models"

    @property
    def translation(self) -> Path | None:
        """The folder of the language that is laid over the English, None for English itself."""
        return None if self.language == ENGLISH else self.root / "languages" / self.language

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.var / "log"

    @property
    def masters(self) -> Path:
        """The folder of the master keys, each named by its number."""
        return self.var / "secrets" / "masters"

    @property
    def audit_heads(self) -> Path:
        """The file in which it is noted daily where the audit chain ends."""
        return self.logs / "audit-heads"

    @property
    def run(self) -> Path:
        """The folder of notes about the running service."""
        return self.var / "run"

    @property
    def demo_file(self) -> Path:
        """The file in which the demo's access codes and sign-ins are noted."""
        return self.var / "demo.json"


def load_settings(
    environ: Mapping[str, str] = os.environ,
    *,
    root: Path = ROOT,
    draw: Callable[[], str] = lambda: secrets.token_urlsafe(32),
) -> Settings:
    """Read the settings, drawing and keeping the secrets that nobody set.

    Raises BadSetting for a value that cannot be understood and OSError where `var` cannot be written.
    """
    said = {**_read_dotenv(root / ".env"), **environ}

    def value(name: str, default: str) -> str:
        return said.get(PREFIX + name.upper()) or default

    host, port = value("host", "127.0.0.1"), _port("port", value("port", "8000"))
    var = (root / Path(value("var", "var")).expanduser()).resolve()
    _private_folder(var)
    databases = _databases(value, said.get("DATABASE_URL", ""), var)
    return Settings(
        root=root,
        var=var,
        host=host,
        port=port,
        rasa_port=_port("rasa_port", value("rasa_port", "5005")),
        **databases,
        public_url=value("public_url", _local_url(host, port)),
        demo=_flag("demo", value("demo", "yes")),
        forget_hours=_count("forget_hours", value("forget_hours", "24")),
        silence_minutes=_count("silence_minutes", value("silence_minutes", "15")),
        keep_days=_count("keep_days", value("keep_days", "0")) if value("keep_days", "") else None,
        log_level=_log_level(value("log_level", LOG_LEVELS[0])),
        language=_language(value("language", ENGLISH), root / "languages"),
        **council(value, root),
        telegram=telegram(value, root),
        running=running(value, root),
        several=several(value, root, databases.values()),
        **{name: value(name, "") or kept_secret(var / "secrets", name, draw) for name in SECRETS},
    )


def _databases(value: Callable[[str, str], str], usual: str, var: Path) -> dict[str, str]:
    """Return the addresses of the three databases. `usual` is that of the records where ours is not set."""
    return {
        "database_url": value("database_url", usual or f"sqlite:///{var / 'noname.db'}"),
        "keys_url": value("keys_url", f"sqlite:///{var / 'keys.db'}"),
        "tracker_url": value("tracker_url", f"sqlite:///{var / 'rasa.db'}"),
    }


def _local_url(host: str, port: int) -> str:
    # Listening everywhere is spelled 0.0.0.0, but nobody can call that number.
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _read_dotenv(file: Path) -> dict[str, str]:
    """Read `NAME=value` lines; blank lines and lines that start with # are left out."""
    if not file.is_file():
        return {}
    pairs = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, equals, text = line.strip().partition("=")
        if equals and not name.startswith("#"):
            pairs[name.strip()] = text.strip().strip("\"'")
    return pairs


def _port(name: str, typed: str) -> int:
    if not typed.isdecimal() or not 0 < int(typed) < 65536:
        raise BadSetting(f"{PREFIX}{name.upper()} must be a port between 1 and 65535.")
    return int(typed)


def _count(name: str, typed: str) -> int:
    if not typed.isdecimal() or not 0 < int(typed) < 100_000:
        raise BadSetting(f"{PREFIX}{name.upper()} must be a whole number above zero.")
    return int(typed)


def _log_level(typed: str) -> str:
    if typed.lower() not in LOG_LEVELS:
        raise BadSetting(f"{PREFIX}LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
    return typed.lower()


def _language(typed: str, folder: Path) -> str:
    # The code becomes a part of paths.
    if typed != ENGLISH and not (typed.isalpha() and typed.isascii() and (folder / typed).is_dir()):
        raise BadSetting(f"{PREFIX}LANGUAGE must be {ENGLISH} or the name of a folder in languages/.")
    return typed


def _flag(name: str, typed: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if typed.lower() not in words:
        raise BadSetting(f"{PREFIX}{name.upper()} must be yes or no.")
    return words[typed.lower()]


def _private_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)  # two that start at once may both not have seen it


def kept_secret(folder: Path, name: str, draw: Callable[[], str]) -> str:
    """Return a secret of a folder by its name, drawn and kept if it is not there."""
    file = folder / name
    if file.exists():
        return file.read_text(encoding="ascii")
    _private_folder(folder)
    draft = folder / f".{name}.{os.getpid()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as new:
        new.write(draw())
    # A link is made whole or not at all, and the first one stands: two first starts agree on one secret.
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
    return file.read_text(encoding="ascii")
