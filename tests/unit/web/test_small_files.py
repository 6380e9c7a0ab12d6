"""Files that are the same for everybody come in the smallest form that a browser reads."""

import asyncio
import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.web.small_files import small_files

WRITTEN = "a { color: red; }\n" * 200


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a sheet in all its forms. What is in them differs here, so that one can tell which came."""
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "one.css").write_text("as it is")
    (tmp_path / "made" / "one.css.gz").write_bytes(gzip.compress(b"by gzip", mtime=0))
    (tmp_path / "made" / "one.css.br").write_bytes(b"by brotli")
    return tmp_path / "made"


class Browser:
    """Asks for files, and keeps what was sent as it was sent."""

    def __init__(self, made: Path, written: Path) -> None:
        self.app = Starlette(routes=[Mount("/", small_files(made, written))])

    def get(self, path: str, reads: str, **headers: str) -> tuple[httpx.Response, bytes]:
        return asyncio.run(self._get(path, {"Accept-Encoding": reads} | headers))

    async def _get(self, path: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        there = httpx.ASGITransport(self.app)
        async with (
            httpx.AsyncClient(transport=there, base_url="http://testserver") as client,
            client.stream("GET", path, headers=headers) as answer,
        ):
            return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.fixture
def browser(made: Path) -> Browser:
    written = made.parent / "written"
    written.mkdir()
    for name in ("one.css", "two.css"):
        (written / name).write_text(WRITTEN)
    (made.parent / "secret.css").write_text("not for anybody")
    return Browser(made, written)


BR, GZIP, PLAIN = b"by brotli", gzip.compress(b"by gzip", mtime=0), b"as it is"


@pytest.mark.parametrize(
    ("reads", "comes", "holds"),
    [
        ("gzip, deflate, br, zstd", "br", BR),
        ("gzip;q=1.0, br;q=0.5", "br", BR),
        ("gzip, br;q=0", "gzip", GZIP),
        ("GZIP", "gzip", GZIP),
        ("identity", None, PLAIN),
        ("", None, PLAIN),
        ("brr, xgzipx", None, PLAIN),
    ],
)
def test_the_smallest_form_that_is_read_comes_and_says_what_it_is(browser, reads, comes, holds) -> None:
    answer, sent = browser.get("/one.css", reads)
    assert answer.headers.get("content-encoding") == comes
    assert answer.headers["content-type"].startswith("text/css")
    assert sent == holds
    assert int(answer.headers["content-length"]) == len(sent)
    assert not comes or answer.headers["vary"] == "Accept-Encoding"


def test_each_form_has_a_mark_of_its_own_and_is_not_sent_again(browser) -> None:
    small, plain = (browser.get("/one.css", reads)[0].headers["etag"] for reads in ("gzip", "identity"))
    assert small != plain
    again, sent = browser.get("/one.css", "gzip", **{"If-None-Match": small})
    assert (again.status_code, sent) == (304, b"")
    assert browser.get("/one.css", "gzip", **{"If-None-Match": plain})[0].status_code == 200


def test_what_was_not_made_small_is_so_on_the_way(browser) -> None:
    answer, sent = browser.get("/two.css", "gzip")
    assert gzip.decompress(sent).decode() == WRITTEN
    assert answer.headers["content-encoding"] == "gzip"
    assert browser.get("/two.css", "identity")[1].decode() == WRITTEN


@pytest.mark.parametrize("path", ["/three.css", "/../secret.css", "/%2e%2e/secret.css", "/", "/one.css/x"])
def test_nothing_else_is_given(browser, path) -> None:
    assert browser.get(path, "br")[0].status_code == 404
