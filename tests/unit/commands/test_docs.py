"""`docs` makes a site or renews pictures, and says in one line what kept it from doing so."""

import argparse

import pytest

from bot.commands import CannotRun, docs
from bot.handbook import Amiss


def options(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    docs.add_arguments(parser)
    return parser.parse_args(given)


def test_a_site_is_made_in_the_folder_that_was_named(tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(docs, "build", lambda *given: asked.append(given) or 49)

    assert docs.run(options("--to", str(tmp_path / "site"))) == 0
    assert asked == [(docs.ROOT, (tmp_path / "site").resolve(), docs.ROOT / ".venv/site/bin/python")]
    assert capsys.readouterr().out == f"49 pages; they begin at {(tmp_path / 'site').resolve() / 'index.html'}\n"


def test_what_is_amiss_is_said(tmp_path, monkeypatch):
    def refuse(*given):
        raise Amiss("README.md: leads to GONE.md, which is no page and no file to show")

    monkeypatch.setattr(docs, "build", refuse)
    with pytest.raises(CannotRun, match=r"README\.md: leads to GONE\.md"):
        docs.run(options("--to", str(tmp_path)))


@pytest.mark.parametrize("code", [0, 1])
def test_pictures_are_taken_by_the_walk_of_the_suite(monkeypatch, code):
    monkeypatch.setenv("NONAME_TUTORIAL_PICTURES", "")
    asked = []
    monkeypatch.setattr(docs.suite, "run", lambda given: asked.append((given.only, given.rest)) or code)
    if code:
        with pytest.raises(CannotRun):
            docs.run(options("--pictures"))
    else:
        assert docs.run(options("--pictures")) == 0
    assert asked == [(True, ["tests/journeys/test_tutorial.py"])]
    assert docs.os.environ["NONAME_TUTORIAL_PICTURES"].endswith("docs/images/tutorial")


@pytest.mark.parametrize("given", [(), ("--pictures", "--to", "site")])
def test_it_does_one_of_both(given):
    with pytest.raises(SystemExit):
        options(*given)
