"""The box of the page without a script: what stands in it, and what is told of that before it is sent."""

from dataclasses import dataclass
from typing import Any

from bot.consultation import RawText
from bot.desk.people import Person
from bot.desk.preview import Preview
from bot.web.door import Door
from bot.web.plain_talk import Place, places
from bot.web.removed import removed_line


@dataclass(frozen=True, slots=True, repr=False)
class LookedAt:
    """What would come of a text that has not been sent: in one line, place by place, and what points to a child."""

    line: str
    places: tuple[Place, ...]
    pointing: tuple[str, ...]


def looked_at(door: Door, seen: Preview, typed: str, words: tuple[str, ...]) -> LookedAt:
    """Return what is told of a text that was looked at, `words` being no names. It never says that none is left."""
    pointing = tuple(
        door.say("utter_look_may_point", words=one.words, vaguer=one.vaguer) for one in seen.findable
    )
    if not seen.is_looked_at:
        line = door.say("utter_look_not_now")
    elif seen.removed:
        line = removed_line(seen.removed, door.say, "utter_look_would_go") or ""
    else:
        line = door.say("utter_look_points_only" if pointing else "utter_look_nothing")
    return LookedAt(line, places(typed, seen.removed, words), pointing)


def in_the_box(door: Door, person: Person, consultation_id: str, typed: str) -> dict[str, Any]:
    """Return the `text` of the box and `whose` it is: what was just typed, one's own draft, or a colleague's words."""
    if typed:
        return {"text": typed, "whose": "typed"}
    if draft := door.house.talk.unsent(person, consultation_id):
        return {"text": draft.text, "whose": "own"}
    return {"text": door.house.staff.draft(person, consultation_id), "whose": "colleague"}


async def keep_draft_again(
    door: Door, person: Person, consultation_id: str, draft: str, after: int, words: tuple[str, ...]
) -> None:
    """Keep a draft that was there before message `after` did away with it. Nothing is kept that was not."""
    now = door.clock()
    await door.house.talk.keep_unsent(person, consultation_id, RawText(draft), after, words, now)
