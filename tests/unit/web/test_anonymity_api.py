"""What is taken out, told place by place: before it is sent, once it is, and when a word was no name after all."""

import pytest

from bot.consultation import Finding
from bot.web.removed import is_restorable
from tests.fakes_web import POINTING
from tests.unit.web.visitor import Visitor

TYPED = "mum Sharon at the Zumbatron, 07700900123"


def put_back(dsl: Visitor, consultation: str, number: int, **body: object):
    return dsl.post(f"/api/consultations/{consultation}/messages/{number}/put-back", json=body)


def preview(dsl: Visitor, consultation: str, text: str, not_names: tuple[str, ...] = ()):
    return dsl.post(f"/api/consultations/{consultation}/preview", json={"text": text, "not_names": list(not_names)})


def stretches(removed: list[dict], text: str) -> dict[str, bool]:
    return {text[one["start"] : one["end"]]: one["restorable"] for one in removed}


# what was taken out of a message


def test_each_place_is_told_and_whether_it_may_be_put_back(dsl: Visitor) -> None:
    removed = dsl.says(dsl.opened(), text=TYPED).json()["removed"]
    assert stretches(removed, TYPED) == {"Sharon": True, "Zumbatron": True, "07700900123": False}
    assert [one["shown"] for one in removed] == ["[parent 1]", "[word]", "[phone]"]
    assert [set(one) for one in removed] == [{"start", "end", "kind", "shown", "restorable"}] * 3


FOUND_RESTORABLE = [("NAME", "[child]"), ("NAME", "[adult 2]"), ("OTHER", "[word]"), ("OTHER", "[place]")]
LEFT_OUT = [
    ("PHONE", "[phone]"), ("EMAIL", "[email]"), ("ADDRESS", "[address]"), ("POSTCODE", "[postcode]"),
    ("DATE_OF_BIRTH", "[date: last Friday]"), ("CASE_REF", "[case number]"), ("SCHOOL", "[school]"),
    ("HANDLE", "[username]"), ("OTHER", "[removed]"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "shown"), FOUND_RESTORABLE)
def test_names_places_and_words_may_be_put_back(kind: str, shown: str) -> None:
    assert is_restorable(Finding(0, 5, kind, shown))


@pytest.mark.parametrize(("kind", "shown"), LEFT_OUT)
def test_numbers_dates_contacts_addresses_and_schools_may_not(kind: str, shown: str) -> None:
    assert not is_restorable(Finding(0, 5, kind, shown))


def test_words_that_are_no_names_go_with_every_later_message(dsl: Visitor) -> None:
    said = dsl.says(dsl.opened(), text="at the Zumbatron", not_names=["Zumbatron"]).json()
    assert said["message"]["text"] == "at the Zumbatron"
    assert said["removed"] == []


# put back


def test_a_word_is_put_back_into_ones_own_message(dsl: Visitor) -> None:
    consultation = dsl.opened()
    number = dsl.says(consultation, text=TYPED).json()["message"]["number"]
    got = put_back(dsl, consultation, number, text=TYPED, words=["Zumbatron"]).json()
    assert got["message"]["text"] == "mum [parent 1] at the Zumbatron, [phone]"
    assert got["message"]["number"] == number
    assert "Zumbatron" not in stretches(got["removed"], TYPED)
    assert dsl.house.kept[consultation].messages[number - 1].utterance.text == got["message"]["text"]


def test_a_second_word_needs_the_first_to_match_what_is_kept(dsl: Visitor) -> None:
    consultation = dsl.opened()
    number = dsl.says(consultation, text=TYPED).json()["message"]["number"]
    put_back(dsl, consultation, number, text=TYPED, words=["Zumbatron"])
    both = {"text": TYPED, "words": ["Zumbatron", "Sharon"]}
    assert put_back(dsl, consultation, number, **both).json()["refusal"]["id"] == "utter_refused_put_back"
    got = put_back(dsl, consultation, number, **both, before=["Zumbatron"]).json()
    assert got["message"]["text"] == "mum Sharon at the Zumbatron, [phone]"


