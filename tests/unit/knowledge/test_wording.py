"""Sentences and button titles come from the dialogue's own files."""

import pytest

from bot.knowledge import PackError, UnknownWording, Wording

FILE = """
version: "3.1"
responses:
  utter_hello:
  - text: |-
      Hello {name}.
      Ring {number}.
  - text: Another way to say it.
  utter_ask_age_band:
  - text: How old?
    custom: {kind: ticks}
    buttons:
    - {title: 5 to 9, payload: '/answer{"age_band":"5_9"}'}
    - {title: Why do you ask?, payload: /ask_why}
    - {title: To another question, payload: '/answer{"trend":"worse"}'}
"""


@pytest.fixture
def wording(tmp_path):
    (tmp_path / "a.yml").write_text(FILE, "utf-8")
    return Wording(tmp_path)


def test_blanks_are_filled_and_lines_kept(wording):
    said = wording.say("utter_hello", name="{number}", number=999, unused="x")

    assert said == "Hello {number}.\nRing 999.", "what is put in is not read again"


def test_a_blank_left_open_is_never_said(wording):
    with pytest.raises(UnknownWording):
        wording.say("utter_hello", name="you")


def test_an_unknown_response_is_named(wording):
    with pytest.raises(UnknownWording, match="utter_helo"):
        wording.say("utter_helo")


def test_buttons_come_as_title_and_payload(wording):
    assert wording.buttons("utter_ask_age_band")[1] == ("Why do you ask?", "/ask_why")
    assert wording.buttons("utter_hello") == ()


def test_a_title_is_that_of_the_question_s_own_button(wording):
    assert wording.title_of("age_band", "5_9") == "5 to 9"
    assert wording.title_of("trend", "worse") == ""
    assert wording.title_of("age_band", "13_15") == ""


def test_a_response_in_two_files_is_refused(tmp_path):
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(FILE, "utf-8")

    with pytest.raises(PackError) as caught:
        Wording(tmp_path)

    assert caught.value.file.name == "b.yml"


BROKEN = {
    "a comma that splits a title": ("title: 5 to 9,", "title: 5, or 9,"),
    "a payload that is no answer": ('"5_9"}', '"5_9"'),
    "a misspelt key": ("{title: Why", "{titel: Why"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_button_is_refused_with_its_line(tmp_path, old, new):
    (tmp_path / "a.yml").write_text(FILE.replace(old, new), "utf-8")

    with pytest.raises(PackError) as caught:
        Wording(tmp_path)

    line = FILE[: FILE.index(old)].count("\n") + 1
    assert caught.value.line == line
