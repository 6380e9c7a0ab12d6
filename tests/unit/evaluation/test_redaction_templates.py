"""Messages from templates: balanced over the groups, the same for the same seed, every slot filled and marked."""

import random
from collections import Counter

import pytest

from evaluation.redaction.markup import BadMarkup
from evaluation.redaction.templates import LISTS, expand

DATA = {
    "names": {
        "white_british": {"first": ["Callum", "Chloe", "Toby"], "last": ["Dobson", "Jessop"]},
        "african": {"first": ["Ngozi", "Kofi", "Abena"], "last": ["Mensah", "Eze"]},
        "nickname": {"first": ["Gaz", "Spud", "Titch"]},
    },
    **{name: [f"{name} 1", f"{name} 2"] for name in LISTS.values()},
    "templates": [
        "{first} and {first2} hid from {kinfirst}",
        "{full}, {dob}, of {school}",
        "Mrs {last} rang {phone}",
        "Mr {last2} saw {first}, and {first} ran from {address}, {postcode} in {KEEP:March}",
        "{handle} wrote to {email} about {nhs} {nino} {upn} {plate} {caseref}, says {first}",
    ],
    "harmless": ["{KEEP:Mum} rang", "Who do I ring?"],
}


@pytest.fixture
def messages():
    return expand(DATA, random.Random(3), a_group=10)


def names(message):
    return [(message.text[s.start : s.end], s.group) for s in message.spans if s.label == "NAME"]


def test_every_group_has_as_many_messages_and_the_harmless_come_once(messages):
    groups = Counter(message.id.rpartition("-")[0] for message in messages)
    assert groups == {"white_british": 10, "african": 10, "nickname": 10, "harmless": 2}
    assert not any(message.identifiers for message in messages[-2:])
    assert all(message.identifiers for message in messages[:-2])


def test_templates_are_used_about_equally_often(messages):
    asking = Counter(bool({"PHONE", "DOB"} & {span.label for span in message.spans}) for message in messages[:-2])
    # Two of five ask for a last name and are closed to nicknames, so the others' groups get them more often.
    assert asking[True] == 12


def test_those_without_a_last_name_get_no_template_that_asks_for_one(messages):
    nicknamed = [message for message in messages if message.id.startswith("nickname")]
    assert not any(message.text.startswith("Mrs") or "DOB" in str(message.spans) for message in nicknamed)
    borrowed = {group for message in nicknamed for name, group in names(message) if name in {"Dobson", "Jessop"}}
    assert borrowed == {"white_british"}


def test_people_in_one_message_have_different_names_and_one_person_has_one(messages):
    for message in messages:
        if " hid from " in message.text:
            assert len({name for name, _ in names(message)}) == 3
        if " saw " in message.text:
            _, first, again = names(message)
            assert first == again


def test_every_kind_of_slot_is_marked_as_what_it_is(messages):
    labels = {span.label for message in messages for span in message.spans}
    assert labels == {slot.upper() for slot in LISTS} | {"NAME", "KEEP"}
    assert not any("{" in message.text for message in messages)


def test_the_same_seed_gives_the_same_messages(messages):
    assert expand(DATA, random.Random(3), a_group=10) == messages
    assert expand(DATA, random.Random(4), a_group=10) != messages


def test_a_slot_that_nothing_is_known_for_is_refused():
    with pytest.raises(BadMarkup, match="shoesize"):
        expand({**DATA, "templates": ["{first} {shoesize}"]}, random.Random(1))
