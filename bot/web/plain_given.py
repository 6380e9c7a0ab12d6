"""What the forms of the page without a script send."""

import hmac
from typing import Literal

from pydantic import BaseModel, Field

from bot.web.person_api import Act
from bot.web.widget_api import ChoiceId
from bot.web.words import Typed, Word, Words, told

MOST_TICKS = 40


class GivenIn(BaseModel):
    """What one of the page's forms sends: a text, a choice, ticks of a message, a word to put back, or an act.

    `once` was minted with the form. `not_names` are words that the DSL has said are no names: they go from page to
    page with the forms. A word is put back into the message `number`, which was typed as `text`. With `look`, or
    with one more word that is `no_name`, a text is looked at and not sent: only the buttons for it send these.
    """

    once: str = Field(pattern=r"^[0-9a-f]{32}$")
    text: Typed | None = None
    choice: ChoiceId | None = None
    ticks_of: int | None = Field(default=None, ge=1, le=10**9)
    ticks: list[ChoiceId] = Field(default=[], max_length=MOST_TICKS)
    not_names: Words = []
    put_back: Word | None = None
    look: Literal["first"] | None = None
    no_name: Word | None = None
    number: int = Field(default=0, ge=0, le=10**9)
    act: Act | Literal["ask"] | None = None

    def typed(self) -> str:
        """Return the text as it was typed; a form sends the ends of lines in a way of its own."""
        return self.text.get_secret_value().replace("\r\n", "\n") if self.text else ""

    def looks(self) -> bool:
        """Whether the text is to be looked at and not sent."""
        return bool(self.look or self.no_name)

    def words(self) -> tuple[str, ...]:
        """Return the words that are no names, each once, the one that was just said to be none last."""
        said = told(self.not_names + ([self.no_name] if self.no_name else []))
        return tuple(dict.fromkeys(said))

    def client_id(self) -> str:
        """Return the same id for the same thing from the same form, and another for anything else.

        The key is gone with the page, so nobody can try out what was typed.
        """
        said = self.chosen() or "\0" + self.typed()
        return hmac.new(self.once.encode(), said.encode(), "sha256").hexdigest()[:32]

    def chosen(self) -> str | None:
        """Return the chosen ids as the house reads them, joined by commas."""
        return self.choice or ",".join(self.ticks) or None