def test_another_text_is_refused_in_words_and_changes_nothing(dsl: Visitor) -> None:
    consultation = dsl.opened()
    said = dsl.says(consultation, text=TYPED).json()["message"]
    got = put_back(dsl, consultation, said["number"], text="mum Sharon is fine", words=["Sharon"]).json()
    assert got["message"] is None
    assert "999" in got["refusal"]["text"]
    assert dsl.house.kept[consultation].messages[said["number"] - 1].utterance.text == said["text"]


MALFORMED = {
    "no words": {"text": "x", "words": []},
    "a number": {"text": "x", "words": ["canary1"]},
    "two words": {"text": "x", "words": ["canary canary"]},
    "a sign": {"text": "x", "words": ["canary-canary"]},
    "nothing": {"text": "x", "words": [""]},
    "a word that is too long": {"text": "x", "words": ["canary" * 7]},
    "too many words": {"text": "x", "words": ["canary"] * 41},
    "too many words before": {"text": "x", "words": ["canary"], "before": ["canary"] * 41},
    "no text": {"words": ["canary"]},
    "an empty text": {"text": "", "words": ["canary"]},
    "a null": {"text": "canary \0", "words": ["canary"]},
}


@pytest.mark.parametrize("body", MALFORMED)
def test_only_single_words_of_letters_can_be_put_back_and_nothing_is_echoed(dsl: Visitor, body: str, caplog) -> None:
    answer = put_back(dsl, dsl.opened(), 1, **MALFORMED[body])
    assert answer.status_code == 422
    assert "canary" not in answer.text + caplog.text


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999999"])
def test_a_number_that_is_none_is_refused(dsl: Visitor, number: str) -> None:
    consultation = dsl.opened()
    path = f"/api/consultations/{consultation}/messages/{number}/put-back"
    assert dsl.post(path, json={"text": "x", "words": ["x"]}).status_code == 422


# a preview


def test_a_preview_tells_what_would_be_taken_out_and_keeps_nothing(dsl: Visitor) -> None:
    consultation = dsl.opened()
    before = list(dsl.house.kept[consultation].messages)
    seen = preview(dsl, consultation, TYPED).json()
    assert stretches(seen["marks"], TYPED) == {"Sharon": True, "Zumbatron": True, "07700900123": False}
    assert seen["refusal"] is None
    assert dsl.house.kept[consultation].messages == before


def test_a_preview_knows_the_words_that_are_no_names(dsl: Visitor) -> None:
    seen = preview(dsl, dsl.opened(), TYPED, ("Sharon", "Zumbatron")).json()
    assert stretches(seen["marks"], TYPED) == {"07700900123": False}


def test_a_preview_tells_what_points_to_one_child_and_vaguer_words(dsl: Visitor) -> None:
    text = f"she is {POINTING} here"
    (place,) = preview(dsl, dsl.opened(), text).json()["findable"]
    assert text[place["start"] : place["end"]] == place["words"] == POINTING
    assert place["vaguer"] == "someone with a disability"


def test_a_preview_says_when_nothing_can_be_taken_in(dsl: Visitor) -> None:
    consultation = dsl.opened()
    dsl.house.shut = True
    seen = preview(dsl, consultation, "anything").json()
    assert seen["refusal"]["id"] == "utter_refused_not_safe"
    assert (seen["marks"], seen["findable"]) == ([], [])


@pytest.mark.parametrize("path", ["preview", "messages/1/put-back"])
def test_the_guards_are_those_of_messages(visitor: Visitor, path: str) -> None:
    body = {"text": "canary", "words": ["canary"]}
    assert visitor.post(f"/api/consultations/c0001/{path}", json=body).status_code == 401
    at = f"/api/consultations/{visitor.as_dsl().opened()}/{path}"
    assert visitor.post(at, json=body, headers={"Origin": "http://evil.example"}).status_code == 403
    assert visitor.post(at, json=body | {"text": "x" * 70_000}).status_code == 413
    assert visitor.post(at, json={"text": {"canary": 1}, "words": ["x"]}).status_code == 422
