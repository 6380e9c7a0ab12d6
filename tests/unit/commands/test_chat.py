"""The terminal: what a line of typing means when there is something to choose."""

import pytest

from bot.commands.chat import chosen, options_of, show

TICKS = {"kind": "ticks", "options": [{"id": "3.t0", "title": "Police"}, {"id": "3.t1", "title": "Health"}]}


def message(*titles, card=None):
    buttons = [{"id": f"3.{place}", "title": title} for place, title in enumerate(titles)]
    return {"buttons": buttons, "card": card}


@pytest.mark.parametrize(
    ("offered", "typed", "said"),
    [
        (message("Yes", "No"), "2", {"choice": "3.1"}),
        (message("Yes", "No"), "no", {"choice": "3.1"}),
        (message("Yes", "No"), "3", {"text": "3"}),
        (message("Yes", "No"), "no idea", {"text": "no idea"}),
        (message("0", "1", "2"), "1", {"choice": "3.1"}),
        (message("Yes", "No"), "1 2", {"text": "1 2"}),
        (message(), "7", {"text": "7"}),
        (message("Done", card=TICKS), "1, 2", {"choices": ["3.t0", "3.t1"]}),
        (message("Done", card=TICKS), "2", {"choices": ["3.t1"]}),
        (message("Done", card=TICKS), "3", {"choice": "3.0"}),
        (message("Done", card=TICKS), "1 3", {"text": "1 3"}),
    ],
)
def test_a_number_or_a_title_chooses_and_anything_else_is_said(offered, typed, said):
    assert chosen(typed, options_of(offered)) == said


def test_what_several_messages_offer_is_numbered_through(capsys):
    table = {
        "kind": "table",
        "title": "Understood",
        "rows": [{"label": "Age", "value": "5 to 9", "change": "3.r0"}],
    }
    first = {**message(card=table), "speaker": "assistant", "text": "Please put me **right**."}
    second = {**message("That is right"), "speaker": "assistant", "text": "Is that right?"}
    offered = show([first, second])
    assert [option["id"] for option in offered] == ["3.r0", "3.0"]
    shown = capsys.readouterr().out
    assert "Please put me right." in shown
    assert "[1] Age" in shown
    assert "[2] That is right" in shown


def test_rows_that_can_be_changed_come_after_the_buttons():
    card = {"kind": "table", "rows": [{"label": "Area", "change": None}, {"label": "Age", "change": "3.r1"}]}
    assert chosen("2", options_of(message("That is right", card=card))) == {"choice": "3.r1"}
