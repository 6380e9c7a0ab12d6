"""Signing in: who gets in, for how long, and what a guesser learns."""

from datetime import timedelta
from hashlib import sha256
from itertools import count

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.consultation import RawText
from bot.desk.attempts import Attempts, LockedOut
from bot.desk.sign_in import SignIn, hash_password, new_access_code, new_second_factor, second_factor_uri
from tests.factories import CODE, NOW, create_dsl

PASSWORD = "heron on the amber water"
SECRET = pyotp.random_base32()
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def random_bytes():
    drawn = count(1)
    return lambda n: next(drawn).to_bytes(n, "big")


@pytest.fixture
def sign_in(records, random_bytes) -> SignIn:
    return SignIn(records, random_bytes, hasher=QUICK)


@pytest.fixture
def dsl(records):
    return create_dsl(records)


@pytest.fixture
def worker(records):
    return records.add_worker("sam", "Sam Worker", "kent", QUICK.hash(PASSWORD), SECRET)


def code_at(moment=NOW, secret=SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


def try_worker(sign_in, now=NOW, login="sam", password=PASSWORD, code=None, client="10.0.0.1"):
    return sign_in.worker(login, RawText(password), code_at(now) if code is None else code, client, now)


def try_dsl(sign_in, code=CODE, now=NOW, client="10.0.0.1"):
    return sign_in.dsl(RawText(code), client, now)


# who gets in


def test_a_dsl_signs_in_with_their_code(sign_in, dsl):
    session = try_dsl(sign_in)
    assert session.person == dsl
    assert sign_in.who(session.token, NOW) == dsl


@pytest.mark.parametrize("code", ["", CODE[:-1] + "X", "Ann Example", "0" * 18])
def test_nobody_signs_in_with_another_code(sign_in, dsl, code):
    assert try_dsl(sign_in, code) is None


def test_a_worker_signs_in_with_login_password_and_code(sign_in, worker):
    session = try_worker(sign_in, login=" SAM ")
    assert session.person == worker
    assert sign_in.who(session.token, NOW) == worker


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "kim"},
        {"login": ""},
        {"password": PASSWORD.upper()},
        {"password": ""},
        {"code": "000000"},
        {"code": ""},
        {"code": "half past"},
        {"code": "１２３４５６"},
        {"code": code_at(NOW - timedelta(minutes=5))},
        {"code": code_at(secret="A" * 32)},
    ],
)
def test_one_wrong_part_of_three_keeps_a_worker_out(sign_in, worker, wrong):
    assert try_worker(sign_in, **wrong) is None


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_phone_may_be_half_a_minute_off(sign_in, worker, seconds):
    assert try_worker(sign_in, code=code_at(NOW + timedelta(seconds=seconds)))


def test_a_code_typed_with_a_space_is_the_same_code(sign_in, worker):
    code = code_at()
    assert try_worker(sign_in, code=f"{code[:3]} {code[3:]} ")


def test_a_code_that_was_used_is_not_good_again(sign_in, worker):
    assert try_worker(sign_in)
    assert try_worker(sign_in) is None
    assert try_worker(sign_in, code=code_at(NOW - timedelta(seconds=30))) is None, "an earlier code was good"
    assert try_worker(sign_in, NOW + timedelta(seconds=30))


def test_a_wrong_password_does_not_use_the_code_up(sign_in, worker):
    assert try_worker(sign_in, password="wrong") is None
    assert try_worker(sign_in)


# what a guesser learns


