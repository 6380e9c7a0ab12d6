"""One message's walk from the door to the reply, with a dialogue that does what the test says."""

import asyncio
import json
import traceback
from typing import Any

import pytest

from bot.anonymiser import AnonymiserFailed, UnreadableScript
from bot.consultation import RawText, Stage
from bot.desk.ports import UncleanWrite, Utterance
from bot.desk.receive import LONGEST, Refusal
from bot.desk.untold import UntoldHere
from tests.at_the_desk import Desk, asks
from tests.duty_moves import claim, release
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords

FLAG = "his stepdad strangled him last night"
ANSWER = '/answer{{"{}":"{}"}}'


@pytest.fixture
def desk() -> Desk:
    records = FakeRecords()
    dsl = create_dsl(records)
    made = Desk(records, dsl, create_consultation(records, dsl))
    asyncio.run(made.open())
    made.dialogue.heard.clear()
    return made


def _claim(desk: Desk) -> None:
    worker = create_worker(desk.records)
    desk.records.hand_over(make_case())
    claim(desk.records, "case-1", worker, NOW)


def _stored(desk: Desk) -> int:
    return len(desk.records.messages("c1"))


# the same once, and in order


def test_the_same_client_id_again_gets_the_first_answer_again(desk: Desk) -> None:
    first = asyncio.run(desk.say("hungry every day", "same"))
    again = asyncio.run(desk.say("hungry every day", "same"))
    assert again.message == first.message
    assert again.replies == first.replies
    assert desk.dialogue.heard == ["hungry every day"], "the dialogue hears it once"


def test_a_repeat_that_is_not_the_same_text_changes_nothing(desk: Desk) -> None:
    first = asyncio.run(desk.say("hungry every day", "same"))
    again = asyncio.run(desk.say("something else", "same"))
    assert again.message == first.message
    assert "something else" not in desk.said("dsl")


def test_the_same_message_sent_at_once_by_two_tabs_is_answered_once(desk: Desk) -> None:
    async def both() -> list[Any]:
        return await asyncio.gather(desk.say("dirty uniform", "same"), desk.say("dirty uniform", "same"))

    first, second = asyncio.run(both())
    assert first.message == second.message
    assert desk.dialogue.heard == ["dirty uniform"]


def test_messages_sent_at_once_are_answered_one_after_another_in_order(desk: Desk) -> None:
    async def many() -> None:
        await asyncio.gather(*(desk.say(f"worry number {n}") for n in range(8)))

    asyncio.run(many())
    speakers = [m.utterance.speaker for m in desk.records.messages("c1")][1:]
    assert speakers == ["dsl", "assistant"] * 8, "no answer stands between two messages of the DSL"
    assert desk.dialogue.heard == [f"worry number {n}" for n in range(8)]


def test_consultations_do_not_wait_for_each_other(desk: Desk) -> None:
    other = create_consultation(desk.records, desk.dsl, id="c2")
    slow, heard = asyncio.Event(), []

    class Slow:
        async def say(self, consultation_id: str, message: str) -> tuple:
            if consultation_id == "c1":
                await slow.wait()
            heard.append(consultation_id)
            return desk.dialogue.replies

    desk.reception._dialogue = Slow()

    async def both() -> None:
        first = asyncio.create_task(desk.say("late again"))
        await asyncio.sleep(0.01)
        await desk.reception.receive(other, "x", RawText("tired"), None, NOW)
        slow.set()
        await first

    asyncio.run(both())
    assert heard[-1] == "c1", "the second consultation did not wait for the first"


# a slash is text


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        " /restart",
        "\n/restart",
        "\t /\n/restart",
        "\u00a0/restart",
        "//restart",
        "\r\n //restart",
        "\u2028/restart",
    ],
)
def test_a_leading_slash_is_text_and_no_command(desk: Desk, typed: str) -> None:
    asyncio.run(desk.say(typed))
    assert desk.dialogue.heard == ["restart"]


def test_a_payload_that_is_typed_is_text(desk: Desk) -> None:
    asyncio.run(desk.say('\n/answer{"in_danger":"no"}'))
    assert not desk.dialogue.heard[0].startswith("/")


