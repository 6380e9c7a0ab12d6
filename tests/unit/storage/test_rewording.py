"""What quotes a message follows it when its words are changed, in memory and in SQL alike."""

import json

import pytest

from bot.consultation import Facts
from bot.desk.ports import NotKept, Utterance
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, from_dsl, make_case
from tests.fakes import FakeRecords

CARD = {
    "kind": "table",
    "title": "T",
    "rows": [{"label": "L", "value": "the twins", "words": ["twins"], "change": None}],
}


def plainer(words):
    return words.replace("the twins", "siblings").replace("twins", "siblings")


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    made = FakeRecords() if request.param == "in memory" else sql_records()
    create_consultation(made, create_dsl(made))
    made.add_incoming("c1", "a", from_dsl("the twins"), NOW)
    made.add_outgoing("c1", [Utterance("assistant", "I see", (), CARD)], NOW, unless_held=True)
    made.save_facts("c1", Facts({}, {"worry": "the twins", "tried": ("nothing_yet",)}), NOW)
    made.save_assessment("c1", {"outcome": "level"}, Facts({}, {"worry": "the twins"}), NOW)
    made.hand_over(make_case(dsl_reason="because of the twins"))
    return made


def test_facts_cards_and_reasons_are_reworded(records):
    records.reword("c1", plainer, NOW)
    assert dict(records.consultation("c1").facts.answers) == {"worry": "siblings", "tried": ("nothing_yet",)}
    card = records.messages("c1")[1].utterance.card
    assert card["rows"][0] == {"label": "L", "value": "siblings", "words": ["siblings"], "change": None}
    assert records.case("case-1").dsl_reason == "because of siblings"
    assert records.latest_assessment("c1") == {"outcome": "level"}


def test_the_messages_themselves_are_not(records):
    records.reword("c1", plainer, NOW)
    assert [m.utterance.text for m in records.messages("c1")] == ["the twins", "I see"]


def test_another_consultation_is_left_alone(records):
    dsl = records.person(records.consultation("c1").person_id)
    create_consultation(records, dsl, id="c2")
    records.save_facts("c2", Facts({}, {"worry": "the twins"}), NOW)
    records.reword("c1", plainer, NOW)
    assert records.consultation("c2").facts.answers["worry"] == "the twins"


def test_a_consultation_that_is_not_there_cannot_be_reworded(records):
    with pytest.raises(NotKept):
        records.reword("nobody", plainer, NOW)


@on_sqlite
def test_nothing_earlier_is_left_in_the_database(sql_records, tmp_path):
    made = sql_records()
    create_consultation(made, create_dsl(made))
    for worry in ("the twins", "the twins again"):
        made.save_facts("c1", Facts({}, {"worry": worry}), NOW)
        made.save_assessment("c1", {}, Facts({}, {"worry": worry}), NOW)
    made.reword("c1", plainer, NOW)
    with made._read() as session:
        from bot.storage.tables import AssessmentRow, FactsRow

        held = [row.facts for table in (FactsRow, AssessmentRow) for row in session.query(table)]
    assert len(held) == 4
    assert "twins" not in json.dumps(held)
