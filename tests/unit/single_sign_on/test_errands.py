"""Errands: signed by one key, for a while, and remembered no longer than they hold."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.desk.council import ERRAND_LASTS, NotBelieved
from bot.single_sign_on.errands import Errands
from tests.factories import NOW


def errands(key: str = "a key") -> Errands:
    drawn = count(1)
    return Errands(key, lambda n: next(drawn).to_bytes(n, "big"))


def test_an_errand_of_another_house_is_none_of_ours() -> None:
    sealed = errands("another key").sealed(errands().begin(NOW))
    with pytest.raises(NotBelieved):
        errands().opened(sealed, NOW)


def test_no_letter_of_an_errand_can_be_changed() -> None:
    ours = errands()
    sealed = ours.sealed(ours.begin(NOW))
    assert ours.opened(sealed, NOW)
    for place in range(len(sealed)):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(NotBelieved):
            ours.opened(changed, NOW)


def test_what_was_used_is_forgotten_once_it_would_be_over_anyhow() -> None:
    ours = errands()
    for step in range(5):
        now = NOW + step * ERRAND_LASTS
        begun = ours.begin(now)
        ours.use(ours.with_code(ours.sealed(begun), begun.state, "a code", now), now)
    assert len(ours._used) == 1


def test_what_another_process_has_used_is_not_believed() -> None:
    used: set[str] = set()

    def is_first_use(state: str, now: datetime) -> bool:
        is_first = state not in used
        used.add(state)
        return is_first

    drawn = count(1)
    here, there = (Errands("a key", lambda n: next(drawn).to_bytes(n, "big"), is_first_use) for _ in range(2))
    begun = here.begin(NOW)
    sealed = here.with_code(here.sealed(begun), begun.state, "a code", NOW)
    assert here.use(sealed, NOW).state == begun.state
    with pytest.raises(NotBelieved):
        there.use(sealed, NOW)


def test_an_errand_shows_nothing_of_itself() -> None:
    begun = errands().begin(NOW)
    assert not any(kept in repr(begun) for kept in (begun.state, begun.nonce, begun.verifier))


def test_an_errand_holds_until_its_last_second_and_not_longer() -> None:
    ours = errands()
    sealed = ours.sealed(ours.begin(NOW))
    assert ours.opened(sealed, NOW + ERRAND_LASTS - timedelta(seconds=1))
    with pytest.raises(NotBelieved):
        ours.opened(sealed, NOW + ERRAND_LASTS)
