"""Facts of settings: what is set, how long things are kept, and who else gets to see anything."""

from datetime import timedelta
from typing import Any

from bot.desk.attempts import WINDOW
from bot.desk.council import ERRAND_LASTS
from bot.desk.purging import PRACTICE_KEPT
from bot.desk.repeats import LOOKED_BACK
from bot.desk.sampling import LASTS
from bot.desk.sign_in import DSL_SESSION, LONGEST_SESSION, WORKER_IDLE, WORKER_SESSION
from bot.desk.staff.links import CODE_HOLDS, ENDED_KEPT
from bot.keeping import desk_settings
from bot.settings import ENGLISH
from bot.telegram.sender import KEPT, TOO_LATE
from evaluation.papers.seen import Seen, words
from evaluation.results import table


def settings(seen: Seen) -> str:
    """Return what is set, each setting with its value in words. No secret and no address is among them."""
    values = _values(seen)
    rows = [(f"`{line['setting']}`", line["what"], line["value"].format(**values)) for line in words()["settings"]]
    return table(words()["settings_heads"], rows)


def retention(seen: Seen) -> str:
    """Return how long each kind of thing is kept, and by what that is set."""
    values = _values(seen)
    rows = [
        tuple(line[part].format(**values) for part in ("what", "how_long", "set_by")) for line in words()["retention"]
    ]
    own = _own_times(seen)
    told = [words()["own_time"].format(area=area, days=days) for area, days in own] or [words()["no_own_time"]]
    return "\n\n".join([table(words()["retention_heads"], rows), " ".join(told)])


def others(seen: Seen) -> str:
    """Return who else gets to see anything of what the service handles, by what is switched on."""
    on = {"telegram": seen.settings.telegram is not None, "sign_in": bool(seen.settings.oidc_issuer), "always": True}
    said = words()["switched"]
    rows = [(line["who"], line["gets"], said[on[line["when"]]], line["where"]) for line in words()["others"]]
    return table(words()["others_heads"], rows)


def _own_times(seen: Seen) -> list[tuple[str, int]]:
    settings_of = desk_settings(seen.settings.root / "knowledge_base", seen.on)
    days = {pack.name: settings_of(area, seen.on).keep_days for area, pack in seen.packs.items()}
    return sorted((name, own) for name, own in days.items() if own is not None)


def _values(seen: Seen) -> dict[str, Any]:
    """Return every value that the words have a blank for."""
    held, said = seen.settings, words()
    rules = held.running.report_rules
    return {
        "keep": said["days"].format(days=held.keep_days) if held.keep_days else said["for_good"],
        "forget": _long(timedelta(hours=held.forget_hours)),
        "silence": _long(timedelta(minutes=held.silence_minutes)),
        "language": held.language if held.language != ENGLISH else said["english"],
        "log_level": held.log_level,
        "demo": said["yes"] if held.demo else said["no"],
        "https": said["yes"] if held.public_url.startswith("https://") else said["no"],
        "database": held.database_url.partition(":")[0].partition("+")[0],
        "telegram": said["yes"] if held.telegram else said["no"],
        "delete": _long(timedelta(hours=held.telegram.delete_hours if held.telegram else 24)),
        "sign_in": said["yes"] if held.oidc_issuer else said["no"],
        "under": rules.under,
        "rounding": rules.rounding,
        "practice": _long(PRACTICE_KEPT),
        "attempts": _long(WINDOW),
        "errand": _long(ERRAND_LASTS),
        "sample": _long(LASTS),
        "dsl_session": _long(DSL_SESSION),
        "worker_session": _long(WORKER_SESSION),
        "worker_idle": _long(WORKER_IDLE),
        "longest_session": _long(LONGEST_SESSION),
        "outbox": _long(KEPT),
        "too_late": _long(TOO_LATE),
        "code": _long(CODE_HOLDS),
        "ended": _long(ENDED_KEPT),
        "looked_back": _long(LOOKED_BACK),
    }


def _long(time: timedelta) -> str:
    """Return a length of time in the largest unit that fits it wholly."""
    said = words()
    for seconds, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        many, rest = divmod(int(time.total_seconds()), seconds)
        if not rest and many:
            return said["one_of"][unit] if many == 1 else said[unit].format(**{unit: many})
    raise ValueError("a time of keeping that is no whole number of minutes")
