"""The arithmetic: what counts, what counts once, what adds up; and where the words stand."""

from datetime import date
from pathlib import Path

import pytest

from bot.consultation import Facts, Status
from bot.findability import Grade, places_of, weigh, without
from bot.knowledge import Wording, load_national
from bot.reading.words import Speller

HOUSE = Path(__file__).resolve().parents[3]
NATIONAL = load_national(HOUSE / "knowledge_base", date(2026, 11, 22))
RULES = NATIONAL.findability
BY_ID = {rule.id: rule for rule in RULES.rules}


def weighed(*texts, facts=None):
    return weigh(texts, facts or Facts(), RULES)


def reasons(found):
    return [reason.rule.id for reason in found.reasons]


def test_a_record_without_words_is_low_and_has_no_reasons():
    assert (weighed().grade, weighed().points, weighed().reasons) == (Grade.LOW, 0, ())


@pytest.mark.parametrize(
    ("texts", "points", "grade"),
    [
        (["he is in Year 4"], 1, Grade.LOW),
        (["he is in Year 4", "he has two older brothers"], 2, Grade.LOW),
        (["he is in Year 4", "he has two older brothers", "he has autism"], 3, Grade.SOME),
        (["the twins are hungry"], 3, Grade.SOME),
        (["the twins are hungry", "they moved here from Peru"], 6, Grade.HIGH),
        (["dad is the vicar"], 6, Grade.HIGH),
    ],
)
def test_points_add_up_over_a_record(texts, points, grade):
    found = weighed(*texts)
    assert (found.points, found.grade) == (points, grade)


def test_a_rule_counts_once_however_often_it_is_said():
    found = weighed("the twins are hungry", "her twin brother too, the twins share a coat")
    assert found.points == BY_ID["twins"].points
    assert [place.text for place in found.reasons[0].places] == [0, 1, 1]


def test_the_order_of_what_is_said_changes_nothing():
    texts = ["he is in Year 4", "the twins are hungry", "dad is the vicar"]
    assert {(weighed(*order).points, *reasons(weighed(*order))) for order in (texts, texts[::-1])} == {
        (10, "public_role", "twins", "exact_age")
    }


def test_saying_more_never_makes_a_record_less_findable():
    texts = ["the twins are hungry", "it is the only time they eat", "dad is the vicar", "they are 7", "no"]
    points = [weighed(*texts[:n]).points for n in range(len(texts) + 1)]
    assert points == sorted(points)


def test_what_is_told_by_weightier_words_is_not_told_twice():
    found = weighed("they are the only Vietnamese family in Year 7")
    assert reasons(found) == ["only_one"]
    assert found.reasons[0].places[0].words == "the only Vietnamese family in Year 7"


def test_answers_count_without_words_of_the_dsl():
    facts = Facts({"unaccompanied_asylum_seeker": Status.PRESENT}, {"open_case": "looked_after"})
    found = weighed(facts=facts)
    assert reasons(found) == ["route", "in_care"]
    assert all(reason.places == () for reason in found.reasons)


@pytest.mark.parametrize("status", [Status.ABSENT, Status.UNSURE])
def test_what_is_not_said_to_be_so_does_not_count(status):
    assert weighed(facts=Facts({"unaccompanied_asylum_seeker": status})).points == 0


def test_places_are_offsets_into_the_text_that_was_given():
    text = "Sad today.\n[child] said  she’s one of the TRIPLETS, see."
    (place,) = weighed("nothing here", text).reasons[0].places
    assert (place.text, text[place.start : place.end]) == (1, place.words)
    assert place.words.endswith("TRIPLETS")


# placeholders, as the anonymiser leaves them


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[parent 1] is the vicar at [place]", "public_role"),
        ("[child] and [sibling 1] are twins", "twins"),
        ("[child] is the only wheelchair user at [school]", "only_one"),
        ("[parent 1] [removed] is in the local paper [date]", "in_the_news"),
        ("[child 2] said [parent 1] is the vicar. [phone]", "public_role"),
        ("[[child]] [ ] [parent 99] is the vicar ]", "public_role"),
    ],
)
def test_placeholders_are_read_as_the_people_they_stand_for(text, reason):
    assert reason in reasons(weighed(text))


@pytest.mark.parametrize(
    "text", ["[child]", "[parent 1] [sibling 2] [school] [date] [place]", "[removed] [removed]", "…", ""]
)
def test_placeholders_alone_say_nothing(text):
    assert weighed(text).points == 0


def test_a_placeholder_is_never_cut_in_two():
    for text in ("[parent 1] plays for Arsenal", "her twin [sibling 1]", "[child]'s one of triplets"):
        for reason in weighed(text).reasons:
            new = without(text, reason.places)
            assert new.count("[") == new.count("]")


@pytest.mark.parametrize("text", ["the only " * 600, "twin " * 800, "a" * 4000, "only child in our school " * 150])
def test_a_long_text_is_weighed_in_its_time(text):
    assert weighed(text).grade in Grade


# vaguer words


@pytest.mark.parametrize(
    ("text", "vaguer"),
    [
        ("She is the only wheelchair user in our school", "She is someone with a physical disability"),
        ("They're the only Vietnamese family in Year 7.", "They're a family from a minority ethnic background."),
        ("he's one of triplets and mum hits him", "he has a sibling of the same age and mum hits him"),
        ("hes a twin", "he has a sibling of the same age"),
        ("[parent 1] is the vicar so nobody asks", "[parent 1] is someone with a public role so nobody asks"),
        ("The twins are hungry", "Siblings are hungry"),
        ("mum only speaks Tigrinya", "mum only speaks a language other than English"),
        ("a Year 7 boy, the twins know him", "a Year 7 boy, siblings know him"),
    ],
)
def test_vaguer_words_stand_where_the_words_stood(text, vaguer):
    heaviest = weighed(text).reasons[0]
    assert without(text, heaviest.places) == vaguer


def test_places_of_another_text_change_nothing():
    (place,) = weighed("the twins are hungry").reasons[0].places
    assert without("what if they are not", [place]) == "what if they are not"


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_vaguer_words_are_not_findable_themselves(rule):
    for telltale in rule.telltales:
        found = weighed(f"she is {telltale.vaguer}", telltale.vaguer)
        assert found.grade is Grade.LOW, (telltale.vaguer, reasons(found))
        assert not places_of(rule, f"he is {telltale.vaguer}"), telltale.vaguer


# the data


def test_every_word_of_every_pattern_is_a_word_a_text_can_have():
    speller = Speller({})
    for rule in RULES.rules:
        for telltale in (*rule.telltales, *rule.unless):
            for part in telltale.parts:
                for phrase in part.phrases:
                    assert speller.read(" ".join(phrase)).words == phrase, (rule.id, telltale.written, phrase)


def test_no_button_of_ours_points_to_a_child():
    wording = Wording(HOUSE / "nlu_data" / "responses")
    titles = {title for name in wording.names() for title, _ in wording.buttons(name)}
    changes = {f"{wording.say('utter_label_change')}: {rule.label}" for rule in RULES.rules}
    labels = {wording.say(name) for name in wording.names() if name.startswith("utter_label_")}
    for title in titles | changes | labels:
        assert not [rule.id for rule in RULES.rules if places_of(rule, title)], title


def test_what_is_told_of_a_rule_stays_in_the_record_and_points_to_nobody():
    for rule in RULES.rules:
        for told in (rule.label, rule.why):
            assert not [other.id for other in RULES.rules if other.points > 1 and places_of(other, told)], told
