"""Signing in with a council account: against an issuer on loopback, which speaks HTTP and lies when it is told to."""

import base64
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import parse_qsl, urlsplit

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher

from bot.desk.entrance import Entrance
from bot.desk.sign_in import WORKER_IDLE, WORKER_SESSION, SignIn
from bot.desk.watch import Watch
from bot.duty_wiring import council_of
from bot.settings import load_settings
from bot.single_sign_on import Client, CouncilSignIn, Issuer
from bot.storage import SqlRecords, make_engine, migrate
from tests.factories import NOW
from tests.fake_issuer import CLIENT_ID, SECRET, FakeIssuer, fake_issuer
from tests.fakes import finds_nothing
from tests.fakes_web import FakeHouse, make_app
from tests.keys import make_keys
from tests.unit.web.visitor import Visitor, in_words

OUT, BACK = "/duty/sign-in/council", "/duty/sign-in/council/back"
LOGIN, PASSWORD, TOTP = "sam@council.example", "heron on the amber water", pyotp.random_base32()
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Noting(SqlRecords):
    """Records that keep a list of what was noted beside the chain."""

    def note(self, what: str, who: str, subject: str, now: datetime) -> None:
        self.noted = [*getattr(self, "noted", []), what]
        super().note(what, who, subject, now)


class RealEntrance(Entrance, FakeHouse):
    """A fake house with the real way in."""

    def __init__(self, records: SqlRecords) -> None:
        FakeHouse.__init__(self, lambda: self.now)
        drawn = count(1)
        self.now, self.watch = NOW, Watch()
        self.sign_ins = SignIn(records, lambda n: next(drawn).to_bytes(n, "big"), hasher=QUICK)


class Browser(Visitor):
    """A visitor whose requests bring a strict cookie only when a page of ours made them."""

    def __init__(self, house: RealEntrance, council: CouncilSignIn | None, base_url: str = "http://testserver") -> None:
        super().__init__(house, base_url)
        self.app = make_app(house, base_url, council=council)
        self._client = httpx.AsyncClient(transport=self._over(), base_url=base_url, headers={"Origin": base_url})

    def _over(self, address: str = "192.0.2.7") -> httpx.ASGITransport:
        return httpx.ASGITransport(self.app, client=(address, 1234))

    def from_another_site(self, path: str) -> httpx.Response:
        """Follow another site's link: cookies that are strict stay at home."""
        strict = [one for one in self._client.cookies.jar if one._rest.get("SameSite") == "strict"]
        for one in strict:
            self._client.cookies.jar.clear(one.domain, one.path, one.name)
        answer = self.get(path)
        for one in strict:
            if "set-cookie" not in answer.headers or f"{one.name}=" not in answer.headers["set-cookie"]:
                self._client.cookies.jar.set_cookie(one)
        return answer

    def set_out(self) -> dict[str, str]:
        """Press the button, and return what the council is asked."""
        self.sent = self.get(OUT)
        assert self.sent.status_code == 303, self.sent.text
        return dict(parse_qsl(urlsplit(self.sent.headers["location"]).query))

    def sign_in_at(self, issuer: FakeIssuer) -> httpx.Response:
        """Go the whole way, and return the last answer."""
        came = self.from_another_site(issuer.authorise(self.set_out()).removeprefix("http://testserver"))
        return self.get(BACK) if came.status_code == 200 else came

    @property
    def token(self) -> str:
        return self._client.cookies.get("noname_duty", "")


@pytest.fixture
def issuer() -> Iterator[FakeIssuer]:
    with fake_issuer(int(NOW.timestamp())) as issuer:
        yield issuer


@pytest.fixture
def records(tmp_path) -> Iterator[SqlRecords]:
    url = f"sqlite:///{tmp_path / 'noname.db'}"
    migrate(url)
    ids = count(1)
    given = {"pepper": "p" * 16, "scan": finds_nothing, "new_id": lambda: f"id-{next(ids)}"}
    kept = Noting(make_engine(url), keys=make_keys(tmp_path), **given)
    kept.add_worker(LOGIN, "Sam Worker", "kent", QUICK.hash(PASSWORD), TOTP)
    yield kept
    kept.let_go()


