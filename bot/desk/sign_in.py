"""Sign in: a DSL by access code, a duty worker by password and second factor, both to a session.

Imports argon2 and pyotp, which nothing else here does.
"""

from base64 import b32encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.consultation import RawText
from bot.consultation.reference import make_reference
from bot.desk.attempts import Attempts
from bot.desk.people import OpenSession, Person
from bot.desk.ports import Records

TOKEN_BYTES = 32
SECRET_BYTES = 20
DSL_SESSION = timedelta(hours=10)  # a school's working day, early breakfast club to parents' evening
WORKER_SESSION = timedelta(hours=12)
WORKER_IDLE = timedelta(minutes=30)
STAY = timedelta(hours=1)  # by how much whoever asks to stay signed in does, at least
# However often they ask. It is more than twenty hours, after which no limit of time has to be extendable (WCAG 2.2.1).
LONGEST_SESSION = timedelta(hours=24)
# A school or a council may reach us from one address, so an address may be wrong more often than a login.
_PER_CLIENT, _PER_LOGIN_AND_CLIENT, _PER_LOGIN = 20, 5, 50
_STEPS_ALLOWED = (-1, 0, 1)  # phones' clocks are half a minute wrong now and then


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun. The token goes to the person's browser and is kept nowhere else."""

    token: str
    person: Person
    expires: datetime


class SignIn:
    """Lets people in, and knows them again by their token.

    `random_bytes(n)` draws from the machine's chance. A sign-in that is refused returns None and
    never says what was wrong with it; too many raise LockedOut.
    """

    def __init__(
        self,
        records: Records,
        random_bytes: Callable[[int], bytes],
        attempts: Attempts | None = None,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._records = records
        self._random_bytes = random_bytes
        self._attempts = attempts or Attempts(records)
        self._hasher = hasher or PasswordHasher()
        # Somebody who is not there has a password too, so that their sign-in takes as long as any other.
        self._nobody = (self._hasher.hash(random_bytes(TOKEN_BYTES)), new_second_factor(random_bytes))

    def dsl(self, code: RawText, client: str, now: datetime) -> Session | None:
        """Sign a DSL in by access code. `client` tells who is asking apart, such as by address."""
        limits = {("client", client): _PER_CLIENT}
        self._attempts.begin(limits, now)
        person = self._records.person_by_access_code(code.reveal())
        return self._let_in(person, limits, now, DSL_SESSION, None)

    def worker(self, login: str, password: RawText, code: str, client: str, now: datetime) -> Session | None:
        """Sign a duty worker in by login, password and the six digits of their second factor."""
        login = login.strip().casefold()
        limits = {
            ("client", client): _PER_CLIENT,
            ("login", login, "client", client): _PER_LOGIN_AND_CLIENT,
            ("login", login): _PER_LOGIN,
        }
        self._attempts.begin(limits, now)
        found = self._records.worker_by_sign_in(login)
        person, (password_hash, secret) = (found[0], found[1:]) if found else (None, self._nobody)
        # Both are always looked at: the time taken must not say which of them was wrong.
        knows = self._is_password(password_hash, password)
        step = _step_of(secret, code, now)
        if person is None or not knows or step is None or not self._records.spend_step(person, step):
            person = None
        return self._let_in(person, limits, now, WORKER_SESSION, WORKER_IDLE)

    def council_begins(self, client: str, now: datetime) -> None:
        """Count a sign-in that the council is about to vouch for. Raises LockedOut."""
        self._attempts.begin({("client", client): _PER_CLIENT}, now)

    def council_away(self, client: str, now: datetime) -> None:
        """Take that back: the council did not answer, which is nobody's wrong guess."""
        self._attempts.take_back({("client", client): _PER_CLIENT}, now)

    def council(self, login: RawText | None, client: str, now: datetime) -> Session | None:
        """Sign a colleague in whose login the council vouches for. Role and area are those kept here."""
        found = self._records.worker_by_sign_in(login.reveal()) if login else None
        limits = {("client", client): _PER_CLIENT}
        return self._let_in(found[0] if found else None, limits, now, WORKER_SESSION, WORKER_IDLE)

    def who(self, token: str, now: datetime, *, active: bool = True) -> Person | None:
        """Return whose session this is. A page that polls by itself is not `active`."""
        return self._records.session_person(_hash(token), now, active=active)

    def stay(self, person: Person, token: str, now: datetime) -> None:
        """Keep a session for another while, up to LONGEST_SESSION from its beginning."""
        for one in self.sessions(person, token, now):
            if one.this:
                self._records.prolong_session(_hash(token), now, min(now + STAY, one.started_at + LONGEST_SESSION))

    def out(self, token: str) -> str | None:
        """End a session, and return whose it was, by id."""
        return self._records.end_session(_hash(token))

    def sessions(self, person: Person, token: str, now: datetime) -> tuple[OpenSession, ...]:
        """Return the person's sessions that hold, the newest first; the one of `token` says that it is this."""
        return self._records.sessions_of(person, now, _hash(token))

    def out_everywhere(self, person: Person, now: datetime) -> None:
        """End every session of the person."""
        self._records.end_sessions_of(person, now)

    def _is_password(self, password_hash: str, password: RawText) -> bool:
        try:
            return self._hasher.verify(password_hash, password.reveal())
        except (VerificationError, InvalidHashError):
            return False

    def _let_in(
        self,
        person: Person | None,
        limits: Mapping[tuple[str, ...], int],
        now: datetime,
        lasts: timedelta,
        idle: timedelta | None,
    ) -> Session | None:
        if person is None:
            self._records.note("sign_in.refused", "", "", now)
            return None
        self._attempts.take_back(limits, now)
        token = self._random_bytes(TOKEN_BYTES).hex()
        self._records.start_session(person, _hash(token), now, now + lasts, idle=idle)
        self._records.note("sign_in.accepted", person.id, "", now)
        return Session(token, person, now + lasts)


def hash_password(password: RawText) -> str:
    """Return the Argon2id hash of a new password, for `add_worker`."""
    return PasswordHasher().hash(password.reveal())


def new_access_code(random_below: Callable[[int], int]) -> str:
    """Return a new access code for a DSL: 84 random bits, in groups of four characters."""
    return make_reference(random_below)


def new_second_factor(random_bytes: Callable[[int], bytes]) -> str:
    """Return a new second-factor secret of 160 bits, in base 32, for `add_worker`."""
    return b32encode(random_bytes(SECRET_BYTES)).decode()


def second_factor_uri(secret: str, login: str) -> str:
    """Return the address that an authenticator app reads, as a picture, to learn the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="noname")


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is, or None. Every step is compared, whichever fits."""
    totp = pyotp.TOTP(secret)
    here = totp.timecode(now)
    typed = "".join(code.split())
    codes = {here + n: totp.generate_otp(here + n) for n in _STEPS_ALLOWED}
    fits = [step for step, right in codes.items() if pyotp.utils.strings_equal(typed, right)]
    return fits[-1] if fits else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
