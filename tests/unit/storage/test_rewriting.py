"""A message of the DSL's that is written anew: only theirs, only clean, and noted without a word of it."""

import pytest

from bot.desk.ports import NotKept, UncleanWrite, Utterance
from tests.factories import NOW, create_consultation, create_dsl, from_assistant, from_dsl
from tests.fakes import FakeRecords

EVENT = "message.put_back"


def finds_hope(text: str, put_back: tuple[str, ...]) -> tuple:
    return ("found",) if "Hope" in text and "hope" not in put_back else ()


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    made = FakeRecords(scan=finds_hope) if request.param == "in memory" else sql_records(scan=finds_hope)
    create_consultation(made, create_dsl(made))
    made.add_incoming("c1", "a", from_dsl("[child] said so"), NOW)
    made.add_outgoing("c1", [from_assistant("and then?")], NOW, unless_held=True)
    return made


def test_a_message_is_rewritten_in_its_place(records):
    rewritten = records.rewrite_message("c1", 1, "Hope said so", NOW, EVENT, put_back=("hope",))
    assert records.messages("c1")[0] == rewritten
    assert [m.utterance.text for m in records.messages("c1")] == ["Hope said so", "and then?"]
    assert records.add_incoming("c1", "a", from_dsl("again"), NOW) == (rewritten, False), "as it stands"


def test_it_is_noted_and_counted(records):
    assert records.times_noted(EVENT, "c1") == 0
    for text in ("one", "two"):
        records.rewrite_message("c1", 1, text, NOW, EVENT)
    assert records.times_noted(EVENT, "c1") == 2
    assert records.times_noted(EVENT, "c2") == 0
    assert records.verify_audit() is None


@pytest.mark.parametrize("number", [0, 2, 3])
def test_only_a_message_of_the_dsl_is_rewritten(records, number):
    with pytest.raises(NotKept):
        records.rewrite_message("c1", number, "something else", NOW, EVENT)
    assert records.times_noted(EVENT, "c1") == 0


def test_an_unclean_text_is_refused_and_nothing_is_noted(records):
    with pytest.raises(UncleanWrite):
        records.rewrite_message("c1", 1, "Hope said so", NOW, EVENT)
    assert records.messages("c1")[0].utterance.text == "[child] said so"
    assert records.times_noted(EVENT, "c1") == 0


def test_a_new_message_may_hold_what_was_put_back_and_what_was_is_not_kept(records):
    said = Utterance("dsl", "Hope again", put_back=("hope",))
    message, _ = records.add_incoming("c1", "b", said, NOW)
    assert message.utterance == from_dsl("Hope again")
    with pytest.raises(UncleanWrite):
        records.add_incoming("c1", "c", from_dsl("Hope again"), NOW)
