"""The sets that are committed can be read, and are what the report says of them."""

import json
from collections import Counter

import pytest

from evaluation.redaction.markup import GROUPS, IDENTIFIERS
from evaluation.redaction.sets import NAMED, messages


@pytest.mark.parametrize("name", NAMED)
def test_each_set_is_read_in_four_spellings_and_the_same_each_time(name):
    found = messages(name)
    assert set(Counter(message.variant for message in found).values()) == {len(found) // 4}
    assert found == messages(name)
    spans = [span for message in found for span in message.spans]
    assert {span.label for span in spans} >= {"NAME", "KEEP"}
    # A name without a group would be missing from the table by community.
    assert {span.group for span in spans if span.label == "NAME"} == set(GROUPS)


def test_the_templates_hold_every_kind_of_identifier():
    assert {span.label for message in messages("templates") for span in message.spans} >= set(IDENTIFIERS)


def test_no_message_that_is_practised_on_is_tested_on():
    tested, practised = (
        {" ".join(message.text.lower().split()) for name in names for message in messages(name)}
        for names in (("templates", "hard"), ("practice",))
    )
    assert tested
    assert not tested & practised


def test_a_file_that_was_marked_elsewhere_keeps_its_spelling(tmp_path):
    file = tmp_path / "rows.jsonl"
    row = {
        "id": "x", "variant": "lower", "text": "kit in year 6", "keep": [[7, 13]],
        "spans": [{"start": 0, "end": 3, "label": "NAME", "community": None}],
    }  # fmt: skip
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (message,) = messages(str(file))
    assert message.variant == "lower"
    assert [message.text[s.start : s.end] for s in message.identifiers + message.kept] == ["kit", "year 6"]


def test_a_marked_file_is_read_by_its_path(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text('messages:\n- id: m1\n  text: "{NAME:Kit} hid"\n', encoding="utf-8")
    assert [message.text.lower() for message in messages(str(file))][:3] == ["kit hid"] * 3
