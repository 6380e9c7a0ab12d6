"""Who may do what to a revision: the whole table, so that what is not in it cannot be done."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.knowledge.revision import Act, NeedsSecondPerson, NoSuchMove, Revision, RevisionState

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

# state, act: where it leads, and whether it takes somebody who has not written in it
ALLOWED = {
    ("draft", "edited"): ("draft", False),
    ("draft", "submitted"): ("submitted", False),
    ("draft", "withdrawn"): ("withdrawn", False),
    ("submitted", "taken_back"): ("draft", False),
    ("submitted", "approved"): ("approved", True),
    ("submitted", "sent_back"): ("rejected", True),
    ("submitted", "withdrawn"): ("withdrawn", False),
    ("rejected", "edited"): ("draft", False),
    ("rejected", "withdrawn"): ("withdrawn", False),
    ("approved", "withdrawn"): ("withdrawn", False),
}


def revision(state: str) -> Revision:
    return Revision("r", "kent", RevisionState(state), "", "", "ada", NOW, NOW, written_by=("ada",))


@pytest.mark.parametrize(("state", "act"), list(product(RevisionState, Act)))
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_every_act_in_every_state(state: RevisionState, act: Act, who: str) -> None:
    leads = ALLOWED.get((state.value, act.value))
    held, later = revision(state), NOW + timedelta(hours=1)
    if leads is None:
        with pytest.raises(NoSuchMove):
            held.moved(act, who, later)
        assert not held.may(act, who)
    elif leads[1] and who == "ada":
        with pytest.raises(NeedsSecondPerson):
            held.moved(act, who, later)
        assert not held.may(act, who)
    else:
        assert held.may(act, who)
        moved = held.moved(act, who, later)
        assert (moved.state.value, moved.edition, moved.changed_at) == (leads[0], held.edition + 1, later)


def test_nothing_leads_out_of_withdrawn() -> None:
    assert not [act for act in Act if revision("withdrawn").may(act, "ben")]
