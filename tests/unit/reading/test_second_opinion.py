"""Where patterns and the model differ: what is added, what is let go, and what never is."""

import pytest

from bot.consultation import Concern, Likely, Status
from bot.reading.second_opinion import SecondOpinion

KINDS = ("neglect", "physical_harm")
WHOLE = {kind: f"something_{kind}" for kind in KINDS}


def opinion(likely, found=(), text="He came in at the gate. Nobody had fed him today.", signs=frozenset()):
    """What comes of a text, where `likely` gives the likelihoods by words that a part of it has."""

    def of(part):
        held = [odds for words, odds in likely.items() if words in part]
        most = {name: max([odds.get(name, 0.0) for odds in held], default=0.0) for name in (*KINDS, "danger", "not_so")}
        return Likely({kind: most[kind] for kind in KINDS}, most["danger"], most["not_so"])

    return SecondOpinion(of, WHOLE, signs).on(text, found)


def concern(indicator="hungry", category="neglect", status=Status.PRESENT):
    return Concern(category, indicator, status, 24, 49)


def test_a_worry_that_only_the_whole_shows_is_named_by_its_kind_at_the_sentence_that_shows_it():
    seen = opinion({"fed": {"neglect": 0.9}})

    assert [(c.category, c.indicator, c.status, c.start, c.end) for c in seen.concerns] == [
        ("neglect", "something_neglect", Status.PRESENT, 24, 49)
    ]


@pytest.mark.parametrize(("odds", "kinds"), [(0.8, []), (0.95, ["something_neglect"])])
def test_few_words_need_more_to_be_a_worry_as_a_whole(odds, kinds):
    seen = opinion({"fed": {"neglect": odds}}, text="nobody had fed him")

    assert [c.indicator for c in seen.concerns] == kinds


def test_a_worry_that_has_a_sign_of_its_own_is_not_named_twice():
    assert opinion({"fed": {"neglect": 0.9}}, [concern()]).concerns == (concern(),)


@pytest.mark.parametrize("status", [Status.PRESENT, Status.UNSURE])
def test_words_in_which_the_whole_sees_nothing_are_let_go_and_that_is_known(status):
    seen = opinion({}, [concern(status=status)])

    assert seen.concerns == ()
    assert seen.let_go


@pytest.mark.parametrize(("odds", "kept"), [(0.2, []), (0.4, ["hungry"])])
def test_words_stand_where_their_kind_of_worry_is_likely_enough(odds, kept):
    seen = opinion({"fed": {"neglect": odds}}, [concern()])

    assert [c.indicator for c in seen.concerns] == kept
    assert seen.let_go == (not kept)
    assert not seen.sounds_grave


@pytest.mark.parametrize(("odds", "kept"), [(0.1, []), (0.3, ["strangled"])])
def test_words_of_danger_stand_on_less_and_are_asked_about_where_they_do_not(odds, kept):
    struck = concern("strangled", "physical_harm")
    seen = opinion({"fed": {"physical_harm": odds}}, [struck], signs=frozenset({"strangled"}))

    assert [c.indicator for c in seen.concerns] == kept
    assert seen.sounds_grave == (not kept)


@pytest.mark.parametrize(("text", "is_kept"), [("nearly strangled", True), ("nearly strangled by his own tie", False)])
def test_bare_words_are_taken_at_their_word(text, is_kept):
    seen = opinion({}, [concern("strangled", "physical_harm")], text, frozenset({"strangled"}))

    assert bool(seen.concerns) == is_kept
    assert seen.sounds_grave == (not is_kept)


def test_words_of_danger_stay_a_danger_where_the_model_sees_it_in_another_kind_of_worry():
    threat = concern("threat_to_kill", "physical_harm")
    seen = opinion({"fed": {"neglect": 0.9, "danger": 0.6}}, [threat], signs=frozenset({"threat_to_kill"}))

    assert threat not in seen.concerns
    assert seen.dangers == {"threat_to_kill"}


def test_a_worry_beside_other_things_is_judged_by_its_own_clause():
    def of(part):
        return Likely({"neglect": 0.8 if part == "nobody had fed him" else 0.06, "physical_harm": 0.0}, 0.0)

    text = "we had maths, nobody had fed him, then lunch"
    seen = SecondOpinion(of, WHOLE).on(text, [Concern("neglect", "hungry", Status.PRESENT, 22, 32)])

    assert [c.status for c in seen.concerns] == [Status.PRESENT]


def test_what_is_denied_stays_denied():
    denied = concern(status=Status.ABSENT)

    assert opinion({}, [denied]).concerns == (denied,)


def test_a_denial_does_not_hide_what_the_whole_speaks_of_but_puts_it_in_doubt():
    seen = opinion({"fed": {"neglect": 0.9}}, [concern("dirty", status=Status.ABSENT)])

    assert ("something_neglect", Status.UNSURE) in [(c.indicator, c.status) for c in seen.concerns]


@pytest.mark.parametrize(("not_so", "status"), [(0.2, Status.PRESENT), (0.6, Status.UNSURE)])
def test_what_stands_in_a_sentence_that_sounds_denied_or_supposed_is_in_doubt(not_so, status):
    odds = {"fed": {"neglect": 0.9, "not_so": not_so}}

    assert [c.status for c in opinion(odds, [concern()]).concerns] == [status]
    assert [c.status for c in opinion(odds).concerns] == [status]


def test_a_denial_in_one_sentence_puts_nothing_in_another_in_doubt():
    seen = opinion({"gate": {"not_so": 0.9}, "fed": {"neglect": 0.9}}, [concern()])

    assert seen.concerns == (concern(),)


@pytest.mark.parametrize(("not_so", "status"), [(0.5, Status.PRESENT), (0.9, Status.UNSURE)])
def test_a_sign_of_danger_is_in_doubt_later_and_is_asked_about_then(not_so, status):
    struck = concern("strangled", "physical_harm")
    odds = {"fed": {"physical_harm": 0.9, "not_so": not_so}}
    seen = opinion(odds, [struck], signs=frozenset({"strangled"}))

    assert [c.status for c in seen.concerns] == [status]
    assert seen.sounds_grave == (status is Status.UNSURE)


def test_danger_in_one_sentence_makes_the_whole_sound_grave():
    assert opinion({"fed": {"danger": 0.4}}).sounds_grave
    assert not opinion({"fed": {"danger": 0.02}}).sounds_grave


@pytest.mark.parametrize("text", ["", " \n ", "...", "!?"])
def test_a_text_without_words_says_nothing(text):
    seen = opinion({}, text=text)

    assert (seen.concerns, seen.let_go, seen.sounds_grave) == ((), False, False)


def test_the_model_reads_roles_and_not_brackets():
    heard = []

    def of(part):
        heard.append(part)
        return Likely(dict.fromkeys(KINDS, 0.0), 0.0)

    SecondOpinion(of, WHOLE).on("[parent 1] hit [child] at [school]", ())

    assert heard == ["the parent hit the child at the school"]
