"""Coming back: a reference typed into the chat leads its DSL to their consultation. It is not kept with the message."""

from dataclasses import replace

from bot.anonymiser.own_references import references_in
from bot.consultation import RawText
from bot.desk.incoming import Incoming
from bot.desk.payloads import payload
from bot.desk.ports import Consultation, Records

HERE, UNKNOWN = "here", "unknown"
_KEPT = '"reference_kept"'


def led_back(records: Records, consultation: Consultation, incoming: Incoming, typed: RawText) -> Incoming:
    """Return the message with what the dialogue is to hear of a reference that was typed in it.

    Somebody else's reference is as good as a wrong one.
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
    held = (records.consultation_by_reference(reference) for reference in told if reference)
    theirs = next((one.id for one in held if one and one.person_id == consultation.person_id), UNKNOWN)
    return replace(incoming, for_dialogue=payload("came_back", {"back_to": theirs}))
