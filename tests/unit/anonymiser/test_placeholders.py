"""Placeholders: they say what the person is to the child, and stay the same through a consultation."""

import pickle

import pytest

from bot.anonymiser import Anonymiser, Memory
from bot.consultation import RawText

ROLES = [
    ("mum Sharon never came", "mum [parent 1] never came"),
    ("his sister Lily is fine", "his sister [sibling 1] is fine"),
    ("stepdad Dave hit him", "stepdad [adult 1] hit him"),
    ("Kian was crying", "[child] was crying"),
    ("Kian and his sister Lily", "[child] and his sister [sibling 1]"),
    ("Sharon (mum) rang", "[parent 1] (mum) rang"),
    ("Amelia Farah, social worker, visited", "[adult 1], social worker, visited"),
    ("Mrs Patel told Mr Khan", "Mrs [adult 1] told Mr [adult 2]"),
    ("parents are Freya Osman and Piotr Turner", "parents are [parent 1] and [parent 2]"),
    ("Leila said that Oscar hit her", "[child] said that [child 2] hit her"),
    ("he told his friend Oscar", "he told his friend [child 2]"),
    ("Kian Walsh is 9. Kian has bruises", "[child] is 9. [child] has bruises"),
    ("from Oakfield Academy to Thornfield Primary", "from [school] to [school 2]"),
]


@pytest.mark.parametrize(("text", "shown"), ROLES)
def test_the_placeholder_says_what_the_person_is_to_the_child(anonymiser: Anonymiser, text: str, shown: str) -> None:
    assert anonymiser.redact(RawText(text)).text == shown


def test_a_name_once_removed_is_removed_again_however_it_is_cased(anonymiser: Anonymiser) -> None:
    memory = Memory(b"one consultation")
    assert anonymiser.redact(RawText("a girl called Misty in my form"), memory).text.count("[child]") == 1
    for again in ("misty", "MISTY", "Misty", "mIsTy"):
        assert anonymiser.redact(RawText(f"then {again} ran off"), memory).text == "then [child] ran off"


def test_a_word_taken_for_a_name_in_one_consultation_means_nothing_in_another(anonymiser: Anonymiser) -> None:
    anonymiser.redact(RawText("a boy called Spud"), Memory(b"one consultation"))
    other = anonymiser.redact(RawText("spud for lunch"), Memory(b"another one"))
    assert other.text == "spud for lunch"


def test_a_remembered_word_name_is_left_where_it_can_only_be_a_word(anonymiser: Anonymiser) -> None:
    memory = Memory(b"one consultation")
    anonymiser.redact(RawText("a boy called Will"), memory)
    assert anonymiser.redact(RawText("he will go home"), memory).text == "he will go home"
    assert anonymiser.redact(RawText("then will ran off"), memory).text == "then [child] ran off"


def test_persons_keep_their_placeholders_from_message_to_message(anonymiser: Anonymiser) -> None:
    memory = Memory(b"one consultation")
    said = ["mum Sharon drinks", "Kian is 9", "his brother Alfie too", "sharon shouted at alfie and kian"]
    shown = [anonymiser.redact(RawText(text), memory).text for text in said]
    assert shown[-1] == "[parent 1] shouted at [sibling 1] and [child]"


def test_a_memory_holds_no_name_and_cannot_be_written_down(anonymiser: Anonymiser) -> None:
    memory = Memory(b"one consultation")
    anonymiser.redact(RawText("mum Sharon from Oakfield Academy"), memory)
    held = repr([getattr(memory, slot) for slot in Memory.__slots__]).lower()
    assert len(memory) == 2, "the name and the school"
    assert "sharon" not in held
    assert "oakfield" not in held
    with pytest.raises(TypeError):
        pickle.dumps(memory)


def test_two_keys_give_two_hashes_of_one_name(anonymiser: Anonymiser) -> None:
    kept = []
    for key in (b"one consultation", b"another one"):
        memory = Memory(key)
        anonymiser.redact(RawText("mum Sharon"), memory)
        kept.append(set(memory._shown))
    assert kept[0].isdisjoint(kept[1])


def test_placeholders_that_were_typed_are_kept(anonymiser: Anonymiser) -> None:
    text = "[child] told [parent 1] on [date] at [school], see [case number]"
    assert anonymiser.redact(RawText(text)).text == text


def test_brackets_hide_no_name(anonymiser: Anonymiser) -> None:
    assert "Sharon" not in anonymiser.redact(RawText("[Sharon] told [child 07700900123]")).text
    assert "07700900123" not in anonymiser.redact(RawText("[Sharon] told [child 07700900123]")).text


def test_findings_tell_where_and_what_but_not_the_identifier(anonymiser: Anonymiser) -> None:
    text = "mum Sharon on 07700 900123"
    redaction = anonymiser.redact(RawText(text))
    assert [(text[f.start : f.end], f.kind, f.shown) for f in redaction.findings] == [
        ("Sharon", "NAME", "[parent 1]"),
        ("07700 900123", "PHONE", "[phone]"),
    ]
    assert "Sharon" not in repr(redaction)
