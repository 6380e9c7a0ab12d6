"""Vaguer words in a record: wherever the words were kept, and never at the cost of a sign of harm."""

import json
from dataclasses import replace

import pytest

from bot.consultation import Facts
from bot.desk.ports import Button, UncleanWrite, Utterance
from bot.desk.vaguer import EVENT, can_be_vaguer, use_vaguer
from tests.at_the_desk import make_counsel, national
from tests.factories import NOW, create_consultation, create_dsl, from_assistant, make_case
from tests.fakes import FakeRecords

WORRY = "They are the only Vietnamese family in Year 7 and [child] is always hungry"
VAGUER = "They are a family from a minority ethnic background and [child] is always hungry"


@pytest.fixture
def records():
    made = FakeRecords()
    create_consultation(made, create_dsl(made))
    return made


def say(records, *texts):
    for text in texts:
        records.add_incoming("c1", f"id-{len(records.messages('c1'))}", Utterance("dsl", text), NOW)


def use(records, rule, **slots):
    return use_vaguer(make_counsel(records), "c1", {"child_area": "kent", "age_band": "10_12", **slots}, rule)


class _OnTheWhole:
    """A reader who hears no worry in a whole text while the words `deaf_to` stand in it."""

    def __init__(self, reader, deaf_to):
        self._reader, self._deaf_to = reader, deaf_to

    def read(self, text, *, as_a_whole=True):
        reading = self._reader.read(text, as_a_whole=as_a_whole)
        return replace(reading, concerns=()) if as_a_whole and self._deaf_to in text else reading


def can(records, deaf_to):
    counsel = make_counsel(records)
    counsel.gathering._reader = _OnTheWhole(counsel.gathering._reader, deaf_to)
    rule = next(rule for rule in national().findability.rules if rule.id == "only_one")
    return can_be_vaguer(counsel, {"child_area": "kent", "age_band": "10_12", "worry": WORRY}, rule)


def test_a_whole_that_tells_more_in_vaguer_words_is_no_reason_to_keep_the_others(records):
    assert can(records, "Vietnamese")


def test_a_whole_that_would_tell_less_in_vaguer_words_keeps_the_others(records):
    assert not can(records, "minority ethnic background")


def everything(records):
    kept = records._kept["c1"]
    cases = [case.dsl_reason for case in records._cases.values()]
    return repr((kept.consultation, kept.messages, kept.client_ids, kept.facts_history, cases))


def test_message_answer_and_facts_say_it_in_vaguer_words(records):
    say(records, WORRY)
    assert use(records, "only_one", worry=WORRY) == {"worry": VAGUER}
    assert records.messages("c1")[0].utterance.text == VAGUER
    assert records.consultation("c1").facts.answers["worry"] == VAGUER


def test_it_is_noted_without_a_word_of_it(records):
    say(records, WORRY, "Kent")
    use(records, "only_one", worry=WORRY)
    assert [(what, subject) for what, _, subject, _ in records.audit] == [(EVENT, "c1")]
    assert "Vietnamese" not in repr(records.audit)


def test_nothing_that_is_kept_quotes_the_words_any_more(records):
    say(records, WORRY, "as I said, the only Vietnamese family in the school")
    records.save_facts("c1", Facts({}, {"worry": WORRY}), NOW)
    row = {"label": "Your worry", "value": WORRY, "words": ["Vietnamese family in Year 7 and [child]"], "change": None}
    quoted = {"kind": "table", "title": "Check", "rows": [row]}
    copied = {"kind": "sections", "title": "t", "lead": None, "sections": [], "copy": f"On Monday: {WORRY}."}
    records.add_outgoing(
        "c1", [Utterance("assistant", "", (), card) for card in (quoted, copied)], NOW, unless_held=True
    )
    records.hand_over(make_case(dsl_reason="because they are the only Vietnamese family in the school"))

    use(records, "only_one", worry=WORRY)

    assert "Vietnamese" not in everything(records)
    assert VAGUER in json.dumps([m.utterance.card for m in records.messages("c1")])


