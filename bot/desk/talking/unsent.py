"""Unsent: what a DSL has typed and not sent, kept so that nothing is typed twice.

It is looked at as a message is, before anything is kept, and nothing is learnt from it. Raw text dies in `reception`.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.anonymiser import TookTooLong
from bot.consultation import RawText
from bot.desk import alias
from bot.desk.consult import Counsel
from bot.desk.incoming import Refusal, incoming_of
from bot.desk.ports import Consultation, UncleanWrite
from bot.desk.receive import Reception


async def keep_unsent(
    reception: Reception,
    counsel: Counsel,
    consultation: Consultation,
    typed: RawText,
    after: int,
    not_names: Sequence[str],
    now: datetime,
) -> bool:
    """Keep what is left of a text that was not sent; say whether it is kept. An empty one deletes what was.

    What could not be looked at, and what may be the school's alias for the child, is not kept.
    """
    records = counsel.records
    if len(typed) == 0:
        records.forget_unsent(consultation.id, now)
        return False
    if alias.may_be_one(len(typed)) and alias.is_asked(records, consultation):
        return False
    memory = reception.memory_of(consultation.id).copy()
    try:
        incoming = incoming_of(await reception.looked_at(typed, memory, now, not_names))
        left = alias.put_away(records, consultation, incoming, counsel.wording)
        if left is not incoming:
            return False
        return records.keep_unsent(consultation.id, incoming.text, after, now, put_back=tuple(not_names))
    except (Refusal, TookTooLong, UncleanWrite):
        return False  # what was kept before stays: it is older, and clean
