"""Standing: how many processes hold on to a database just now, and how many of them lead."""

from dataclasses import dataclass

import psycopg

from bot.together.ground import CONNECT_SECONDS, NAME
from bot.together.leading import LEADER

# A lock by one number of 64 bits is shown in two halves (pg_locks).
_ASKED = """
SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s),
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND classid::bigint = %s AND objid::bigint = %s)
"""
_HALF = 2**32


@dataclass(frozen=True, slots=True)
class Standing:
    """`processes` have a connection for locks; `leaders` of them lead: one, where all is well."""

    processes: int
    leaders: int


class NotAnswering(Exception):
    """Asked PostgreSQL who stands on it, and got no answer. Says the kind of the failure alone."""


def who_stands(url: str) -> Standing:
    """Return who stands on a database at a libpq address. Raises NotAnswering."""
    number = LEADER % 2**64
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute(_ASKED, (NAME, number // _HALF, number % _HALF)).fetchone()
    except psycopg.Error as failed:
        raise NotAnswering(type(failed).__name__) from None  # its words may quote the address
    return Standing(*row) if row else Standing(0, 0)
