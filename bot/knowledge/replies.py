"""Approved replies: what a desk has ready to be said, by whose approval and until when that is looked at again."""

import re
from dataclasses import dataclass
from datetime import date

from bot.knowledge.entry import Entry, checked_id

# What may be filled in: nothing that anybody typed, and nothing of the child.
PLACEHOLDERS = frozenset({"area", "due", "front_door", "out_of_hours", "reference"})
APPROVERS = ("desk_manager", "service_manager", "safeguarding_partnership")
_BLANK = re.compile(r"\{([a-z_]+)\}")
_NEVER = re.compile(r"no need to refer|not need to refer|safe to wait|low risk", re.IGNORECASE)
_KEYS = ("text", "approved_by", "approved_on", "review_by")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that may be chosen and changed before it is sent. `text` has blanks of PLACEHOLDERS.

    `approved_by` is a role, one of APPROVERS. The approval holds from `approved_on` until the end of `review_by`.
    """

    id: str
    text: str
    approved_by: str
    approved_on: date
    review_by: date

    def holds(self, on: date) -> bool:
        """Whether the reply may be offered on the day."""
        return self.approved_on <= on <= self.review_by


def load_replies(entry: Entry, on: date) -> tuple[Reply, ...]:
    """Return the replies that may be offered on the day, in the order of the file. Raises PackError."""
    return tuple(reply for reply, _ in written_replies(entry) if reply.holds(on))


def written_replies(entry: Entry) -> list[tuple[Reply, Entry]]:
    """Return every reply of the file with its place, whether or not its approval still holds. Raises PackError."""
    return [(_reply(checked_id(name, held), held), held) for name, held in entry.members().items()]


def _reply(name: str, entry: Entry) -> Reply:
    fields = entry.fields(_KEYS)
    approved, review = fields["approved_on"].day(), fields["review_by"].day()
    if review <= approved:
        fields["review_by"].fail("a reply is looked at again after it was approved, not before")
    return Reply(name, _text(fields["text"]), fields["approved_by"].one_of(APPROVERS), approved, review)


def _text(entry: Entry) -> str:
    words = entry.text()
    if set(_BLANK.findall(words)) - PLACEHOLDERS or re.search(r"[{}]", _BLANK.sub("", words)):
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        entry.fail(f"only these blanks can be filled in: {known}")
    if never := _NEVER.search(words):
        entry.fail(f"{never[0]!r} is never said: a worry is not talked down")
    return words
