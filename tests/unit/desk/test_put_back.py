"""What was no name is put back: with the real anonymiser, records in memory, and a dialogue that listens."""

import asyncio
from typing import Any

import pytest

from bot.anonymiser import TookTooLong
from bot.consultation import RawText, Stage
from bot.desk.brief import brief
from bot.desk.incoming import Received
from bot.desk.ports import UncleanWrite
from bot.desk.preview import Preview, preview
from bot.desk.put_back import EVENT, NoNames, PuttingBack
from tests.at_the_desk import Desk, asks, redactor
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

HOPE = "her name is Hope and she is late again"


@pytest.fixture
def desk() -> Desk:
    records = FakeRecords(scan=redactor().second_scan)
    dsl = create_dsl(records)
    made = Desk(records, dsl, create_consultation(records, dsl))
    asyncio.run(made.open())
    made.dialogue.heard.clear()
    return made


def put(desk: Desk, number: int, typed: str, *words: str, before: tuple[str, ...] = ()) -> Received:
    putting_back = PuttingBack(desk.records, desk.reception, desk.counsel.gathering)
    said = NoNames(words, before)
    return asyncio.run(putting_back.put_back(desk.consultation, number, RawText(typed), said, NOW))


def say(desk: Desk, text: str, *not_names: str) -> Received:
    given = f"client-{len(desk.records.messages('c1'))}"
    told = desk.reception.receive(desk.consultation, given, RawText(text), None, NOW, not_names)
    return asyncio.run(told)


def look(desk: Desk, text: str, *not_names: str) -> Preview:
    return asyncio.run(preview(desk.reception, desk.counsel, desk.consultation, RawText(text), not_names, NOW))


def kept(desk: Desk, number: int) -> str:
    return desk.records.messages("c1", number - 1)[0].utterance.text


# what is kept is the strict text


def test_what_is_kept_and_sent_on_is_the_strict_text_and_both_ways_out_are_told(desk: Desk) -> None:
    received = say(desk, "mum Kelly hides food at the froopyzorb")
    assert received.message.utterance.text == "mum [parent 1] hides food at the [word]"
    assert desk.dialogue.heard == ["mum [parent 1] hides food at the [word]"]
    assert [(f.kind, f.shown) for f in received.removed] == [("NAME", "[parent 1]"), ("OTHER", "[word]")]


def test_a_date_is_told_by_the_day_it_was_typed_on(desk: Desk) -> None:
    told = say(desk, "it was on 20/11/2026").message.utterance.text  # NOW is Monday 23 November
    assert told == "it was on [date: last Friday]"


# putting back


def test_a_word_that_was_no_name_is_in_the_record_again_and_noted_without_it(desk: Desk) -> None:
    number = say(desk, HOPE).message.number
    assert kept(desk, number) == "her name is [child] and she is late again"
    got = put(desk, number, HOPE, "Hope")
    assert got.message.utterance.text == kept(desk, number) == HOPE
    assert (got.refusal, got.removed) == (None, ())
    assert desk.records.audit[-1] == (EVENT, desk.dsl.id, "c1", NOW)


def test_a_later_message_keeps_the_word_while_the_browser_says_so(desk: Desk) -> None:
    number = say(desk, HOPE).message.number
    put(desk, number, HOPE, "Hope")
    assert say(desk, "and Hope said it again", "Hope").message.utterance.text == "and Hope said it again"
    assert "Hope" not in say(desk, "and Hope said it again").message.utterance.text


def test_the_memory_forgets_the_word_and_no_other(desk: Desk) -> None:
    typed = "her name is Hope Jones"
    number = say(desk, typed).message.number
    put(desk, number, typed, "Hope")
    memory = desk.reception.memory_of("c1")
    assert memory.recall("hope") is None
    assert memory.recall("jones")