def sign_in_of(address: str, claim: str = "email", secret: str = SECRET) -> CouncilSignIn:
    drawn = count(1000)
    client = Client(CLIENT_ID, f"http://testserver{BACK}", claim, secret)
    return CouncilSignIn(Issuer(address, 2.0), client, "a session key", lambda n: next(drawn).to_bytes(n, "big"))


@pytest.fixture
def browser(issuer: FakeIssuer, records: SqlRecords) -> Iterator[Browser]:
    browser = Browser(RealEntrance(records), sign_in_of(issuer.address))
    yield browser
    browser.close()


def is_out(browser: Browser, answer: httpx.Response, status: int = 401) -> bool:
    """Whether an answer leaves somebody at the form, with the number to ring, and without any session."""
    at_the_form = 'name="password"' in answer.text and "999" in in_words(answer.text)
    return answer.status_code == status and at_the_form and "noname_duty=" not in str(answer.headers)


# the good way


def test_a_colleague_with_a_council_account_comes_in_as_who_they_are_here(browser, issuer, records) -> None:
    answer = browser.sign_in_at(issuer)
    assert (answer.status_code, answer.headers["location"]) == (303, "/duty/")
    person = browser.house.sign_ins.who(browser.token, NOW)
    assert (person.name, person.area, person.role) == ("Sam Worker", "kent", "duty_worker")
    assert records.noted == ["sign_in.accepted"]
    assert browser.get("/duty/").status_code == 200


def test_role_and_area_are_ours_whatever_the_council_says(browser, issuer) -> None:
    issuer.changed = {"role": "manager", "roles": ["administrator"], "area": "surrey", "name": "Somebody Else"}
    browser.sign_in_at(issuer)
    person = browser.house.sign_ins.who(browser.token, NOW)
    assert (person.name, person.area, person.role) == ("Sam Worker", "kent", "duty_worker")


