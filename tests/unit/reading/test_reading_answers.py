"""The answers that a text gives before they are asked for."""

import pytest

from bot.consultation import RedactedText

# fmt: off
FOUND = [
    ("yr 4 boy", "age_band", "5_9"),
    ("Year 9 girl", "age_band", "13_15"),
    ("Y11", "age_band", "13_15"),
    ("a child in reception", "age_band", "1_4"),
    ("he's 7 and always hungry", "age_band", "5_9"),
    ("hes 12 and a half", "age_band", "10_12"),
    ("8 month old", "age_band", "under_1"),
    ("she is nearly 18", "age_band", "16_17"),
    ("concerned about an unborn baby", "age_band", "unborn"),
    ("year 6 boy with his 10 month old sister at home", "age_band", "10_12"),
    ("year 6 boy with his 10 month old sister at home", "baby_at_home", "yes"),
    ("he is an only child", "baby_at_home", "no"),
    ("no bruises or anything", "injury", "none"),
    ("he has a bruise but cant explain it", "injury", "no_explanation"),
    ("the bruise does not match the explanation", "injury", "does_not_fit"),
    ("a bruise on a 3 month old", "injury", "non_mobile"),
    ("hungry every day", "how_often", "daily"),
    ("its been going on for months", "how_often", "over_6_months"),
    ("3rd time this term", "how_often", "few"),
    ("it is getting worse", "trend", "worse"),
    ("we had an early help plan last year that closed in march", "tried", ("early_help_plan",)),
    ("weve referred this family 3 times and its nfa every time", "tried", ("referred_before",)),
    ("he was on a CP plan two years ago", "tried", ("referred_before",)),
    ("we put a referral in and heard nothing", "tried", ("referred_before",)),
    ("we put in a referral and they ignored it", "tried", ("referred_before",)),
    ("we have heard nothing back from our referral", "tried", ("referred_before",)),
    ("on a CP plan", "open_case", "cp"),
    ("he has a social worker", "open_case", "cin"),
    ("he is in foster care", "open_case", "looked_after"),
    ("not open to social care", "open_case", "no"),
    ("mum is depressed and drinks and theres DV", "parental_factors",
     ("domestic_abuse", "substance_misuse", "mental_illness")),
    ("mum refused consent", "parents_know", "refuse"),
    ("mum agrees to a referral", "parents_know", "agree"),
    ("telling dad would put her at more risk", "parents_know", "would_raise_risk"),
    ("should I tell mum?", "parents_know", "want_advice"),
    ("picked up at 3.15", "goes_home_time", "15:15"),
    ("today at half 3", "goes_home_time", "15:30"),
    ("mum collects him at quarter past three", "goes_home", "today"),
    ("another child told me", "how_known", "another_child"),
    ("he told his teacher", "how_known", "child_said"),
    ("she is frightened to go home", "effect", "frightened_to_go_home"),
    ("it is affecting his learning", "effect", "school_and_friends"),
    ('he said "my dad hits me with a belt"', "child_said", "my dad hits me with a belt"),
]
LEFT_ALONE = [
    ("his 10 month old sister", "age_band"),       # the sister's age
    ("her boyfriend is 19", "age_band"),
    ("mum is 16 weeks pregnant", "age_band"),
    ("the year 3 teacher rang", "age_band"),
    ("meeting at 3.15", "goes_home_time"),
    ("he has a bruise on his arm", "injury"),      # nothing is said of an explanation
    ("he might have bruises", "injury"),
    ("he was on a CP plan two years ago", "open_case"),
    ("he might be on a cp plan", "open_case"),
    ("is he on a cp plan", "open_case"),
    ("not getting worse", "trend"),
    ("he said his dad hits him", "child_said"),    # reported, not quoted
    ("there is no dv", "parental_factors"),
    ("if we put a referral in would we get a reply", "tried"),
    ("should we put a referral in, we have heard he is hungry", "tried"),
    ("since september", "how_often"),              # how long depends on the day, which reading does not know
]
# fmt: on


@pytest.mark.parametrize(("text", "question", "value"), FOUND)
def test_an_answer_that_is_said_outright_is_read(text, question, value, reader):
    assert reader.read(RedactedText(text)).answers.get(question) == value


@pytest.mark.parametrize(("text", "question"), LEFT_ALONE)
def test_an_answer_that_is_not_surely_said_is_left_open(text, question, reader):
    assert question not in reader.read(RedactedText(text)).answers


def test_every_answer_is_a_value_of_its_question(reader, national):
    for text, _, _ in FOUND:
        for question, value in reader.read(RedactedText(text)).answers.items():
            if question == "goes_home_time" or national.questions[question].kind == "text":
                continue
            values = (value,) if isinstance(value, str) else value
            assert set(values) <= set(national.questions[question].options), f"{question} has no value {value}"
