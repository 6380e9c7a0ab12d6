"""In whose frames our pages may stand, by which cookies, and what another site's page is given."""

import gzip
import json
import re
from collections.abc import Iterator

import pytest

from bot.knowledge.logo import Logo
from bot.knowledge.partnership import Colours, Partnership
from bot.web.framing import Framing
from tests.fakes_web import FakeHouse, make_app
from tests.unit.web.visitor import Visitor, in_words

KENTS, BUCKS = "https://intranet.kent.example", "https://staff.bucks.example"
PARTNERSHIPS = {
    "kent": Partnership(
        name="Kent consultations", light=Colours("#0b3d91"), logo=Logo("image/svg+xml", b"<svg/>"), embed=(KENTS,)
    ),
    "buckinghamshire": Partnership(embed=(BUCKS, "https://staff.bucks.example:8443")),
    "hampshire": Partnership(),
}
FRAMED = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
OWN_FORM = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin", "Origin": "null"}


def _visitor(home: str) -> Visitor:
    visitor = Visitor(FakeHouse(), home)
    visitor.app = make_app(visitor.house, home, framing=Framing(PARTNERSHIPS, home))
    visitor._client._transport.app = visitor.app
    return visitor


@pytest.fixture
def away() -> Iterator[Visitor]:
    """Somebody at the door of a house that is reached over https, with three partnerships."""
    visitor = _visitor("https://noname.example")
    yield visitor
    visitor.close()


def ancestors(answer) -> str:
    return re.search(r"frame-ancestors ([^;]*)", answer.headers["content-security-policy"])[1]


def cookies(answer) -> list[str]:
    return answer.headers.get_list("set-cookie")


# whose frames


def test_a_frame_begins_where_the_areas_own_list_holds(away: Visitor) -> None:
    assert ancestors(away.get("/embed/kent", headers=FRAMED)) == f"'self' {KENTS}"
    assert ancestors(away.get("/embed/buckinghamshire")) == f"'self' {BUCKS} https://staff.bucks.example:8443"


@pytest.mark.parametrize("area", ["hampshire", "nowhere", "kent%2F..", "..%2Fkent", "kent%00", "KENT", ""])
def test_no_list_means_nobody(away: Visitor, area: str) -> None:
    assert ancestors(away.get(f"/embed/{area}", headers=FRAMED)) == "'self'"


@pytest.mark.parametrize("path", ["/", "/consultations/c1", "/compare", "/sign-in", "/api/consultations/c1", "/x"])
def test_the_pages_after_it_know_the_list_by_their_cookie(away: Visitor, path: str) -> None:
    assert ancestors(away.get(path)) == "'self'"
    away._client.cookies.set("__Host-noname_in", "kent")
    assert ancestors(away.get(path, headers=FRAMED)) == f"'self' {KENTS}"


@pytest.mark.parametrize(
    "forged", ["https://evil.example", "kent https://evil.example", "*", "hampshire", "nowhere", '"kent; x"', "kent,x"]
)
def test_a_forged_cookie_lets_nobody_in_who_is_not_listed(away: Visitor, forged: str) -> None:
    assert ancestors(away.get("/", headers=FRAMED | {"Cookie": f"__Host-noname_in={forged}"})) == "'self'"


@pytest.mark.parametrize("path", ["/duty/sign-in", "/duty/", "/duty", "/duty/no-such-thing"])
def test_the_console_is_never_framed(away: Visitor, path: str) -> None:
    away._client.cookies.set("__Host-noname_in", "kent")
    assert ancestors(away.get(path, headers=FRAMED)) == "'none'"


def test_no_older_header_speaks_against_the_list(away: Visitor) -> None:
    assert "x-frame-options" not in away.get("/embed/kent", headers=FRAMED).headers


# its cookies


def test_a_frame_remembers_its_area_and_only_a_frame_does(away: Visitor) -> None:
    assert cookies(away.get("/embed/kent", headers=FRAMED)) == [
        "__Host-noname_in=kent; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
    ]
    assert cookies(away.get("/embed/kent", headers={"Sec-Fetch-Dest": "document"})) == []
    assert cookies(away.get("/embed/hampshire", headers=FRAMED)) == []


