"""Coming back: a reference typed into the chat leads its DSL to their consultation. It is not kept with the message."""

from dataclasses import replace
from datetime import datetime

from bot.anonymiser.own_references import references_in
from bot.consultation import RawText
from bot.desk.attempts import LockedOut
from bot.desk.by_reference import own_by_reference
from bot.desk.incoming import Incoming
from bot.desk.payloads import payload
from bot.desk.ports import Consultation, Records

HERE, UNKNOWN = "here", "unknown"
_KEPT = '"reference_kept"'


def led_back(
    records: Records, consultation: Consultation, incoming: Incoming, typed: RawText, now: datetime
) -> Incoming:
    """Return the message with what the dialogue is to hear of a reference that was typed in it.

    Somebody else's reference is as good as a wrong one, and so is any after too many wrong ones: a message is
    taken in whatever it brings.
    """
    told = references_in(typed)
    if not told:
        return incoming
    if consultation.reference in told:
        # Typed back while it was asked for it shows that it is kept.
        newest = records.offered_buttons(consultation.id)[:1]
        if any(_KEPT in button.payload for button in newest):
            return replace(incoming, for_dialogue=payload("answer", {"reference_kept": "yes"}))
        return replace(incoming, for_dialogue=payload("came_back", {"back_to": HERE}))
    try:
        theirs = own_by_reference(records, consultation.person_id, filter(None, told), now)
    except LockedOut:
        theirs = None
    return replace(incoming, for_dialogue=payload("came_back", {"back_to": theirs.id if theirs else UNKNOWN}))
