"""How the anonymiser refuses. No refusal carries a word of what was typed."""


class AnonymiserFailed(Exception):
    """The text could not be made safe, so nothing of it may pass. Says only what was tried."""

    def __init__(self) -> None:
        super().__init__("the text could not be anonymised")


class TextTooLong(AnonymiserFailed):
    """The text is longer than the anonymiser reads (`LONGEST` characters)."""


class UnreadableScript(AnonymiserFailed):
    """Most of the text's letters are not Latin, and no detector here can read them."""


class TookTooLong(AnonymiserFailed):
    """Tried to redact a text before its deadline; what comes of it later is dropped."""


class AnonymiserShut(AnonymiserFailed):
    """Tried to redact while the anonymiser could not be opened: its model or a list is missing."""
