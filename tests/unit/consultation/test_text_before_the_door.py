"""What a person typed hides itself until the anonymiser asks for it."""

import copy
import json
import logging
import pickle
import traceback

import pytest

from bot.consultation import RawText

SECRET = "Quillon Vantreight"

WAYS_TO_SHOW = {
    "repr": repr,
    "str": str,
    "format": lambda raw: format(raw),
    "format with a spec": lambda raw: f"{raw:>40}",
    "f-string": lambda raw: f"{raw}",
    "f-string with repr": lambda raw: f"{raw!r}",
    "f-string with ascii": lambda raw: f"{raw!a}",
    "in a list": lambda raw: str([raw]),
    "in a dict": lambda raw: str({"text": raw}),
    "in an exception": lambda raw: str(ValueError(raw)),
}


@pytest.mark.parametrize("show", WAYS_TO_SHOW.values(), ids=WAYS_TO_SHOW.keys())
def test_raw_text_shows_only_its_length(show):
    shown = show(RawText(SECRET))

    assert SECRET not in shown
    assert str(len(SECRET)) in shown, "the length is shown, so that a log line still says something"


def test_raw_text_stays_hidden_in_a_log_line(caplog):
    logging.getLogger("door").warning("refused %s", RawText(SECRET))

    assert SECRET not in caplog.text
    assert "refused" in caplog.text


def test_raw_text_stays_hidden_in_a_traceback_that_shows_variables():
    def fail(typed: RawText) -> None:
        raise ValueError(typed)

    try:
        fail(RawText(SECRET))
    except ValueError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())

    assert "<RawText of 18 characters>" in shown, "the frame's variables are in the traceback"
    # The test's own source line is no leak: it holds the name of the constant, not its value.
    assert SECRET not in shown


@pytest.mark.parametrize(
    "keep",
    [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars],
    ids=["pickle", "copy", "deepcopy", "json", "vars"],
)
def test_raw_text_cannot_be_kept(keep):
    with pytest.raises(TypeError):
        keep(RawText(SECRET))


def test_raw_text_is_no_string_so_it_cannot_be_joined_or_stored_as_one():
    raw = RawText(SECRET)

    assert not isinstance(raw, str)
    with pytest.raises(TypeError):
        "said: " + raw
    with pytest.raises(TypeError):
        " ".join([raw])


def test_the_anonymiser_gets_exactly_what_was_typed():
    assert RawText("  He said\n“no”  ").reveal() == "  He said\n“no”  "
