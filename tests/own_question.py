"""A question of an area's own, put in force in a running house by two editors, and taken back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from bot.desk.ports import Person

AREA = "kent"
WRITTEN = """
questions:
  kent-lives-afloat:
    words: Does the child live on a boat or in a caravan?
    in_other_words: I mean a home that can be moved, whether or not it is moved.
    why: Help for families whose homes move is asked for in another way here.
    label: Home that moves
    after: household
    red_flag: true
    options:
      "yes": {title: "Yes", said: [houseboat, narrowboat], present: [housing_unsettled]}
      "no": {title: "No"}
      unknown: {title: "Don't know"}
    from: 2018-10-01
    source: kent-guidance
    section: a question for tests
    verified: 2026-11-02
"""


@contextmanager
def asked_by_kent(house: Any) -> Iterator[None]:
    """Let Kent ask its own question until the block ends. Nothing is trained and nothing restarted."""
    editing, records, now = house.built.house.editing, house.built.records, datetime.now(UTC)
    ada, ben = (_editor(records, login) for login in ("editor.kent", "second.editor.kent"))
    draft = editing.start(ada, now)
    files = records.revision_files(draft.id)
    draft = editing.save(ada, draft.id, draft.edition, {"area.yml": files["area.yml"] + WRITTEN}, now)
    draft = editing.submit(ada, draft.id, draft.edition, now)
    against = editing.open(ben, draft.id, now).look.against
    approved = editing.approve(ben, draft.id, draft.edition, now.date(), against, now)
    try:
        yield
    finally:
        editing.withdraw(ben, approved.id, approved.edition, now)


def _editor(records: Any, login: str) -> Person:
    person, _, _ = records.worker_by_sign_in(login)
    return person
