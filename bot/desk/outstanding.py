"""Outstanding: what the audit chain says has begun and not ended yet, for several processes that share nothing else."""

from bot.desk.ports import Records


def outstanding(records: Records, begun: str, ended: str, subject: str) -> int:
    """Return how often something was noted as begun of a subject, and not as ended; what never began asks once."""
    begins = records.times_noted(begun, subject)
    return begins - records.times_noted(ended, subject) if begins else 0
