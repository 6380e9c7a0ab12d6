"""What `doctor` looks at where a house has several processes: Redis, PostgreSQL's locks, and whether one leads."""

from urllib.parse import urlsplit

from bot.settings import Settings
from bot.storage import libpq_address
from bot.together import NotAnswering, redis_answers, who_stands


def several(settings: Settings) -> tuple[bool, str]:
    """Return whether several processes find what they share, how many stand there, and whether just one leads."""
    said = settings.several
    if not said.is_so:
        return True, "not asked for: one web process and one Rasa"
    if not redis_answers(said.redis_url, said.redis_password):
        at = urlsplit(said.redis_url)
        where = f"{at.hostname}:{at.port or 6379}"
        return False, f"Redis does not answer to its password at {where}; until it does, no dialogue answers"
    try:
        there = who_stands(libpq_address(settings.database_url))
    except NotAnswering as failed:
        return False, f"PostgreSQL gives no locks ({failed}); docs/POSTGRESQL.md says what it needs"
    if not there.processes:
        return True, f"Redis and PostgreSQL answer, no web process runs; {len(said.rasa_urls)} Rasas are named"
    if there.leaders != 1:
        return False, f"{there.processes} web processes and {there.leaders} that lead; look again in ten seconds"
    return True, f"{there.processes} web processes, of which one leads; {len(said.rasa_urls)} Rasas are named"