def test_a_slash_inside_a_text_stays(desk: Desk) -> None:
    asyncio.run(desk.say("hungry and/or tired"))
    assert desk.dialogue.heard == ["hungry and/or tired"]


# choices


@pytest.fixture
def with_question(desk: Desk) -> Desk:
    pairs = [(title, ANSWER.format("trend", title)) for title in ("better", "worse")]
    desk.dialogue.replies = (asks("trend?", *pairs),)
    asyncio.run(desk.say("late again"))  # messages: 1 opening, 2 the DSL, 3 the question
    desk.dialogue.replies = (asks("and how often?", ("daily", ANSWER.format("how_often", "daily"))),)
    desk.dialogue.heard.clear()
    return desk


def test_a_choice_sends_its_payload_and_shows_its_title(with_question: Desk) -> None:
    asyncio.run(with_question.choose("3.1"))
    assert with_question.dialogue.heard == [ANSWER.format("trend", "worse")]
    assert with_question.said("dsl")[-1] == "worse"


def test_a_choice_of_an_old_message_still_works(with_question: Desk) -> None:
    asyncio.run(with_question.say("something else"))
    asyncio.run(with_question.choose("3.0"))
    assert with_question.dialogue.heard[-1] == ANSWER.format("trend", "better")


@pytest.mark.parametrize(
    "forged",
    [
        "", ".", "3", "3.", "3.2", "3.-1", "9.0", "2.0", "-1.0", "0.0", "3.x", "3.r0", "3.1.1", "r3.0", "3.1,9.0",
        "3.1;3.0", "/answer", '/answer{"in_danger":"no"}', "3.1,", ",", "3.1e0",
    ],
)  # fmt: skip
def test_a_forged_choice_is_refused_and_nothing_is_stored(with_question: Desk, forged: str) -> None:
    before = _stored(with_question)
    received = asyncio.run(with_question.choose(forged))
    assert received.refusal == "utter_refused_choice"
    assert _stored(with_question) == before
    assert with_question.dialogue.heard == []


def test_a_choice_of_somebody_elses_consultation_is_refused(with_question: Desk) -> None:
    other = create_consultation(with_question.records, with_question.dsl, id="c2")
    received = asyncio.run(with_question.reception.receive(other, "x", None, "3.0", NOW))
    assert received.refusal == "utter_refused_choice"


def test_ticks_of_one_question_go_together(desk: Desk) -> None:
    ticks = [(v, ANSWER.format("tried", v)) for v in ("school_support", "referred_before")]
    desk.dialogue.replies = (asks("tried?", *ticks, card={"kind": "ticks"}),)
    asyncio.run(desk.say("late again"))
    asyncio.run(desk.choose("3.0,3.1"))
    intent, _, sent = desk.dialogue.heard[-1].partition("{")
    assert intent == "/answer"
    assert json.loads("{" + sent) == {"tried": ["school_support", "referred_before"]}
    assert desk.said("dsl")[-1] == "school_support; referred_before"


def test_ticks_of_two_questions_are_refused(with_question: Desk) -> None:
    asyncio.run(with_question.say("something else"))  # 4 the DSL, 5 the second question
    assert asyncio.run(with_question.choose("3.0,5.0")).refusal == "utter_refused_choice"


def test_a_steering_button_cannot_be_ticked_with_an_answer(desk: Desk) -> None:
    desk.dialogue.replies = (asks("trend?", ("worse", ANSWER.format("trend", "worse")), ("why", "/ask_why")),)
    asyncio.run(desk.say("late again"))
    assert asyncio.run(desk.choose("3.0,3.1")).refusal == "utter_refused_choice"


def test_a_row_of_a_table_can_be_changed_and_a_fixed_one_cannot(desk: Desk) -> None:
    rows = [
        {"label": "Trend", "value": "worse", "words": [], "change": '/change_answer{"question":"trend"}'},
        {"label": "Time", "value": "15:30", "words": [], "change": None},
        {"label": "Age", "value": "5 to 9", "words": [], "change": '/change_answer{"question":"age_band"}'},
    ]
    desk.dialogue.replies = (asks("", card={"kind": "table", "title": "t", "rows": rows}),)
    asyncio.run(desk.say("late again"))
    asyncio.run(desk.choose("3.r0"))
    assert desk.dialogue.heard[-1] == '/change_answer{"question":"trend"}'
    for forged in ("3.r1", "3.r3", "3.r-1", "3.r"):
        assert asyncio.run(desk.choose(forged)).refusal == "utter_refused_choice", forged


