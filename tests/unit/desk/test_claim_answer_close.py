"""At the duty desk: who may take, answer and close a case, and what the DSL reads then."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.consultation import Finding, IllegalMove, Level, Neutral, RawText, RedactedText, Redaction, Stage
from bot.desk.answer import NothingSaid, NotYourCase
from bot.desk.answer import answer as answering
from bot.desk.case import AgreedAction, Owner
from bot.desk.claim import NoSuchCase, case_for, claim, queue_of
from bot.desk.duty.passing import Passing
from bot.desk.duty.settling import NO_LEVEL, Agreed, Outcome, OutcomeIncomplete, Settling
from bot.desk.ports import UncleanWrite
from tests.duty_moves import settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

LATER = NOW + timedelta(hours=1)
LEVELS = (
    Level("2", "Extra help", 2, (Neutral.N2,)),
    Level("3", "Intensive", 3, (Neutral.N2, Neutral.N3)),
)
NUMBERS = {
    "area": "Kent",
    "front_door_line": "Kent: 03000 411111.",
    "out_of_hours_line": "At night: 03000 419191.",
}


def answer(records, case_id, worker, typed, now, *, redact: Any, client_id: str = "") -> Any:
    client_id = client_id or f"{typed.reveal()!r} at {now}"
    return asyncio.run(answering(records, case_id, worker, client_id, typed, now, redact=redact))


def release(records, case_id, worker, now) -> Any:
    passing = Passing(records, redact, lambda words, area, /, **values: words, lambda: frozenset({"kent"}))
    return asyncio.run(passing.release(case_id, worker, now))


async def redact(typed: RawText) -> Redaction:
    text = typed.reveal().replace("Jayden", "[child]")
    found = (Finding(0, 6, "NAME", "[child]"),) if text != typed.reveal() else ()
    return Redaction(RedactedText(text), found, RedactedText(text))


async def breaks(typed: RawText) -> Redaction:
    raise RuntimeError("the finder is down")


@pytest.fixture
def dsl(records):
    return create_dsl(records)


@pytest.fixture
def sam(records):
    return create_worker(records)


@pytest.fixture
def kim(records):
    return create_worker(records, "kim", "Kim Worker")


@pytest.fixture
def stranger(records):
    return create_worker(records, "lee", "Lee Worker", area="buckinghamshire")


@pytest.fixture
def case(records, dsl):
    create_consultation(records, dsl)
    return records.hand_over(make_case())


@pytest.fixture
def held(records, case, sam):
    return claim(records, case.id, sam, NOW)


# area walls


@pytest.mark.parametrize(
    "attempt",
    [
        lambda r, who: case_for(r, "case-1", who),
        lambda r, who: claim(r, "case-1", who, NOW),
        lambda r, who: release(r, "case-1", who, NOW),
        lambda r, who: answer(r, "case-1", who, RawText("hello"), NOW, redact=redact),
        lambda r, who: close_it(r, who),
    ],
)
@pytest.mark.parametrize("who", ["stranger", "dsl"])
def test_a_case_of_another_area_is_as_good_as_not_there(records, held, request, attempt, who):
    with pytest.raises(NoSuchCase):
        attempt(records, request.getfixturevalue(who))
    assert records.case(held.id) == held
    assert records.messages("c1") == ()


def test_a_case_that_is_not_there_is_refused_in_the_same_words(records, case, sam, stranger):
    with pytest.raises(NoSuchCase) as not_there:
        case_for(records, "case-9", sam)
    with pytest.raises(NoSuchCase) as not_theirs:
        case_for(records, "case-1", stranger)
    assert str(not_there.value) == str(not_theirs.value)


def test_a_queue_shows_the_cases_of_the_area_and_of_no_other(records, case, sam, stranger, dsl):
    assert queue_of(records, sam) == (case,)
    assert queue_of(records, stranger) == ()
    assert queue_of(records, dsl) == ()


# claiming


def test_a_waiting_case_is_the_workers_who_claims_it(held, sam):
    assert (held.stage, held.claimed_by, held.claimed_by_name) == (Stage.CLAIMED, sam.id, sam.name)


def test_a_claimed_case_cannot_be_claimed_again_and_says_whose_it_is(records, held, kim):
    assert claim(records, held.id, kim, LATER) == held


def test_claiming_twice_changes_nothing(records, held, sam):
    assert claim(records, held.id, sam, LATER) == held


def test_a_released_case_can_be_claimed_by_another(records, held, sam, kim):
    with pytest.raises(NotYourCase):
        release(records, held.id, kim, LATER)
    assert records.case(held.id) == held, "somebody else put it back"
    assert release(records, held.id, sam, LATER).claimed_by is None
    assert claim(records, held.id, kim, LATER).claimed_by == kim.id


def test_a_closed_case_can_be_neither_claimed_nor_released(records, held, sam):
    settle(records, close_it(records, sam).case, LATER)
    for attempt in (claim, release):
        with pytest.raises(IllegalMove):
            attempt(records, held.id, sam, LATER)


# answering


def test_an_answer_is_redacted_and_told_apart_from_the_assistant(records, held, sam):
    answered = answer(records, held.id, sam, RawText("Is Jayden in school?"), NOW, redact=redact)
    assert answered.message.utterance.text == "Is [child] in school?"
    assert answered.message.utterance.speaker == "duty_worker"
    assert [finding.kind for finding in answered.findings] == ["NAME"]
    assert records.messages("c1") == (answered.message,)


@pytest.mark.parametrize("moment", ["nobody has it", "somebody else has it"])
def test_only_the_holder_answers(records, case, sam, kim, moment):
    if moment == "somebody else has it":
        claim(records, case.id, kim, NOW)
    with pytest.raises(NotYourCase):
        answer(records, case.id, sam, RawText("hello"), NOW, redact=redact)
    assert records.messages("c1") == ()


def test_whoever_has_answered_can_still_be_written_to_and_write(records, held, sam):
    close_it(records, sam)
    said = answer(records, held.id, sam, RawText("one more thing"), LATER, redact=redact)
    assert records.messages("c1")[-1] == said.message


def test_the_same_answer_sent_twice_is_said_once(records, held, sam):
    first = answer(records, held.id, sam, RawText("hello"), NOW, redact=redact, client_id="mine")
    again = answer(records, held.id, sam, RawText("hello"), LATER, redact=redact, client_id="mine")
    assert first.message == again.message
    assert records.messages("c1") == (first.message,)


def test_nobody_answers_in_a_closed_case(records, held, sam):
    settle(records, close_it(records, sam).case, LATER)
    before = records.messages("c1")
    with pytest.raises(NotYourCase):
        answer(records, held.id, sam, RawText("one more thing"), LATER, redact=redact)
    assert records.messages("c1") == before


@pytest.mark.parametrize("typed", ["", "  \n "])
def test_an_empty_answer_is_not_sent(records, held, sam, typed):
    with pytest.raises(NothingSaid):
        answer(records, held.id, sam, RawText(typed), NOW, redact=redact)
    assert records.messages("c1") == ()


def test_an_answer_that_cannot_be_redacted_is_not_sent(records, held, sam):
    with pytest.raises(RuntimeError):
        answer(records, held.id, sam, RawText("Is Jayden in school?"), NOW, redact=breaks)
    assert records.messages("c1") == ()


def test_words_that_are_in_no_vocabulary_are_not_written_down(records, held, sam):
    async def strict(typed: RawText) -> Redaction:
        left_out = (Finding(4, 10, "OTHER", "[word]"),)
        return Redaction(RedactedText(typed.reveal()), (), RedactedText("Ask [word] about it"), left_out)

    answered = answer(records, held.id, sam, RawText("Ask Qwrtls about it"), NOW, redact=strict)
    assert answered.message.utterance.text == "Ask [word] about it"
    assert [finding.kind for finding in answered.findings] == ["OTHER"]
    closed = close_it(records, sam, redact=strict).case
    assert closed.outcome_reason == closed.outcome_advice == "Ask [word] about it"


# closing


@pytest.fixture(autouse=True)
def _say(wording):
    close_it.say = wording.say


STEP = Agreed(RawText("offer breakfast club"), "school", date(2026, 12, 1))


def settling(records, *, redact=redact, levels=LEVELS) -> Settling:
    return Settling(records, redact, close_it.say, levels, NUMBERS)


def filled_in(**changed) -> Outcome:
    outcome = {
        "level": "3",
        "reason": RawText("Neglect over months"),
        "advice": RawText("Ask for support by Friday"),
        "referral_advised": False,
        "actions": (STEP,),
    }
    return Outcome(**outcome | changed)


def close_it(records, worker, *, redact=redact, levels=LEVELS, **changed):
    by = settling(records, redact=redact, levels=levels)
    return asyncio.run(by.settle("case-1", worker, filled_in(**changed), LATER))


def last_card(records) -> str:
    card = records.messages("c1")[-1].utterance.card
    lines = [card["title"], card["lead"]]
    for section in card["sections"]:
        lines += [section["heading"], *(item["text"] for item in section["items"])]
    return "\n".join(lines)


def test_an_answered_case_keeps_level_reason_advice_referral_and_what_was_agreed(records, held, sam):
    case = close_it(records, sam, review_on=date(2027, 1, 11)).case
    assert case.stage is records.consultation("c1").stage is Stage.ANSWERED
    assert case.actions == (AgreedAction("offer breakfast club", Owner.SCHOOL, date(2026, 12, 1)),)
    assert case.review_on == date(2027, 1, 11)
    assert (case.outcome_level, case.referral_advised) == ("3", False)
    assert (case.outcome_reason, case.outcome_advice) == ("Neglect over months", "Ask for support by Friday")
    assert (case.answered_at, case.closed_at) == (LATER, None)


def test_the_dsl_reads_who_decided_what_and_why(records, held, sam):
    close_it(records, sam)
    card = last_card(records)
    agreed = "offer breakfast club (the school, by 1 Dec 2026)"
    outcome = ("Kent's Intensive (level 3)", "Neglect over months", "Ask for support by Friday", agreed)
    for expected in ("Sam Worker", *outcome):
        assert expected in card
    assert records.messages("c1")[-1].utterance.speaker == "service"


def test_what_the_dsl_will_read_can_be_seen_before_it_is_sent(records, held, sam):
    looked_at = asyncio.run(settling(records).look("case-1", sam, filled_in(), LATER))
    assert records.case("case-1") == held
    assert records.messages("c1") == ()
    close_it(records, sam)
    assert records.messages("c1")[-1].utterance.card == looked_at.words.card


@pytest.mark.parametrize("level", ["3", NO_LEVEL])
@pytest.mark.parametrize("referral_advised", [True, False])
def test_no_closing_is_a_dead_end_or_says_not_to_refer(records, held, sam, level, referral_advised):
    close_it(records, sam, level=level, referral_advised=referral_advised)
    card = last_card(records)
    for number in ("999", "03000 411111", "03000 419191"):
        assert number in card
    assert "No records were checked" in card
    assert ("advise a referral now" in card) is referral_advised
    for never in ("no need to refer", "not need to refer", "does not meet", "safe to wait", "low risk"):
        assert never not in card.lower()


def test_no_level_is_an_outcome(records, held, sam):
    assert close_it(records, sam, level=NO_LEVEL).case.outcome_level == NO_LEVEL
    assert "not given a level" in last_card(records)


def test_reason_and_advice_are_redacted(records, held, sam):
    told = {"reason": RawText("Jayden is neglected"), "advice": RawText("See Jayden")}
    closed = close_it(records, sam, **told, actions=(replace(STEP, what=RawText("Jayden to eat")),))
    assert closed.case.outcome_reason == "[child] is neglected"
    assert closed.case.outcome_advice == "See [child]"
    assert closed.case.actions[0].what == "[child] to eat"
    assert len(closed.findings) == 3
    assert "Jayden" not in last_card(records)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"level": ""}, ("level",)),
        ({"level": "4"}, ("level",)),
        ({"reason": RawText("neglect")}, ("reason",)),
        ({"reason": RawText("         .")}, ("reason",)),
        ({"advice": RawText(" ")}, ("advice",)),
        ({"actions": ()}, ("actions",)),
        ({"actions": (replace(STEP, what=RawText("  ")),)}, ("actions",)),
        ({"actions": (STEP,) * 7}, ("actions",)),
        ({"actions": (replace(STEP, owner="mum"),)}, ("owner",)),
        ({"actions": (STEP, replace(STEP, owner=""))}, ("owner",)),
        ({"actions": (replace(STEP, by=None),)}, ("day",)),
        ({"actions": (replace(STEP, by=date(2026, 11, 22)),)}, ("day",)),
        ({"referral_advised": None}, ("referral",)),
        ({"review_on": date(2026, 11, 22)}, ("review",)),
        ({"level": "x", "advice": RawText("")}, ("level", "advice")),
    ],
)
def test_a_case_stays_open_until_everything_is_said(records, held, sam, wording, changed, missing):
    with pytest.raises(OutcomeIncomplete) as refused:
        close_it(records, sam, **changed)
    assert refused.value.missing == tuple(f"utter_desk_needs_{what}" for what in missing)
    assert all(wording.say(words) for words in refused.value.missing)
    assert records.case(held.id) == held
    assert records.messages("c1") == ()


def test_only_the_holder_closes(records, held, kim):
    with pytest.raises(NotYourCase):
        close_it(records, kim)
    assert records.case(held.id) == held


def test_a_case_nobody_has_claimed_cannot_be_closed(records, case, sam):
    with pytest.raises(IllegalMove):
        close_it(records, sam)


def test_a_case_is_answered_once(records, held, sam):
    closed = close_it(records, sam).case
    with pytest.raises(IllegalMove):
        close_it(records, sam, level="2")
    assert records.case(held.id) == closed


def test_what_the_second_look_finds_keeps_the_case_open():
    records = FakeRecords(scan=lambda text, put_back: ("found",) if "Jayden" in text else ())
    create_consultation(records, create_dsl(records))
    records.hand_over(make_case())
    sam = create_worker(records)
    held = claim(records, "case-1", sam, NOW)

    async def lets_through(typed: RawText) -> Redaction:
        return Redaction(RedactedText(typed.reveal()), (), RedactedText(typed.reveal()))

    with pytest.raises(UncleanWrite):
        close_it(records, sam, redact=lets_through, advice=RawText("See Jayden"))
    with pytest.raises(UncleanWrite):
        answer(records, held.id, sam, RawText("See Jayden"), NOW, redact=lets_through)
    assert records.case("case-1") == held
    assert records.messages("c1") == ()
