"""The record to keep: however a consultation ended, it says what came of it, on what it rests and what to do."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.consultation import Facts, Status
from bot.desk.claim import NoSuchCase
from bot.desk.duty.ladder import About, Disagreement, LadderStep
from bot.desk.people import Role
from bot.desk.ports import NotKept
from bot.desk.record import as_text
from tests.at_the_desk import Desk, pack_of, practice
from tests.at_the_record import ADVICE, REASON, REFERENCE, STEP, AtTheRecord, words_of
from tests.factories import NOW, create_dsl, create_worker

MARKS_OF_BOLD = "**"


@pytest.fixture
def at() -> AtTheRecord:
    return AtTheRecord()


def headings(at: AtTheRecord) -> list[str]:
    return [part.name for part in at.record().parts]


# how it ended


def test_a_level_is_told_in_the_areas_own_terms_with_its_pack_and_the_time(at: AtTheRecord) -> None:
    at.assessed()
    record = at.record()
    assert "Most consistent with Kent's Intensive Support (level 3)" in words_of(record, "outcome")
    assert "Worked out Mon 23 Nov 2026, 10:10." in words_of(record, "outcome")
    version = at.records.latest_assessment("c1")["pack_version"]
    assert re.fullmatch(r"kent-[0-9a-f]{12}-2026-11-23/national-[0-9a-f]{12}-2026-11-23", version)
    assert version in words_of(record, "about")


def test_the_steps_are_those_that_were_told_then(at: AtTheRecord) -> None:
    at.assessed()
    steps = words_of(at.record(), "do")
    assert "Ring the front door to talk it through: 03000 411111" in steps
    assert "Write this in your own child protection record" in steps


def test_a_danger_sign_says_what_to_do_now_and_no_level(at: AtTheRecord) -> None:
    at.assessed(worry="dad hit him with a belt and he has a bruise on his face", in_danger="yes")
    record = at.record()
    assert "A danger sign was found." in words_of(record, "outcome")
    assert words_of(record, "do").startswith("Ring 999 now if a child is in danger")
    assert "level" not in words_of(record, "outcome")
    assert "A danger sign:" in words_of(record, "why")
    assert "“dad hit him with a belt and he has a bruise on his face”" in words_of(record, "why")


def test_where_a_person_is_needed_it_gives_no_level_that_was_reached_so_far(at: AtTheRecord) -> None:
    at.assessed(in_danger="unknown", red_flag_list=["unknown"])
    found = at.records.latest_assessment("c1")
    assert (found["outcome"], found["local_code"]) == ("person", None)
    assert found["at_least"]["name"] not in words_of(at.record(), "outcome")
    assert "This needs a duty social worker" in words_of(at.record(), "outcome")


def test_a_council_that_is_not_held_has_its_own_site_named_and_999(at: AtTheRecord) -> None:
    at.records.set_area("c1", "croydon", NOW)
    at.assessed(child_area="croydon")
    record = at.record()
    assert "its own site has the number" in words_of(record, "ring")
    assert "In danger: 999" in words_of(record, "ring")
    assert "(nationally:" in words_of(record, "why"), "no council uses the codes of the national floor"


def test_before_there_is_an_outcome_it_says_so_and_whom_to_ring(at: AtTheRecord) -> None:
    record = at.record()
    assert "There is no outcome yet" in words_of(record, "outcome")
    assert "In danger: 999." in words_of(record, "outcome")
    assert "03000 411111" in words_of(record, "ring")
    assert "You never need a level to do that." in words_of(record, "do")
    assert record.part("why") is None


def test_while_a_person_is_waited_for_it_says_by_when(at: AtTheRecord) -> None:
    at.asked()
    assert "An answer is due by Tue 24 Nov 2026, 10:05." in words_of(at.record(), "outcome")


def test_an_answer_stands_first_with_agreed_steps_their_owners_and_days(at: AtTheRecord) -> None:
    at.assessed()
    at.asked()
    at.answered()
    record = at.record()
    assert record.parts[0].lines[0].text.startswith("Sam Worker, duty social worker, answered Mon 23 Nov 2026, 10:25.")
    assert "Kent's Additional Support (level 2)" in record.parts[0].lines[0].text
    assert record.parts[0].lines[1].text.startswith("The assistant: Most consistent with")
    assert words_of(record, "agreed") == (
        f"{STEP} Who: the school. By: 27 Nov 2026. Look again together on 7 Dec 2026."
    )
    assert REASON in words_of(record, "person")
    assert ADVICE in words_of(record, "person")


def test_a_referral_that_is_advised_is_said_at_once_with_the_number(at: AtTheRecord) -> None:
    at.asked()
    at.answered("4", referral_advised=True)
    record = at.record()
    assert "They advise a referral now" in words_of(record, "outcome")
    assert "03000 411111" in words_of(record, "person")


# on what it rests


def test_each_reason_has_the_dsls_own_sentence_and_the_number_of_its_source(at: AtTheRecord) -> None:
    at.assessed()
    line = at.record().part("why").lines[0]
    assert line.under[0] == "Your words, as kept: “he is often hungry and wears a dirty uniform most days.”"
    assert line.under[1] == "Source 1: parents and carers"
    source = at.record().part("sources").lines[0]
    assert source.text.startswith("Source 1: Kent Safeguarding Children Multi-agency Partnership")
    assert "Checked 2 Nov 2026." in source.under[0]
    assert source.url.startswith("https://www.kscmp.org.uk/")


def test_a_reason_that_an_answer_gave_names_the_answer(at: AtTheRecord) -> None:
    at.assessed(parental_factors=["domestic_abuse"])
    assert "Your answer to “Affecting the adults”:" in words_of(at.record(), "why")


def test_every_row_finds_its_source_in_the_list(at: AtTheRecord) -> None:
    at.assessed(trend="unknown", parental_factors=["domestic_abuse"])
    record = at.record()
    told = {int(n) for name in ("why", "unknown", "change", "protective")
            for n in re.findall(r"Source (\d+):", words_of(record, name))}  # fmt: skip
    assert told == set(range(1, len(record.part("sources").lines) + 1))


def test_what_is_not_known_names_open_answers_and_that_nobody_looked_at_records(at: AtTheRecord) -> None:
    at.assessed(trend="unknown")
    unknown = words_of(at.record(), "unknown")
    assert "Getting better or worse: you could not say." in unknown
    assert "No records were checked." in unknown


def test_what_would_change_it_is_told_with_its_level(at: AtTheRecord) -> None:
    at.assessed()
    assert "It would be level 4 if this were so: has been abandoned" in words_of(at.record(), "change")


def test_a_newer_pack_changes_nothing_of_what_was_worked_out(at: AtTheRecord) -> None:
    at.assessed()
    before = at.record()
    pack = pack_of("kent", NOW.date())
    renamed = tuple(replace(level, name=f"New {level.name}") for level in pack.levels)
    newer = replace(pack, version="kent-ffffffffffff-2027-01-01", levels=renamed, rows=())
    at.keeping = replace(at.keeping, counsel=replace(at.counsel, pack_of=lambda area, on: newer))
    after = at.record()
    for name in ("outcome", "do", "why", "unknown", "change", "sources"):
        assert words_of(after, name) == words_of(before, name)
    assert "ffffffffffff" not in as_text(after)


def test_what_was_told_later_is_said_not_to_count(at: AtTheRecord) -> None:
    at.assessed()
    at.facts_now(Facts({"hungry_often": Status.ABSENT}, {}))
    assert "More was told after that. It is not counted here." in words_of(at.record(), "outcome")
    assert words_of(at.record(), "before"), "what was taken back is told"


# where people differ


def test_three_views_stand_beside_each_other_where_they_differ(at: AtTheRecord) -> None:
    at.assessed()
    at.views("higher")
    at.asked(dsl_view="higher", dsl_reason="thinner than in September")
    at.answered("2")
    lines = [line.text for line in at.record().part("disagree").lines]
    assert lines[0] == "The assistant: most consistent with Kent's Intensive Support (level 3)."
    assert lines[1] == "You: you think it is higher."
    assert lines[2].startswith("Sam Worker, duty social worker: Most consistent with Kent's Additional Support")
    assert "thinner than in September" in words_of(at.record(), "disagree")


def test_who_agrees_has_nothing_said_of_a_difference(at: AtTheRecord) -> None:
    at.assessed()
    at.views("agree")
    assert at.record().part("disagree") is None


def test_an_open_disagreement_is_told_with_its_stage_and_day(at: AtTheRecord) -> None:
    step = LadderStep(1, "1", "the two managers", NOW, NOW + timedelta(days=2))
    at.ladders.open_disagreement(
        Disagreement("d1", "c1", None, "kent", NOW, at.dsl.id, About.ADVICE, (step,))
    )
    told = words_of(at.record(), "disagree")
    assert "It is about: the advice." in told
    assert "Stage 1, with the two managers: begun Mon 23 Nov 2026, 10:00." in told
    assert "An answer is due by Wed 25 Nov 2026, 10:00." in told


# for the school's own record


def test_the_text_for_the_schools_record_has_blanks_for_the_name_and_everything_told(at: AtTheRecord) -> None:
    at.assessed()
    at.asked()
    at.answered()
    text = at.record().part("own").copy
    assert text.startswith("Child's name: ____")
    assert f"Reference: {REFERENCE}." in text
    assert "- Your worry: he is often hungry" in text
    assert "- Age: 5 to 9" in text
    assert f"- {STEP}. Who: the school. By: 27 Nov 2026." in text
    assert "What I will do, by when, and why: ____" in text


def test_the_reference_says_where_to_keep_it(at: AtTheRecord) -> None:
    line = at.record().part("about").lines[0]
    assert line.text == f"Reference: {REFERENCE}"
    assert "own protection file" in line.under[0]


@pytest.mark.parametrize("answers", [{}, {"in_danger": "yes"}, {"in_danger": "unknown", "red_flag_list": ["unknown"]}])
def test_it_never_says_that_nothing_is_to_be_done_and_always_names_999(at: AtTheRecord, answers: dict) -> None:
    at.assessed(**answers)
    text = as_text(at.record())
    assert "people decide" in text.casefold()
    assert "You can refer at any time" in text
    assert text.count("999") >= 3
    assert not re.search(r"no need to refer|not need to refer|safe to wait", text, re.IGNORECASE)
    assert MARKS_OF_BOLD not in text


# practice


def test_practice_says_so_first_and_last_and_has_no_reference() -> None:
    at = AtTheRecord(practice=next(iter(practice())))
    at.assessed()
    record = at.record()
    assert record.title.startswith("Practice:")
    assert record.practice.startswith("Practice. The child is made up")
    assert record.foot.startswith("Practice:")
    assert REFERENCE not in as_text(record)


# whose it is


def test_only_the_dsl_whose_consultation_it_is_gets_it(at: AtTheRecord) -> None:
    at.asked()
    another = create_dsl(at.records, "8K2M-9QXC-W4TD-XB0N-5H")
    for person in (another, at.worker, replace(at.dsl, role=Role.SCHOOL_STAFF)):
        with pytest.raises(NotKept):
            at.record(person)


def test_that_it_was_taken_is_noted_once_a_minute(at: AtTheRecord) -> None:
    at.record()
    asyncio.run(at.keeping.of(at.dsl, "c1", at.now + timedelta(seconds=5)))
    taken = [line for line in at.records.audit if line[0] == "consultation.record_taken"]
    assert [(who, subject) for _, who, subject, _ in taken] == [(at.dsl.id, "c1")]


# at the desk


def test_the_desk_sees_the_very_record_that_the_dsl_gets(at: AtTheRecord) -> None:
    at.assessed()
    at.views("higher")
    at.asked(dsl_view="higher", dsl_reason="thinner than in September")
    at.answered()
    case, record = asyncio.run(at.keeping.at_desk(at.worker, "case-1", at.later()))
    assert case.id == "case-1"
    assert record == asyncio.run(at.keeping.of(at.dsl, "c1", at.now))


def test_only_the_desk_that_has_the_case_sees_its_record(at: AtTheRecord) -> None:
    at.asked()
    for person in (create_worker(at.records, "lee", "Lee", area="medway"), at.dsl):
        with pytest.raises(NoSuchCase):
            asyncio.run(at.keeping.at_desk(person, "case-1", at.now))
    assert at.records.times_noted("case.record_read", "case-1") == 0


# what is never in it


def test_no_name_that_was_typed_in_the_talk_is_in_the_record(at: AtTheRecord) -> None:
    desk = Desk(at.records, at.dsl, at.records.consultation("c1"))
    typed = "Zephyrine Quillfeather is often hungry. Her mum is on 07700 900123, 14 Larkspur Drive, ME14 1XX."
    assert asyncio.run(desk.say(typed)).refusal is None
    kept = at.records.messages("c1")[0].utterance.text
    at.records.save_facts("c1", desk.counsel.facts({"worry": kept, "child_area": "kent"}), NOW)
    at.counsel.assessment("c1", {"child_area": "kent", "worry": kept, "in_danger": "no"})
    text = as_text(at.record())
    assert "often hungry" in text
    for canary in ("Zephyrine", "Quillfeather", "900123", "Larkspur", "1XX"):
        assert canary not in text


def test_a_quote_is_never_longer_than_its_sentence(at: AtTheRecord) -> None:
    at.assessed(worry="He is well liked. He is often hungry! He runs fast.")
    assert "“He is often hungry!”" in words_of(at.record(), "why")
    assert "well liked" not in words_of(at.record(), "why")



def test_every_part_says_when_where_it_is_of_a_moment(at: AtTheRecord) -> None:
    at.assessed()
    at.asked()
    at.answered()
    record = at.record()
    for name in ("agreed", "do", "why"):
        assert re.fullmatch(r"Told Mon 23 Nov 2026, 10:\d\d\.", record.part(name).when), name
    about = words_of(record, "about")
    for named in ("Consultation opened:", "Outcome worked out:", "social worker asked:", "social worker answered:"):
        assert named in about


def test_the_order_is_that_of_somebody_in_a_hurry(at: AtTheRecord) -> None:
    at.assessed()
    at.asked()
    at.answered()
    assert headings(at)[:6] == ["outcome", "agreed", "do", "ring", "person", "why"]


def test_the_day_on_which_a_number_was_checked_stands_under_it(at: AtTheRecord) -> None:
    checked = at.counsel.pack({"child_area": "kent"}).contacts["front_door"].citation.verified
    assert checked > date(2026, 1, 1)
    assert "Number checked 2 Nov 2026." in words_of(at.record(), "ring")
