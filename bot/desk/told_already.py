"""What a DSL has been told already, so that a person does not contradict it unawares."""

from collections.abc import Iterable

from bot.desk.ports import Message
from bot.knowledge.wording import Wording

# The headings of an outcome under which advice stands; the rest of it gives reasons.
_ADVICE = (
    "utter_heading_next",
    "utter_heading_routes",
    "utter_heading_consent",
    "utter_heading_early_help",
    "utter_heading_now",
    "utter_heading_more_now",
)


def advice_in(messages: Iterable[Message], wording: Wording) -> list[str]:
    """Return every line of advice in the outcomes that were shown, in order, each once."""
    headings = {wording.say(heading) for heading in _ADVICE}
    told: dict[str, None] = {}
    for message in messages:
        said = message.utterance
        if said.speaker == "dsl":
            continue
        for section in (said.card or {}).get("sections") or ():
            if section["heading"] in headings:
                told.update(dict.fromkeys(line["text"] for line in section["items"]))
    return list(told)