def test_words_are_put_back_one_after_the_other(desk: Desk) -> None:
    typed = "a girl called Grace said the froopyzorb was shut"
    number = say(desk, typed).message.number
    put(desk, number, typed, "froopyzorb")
    assert kept(desk, number) == "a girl called [child] said the froopyzorb was shut"
    put(desk, number, typed, "froopyzorb", "Grace", before=("froopyzorb",))
    assert kept(desk, number) == typed
    assert desk.records.times_noted(EVENT, "c1") == 2


def test_a_number_stays_out_whatever_is_put_back(desk: Desk) -> None:
    typed = "a girl called Grace rang 07700 900123 from 12 Hope Street"
    number = say(desk, typed).message.number
    put(desk, number, typed, "Grace", "Hope", "Street")
    assert kept(desk, number) == "a girl called Grace rang [phone] from [address]"


def test_names_met_since_do_not_stand_in_the_way(desk: Desk) -> None:
    typed = "hope is late and the froopyzorb was shut"
    number = say(desk, typed).message.number
    say(desk, "her name is Hope")
    put(desk, number, typed, "froopyzorb")
    assert "froopyzorb" in kept(desk, number)


# this is no way to rewrite history


REFUSED = {
    "another text": "her name is Hope and she is hungry",
    "more words": HOPE + " every day",
    "fewer words": "her name is Hope",
    "something in the place of the name": "her name is Hope or is it another and she is late again",
    "what was kept": "her name is [child] and she is late again",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_only_what_was_typed_can_be_put_back_into(desk: Desk, typed: str) -> None:
    number = say(desk, HOPE).message.number
    got = put(desk, number, REFUSED[typed], "Hope")
    if typed == "what was kept":  # it is what is kept: nothing changes, and nothing is noted
        assert got.message.utterance.text == "her name is [child] and she is late again"
    else:
        assert (got.refusal, got.message) == ("utter_refused_put_back", None)
    assert kept(desk, number) == "her name is [child] and she is late again"
    assert desk.records.times_noted(EVENT, "c1") == 0


def test_only_a_message_of_the_dsl_can_be_changed(desk: Desk) -> None:
    desk.dialogue.replies = (asks("and then?"),)
    number = say(desk, HOPE).message.number
    for other in (1, number + 1, number + 9):
        assert put(desk, other, HOPE, "Hope").refusal == "utter_refused_put_back"
        assert put(desk, other, "and then?", "then").refusal == "utter_refused_put_back"


def test_a_closed_consultation_is_not_changed(desk: Desk) -> None:
    number = say(desk, HOPE).message.number
    desk.records._change("c1", stage=Stage.CLOSED)
    assert put(desk, number, HOPE, "Hope").refusal == "utter_refused_closed"


def test_what_the_store_does_not_trust_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = say(desk, HOPE).message.number
    monkeypatch.setattr(desk.records, "_scan", lambda text, put_back: ("found",))
    with pytest.raises(UncleanWrite):
        put(desk, number, HOPE, "Hope")
    assert kept(desk, number) == "her name is [child] and she is late again"
    assert desk.reception.memory_of("c1").recall("hope"), "and the name is still known"


# what it says more is not lost


class _Reads:
    """A reader to whom "Grace" says something else."""

    def __init__(self, reader: Any, meaning: str) -> None:
        self._reader, self._meaning = reader, meaning

    def read(self, text: str, *, as_a_whole: bool = True) -> Any:
        return self._reader.read(text.replace("Grace", self._meaning), as_a_whole=as_a_whole)


def reads_grace_as(desk: Desk, meaning: str) -> None:
    reads = _Reads(desk.reception._reader, meaning)
    desk.reception._reader = desk.counsel.gathering._reader = reads


GRACE = "her name is Grace"


@pytest.fixture
def harmful(desk: Desk) -> Desk:
    reads_grace_as(desk, "his stepdad strangled him last night,")
    return desk


def test_a_red_flag_in_what_was_put_back_is_answered_as_if_just_said(harmful: Desk) -> None:
    number = say(harmful, GRACE).message.number
    harmful.dialogue.heard.clear()
    got = put(harmful, number, GRACE, "Grace")
    assert [heard.partition("{")[0] for heard in harmful.dialogue.heard] == ["/raise_red_flag"]
    assert [reply.utterance.text for reply in got.replies] == ["and then?"]
    assert got.replies[0].number > number + 1
    assert "strangled" in harmful.records.consultation("c1").facts.indicators


def test_a_red_flag_put_back_before_a_person_makes_the_case_red(harmful: Desk) -> None:
    number = say(harmful, GRACE).message.number
    harmful.records.hand_over(make_case())
    claim(harmful.records, "case-1", create_worker(harmful.records), NOW)
    put(harmful, number, GRACE, "Grace")
    assert harmful.records.case_of("c1").urgency == "red"


def test_a_concern_that_is_read_now_is_told_to_the_dialogue(desk: Desk) -> None:
    reads_grace_as(desk, "always hungry and hides food,")
    number = say(desk, GRACE).message.number
    desk.dialogue.heard.clear()
    put(desk, number, GRACE, "Grace")
    assert desk.dialogue.heard == [GRACE]


def test_what_says_no_more_than_before_is_not_said_again(desk: Desk) -> None:
    typed = "always hungry, her name is Hope"
    number = say(desk, typed).message.number
    desk.dialogue.heard.clear()
    assert put(desk, number, typed, "Hope").replies == ()
    assert desk.dialogue.heard == []


def test_the_duty_worker_reads_how_often_words_were_put_back(desk: Desk) -> None:
    worker = create_worker(desk.records)
    number = say(desk, HOPE).message.number
    desk.records.hand_over(make_case())

    def lines() -> str:
        national, wording = desk.counsel.national, desk.counsel.wording
        read = brief(desk.records, "case-1", worker, NOW, national=national, wording=wording)
        return "\n".join(line for section in read.sections for line in section.lines)

    assert "put back" not in lines()
    put(desk, number, HOPE, "Hope")
    assert "Times the DSL put back words that had been taken out in case they were names: 1." in lines()


# a preview


def test_a_preview_keeps_nothing_and_remembers_nothing(desk: Desk) -> None:
    messages, facts = desk.records.messages("c1"), desk.records.consultation("c1").facts
    seen = look(desk, "mum Kelly strangled him, 07700 900123")
    assert [f.shown for f in seen.removed] == ["[parent 1]", "[phone]"]
    assert (desk.records.messages("c1"), desk.records.consultation("c1").facts) == (messages, facts)
    assert desk.reception.memory_of("c1").recall("kelly") is None
    assert desk.dialogue.heard == []


def test_a_preview_shows_what_sending_would(desk: Desk) -> None:
    say(desk, "her name is Hope")
    for text, not_names in (("hope said so", ()), ("hope said so", ("hope",)), ("the froopyzorb at 3pm", ())):
        seen = look(desk, text, *not_names)
        assert seen.removed == say(desk, text, *not_names).removed, text


def test_a_preview_tells_where_findable_words_stand_in_what_was_typed(desk: Desk) -> None:
    typed = "mum Kelly Jones says she is the only wheelchair user in the school"
    found = look(desk, typed).findable
    assert found
    assert all(typed[place.start : place.end] == place.words for place in found)


@pytest.mark.parametrize(
    ("typed", "refusal"), [("x" * 4001, "utter_refused_too_long"), ("Привет, это Катя", "utter_refused_script")]
)
def test_a_preview_says_what_would_be_refused(desk: Desk, typed: str, refusal: str) -> None:
    assert look(desk, typed) == Preview(refusal=refusal)


def test_a_preview_that_nobody_had_time_for_says_that_nothing_was_looked_at(desk: Desk, monkeypatch) -> None:
    class Busy:
        async def redact(self, *given, **more):
            raise TookTooLong

    monkeypatch.setattr(desk.reception, "_beforehand", Busy())
    assert look(desk, "mum Kelly rang") == Preview(is_looked_at=False)
