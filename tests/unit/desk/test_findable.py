"""How findable a consultation is, in words: on the card, in the brief, and before it is sent."""

from bot.consultation import Facts, RedactedText
from bot.desk import showing
from bot.desk.brief import brief
from bot.desk.findable import findable, lines, typed_answers
from bot.desk.ports import Utterance
from tests.at_the_desk import make_counsel, national, wording
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords

ONLY_ONE = "She is the only wheelchair user in our school and always hungry"
QUOTE = "the only wheelchair user in our school"


def kept(*texts):
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    for n, text in enumerate(texts):
        records.add_incoming("c1", f"id-{n}", from_dsl(text), NOW)
    return records


def rows(records, **slots):
    card = showing.checked_card(make_counsel(records), "c1", {"child_area": "kent", **slots})
    labels = [row["label"] for row in card["rows"]]
    return card["rows"][labels.index(wording().say("utter_label_findable")) :]


# a text that is still being written


def test_a_draft_is_told_with_the_grade_the_reason_and_vaguer_words():
    told = findable(RedactedText(ONLY_ONE), national(), wording())
    (reason,) = told.reasons
    (place,) = reason.places
    assert (told.grade, told.words) == ("high", wording().say("utter_findable_high"))
    assert (ONLY_ONE[place.start : place.end], place.vaguer) == (QUOTE, "someone with a physical disability")
    assert reason.label
    assert reason.why


def test_a_draft_that_says_nothing_is_never_called_unfindable():
    told = findable(RedactedText("he is always hungry"), national(), wording())
    assert (told.grade, told.reasons) == ("low", ())
    assert told.words == "Nothing stood out to us. You know your school better."


def marked(text, *before):
    told = findable(RedactedText(text), national(), wording(), before=before)
    return [place.words for reason in told.reasons for place in reason.places]


def test_what_was_said_before_counts_and_only_the_draft_is_marked():
    before = ("he is in Year 4", "he has two older brothers")
    assert marked("and he has autism", *before) == ["autism"]
    assert marked("he is hungry", *before) == []


def test_a_draft_alone_with_one_ordinary_detail_is_left_alone():
    assert marked("he has autism") == []


# check-your-answers


def test_the_card_offers_vaguer_words_for_each_reason():
    found = rows(kept(ONLY_ONE), worry=ONLY_ONE)
    assert found[0]["value"] == wording().say("utter_findable_high")
    assert found[1]["words"] == [QUOTE]
    assert "someone with a physical disability" in found[1]["value"]
    assert (found[1]["change"], found[1]["change_label"]) == ('/use_vaguer{"rule": "only_one"}', "Use vaguer words")


def test_the_payload_and_the_label_hold_none_of_the_words():
    for row in rows(kept(ONLY_ONE), worry=ONLY_ONE):
        assert "wheelchair" not in f"{row['change']}{row['label']}"


def test_the_card_of_an_ordinary_worry_says_that_nothing_stood_out():
    found = rows(kept("he is always hungry"), worry="he is always hungry")
    assert [row["value"] for row in found] == [wording().say("utter_findable_low")]
    assert found[0]["change"] is None


def test_words_that_tell_of_the_worry_itself_are_left_to_the_dsl():
    worry = "arrived on his own on the back of a lorry"
    found = rows(kept(worry), worry=worry)
    assert found[1]["change"] is None
    assert "tell of the worry" in found[1]["value"]


def test_an_answer_that_points_to_the_child_is_told_without_a_button():
    found = rows(kept("the twins came in"), worry="the twins came in", open_case="looked_after")
    assert [(row["words"], row["change"] is None) for row in found[1:]] == [(["the twins"], False), ([], True)]


def test_other_cards_have_no_rows_on_it():
    counsel = make_counsel(kept(ONLY_ONE))
    card = showing.answers_card(counsel, {"worry": ONLY_ONE}, "utter_answers_so_far_title")
    assert all("change_label" not in row for row in card["rows"])


def test_typed_answers_leave_out_what_was_pressed():
    slots = {"worry": "he is hungry", "child_said": "nothing_said", "age_band": "5_9", "additions": ["twins"]}
    assert typed_answers(slots, national()) == {"worry": "he is hungry", "additions": ["twins"]}


# the brief


def test_the_brief_says_how_findable_it_is_and_why():
    records = kept("dad is the vicar, [child] said")
    worker = create_worker(records)
    records.hand_over(make_case())
    sections = brief(records, "case-1", worker, NOW, national=national(), wording=wording()).sections
    told = next(s.lines for s in sections if s.heading == wording().say("utter_desk_brief_name"))
    assert wording().say("utter_desk_line_findable_high") in told
    assert any("“the vicar”" in line for line in told)


def test_the_brief_reads_the_dsl_alone():
    records = kept()
    records.add_outgoing("c1", [Utterance("assistant", "dad is the vicar")], NOW, unless_held=False)
    assert lines(records.messages("c1"), Facts(), national(), wording()) == [
        wording().say("utter_desk_line_findable_low")
    ]
