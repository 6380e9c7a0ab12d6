"""Shut: what stands at the door when the anonymiser could not be opened. It lets no text through."""

from bot.anonymiser.errors import AnonymiserShut


class Shut:
    """Refuses every text. Answers like an Anonymiser, so that nobody behind the door needs to know.

    `why` is the kind of what went wrong, the name of an exception's class and nothing it said.
    """

    def __init__(self, why: str = "") -> None:
        self.why = why

    def redact(self, *_: object, **__: object) -> None:
        """Raise AnonymiserShut."""
        raise AnonymiserShut

    def second_scan(self, *_: object, **__: object) -> None:
        """Raise AnonymiserShut."""
        raise AnonymiserShut

    def record_of(self, *_: object, **__: object) -> None:
        """Raise AnonymiserShut."""
        raise AnonymiserShut