def test_the_council_is_asked_for_a_code_with_a_proof_key_and_no_more_than_an_email(browser, issuer) -> None:
    asked = browser.set_out()
    assert urlsplit(browser.sent.headers["location"]).path == "/authorize"
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", CLIENT_ID, "openid email")
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == (f"http://testserver{BACK}", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_the_secret_goes_to_the_council_alone_and_in_a_header(browser, issuer) -> None:
    browser.sign_in_at(issuer)
    assert issuer.proofs[0].startswith("Basic ")
    assert SECRET not in str(issuer.forms)
    assert len(issuer.forms[0]["code_verifier"]) >= 43


def test_a_council_that_gave_no_secret_gets_the_client_id_and_the_proof_key(issuer, records) -> None:
    browser = Browser(RealEntrance(records), sign_in_of(issuer.address, secret=""))
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"
    assert (issuer.proofs, issuer.forms[0]["client_id"]) == ([""], CLIENT_ID)
    browser.close()


def test_another_claim_may_be_the_login_and_case_does_not_matter(issuer, records) -> None:
    issuer.claims = {"sub": "4711", "preferred_username": " SAM@Council.example "}
    browser = Browser(RealEntrance(records), sign_in_of(issuer.address, claim="preferred_username"))
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"
    browser.close()


def test_the_council_changes_its_keys_and_the_next_sign_in_finds_the_new_one(browser, issuer) -> None:
    browser.sign_in_at(issuer)
    issuer.key = type(issuer.key).generate_key(2048, {"kid": "two"})
    issuer.published.append(issuer.key)
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"
    assert issuer.asked.count("GET /keys") == 2
    assert issuer.asked.count("GET /.well-known/openid-configuration") == 1


# what a browser sends


def test_the_session_that_the_browser_had_is_ended_although_the_way_back_does_not_bring_it(browser, issuer) -> None:
    browser.sign_in_at(issuer)
    first = browser.token
    browser.sign_in_at(issuer)
    assert browser.token != first
    assert browser.house.sign_ins.who(first, NOW) is None
    assert browser.house.sign_ins.who(browser.token, NOW) is not None


def test_coming_back_goes_on_by_a_page_of_ours_that_has_no_code_in_it(browser, issuer) -> None:
    came = browser.from_another_site(issuer.authorise(browser.set_out()).removeprefix("http://testserver"))
    assert f'<meta http-equiv="refresh" content="0; url={BACK}">' in came.text
    assert f'href="{BACK}"' in came.text
    assert "code-1" not in came.text
    assert issuer.forms == [], "only what a page of ours asks for is asked of the council"
    assert browser.from_another_site(BACK).status_code == 401, "no other site can make a browser sign in"


def test_the_errand_is_kept_in_a_cookie_that_no_script_reads_for_ten_minutes(browser, issuer) -> None:
    sent = browser.get(OUT).headers["set-cookie"]
    cookie = SimpleCookie(sent)["noname_council"]
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == ("600", OUT, "lax")
    assert cookie["httponly"]


def test_over_https_the_errand_has_the_prefix_that_browsers_enforce(issuer, records) -> None:
    browser = Browser(RealEntrance(records), sign_in_of(issuer.address), "https://noname.example")
    sent = browser.get(OUT).headers["set-cookie"]
    assert sent.startswith("__Secure-noname_council=")
    assert "Secure" in sent.split("; ")
    browser.close()


def test_a_session_from_the_council_ends_as_any_other(browser, issuer) -> None:
    browser.sign_in_at(issuer)
    assert browser.house.sign_ins.who(browser.token, NOW + WORKER_IDLE + timedelta(seconds=1)) is None
    browser.sign_in_at(issuer)
    for minutes in range(0, 12 * 60, 20):
        assert browser.house.sign_ins.who(browser.token, NOW + timedelta(minutes=minutes)) is not None
    assert browser.house.sign_ins.who(browser.token, NOW + WORKER_SESSION) is None


# what is not believed

LIES = {
    "for another service": {"aud": "another service"},
    "for another service, though we are said to have asked": {"aud": "another service", "azp": CLIENT_ID},
    "for several services, and not said which asked": {"aud": [CLIENT_ID, "another service"]},
    "for several services, and another asked": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "for nobody": {"aud": None},
    "an answer to another errand": {"nonce": "another nonce"},
    "an answer to no errand": {"nonce": None},
    "over": {"exp": int(NOW.timestamp()) - 120},
    "without an end": {"exp": None},
    "not begun": {"nbf": int(NOW.timestamp()) + 600},
    "of the future": {"iat": int(NOW.timestamp()) + 600},
    "of another issuer": {"iss": "https://elsewhere.example"},
    "of nobody": {"iss": None},
    "for an address that nobody confirmed": {"email_verified": False},
    "of another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "without a login": {"email": None},
    "with a list for a login": {"email": [LOGIN]},
    "with an empty login": {"email": "  "},
    "with an endless login": {"email": "a" * 300},
}  # fmt: skip


@pytest.mark.parametrize("changed", LIES.values(), ids=LIES.keys())
def test_a_token_with_one_wrong_word_lets_nobody_in(browser, issuer, records, changed) -> None:
    issuer.changed = changed
    assert is_out(browser, browser.sign_in_at(issuer))
    assert records.noted == ["sign_in.refused"]


@pytest.mark.parametrize(
    "how",
    [
        "unsigned", "with_the_public_key_as_a_secret", "with_a_key_of_nobody", "with_another_key_of_the_same_name",
        "with_words_changed_afterwards", "in_no_form",
    ],
)  # fmt: skip
def test_a_token_that_is_not_signed_as_it_should_be_lets_nobody_in(browser, issuer, records, how) -> None:
    issuer.sign = getattr(issuer, how)
    assert is_out(browser, browser.sign_in_at(issuer))
    assert records.noted == ["sign_in.refused"]
    assert issuer.forms, "it was the token that was not believed, not the way there"


# errands


def test_a_state_that_was_used_lets_nobody_in_again(browser, issuer, records) -> None:
    there = issuer.authorise(browser.set_out()).removeprefix("http://testserver")
    errand = browser._client.cookies.get("noname_council", path=OUT)
    browser.from_another_site(there)
    with_code = browser._client.cookies.get("noname_council", path=OUT)
    assert browser.get(BACK).headers["location"] == "/duty/"
    for kept, path in ((errand, there), (with_code, BACK)):
        browser._client.cookies.set("noname_council", kept, path=OUT)
        assert is_out(browser, browser.get(path)), "a cookie that somebody kept is over"
    assert len(issuer.forms) == 1
    assert records.noted == ["sign_in.accepted"]


def test_without_the_cookie_nobody_comes_in_and_the_council_is_not_asked(browser, issuer, records) -> None:
    there = issuer.authorise(browser.set_out()).removeprefix("http://testserver")
    browser._client.cookies.clear()
    for path in (there, BACK, f"{BACK}?error=access_denied"):
        assert is_out(browser, browser.get(path))
    assert issuer.forms == []


@pytest.mark.parametrize("broken", ["", "x", "a.b", "ä.ö", "e30.0"])
def test_a_cookie_that_is_not_ours_opens_nothing(browser, issuer, broken) -> None:
    for path in (f"{BACK}?code=1&state=1", BACK):
        cookie = f"noname_council={broken}".encode("latin-1")
        assert is_out(browser, browser.get(path, headers={b"Cookie": cookie}))


@pytest.mark.parametrize(
    "twisted", [{"state": "another"}, {"state": "ä"}, {"code": ""}, {"iss": "https://elsewhere.example"}]
)
def test_what_comes_back_has_to_fit_the_errand(browser, issuer, twisted) -> None:
    there = urlsplit(issuer.authorise(browser.set_out()))
    said = dict(parse_qsl(there.query)) | twisted
    assert is_out(browser, browser.from_another_site(f"{BACK}?{httpx.QueryParams(said)}"))
    assert issuer.forms == []


def test_an_errand_is_over_after_ten_minutes(browser, issuer) -> None:
    there = issuer.authorise(browser.set_out()).removeprefix("http://testserver")
    browser.house.now = NOW + timedelta(minutes=10)
    assert is_out(browser, browser.from_another_site(there))


def test_a_code_of_another_browser_is_refused_by_the_proof_key(browser, issuer, records) -> None:
    stolen = issuer.authorise(browser.set_out())
    asked = browser.set_out()
    said = dict(parse_qsl(urlsplit(stolen).query)) | {"state": asked["state"]}
    browser.from_another_site(f"{BACK}?{httpx.QueryParams(said)}")
    assert is_out(browser, browser.get(BACK))
    assert len(issuer.forms) == 1


# who is not here


def test_a_login_that_is_not_here_opens_nothing_and_nobody_is_created(browser, issuer, records) -> None:
    issuer.claims["email"] = "new@council.example"
    answer = browser.sign_in_at(issuer)
    assert is_out(browser, answer)
    assert "does not open this service" in in_words(answer.text)
    assert [one.login for one in records.colleagues()] == [LOGIN]
    assert records.noted == ["sign_in.refused"]


def test_a_disabled_colleague_is_told_the_same_as_somebody_who_was_never_here(browser, issuer, records) -> None:
    issuer.claims["email"] = "new@council.example"
    never_here = browser.sign_in_at(issuer)
    records.disable(LOGIN, NOW)
    issuer.claims["email"] = LOGIN
    answer = browser.sign_in_at(issuer)
    assert is_out(browser, answer)
    assert answer.text == never_here.text


def test_a_client_that_fails_too_often_has_to_wait_and_the_council_is_not_asked_meanwhile(browser, issuer) -> None:
    issuer.claims["email"] = "new@council.example"
    for _ in range(20):
        browser.sign_in_at(issuer)
    asked = len(issuer.forms)
    answer = browser.sign_in_at(issuer)
    assert (answer.status_code, "999" in answer.text) == (429, True)
    assert len(issuer.forms) == asked
    browser.house.now = NOW + timedelta(minutes=15)
    issuer.now, issuer.claims["email"] = int(browser.house.now.timestamp()), LOGIN
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"


def test_another_site_that_leads_a_browser_here_does_not_lock_its_council_out(browser, issuer) -> None:
    for _ in range(30):
        for path in (f"{BACK}?code=1&state=1", BACK):
            browser.from_another_site(path)
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"


# the council does not answer


def by_password(browser: Browser) -> httpx.Response:
    typed = {"login": LOGIN, "password": PASSWORD, "second_factor": pyotp.TOTP(TOTP).at(NOW)}
    return browser.post("/duty/sign-in", data=typed)


def test_when_the_council_is_down_it_is_said_and_the_password_still_opens(records) -> None:
    browser = Browser(RealEntrance(records), sign_in_of("http://127.0.0.1:9"))
    answer = browser.get(OUT)
    assert is_out(browser, answer, 503)
    assert "Use the form" in in_words(answer.text)
    assert by_password(browser).headers["location"] == "/duty/"
    browser.close()


def test_a_council_that_falls_silent_on_the_way_locks_nobody_out(browser, issuer) -> None:
    for _ in range(25):
        there = issuer.authorise(browser.set_out()).removeprefix("http://testserver")
        browser.from_another_site(there)
        issuer.token = lambda form: (500, {"error": "server_error"})
        assert is_out(browser, browser.get(BACK), 503)
    assert by_password(browser).headers["location"] == "/duty/"


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": None},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(browser, issuer, described) -> None:
    issuer.described = described
    assert is_out(browser, browser.get(OUT), 503)


def test_without_the_settings_there_is_no_button_and_its_addresses_lead_to_the_form(records) -> None:
    browser = Browser(RealEntrance(records), None)
    assert OUT not in browser.get("/duty/sign-in").text
    for path in (OUT, BACK, f"{BACK}?code=1&state=1"):
        assert browser.get(path).headers["location"] == "/duty/sign-in"
    browser.close()


def test_the_settings_are_all_that_it_needs(issuer, records, tmp_path) -> None:
    (tmp_path / "council-secret").write_text(f"{SECRET}\n")
    said = {"OIDC_ISSUER": issuer.address, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET_FILE": "council-secret"}
    said |= {"PUBLIC_URL": "http://testserver/", "OIDC_LOGIN_CLAIM": "upn"}
    settings = load_settings({f"NONAME_{name}": value for name, value in said.items()}, root=tmp_path)
    issuer.claims["upn"] = LOGIN
    drawn = count(1000)
    browser = Browser(RealEntrance(records), council_of(settings, lambda n: next(drawn).to_bytes(n, "big")))
    assert browser.sign_in_at(issuer).headers["location"] == "/duty/"
    assert base64.b64decode(issuer.proofs[0].removeprefix("Basic ")).decode() == f"{CLIENT_ID}:{SECRET}"
    browser.close()


def test_with_them_the_button_stands_beside_the_form(browser) -> None:
    page = browser.get("/duty/sign-in").text
    assert f'href="{OUT}">Sign in with your council account</a>' in page
    assert 'name="password"' in page


# what is told of it


@pytest.mark.parametrize("changed", [{}, {"aud": "another"}, {"email": "new@council.example"}])
def test_neither_log_nor_page_nor_address_has_token_code_claim_or_secret(browser, issuer, caplog, changed) -> None:
    for name in ("", "httpx", "httpcore"):  # a bot that was put together in this process has quietened these two
        caplog.set_level(logging.DEBUG, logger=name or None)
    issuer.changed = changed
    last = browser.sign_in_at(issuer)
    # The browser of these tests is httpx too, and logs where it goes.
    logged = [one.getMessage() for one in caplog.records if "http://testserver" not in one.getMessage()]
    said = "\n".join(logged) + last.text + str(last.headers)
    assert any("/token" in one for one in logged), "a log that is silent proves nothing"
    for kept in (*issuer.tokens, SECRET, issuer.proofs[0], "an access token", "code-1", LOGIN, "new@council.example"):
        assert kept not in said, kept
    if changed:
        assert "council_sign_in_failed kind=" in caplog.text
