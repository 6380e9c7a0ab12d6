"""What chats saw of a service that was killed, beside what it keeps: each answer once and in order, or told of."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from itertools import dropwhile
from pathlib import Path
from secrets import randbelow

from bot_api.people import Person

from bot.desk.watch import Watch
from bot.staff_wiring import staff_of
from bot.storage import SqlRecords
from bot.telegram.room import keyed
from tests.at_the_desk import wording
from tests.chaos_house import PEPPER, clock

PATIENCE = 60.0  # seconds for a file that is being written
WELCOME, NOTE = "Hello. Telegram can see", "may not have reached you"
# of a person, in order; one in which nobody has typed was begun when the service fell, and nobody knows of it
TALKS = """
    SELECT id FROM consultations WHERE person_id = :id
    AND EXISTS (SELECT 1 FROM messages WHERE consultation_id = consultations.id AND speaker = 'dsl') ORDER BY opened_at
"""
# of a link, beside the notes about them
UNSURE = """
    SELECT count(*) FROM telegram_outbox WHERE link_id = :id AND state = 'unsure' AND once NOT LIKE 'unsure:%'
"""


@dataclass
class Outcome:
    """What came of a run. `unsure` counts messages of which nobody knew, `missing` those of them that were not there.

    `wrong` is in words and should be empty.
    """

    updates: int
    kills: int
    seconds: float
    unsure: int = 0
    missing: int = 0
    wrong: list[str] = field(default_factory=list)


def begins(words: str) -> bool:
    """Whether words are typed as those of a new worry, which has a talk of its own."""
    return words.endswith("4")


def asked(folder: Path, query: str, **given: object) -> list[tuple]:
    """Return what a folder's file answers."""
    with closing(sqlite3.connect(folder / "noname.db", timeout=PATIENCE)) as connection:
        return connection.execute(query, given).fetchall()


def look_through(records: SqlRecords, folder: Path, person: Person, typed: list[str], outcome: Outcome) -> None:
    """Compare what one person typed and sees with what is kept."""
    link = staff_of(records, Watch(), randbelow, wording().say).link_of(keyed(PEPPER)(person.id), clock())
    if link is None:
        outcome.wrong.append(f"{person.id} is not linked")
        return
    talks = [_kept(records, talk) for (talk,) in asked(folder, TALKS, id=link.person.id)]
    said = [[words for speaker, words in talk if speaker == "dsl"] for talk in talks]
    if said != in_talks(typed):
        outcome.wrong.append(f"{person.id} typed {typed}, and kept is {said}")
    wanted = [WELCOME, *(words for talk in talks for words in _for_the_chat(talk))]
    heard = [WELCOME if seen.text.startswith(WELCOME) else seen.text for seen in person.heard]
    lost, untold = missing(wanted, heard)
    unsure = asked(folder, UNSURE, id=link.id)[0][0]
    outcome.missing += lost
    outcome.unsure += unsure
    if lost < 0:
        outcome.wrong.append(f"{person.id} heard {heard} and not {wanted}")
    elif untold or lost > unsure:
        outcome.wrong.append(f"{person.id} was not told of what is missing: {heard} for {wanted}")


def _kept(records: SqlRecords, talk: str) -> list[tuple[str, str]]:
    return [(one.utterance.speaker, str(one.utterance.text)) for one in records.messages(talk)]


def _for_the_chat(talk: list[tuple[str, str]]) -> list[str]:
    """Return what a talk says to a chat; its first words only where a talk was asked for."""
    typed = list(dropwhile(lambda one: one[0] != "dsl", talk))
    return [words for speaker, words in (talk if begins(typed[0][1]) else typed) if speaker != "dsl"]


def in_talks(typed: list[str]) -> list[list[str]]:
    """Return what is typed by the talk to which it belongs."""
    talks: list[list[str]] = [[]]
    for words in typed:
        if begins(words):
            talks.append([])
        talks[-1].append(words)
    return talks


def missing(wanted: list[str], heard: list[str]) -> tuple[int, int]:
    """Return how many of what was wanted were not heard, and of how many of these nothing told afterwards.

    -1 where something was heard twice, in another order, or was not wanted.
    """
    left, since, lost = list(wanted), 0, []
    last_note = max((place for place, words in enumerate(heard, 1) if NOTE in words), default=0)
    for place, words in enumerate(heard, 1):
        if NOTE in words:
            continue
        if words not in left:
            return -1, 0
        before = left.index(words)
        lost += [since] * before
        left, since = left[before + 1 :], place
    lost += [since] * len(left)
    return len(lost), sum(last_note <= after for after in lost)