# refusals store nothing


class _Falls:
    """An anonymiser that falls with a text in its hands."""

    def __init__(self, raised: type[Exception]) -> None:
        self._raised = raised

    def redact(self, raw: RawText, memory: Any = None, **_: Any) -> Any:
        raise self._raised


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", "utter_refused_empty"),
        ("  \n ", "utter_refused_empty"),
        (" / ", "utter_refused_empty"),
        ("hungry " * LONGEST, "utter_refused_too_long"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_not_stored(desk: Desk, typed: str, refusal: str) -> None:
    before = _stored(desk)
    received = asyncio.run(desk.say(typed))
    assert received.refusal == refusal
    assert received.message is None
    assert _stored(desk) == before
    assert desk.dialogue.heard == []


@pytest.mark.parametrize(
    ("raised", "refusal"),
    [(AnonymiserFailed, "utter_refused_not_safe"), (UnreadableScript, "utter_refused_script")],
)
def test_when_the_anonymiser_fails_nothing_is_stored_or_sent(
    desk: Desk, raised: type[Exception], refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    desk.reception._anonymiser = _Falls(raised)
    before = _stored(desk)
    received = asyncio.run(desk.say("Zyxandra Quorvelline strangled"))
    assert received.refusal == refusal
    assert _stored(desk) == before
    assert desk.dialogue.heard == []
    assert desk.records.consultation("c1").facts.indicators == {}, "not even its red flag was read"
    assert "Zyxandra" not in repr(received) + caplog.text


def test_the_refusal_of_a_failed_redaction_carries_nothing_of_the_text(desk: Desk) -> None:
    desk.reception._anonymiser = _Falls(AnonymiserFailed)
    name = "".join(("Zyx", "andra"))  # apart here, because a traceback quotes the lines of this file
    with pytest.raises(Refusal) as raised:
        asyncio.run(desk.reception.redacted(RawText(name), desk.reception.memory_of("c1"), NOW))
    told = "".join(traceback.format_exception(raised.value)) + repr(vars(raised.value)) + repr(raised.value.args)
    assert name not in told
    assert raised.value.__cause__ is None


def test_a_store_that_finds_something_stores_nothing_and_nothing_is_sent() -> None:
    records = FakeRecords(scan=lambda text, put_back: ("found",) if "hungry" in text else ())
    dsl = create_dsl(records)
    desk = Desk(records, dsl, create_consultation(records, dsl))
    with pytest.raises(UncleanWrite):
        asyncio.run(desk.say("hungry every day"))
    assert desk.dialogue.heard == []
    assert desk.said("dsl") == []


def test_what_is_typed_reaches_store_and_dialogue_without_the_name(desk: Desk) -> None:
    received = asyncio.run(desk.say("mum Zyxandra Quorvelline is always late"))
    everything = repr(received) + repr(desk.records.messages("c1")) + repr(desk.dialogue.heard)
    assert "Zyxandra" not in everything
    assert "Quorvelline" not in everything
    assert received.removed, "and it is said that something was taken out"


# a person holds it


def test_while_a_person_holds_it_the_dialogue_is_never_called(desk: Desk) -> None:
    _claim(desk)
    received = asyncio.run(desk.say(FLAG))
    assert received.message is not None
    assert received.replies == ()
    assert received.stage is Stage.CLAIMED
    assert desk.dialogue.heard == []


def test_a_button_pressed_while_a_person_holds_it_reaches_the_person_only(with_question: Desk) -> None:
    _claim(with_question)
    received = asyncio.run(with_question.choose("3.1"))
    assert received.message.utterance.text == "worse"
    assert with_question.dialogue.heard == []


def test_a_slow_answer_that_comes_after_a_claim_is_dropped(desk: Desk) -> None:
    desk.dialogue.before_answering = lambda: _claim(desk)
    received = asyncio.run(desk.say("hungry every day"))
    assert desk.dialogue.heard == ["hungry every day"], "it was asked before the claim"
    assert received.replies == ()
    assert "and then?" not in desk.said()[1:]


def test_words_of_the_service_after_a_claim_are_dropped_too(desk: Desk) -> None:
    async def say(consultation_id: str, message: str) -> Any:
        from bot.desk.ports import DialogueUnavailable

        _claim(desk)
        raise DialogueUnavailable("down")

    desk.dialogue.say = say
    assert asyncio.run(desk.say("hungry every day")).replies == ()


def test_a_red_flag_said_to_a_person_makes_the_case_red_and_the_assistant_stays_silent(desk: Desk) -> None:
    _claim(desk)
    assert desk.records.case_of("c1").urgency != "red"
    heard = list(desk.dialogue.heard)
    assert asyncio.run(desk.say(FLAG)).replies == ()
    assert desk.records.case_of("c1").urgency == "red"
    assert desk.dialogue.heard == heard


@pytest.mark.parametrize("spoken_meanwhile", [False, True])
def test_a_red_flag_that_was_stored_as_the_service_fell_makes_the_case_red_when_it_is_sent_again(
    desk: Desk, spoken_meanwhile: bool
) -> None:
    _claim(desk)
    desk.records.add_incoming("c1", "fell", from_dsl(FLAG), NOW)
    if spoken_meanwhile:
        desk.records.add_outgoing("c1", [Utterance("duty_worker", "go on")], NOW, unless_held=False)
    before = _stored(desk)
    asyncio.run(desk.say(FLAG, "fell"))
    assert desk.records.case_of("c1").urgency == "red"
    assert _stored(desk) == before, "and nothing is said twice"


def test_danger_that_was_stored_as_the_service_fell_is_answered_once_when_nobody_may_be_reading(desk: Desk) -> None:
    _claim(desk)
    case = desk.records.case_of("c1")
    release(desk.records, case.id, desk.records.person(case.claimed_by), NOW)
    desk.records.add_incoming("c1", "fell", from_dsl(FLAG), NOW)
    late = asyncio.run(desk.say(FLAG, "fell"))
    assert "999" in late.replies[0].utterance.text
    assert asyncio.run(desk.say(FLAG, "fell")).replies == late.replies


def test_a_red_flag_whose_answer_a_claim_swallowed_makes_the_case_red(desk: Desk) -> None:
    desk.dialogue.before_answering = lambda: _claim(desk)
    assert asyncio.run(desk.say(FLAG)).replies == ()
    assert desk.records.case_of("c1").urgency == "red"


def test_a_closed_consultation_takes_nothing_in(desk: Desk) -> None:
    desk.records._change("c1", stage=Stage.CLOSED)
    before = _stored(desk)
    assert asyncio.run(desk.say("one more thing")).refusal == "utter_refused_closed"
    assert asyncio.run(desk.choose("1.0")).refusal == "utter_refused_closed"
    assert _stored(desk) == before


def test_what_was_said_before_the_end_gets_its_answer_again_after_it(desk: Desk) -> None:
    first = asyncio.run(desk.say("hungry every day", "same"))
    desk.records._change("c1", stage=Stage.CLOSED)
    again = asyncio.run(desk.say("hungry every day", "same"))
    assert again.refusal is None
    assert (again.message, again.replies) == (first.message, first.replies)


# the dialogue does not answer


def test_without_a_dialogue_the_service_says_whom_to_ring(desk: Desk) -> None:
    desk.dialogue.is_down = True
    received = asyncio.run(desk.say("hungry every day"))
    (told,) = [r.utterance for r in received.replies]
    assert told.speaker == "service"
    assert "999" in told.text
    assert desk.counsel.numbers({"child_area": "kent"})["front_door"] in told.text
    assert desk.said("dsl") == ["hungry every day"], "what was typed is kept"


def test_without_a_dialogue_a_red_flag_gets_its_exit_all_the_same(desk: Desk) -> None:
    desk.dialogue.is_down = True
    received = asyncio.run(desk.say(FLAG))
    blanks = desk.counsel.numbers({"child_area": "kent"})
    assert received.replies[0].utterance.text == desk.counsel.wording.say("utter_exit_front_door_now", **blanks)
    assert "999" in received.replies[0].utterance.text


def test_an_opening_without_a_dialogue_says_whom_to_ring() -> None:
    records = FakeRecords()
    dsl = create_dsl(records)
    desk = Desk(records, dsl, create_consultation(records, dsl))
    desk.dialogue.is_down = True
    asyncio.run(desk.open())
    assert "999" in desk.said("service")[0]


def test_the_opening_is_made_up_for_when_the_dialogue_is_back() -> None:
    records = FakeRecords()
    dsl = create_dsl(records)
    desk = Desk(records, dsl, create_consultation(records, dsl))
    desk.dialogue.is_down = True
    asyncio.run(desk.open())
    desk.dialogue.is_down = False
    asyncio.run(desk.say("hungry every day"))
    assert desk.dialogue.heard == ['/open_consultation{"child_area": "kent"}', "hungry every day"]


def test_a_red_flag_typed_while_the_dialogue_was_down_is_raised_when_it_is_back(desk: Desk) -> None:
    desk.dialogue.is_down = True
    asyncio.run(desk.say(FLAG))
    desk.dialogue.is_down = False
    asyncio.run(desk.say("ok"))
    assert [_raised(heard) for heard in desk.dialogue.heard] == [FLAG]
    asyncio.run(desk.say("and now"))
    assert desk.dialogue.heard[1:] == ["and now"], "once"


# red flags at the door


def _raised(heard: str) -> str | None:
    head = "/raise_red_flag"
    return json.loads(heard.removeprefix(head))["words"] if heard.startswith(head) else None


@pytest.mark.parametrize(
    "typed",
    [
        FLAG,
        "/" + FLAG,
        "she has taken an overdose",
        "why do you ask? his dad hit him with a belt",
        "yes and mum is drunk and driving him home right now",
    ],
)
def test_a_red_flag_in_a_text_is_raised_whatever_was_asked(desk: Desk, typed: str) -> None:
    asyncio.run(desk.say(typed))
    assert _raised(desk.dialogue.heard[0]) is not None
    assert desk.counsel.flags(desk.records.consultation("c1").facts), "and it is in the facts before any answer"


def test_what_is_denied_or_ordinary_raises_nothing(desk: Desk) -> None:
    for typed in ("hungry and tired most days", "nobody has strangled anybody", "mum is often late"):
        asyncio.run(desk.say(typed))
    assert [_raised(heard) for heard in desk.dialogue.heard] == [None] * 3


def test_a_flag_that_fell_on_the_way_is_raised_when_it_is_typed_again(desk: Desk) -> None:
    def fall() -> None:
        raise RuntimeError("whatever")

    desk.dialogue.before_answering = fall
    with pytest.raises(RuntimeError):
        asyncio.run(desk.say(FLAG, "fell"))
    desk.dialogue.before_answering = None
    late = asyncio.run(desk.say(FLAG, "fell"))
    assert "999" in late.replies[0].utterance.text, "the same message sent again is answered"
    assert len(asyncio.run(desk.say(FLAG, "fell")).replies) == len(late.replies), "and only once"
    desk.dialogue.heard.clear()
    asyncio.run(desk.say(FLAG))
    assert _raised(desk.dialogue.heard[-1]), "it was never answered by an exit, so it is not known yet"


def test_a_talk_in_which_a_message_fell_begins_anew_with_the_next_one(desk: Desk) -> None:
    """The dialogue may have asked what nobody saw: what is said next is no answer to that."""

    def fall() -> None:
        raise RuntimeError("whatever")

    desk.dialogue.before_answering = fall
    with pytest.raises(RuntimeError):
        asyncio.run(desk.say("hungry every day", "fell"))
    desk.dialogue.before_answering = None
    assert desk.dialogue.forgotten == []
    asyncio.run(desk.say("hungry every day", "fell"))
    assert desk.dialogue.forgotten == ["c1"]
    asyncio.run(desk.say("hungry every day", "fell"))
    assert desk.dialogue.forgotten == ["c1"], "sent again, it is answered as before"


@pytest.mark.parametrize("next_words", ["hello?", "hungry and tired most days"])
def test_a_flag_whose_turn_was_broken_off_is_answered_with_the_next_message(desk: Desk, next_words: str) -> None:
    """A page that was loaded anew sends nothing again: the message has no answer, and its words are in the records."""
    desk.records.add_incoming("c1", "fell", from_dsl(FLAG), NOW)
    asyncio.run(desk.say(next_words))
    assert FLAG in (_raised(desk.dialogue.heard[-1]) or "")
    assert desk.counsel.flags(desk.records.consultation("c1").facts), "and what it says is kept"
    assert desk.dialogue.forgotten == ["c1"], "the dialogue may have gone on with it alone"
    asyncio.run(desk.say("ok"))
    assert desk.dialogue.heard[-1] == "ok", "it is told once"


def test_a_message_without_danger_whose_turn_was_broken_off_raises_nothing(desk: Desk) -> None:
    desk.records.add_incoming("c1", "fell", from_dsl("hungry every day"), NOW)
    asyncio.run(desk.say("hello?"))
    assert desk.dialogue.heard == ["hello?"]
    assert desk.dialogue.forgotten == ["c1"]


def test_a_flag_that_only_the_service_answered_is_told_to_the_dialogue_after_a_restart(desk: Desk) -> None:
    asyncio.run(desk.say("hungry every day"))
    desk.dialogue.is_down = True
    asyncio.run(desk.say("hello?"))
    asyncio.run(desk.say(FLAG))
    desk.reception._untold = UntoldHere()  # as in a process that was started anew
    desk.dialogue.is_down = False
    asyncio.run(desk.say("ok"))
    assert FLAG in (_raised(desk.dialogue.heard[-1]) or "")
    asyncio.run(desk.say("ok"))
    assert desk.dialogue.heard[-1] == "ok", "it is told once"


def test_after_an_outage_without_a_flag_nothing_is_raised(desk: Desk) -> None:
    desk.dialogue.is_down = True
    asyncio.run(desk.say("hungry every day"))
    desk.dialogue.is_down = False
    asyncio.run(desk.say("ok"))
    assert desk.dialogue.heard[-1] == "ok"


def test_without_the_dialogue_a_person_can_be_asked_for_and_that_is_said(desk: Desk) -> None:
    desk.dialogue.is_down = True
    (sorry,) = asyncio.run(desk.say("hungry every day")).replies
    assert "999" in sorry.utterance.text
    assert "Ask for a person" in sorry.utterance.text


def test_the_same_flag_again_is_not_raised_again(desk: Desk) -> None:
    asyncio.run(desk.say(FLAG))
    desk.counsel.assessment("c1", {"worry": FLAG, "child_area": "kent"})  # as the dialogue's exit does
    asyncio.run(desk.say(FLAG + ", as I said"))
    assert [_raised(heard) is not None for heard in desk.dialogue.heard] == [True, False]


def test_another_flag_after_the_first_is_raised(desk: Desk) -> None:
    asyncio.run(desk.say(FLAG))
    asyncio.run(desk.say("and now she has taken an overdose"))
    assert all(_raised(heard) for heard in desk.dialogue.heard)


def test_a_flag_is_raised_though_its_facts_cannot_be_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise UncleanWrite

    monkeypatch.setattr(desk.records, "save_facts", refuse)
    asyncio.run(desk.say(FLAG))
    assert _raised(desk.dialogue.heard[0]) == FLAG


def test_the_title_of_a_button_is_not_read_for_flags(desk: Desk) -> None:
    desk.dialogue.replies = (asks("what?", (FLAG, ANSWER.format("trend", "worse"))),)
    asyncio.run(desk.say("late again"))
    asyncio.run(desk.choose("3.0"))
    assert desk.dialogue.heard[-1] == ANSWER.format("trend", "worse"), "a tick is the form's to judge"


def test_put_back_in_the_queue_a_red_flag_is_answered_at_once_though_nobody_reads(desk: Desk) -> None:
    _claim(desk)
    release(desk.records, "case-1", desk.records.person(desk.records.case("case-1").claimed_by), NOW)
    assert asyncio.run(desk.say("hungry every day")).replies == (), "the assistant is silent until a person reads"
    replies = asyncio.run(desk.say(FLAG)).replies
    assert [reply.utterance.speaker for reply in replies] == ["service"]
    assert "999" in replies[0].utterance.text
    assert desk.dialogue.heard == []
    assert desk.records.case_of("c1").urgency == "red"
