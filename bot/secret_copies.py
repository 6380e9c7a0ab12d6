"""Secret copies: the house's secrets and master keys, written into a folder of their own and put back from there.

Whoever has them with a copy of the records and one of the keys can read everything: the three are never in one folder.
"""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.masters import masters_of
from bot.settings import SECRETS, Settings
from bot.storage.backups import SECRETS as KIND
from bot.storage.backups import Backup, begin, read_backup, seal

_MASTER = "master-"


def copy_secrets(settings: Settings, name: str, folder: Path, now: datetime) -> Backup:
    """Write every secret and master into a folder, for this account alone. Raises NotEmpty."""
    begin(folder)
    values = {one: getattr(settings, one) for one in SECRETS}
    values |= {_MASTER + number: master for number, master in masters_of(settings.masters).items()}
    for one, value in values.items():
        file = folder / one
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(value, encoding="ascii")
    files = {one: {"sha256": sha256(value.encode("ascii")).hexdigest()} for one, value in values.items()}
    made = Backup(KIND, name, now, files)
    seal(folder, made, settings.pepper)
    return made


def read_secrets(folder: Path) -> dict[str, str]:
    """Return the secrets and masters of a folder by name, looked at. Raises NotABackup and DamagedBackup."""
    read_backup(folder, KIND, None)
    names = [one for one in SECRETS if (folder / one).is_file()]
    masters = [file.name for file in folder.glob(f"{_MASTER}*") if file.name.removeprefix(_MASTER).isdecimal()]
    values = {one: (folder / one).read_text("ascii") for one in (*names, *masters)}
    read_backup(folder, KIND, values.get("pepper", ""))  # sealed with the pepper that is in it
    return values


def put_secrets(settings: Settings, values: dict[str, str]) -> Settings:
    """Keep these secrets and masters in place of the house's own, and return the settings with them."""
    for one, value in values.items():
        master = one.removeprefix(_MASTER)
        file = settings.masters / master if one.startswith(_MASTER) else settings.var / "secrets" / one
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
        file.write_text(value, encoding="ascii")
    return replace(settings, **{one: value for one, value in values.items() if not one.startswith(_MASTER)})