def test_who_signs_in_in_a_frame_gets_a_session_that_is_kept_apart(away: Visitor) -> None:
    away.get("/embed/kent", headers=FRAMED)
    answer = away.post("/sign-in", data={"code": "kent-1"}, headers=OWN_FORM)
    [given] = [one for one in cookies(answer) if "Partitioned" in one]
    assert given.startswith("__Host-noname_dsl=")
    assert given.endswith("; Max-Age=36000; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")
    assert all("Max-Age=0" in one for one in cookies(answer) if one != given), "a strict one that was there is deleted"
    assert away.get("/").status_code == 200


@pytest.mark.parametrize("dest", ["document", "empty", "", "frame", "embed", "object"])
def test_anywhere_else_the_session_is_strict_as_ever(away: Visitor, dest: str) -> None:
    headers = {"Sec-Fetch-Dest": dest, "Sec-Fetch-Site": "same-origin"}
    [given] = cookies(away.post("/sign-in", data={"code": "kent-1"}, headers=headers))
    assert "SameSite=strict" in given
    assert "Partitioned" not in given


@pytest.mark.parametrize(("method", "path"), [("POST", "/sign-out"), ("DELETE", "/api/session")])
def test_signing_out_takes_back_both(away: Visitor, method: str, path: str) -> None:
    away.post("/sign-in", data={"code": "kent-1"}, headers=OWN_FORM)
    gone = cookies(away.ask(method, path))
    assert len(gone) == 2
    assert all(one.startswith("__Host-noname_dsl=") and "Max-Age=0" in one for one in gone)
    assert [one.endswith("SameSite=None; Partitioned") for one in gone] == [True, False]


def test_the_desks_session_is_never_kept_for_a_frame(away: Visitor) -> None:
    typed = {"login": "ann", "password": "duty", "second_factor": "123456"}
    [given] = cookies(away.post("/duty/sign-in", data=typed, headers=OWN_FORM))
    assert "SameSite=strict" in given


def test_over_plain_http_a_frame_still_gets_a_cookie_that_loopback_takes() -> None:
    visitor = _visitor("http://testserver")
    [given] = cookies(visitor.get("/embed/kent", headers=FRAMED))
    assert given == "noname_in=kent; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
    visitor.close()


