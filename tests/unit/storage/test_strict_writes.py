"""What is written beside the messages: the strict form, with the words that stand in them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.consultation import Facts
from bot.desk.ports import UncleanWrite, Utterance
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case


class Looks:
    """Finds Robin unless Robin is no name; writes no Qwrtls. Notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, frozenset[str]]] = []

    def __call__(self, text, not_names=()):
        self.asked.append((text, frozenset(not_names)))
        return ("found",) if "Robin" in text and "Robin" not in not_names else ()

    def record_of(self, text, not_names=()):
        return text if "Qwrtls" in not_names else text.replace("Qwrtls", "[word]")


@pytest.fixture
def looks():
    return Looks()


@pytest.fixture
def records(sql_records, looks):
    records = sql_records(scan=looks, strict=looks.record_of)
    create_consultation(records, create_dsl(records))
    return records


def worry(records):
    return records.consultation("c1").facts.answers.get("worry")


def test_what_was_put_back_in_a_message_may_stand_in_the_facts(records):
    with pytest.raises(UncleanWrite):
        records.save_facts("c1", Facts(answers={"worry": "a Robin sang, today"}), NOW)
    said = from_dsl("a Robin sang")
    with pytest.raises(UncleanWrite):
        records.add_incoming("c1", "a", said, NOW)
    records.add_incoming("c1", "a", replace(said, put_back=("Robin",)), NOW)
    records.save_facts("c1", Facts(answers={"worry": "a Robin sang, today"}), NOW)
    assert worry(records) == "a Robin sang, today"


def test_what_stands_in_a_message_is_not_looked_at_again(records, looks):
    records.add_incoming("c1", "a", from_dsl("he is hungry most days"), NOW)
    looks.asked.clear()
    records.save_facts("c1", Facts(answers={"worry": "hungry most days", "child_said": "he cried"}), NOW)
    assert [text for text, _ in looks.asked] == ["he cried"]


def test_words_of_another_consultation_count_for_nothing(records):
    dsl = create_dsl(records, code="ZZ2M-9QXC-W4TD-XB0N-5H")
    create_consultation(records, dsl, id="c2")
    records.add_incoming("c2", "a", Utterance("dsl", "a Robin sang", put_back=("Robin",)), NOW)
    with pytest.raises(UncleanWrite):
        records.save_facts("c1", Facts(answers={"worry": "a Robin sang"}), NOW)


def test_nothing_unknown_is_written_into_facts_assessments_or_cases(records, engine):
    facts = Facts(answers={"worry": "Qwrtls hid it", "other_services": ("Qwrtls", "none")})
    records.save_facts("c1", facts, NOW)
    records.save_assessment("c1", {}, facts, NOW)
    case = records.hand_over(make_case(dsl_reason="Qwrtls is worse"))
    assert worry(records) == "[word] hid it"
    assert records.consultation("c1").facts.answers["other_services"] == ("[word]", "none")
    assert case.dsl_reason == "[word] is worse"
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in Path(engine.url.database).parent.glob("noname.db*"))
    assert b"Qwrtls" not in kept
    inside = repr(list(records.everything_opened()))
    assert "hid it" in inside
    assert "Qwrtls" not in inside


def test_closing_words_are_looked_at_beside_the_dsls_own(records):
    sam, case = create_worker(records), records.hand_over(make_case())
    held = claim(records, case.id, sam, NOW)
    outcome = {"outcome_reason": "as the Robin sang", "outcome_advice": "Qwrtls", "referral_advised": False}
    closing = replace(held, outcome_level="3", **outcome)
    with pytest.raises(UncleanWrite):
        answer(records, closing, NOW)
    records.add_incoming("c1", "a", Utterance("dsl", "a Robin sang", put_back=("Robin",)), NOW)
    closed = answer(records, closing, NOW)
    assert (closed.outcome_reason, closed.outcome_advice) == ("as the Robin sang", "[word]")


def test_a_strict_form_that_breaks_refuses_the_write_and_is_not_quoted(sql_records, looks):
    def breaks(text, not_names=()):
        raise RuntimeError(f"could not read {text}")

    records = sql_records(scan=looks, strict=breaks)
    create_consultation(records, create_dsl(records))
    with pytest.raises(UncleanWrite) as refused:
        records.save_facts("c1", Facts(answers={"worry": "canary"}), NOW)
    assert refused.value.__context__ is None
    assert worry(records) is None