class CountingHasher(PasswordHasher):
    """Counts how often a password is really checked."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []

    def verify(self, hash: str, password: str) -> bool:
        self.checked.append(hash)
        return super().verify(hash, password)


@pytest.mark.parametrize("wrong", [{"login": "nobody"}, {"password": "wrong"}, {"code": "000000"}, {}])
def test_the_password_is_checked_at_the_same_cost_whatever_is_wrong(records, random_bytes, wrong):
    hasher = CountingHasher()
    records.add_worker("sam", "Sam Worker", "kent", hasher.hash(PASSWORD), SECRET)
    try_worker(SignIn(records, random_bytes, hasher=hasher), **wrong)
    costs = {hash.rsplit("$", 2)[0] for hash in hasher.checked}
    assert len(hasher.checked) == 1
    assert costs == {"$argon2id$v=19$m=8,t=1,p=1"}


def test_a_token_is_32_random_bytes_and_only_its_hash_is_kept(records, sign_in, dsl):
    token = try_dsl(sign_in).token
    assert len(bytes.fromhex(token)) == 32
    assert records.session_person(token, NOW) is None
    assert records.session_person(sha256(token.encode()).hexdigest(), NOW) == dsl


def test_every_sign_in_gets_a_token_of_its_own(sign_in, dsl):
    assert try_dsl(sign_in).token != try_dsl(sign_in).token


def test_the_audit_chain_has_ids_and_nothing_that_was_typed(records, sign_in, dsl):
    try_dsl(sign_in, "wrong")
    try_dsl(sign_in)
    assert records.audit == [
        ("sign_in.refused", "", "", NOW),
        ("sign_in.accepted", dsl.id, "", NOW),
    ]


# for how long


def test_a_worker_is_out_after_half_an_hour_of_nothing(sign_in, worker):
    token = try_worker(sign_in).token
    assert sign_in.who(token, NOW + timedelta(minutes=29))
    assert sign_in.who(token, NOW + timedelta(minutes=58))
    assert sign_in.who(token, NOW + timedelta(minutes=88)) is None


def test_a_page_that_polls_does_not_keep_a_worker_in(sign_in, worker):
    token = try_worker(sign_in).token
    for minute in range(0, 30, 5):
        assert sign_in.who(token, NOW + timedelta(minutes=minute), active=False)
    assert sign_in.who(token, NOW + timedelta(minutes=30), active=False) is None


def test_a_busy_worker_is_out_after_twelve_hours(sign_in, worker):
    session = try_worker(sign_in)
    assert session.expires == NOW + timedelta(hours=12)
    for minutes in range(20, 12 * 60, 20):
        assert sign_in.who(session.token, NOW + timedelta(minutes=minutes))
    assert sign_in.who(session.token, NOW + timedelta(hours=12)) is None


def test_a_dsl_stays_in_for_a_working_day_and_no_longer(sign_in, dsl):
    session = try_dsl(sign_in)
    assert sign_in.who(session.token, session.expires - timedelta(seconds=1))
    assert sign_in.who(session.token, session.expires) is None
    assert timedelta(hours=8) <= session.expires - NOW < timedelta(hours=14)


def test_whoever_signs_out_is_out(sign_in, dsl):
    token = try_dsl(sign_in).token
    sign_in.out(token)
    assert sign_in.who(token, NOW) is None


# too many guesses


def test_a_client_that_guesses_codes_has_to_wait_and_others_do_not(sign_in, dsl):
    for _ in range(20):
        assert try_dsl(sign_in, "wrong") is None
    with pytest.raises(LockedOut) as locked:
        try_dsl(sign_in)
    assert locked.value.until == NOW + timedelta(minutes=15)
    assert try_dsl(sign_in, client="10.0.0.2")
    assert try_dsl(sign_in, now=NOW + timedelta(minutes=15))


def test_a_client_that_guesses_a_password_has_to_wait_even_with_the_right_one(sign_in, worker):
    for _ in range(5):
        assert try_worker(sign_in, password="wrong") is None
    with pytest.raises(LockedOut):
        try_worker(sign_in)
    assert try_worker(sign_in, client="10.0.0.2"), "one client locked a worker out of another"


def test_a_login_that_is_guessed_from_everywhere_has_to_wait(sign_in, worker):
    for n in range(50):
        assert try_worker(sign_in, password="wrong", client=f"10.0.1.{n}") is None
    with pytest.raises(LockedOut):
        try_worker(sign_in, client="10.0.2.1")


def test_a_login_that_is_not_there_is_locked_as_any_other(sign_in):
    for _ in range(5):
        assert try_worker(sign_in, login="nobody") is None
    with pytest.raises(LockedOut):
        try_worker(sign_in, login="nobody")


def test_signing_in_rightly_is_never_too_often(sign_in, dsl):
    for _ in range(60):
        assert try_dsl(sign_in)


def test_a_restart_forgives_nobody(records, random_bytes):
    for _ in range(5):
        assert try_worker(SignIn(records, random_bytes, hasher=QUICK), login="nobody") is None
    with pytest.raises(LockedOut):
        try_worker(SignIn(records, random_bytes, hasher=QUICK), login="nobody")


def test_guesses_made_at_once_are_counted_before_they_are_checked(records):
    attempts = Attempts(records)
    for _ in range(3):
        attempts.begin({("a",): 3}, NOW)
    with pytest.raises(LockedOut):
        attempts.begin({("a",): 3}, NOW)


def test_what_was_locked_out_is_not_counted_against_other_keys(records):
    attempts = Attempts(records)
    attempts.begin({("a",): 1}, NOW)
    with pytest.raises(LockedOut):
        attempts.begin({("a",): 1, ("b",): 1}, NOW)
    attempts.begin({("b",): 1}, NOW)


# new people


def test_a_new_password_is_kept_as_argon2id():
    hashed = hash_password(RawText(PASSWORD))
    assert hashed.startswith("$argon2id$")
    assert PASSWORD not in hashed
    assert PasswordHasher().verify(hashed, PASSWORD)


def test_a_new_access_code_signs_in(records, sign_in):
    numbers = count(7)
    dsl = create_dsl(records, new_access_code(lambda below: next(numbers) % below))
    numbers = count(7)
    again = new_access_code(lambda below: next(numbers) % below)
    assert try_dsl(sign_in, again.lower()).person == dsl


def test_a_new_second_factor_can_be_read_by_a_phone(random_bytes):
    secret = new_second_factor(random_bytes)
    assert len(secret) == 32
    read = pyotp.parse_uri(second_factor_uri(secret, "sam"))
    assert (read.secret, read.name, read.issuer) == (secret, "sam", "noname")