FROM_ELSEWHERE = [
    {"Origin": KENTS, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"},
    {"Origin": KENTS, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize("path", ["/sign-out", "/sign-in", "/consultations", "/api/consultations", "/resume"])
def test_another_sites_page_cannot_post_with_a_frames_cookies(away: Visitor, headers: dict, path: str) -> None:
    """The origin that may show us may not act for us: the cookie goes along, and it is refused all the same."""
    away.get("/embed/kent", headers=FRAMED)
    away.post("/sign-in", data={"code": "kent-1"}, headers=OWN_FORM)
    answer = away.post(path, json={}, headers=headers)
    assert answer.status_code == 403
    assert not cookies(answer)
    assert away.get("/another").status_code == 200, "still signed in, so the cookie did go along"


# its pages


def test_a_frame_shows_the_areas_name_numbers_and_look(away: Visitor) -> None:
    page = away.get("/embed/kent", headers=FRAMED).text
    assert "Kent consultations" in page
    assert '<link rel="stylesheet" href="/theme/kent.css">' in page
    assert f'<meta name="noname-framed-by" content="{KENTS}">' in page
    assert away.house.emergency("kent")["out_of_hours"]["value"] in page


def test_a_page_that_stands_alone_has_nothing_of_a_frame(away: Visitor) -> None:
    for page in (away.get("/").text, away.get("/embed/kent").text):
        assert "framed.js" not in page
        assert KENTS not in page


def test_a_wrong_code_in_a_frame_keeps_the_look(away: Visitor) -> None:
    away.get("/embed/kent", headers=FRAMED)
    answer = away.post("/sign-in", data={"code": "nope"}, headers=OWN_FORM)
    assert answer.status_code == 401
    assert "/theme/kent.css" in answer.text
    assert ancestors(answer) == f"'self' {KENTS}"


def test_who_is_signed_out_in_a_frame_comes_back_to_where_it_began(away: Visitor) -> None:
    away.get("/embed/kent", headers=FRAMED)
    lost = away.get("/consultations/c1", headers=OWN_FORM)
    assert lost.headers["location"] == "/"
    assert away.get("/", headers=OWN_FORM).headers["location"] == "/embed/kent"
    assert away.get("/", headers={"Sec-Fetch-Dest": "document"}).status_code == 200, "not so in a window of its own"


def test_who_is_signed_in_goes_on_from_there(away: Visitor) -> None:
    away.get("/embed/kent", headers=FRAMED)
    away.post("/sign-in", data={"code": "kent-1"}, headers=OWN_FORM)
    assert away.get("/embed/kent", headers=FRAMED).headers["location"] == "/"
    assert "What would you like to do?" in away.get("/", headers=OWN_FORM).text


def test_signed_in_one_sees_the_look_of_ones_own_area(away: Visitor) -> None:
    away.get("/embed/buckinghamshire", headers=FRAMED)
    away.post("/sign-in", data={"code": "kent-1"}, headers=OWN_FORM)
    assert "/theme/kent.css" in away.get("/", headers=OWN_FORM).text


def test_the_desk_has_the_look_of_its_area(away: Visitor) -> None:
    assert "/theme/" not in away.get("/duty/sign-in").text
    assert "/theme/kent.css" in away.as_worker().get("/duty/").text


def test_an_area_that_is_not_here_is_said_with_a_number(away: Visitor) -> None:
    answer = away.get("/embed/nowhere")
    assert answer.status_code == 404
    assert "999" in in_words(answer.text)


# its look


def test_the_look_may_be_kept_if_it_is_asked_after(away: Visitor) -> None:
    for path, kind in (("/theme/kent.css", "text/css"), ("/theme/kent/logo", "image/svg+xml")):
        answer = away.get(path)
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["x-content-type-options"] == "nosniff"
        again = away.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/theme/hampshire.css",
        "/theme/hampshire/logo",
        "/theme/nowhere.css",
        "/theme/nowhere/logo",
        "/theme/..%2F..%2Fstatic%2Fbase.css",
        "/theme/kent%2F../logo",
        "/theme/kent/%2E%2E/%2E%2E/etc/passwd",
    ],
)
def test_a_look_that_is_not_there_is_not_looked_for_elsewhere(away: Visitor, path: str) -> None:
    assert away.get(path).status_code == 404


# its script


def said_by(script: str) -> dict:
    """Return what the script was told to say."""
    return json.JSONDecoder().raw_decode(script, script.index('{"areas":'))[0]


def test_the_script_is_for_other_sites_pages_and_small(away: Visitor) -> None:
    answer = away.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-encoding"] == "gzip"
    assert not cookies(answer)
    assert len(gzip.compress(answer.content, mtime=0)) < 5_000
    again = away.get("/widget.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"


def test_all_else_is_for_our_own_pages_alone(away: Visitor) -> None:
    for path in ("/static/widget.js", "/embed/kent", "/theme/kent.css", "/"):
        assert away.get(path).headers["cross-origin-resource-policy"] == "same-origin"


def test_the_script_knows_the_areas_that_may_be_shown_their_numbers_and_colours(away: Visitor) -> None:
    said = said_by(away.get("/widget.js").text)
    assert said["home"] == "https://noname.example"
    assert set(said["areas"]) == {"kent", "buckinghamshire"}
    assert said["areas"]["kent"]["name"] == "Kent consultations"
    assert said["areas"]["kent"]["danger"] == "999"
    assert said["areas"]["kent"]["colours"][0] == ["#0b3d91", "#ffffff"]
    front = away.house.emergency("kent")["front_door"]
    assert front["value"] in [one["value"] for one in said["areas"]["kent"]["ring"]]
    assert "999" in said["words"]["away"]
    assert KENTS not in away.get("/widget.js").text, "who may show it is nobody else's business"


def test_the_script_is_for_everybody_the_same(away: Visitor) -> None:
    before = away.get("/widget.js").content
    assert away.as_dsl().get("/widget.js").content == before