def test_a_card_that_quotes_an_answer_otherwise_than_the_message_is_reworded_too(records):
    say(records, "They are the only Vietnamese family [removed] Year 7")
    row = {"label": "Your worry", "value": WORRY, "words": [], "change": None}
    card = {"kind": "table", "title": "Check", "rows": [row]}
    records.add_outgoing("c1", [Utterance("assistant", "", (), card)], NOW, unless_held=True)
    use(records, "only_one", worry=WORRY)
    assert "Vietnamese" not in everything(records)


def test_what_others_said_and_pressed_stays(records):
    say(records, WORRY)
    asked = Utterance("assistant", "Is that right?", (Button("Yes", "/affirm"),), {"kind": "ticks"})
    records.add_outgoing("c1", [asked, from_assistant("the only Vietnamese family, you say")], NOW, unless_held=True)
    use(records, "only_one", worry=WORRY)
    assert records.messages("c1")[1].utterance == asked


def test_additions_are_changed_each_in_its_place(records):
    additions = ["mum drinks", "the twins are hungry"]
    assert use(records, "twins", worry="he is hungry", additions=additions) == {
        "additions": ["mum drinks", "siblings are hungry"]
    }


def test_a_message_beside_the_answers_is_changed_too(records):
    say(records, "who sees this? they are the only Vietnamese family in Year 7")
    assert use(records, "only_one", worry="he is hungry") == {}
    assert "Vietnamese" not in records.messages("c1")[0].utterance.text


# left alone


@pytest.mark.parametrize("rule", ["only_one", "no_such_rule", "", "only_one; drop"])
def test_without_such_words_nothing_happens(records, rule):
    say(records, "he is always hungry")
    assert use(records, rule, worry="he is always hungry") is None
    assert records.messages("c1")[0].utterance.text == "he is always hungry"
    assert records.audit == []


def test_words_that_tell_of_harm_are_not_taken_out(records):
    worry = "arrived on his own on the back of a lorry"
    say(records, worry)
    assert use(records, "route", worry=worry) is None
    assert records.messages("c1")[0].utterance.text == worry
    assert records.audit == []


@pytest.mark.parametrize(
    "worry",
    [
        WORRY,
        "the twins are left alone every night, aged 5",
        "dad is a police officer and strangled mum",
        "planning to travel to Syria to fight",
        "she is 12 years old and pregnant",
        "his twin brother has unexplained bruises",
        "arrived on his own on the back of a lorry, no family in this country",
        "they are in a refuge after leaving a violent partner",
        "7 year old left at home alone",
    ],
)
def test_whatever_is_changed_the_same_signs_stand(records, worry):
    counsel = make_counsel(records)
    before = counsel.gathering.facts({"worry": worry})
    for rule in national().findability.rules:
        changed = use_vaguer(counsel, "c1", {"worry": worry}, rule.id)
        if changed:
            after = counsel.gathering.facts(changed)
            assert before.indicators.items() <= after.indicators.items(), rule.id
            assert set(after.indicators) - set(before.indicators) <= rule.may_tell, rule.id
            assert {**after.answers, "worry": ""} == {**before.answers, "worry": ""}, rule.id
            assert can_be_vaguer(counsel, {"worry": worry}, rule)


def test_what_the_store_refuses_changes_nothing_else():
    records = FakeRecords(scan=lambda text, put_back=(): ("found",) if "minority" in text else ())
    create_consultation(records, create_dsl(records))
    say(records, WORRY)
    assert use(records, "only_one", worry=WORRY) is None
    assert records.messages("c1")[0].utterance.text == WORRY
    assert "worry" not in records.consultation("c1").facts.answers
    with pytest.raises(UncleanWrite):
        records.rewrite_message("c1", 1, VAGUER, NOW, EVENT)
