"""No payload leaves, and nothing but known keys does."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.ports import Button, Message, Utterance
from bot.web.outward import card_out, message_out, pieces, placeholders
from tests.fakes_web import NOW

ANSWER = '/answer{"red_flag_list":"%s"}'


def message(*buttons: Button, card: dict | None = None, text: str = "", speaker: str = "assistant") -> Message:
    return Message(7, NOW, Utterance(speaker, text, buttons, card))


def test_buttons_go_out_as_ids_and_titles() -> None:
    out = message_out(message(Button("Yes", "/canary"), Button("No", "/canary")))
    assert [(button.id, button.title) for button in out.buttons] == [("7.0", "Yes"), ("7.1", "No")]
    assert "canary" not in out.model_dump_json()


def test_a_card_of_ticks_offers_the_answers_and_leaves_the_rest_buttons() -> None:
    buttons = (
        Button("Left alone", ANSWER % "left_alone"),
        Button("None of these", ANSWER % "none"),
        Button("Why do you ask?", "/ask_why"),
    )
    out = message_out(message(*buttons, card={"kind": "ticks", "question": "red_flag_list"}))
    assert out.card == {
        "kind": "ticks",
        "question": "",
        "options": [
            {"id": "7.0", "title": "Left alone", "alone": False},
            {"id": "7.1", "title": "None of these", "alone": True},
        ],
    }
    assert [(button.id, button.title) for button in out.buttons] == [("7.2", "Why do you ask?")]


def test_a_row_that_can_be_changed_has_an_id_and_another_has_none() -> None:
    rows = [
        {"label": "Age", "value": "8", "words": [], "change": "/canary"},
        {"label": "Area", "value": "Kent"},
    ]
    out = card_out({"kind": "table", "title": "Answers", "rows": rows, "secret": "canary"}, 7)
    assert [row["change"] for row in out["rows"]] == ["7.r0", None]
    assert "canary" not in json.dumps(out)


def test_a_card_nobody_knows_is_not_sent() -> None:
    assert card_out({"kind": "canary", "payload": "/canary"}, 7) is None
    assert card_out(None, 7) is None


PLACEHOLDERS = {
    "found": {
        "mum [parent 1] and [parent 2]": ["[parent 1]", "[parent 2]"],
        "[child], [child] again": ["[child]"],
        "her [NHS number]": ["[NHS number]"],
    },
    "left alone": ["no names here", "an [sic] of ours", "[1]", "array[0]", ""],
}


def test_placeholders_are_found_each_once() -> None:
    for text, found in PLACEHOLDERS["found"].items():
        assert placeholders(text) == found


def test_other_brackets_are_left_alone() -> None:
    for text in PLACEHOLDERS["left alone"]:
        assert placeholders(text) == []


@given(text=st.text(alphabet="[]a child12", max_size=60))
def test_pieces_are_the_whole_text_and_those_taken_out_its_placeholders(text: str) -> None:
    cut = pieces(text)
    assert "".join(piece for piece, _ in cut) == text
    assert list(dict.fromkeys(piece for piece, is_taken_out in cut if is_taken_out)) == placeholders(text)


@given(payloads=st.lists(st.text(min_size=1).map(lambda text: f"/secret-{text}"), max_size=6))
def test_whatever_the_payload_it_stays_here(payloads: list[str]) -> None:
    buttons = [Button("Title", payload) for payload in payloads]
    rows = [{"label": "Label", "value": "Value", "words": [], "change": payload} for payload in payloads]
    card = {"kind": "table", "title": "Table", "rows": rows}
    assert "secret" not in message_out(message(*buttons, card=card)).model_dump_json()
