"""Each action driven once, as Rasa would: a small tracker in, events and responses out."""

import asyncio
from typing import Any

import pytest

from actions import every_action
from actions.running import runner
from bot.consultation import Stage, Status
from bot.desk.talking.records import ReferenceMark
from tests.at_the_desk import make_at_hand, wording
from tests.calling import SLOTS, call_of
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

STRANGLED = "his stepdad strangled him last night"
HUNGRY = "always hungry and hides food in his bag"


class Drive:
    """Runs one action after another on a tracker of its own."""

    def __init__(self) -> None:
        self.records = FakeRecords()
        create_consultation(self.records, create_dsl(self.records))
        self._run = runner(make_at_hand(self.records))
        self.slots: dict[str, Any] = dict(SLOTS)

    def __call__(
        self,
        action: str,
        *,
        text: str = "",
        act: str = "answer",
        entities: dict[str, Any] | None = None,
        form: str | None = None,
        asked: str | None = None,
        **slots: Any,
    ) -> "Driven":
        held = {**self.slots, **slots, "requested_slot": asked}
        call = call_of(action, held, text=text, act=act, entities=entities, form=form)
        return Driven(asyncio.run(self._run(call)).model_dump())


class Driven:
    """What an action answered."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.said = [r.get("response") or ("card" if r.get("custom") else "?") for r in answer["responses"]]
        self.responses = answer["responses"]
        events = answer["events"]
        self.slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.next = [event["name"] for event in events if event["event"] == "followup"]


@pytest.fixture
def drive() -> Drive:
    return Drive()


# the talk


def test_opening_says_what_this_is_and_keeps_an_area_that_is_known(drive: Drive) -> None:
    driven = drive("action_open", act="open_consultation", entities={"child_area": "kent"})
    assert driven.said == ["utter_opening", "card"]
    assert driven.slots == {"child_area": "kent"}
    assert "Kent" in driven.responses[1]["custom"]["title"], "how it works there is told as soon as it is known"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("greet", "utter_hello"),
        ("thank", "utter_thanks"),
        ("goodbye", "utter_goodbye"),
        ("frustrated", "utter_frustrated"),
        ("abusive", "utter_abuse"),
        ("carry_on", "utter_carry_on"),
        ("ringing_now", "utter_ringing_now"),
    ],
)
def test_manners_and_feelings_get_their_word(drive: Drive, act: str, said: str) -> None:
    assert drive("action_acknowledge", text="well", act=act).said == [said]


def test_referrals_told_of_when_fed_up_are_put_down_and_the_way_to_disagree_is_shown(drive: Drive) -> None:
    driven = drive("action_acknowledge", text="we've referred three times and nobody rang", act="frustrated")
    assert driven.said == ["utter_frustrated_referrals"]
    assert driven.slots["referrals"] == "3"
    blanks = {k: v for k, v in driven.responses[0].items() if isinstance(v, str)}
    assert "Kent" in wording().say("utter_frustrated_referrals", **blanks)


def test_who_is_fed_up_again_is_not_told_the_same_again(drive: Drive) -> None:
    again = drive("action_acknowledge", text="sick of this", act="frustrated", frustrated=True)
    assert again.said == ["utter_frustrated_again"]


def test_after_three_insults_a_person_is_offered(drive: Drive) -> None:
    said = [drive("action_acknowledge", text="idiot", act="abusive", abused=times).said for times in (None, 1, 2)]
    assert said == [["utter_abuse"], ["utter_abuse"], ["utter_abuse_person"]]


@pytest.mark.parametrize("act", ["another_child", "staff_writing"])
def test_what_is_told_of_somebody_else_waits_until_it_is_said_where_it_belongs(drive: Drive, act: str) -> None:
    driven = drive("action_answer_question", text=HUNGRY, act=act)
    assert driven.said[0] == f"utter_about_{act}_told"
    assert driven.slots == {"set_aside": HUNGRY}
    kept = drive("action_add_something", act="add_something", entities={"set_aside": "keep"}, set_aside=HUNGRY)
    assert kept.slots["additions"] == [HUNGRY]
    assert kept.slots["set_aside"] is None


def test_the_challenge_is_written_from_the_record(drive: Drive) -> None:
    driven = drive("action_answer_question", act="write_challenge", worry=HUNGRY, referrals="3")
    assert driven.said == ["utter_about_write_challenge", "card"]
    words = driven.responses[1]["custom"]["copy"]
    assert "Referrals made before this one: 3" in words
    assert "often hungry" in words
    assert HUNGRY not in words, "no sentence of the DSL's goes into it"


@pytest.mark.parametrize(
    ("back_to", "said"),
    [("here", ["utter_about_came_back_here"]), ("unknown", ["utter_about_came_back_unknown"])],
)
def test_a_reference_that_was_typed_is_answered(drive: Drive, back_to: str, said: list[str]) -> None:
    assert drive("action_answer_question", act="came_back", entities={"back_to": back_to}).said == said


def test_a_reference_of_theirs_leads_to_their_consultation(drive: Drive) -> None:
    driven = drive("action_answer_question", act="came_back", entities={"back_to": "c1"})
    assert driven.said == ["utter_about_came_back", "card"]
    assert "/consultations/c1" in str(driven.responses[1]["custom"])


def test_a_level_that_is_named_is_told_by_the_areas_name_and_source(drive: Drive) -> None:
    driven = drive("action_answer_question", text="what does level 3 mean", act="ask_level_meaning")
    assert driven.said == ["utter_about_level_meaning_one"]
    told = driven.responses[0]
    assert (told["code"], told["name"]) == ("3", "Intensive Support")
    assert "checked 2 Nov 2026" in told["source"]


def test_say_that_again_puts_the_open_question_in_other_words(drive: Drive) -> None:
    assert drive("action_why", text="what do you mean", act="say_again", asked="injury").said == [
        "utter_rephrase_injury"
    ]


def test_on_second_thoughts_the_view_is_taken_up_and_leads_to_a_person(drive: Drive) -> None:
    driven = drive("action_reconsider", text="its higher", act="think_higher", view="agree")
    assert (driven.slots["view"], driven.slots["wants_person"]) == ("higher", True)


def test_words_of_danger_about_the_writer_add_who_is_there_for_them(drive: Drive) -> None:
    about_me = drive("action_hard_exit", act="raise_red_flag", entities={"words": "my dad hits me"})
    quoted = drive("action_hard_exit", act="raise_red_flag", entities={"words": "he said my dad hits me"})
    assert "utter_exit_if_about_you" in about_me.said
    assert "utter_exit_if_about_you" not in quoted.said


def test_a_concern_said_along_the_way_is_kept(drive: Drive) -> None:
    driven = drive("action_acknowledge", text=f"thanks. {STRANGLED}", act="thank")
    assert driven.slots["additions"] == [f"thanks. {STRANGLED}"]


def test_what_speaks_of_no_concern_is_not_kept(drive: Drive) -> None:
    assert drive("action_acknowledge", text="thank you so much", act="thank").slots == {}


def test_a_question_along_the_way_is_answered(drive: Drive) -> None:
    driven = drive("action_answer_question", text="what do your levels mean", act="ask_level_meaning")
    assert driven.said == ["utter_about_ask_level_meaning"]
    blanks = {k: v for k, v in driven.responses[0].items() if isinstance(v, str)}
    assert wording().say("utter_about_ask_level_meaning", **blanks)


def test_why_says_why_the_open_question_is_asked(drive: Drive) -> None:
    assert drive("action_why", act="ask_why", asked="injury").said == ["utter_why_injury"]
    assert drive("action_why", act="ask_why").said == ["utter_why_nothing"]


# adding, changing, taking back


def test_an_addition_is_kept_word_for_word_and_looked_at_again(drive: Drive) -> None:
    driven = drive("action_add_something", text="he has no coat", act="add_something", additions=["before"])
    assert driven.slots["additions"] == ["before", "he has no coat"]
    assert driven.slots["answers_checked"] is None
    assert driven.slots["view"] is None


def test_an_addition_by_button_is_asked_for(drive: Drive) -> None:
    assert drive("action_add_something", act="add_something").said == ["utter_ask_for_addition"]


def test_a_changed_answer_is_opened_by_button(drive: Drive) -> None:
    driven = drive("action_change_answer", act="change_answer", entities={"question": "trend"}, trend="same")
    assert driven.said == ["utter_changed_one"]
    assert driven.slots["trend"] is None
    assert driven.slots["answers_checked"] is None


def test_a_worry_told_afresh_is_confirmed_afresh(drive: Drive) -> None:
    driven = drive("action_change_answer", act="change_answer", entities={"question": "worry"}, worry=HUNGRY)
    assert {name: driven.slots[name] for name in ("worry", "understood", "struck")} == {
        "worry": None,
        "understood": None,
        "struck": None,
    }


def test_a_change_in_words_that_are_not_clear_shows_the_answers(drive: Drive) -> None:
    driven = drive("action_change_answer", text="change something", act="change_answer", trend="same")
    assert driven.said == ["card", "utter_which_answer"]


def test_a_correction_replaces_the_answer(drive: Drive) -> None:
    driven = drive("action_correct_answer", text="sorry she is 14 not 8", act="correct_answer", age_band="5_9")
    assert driven.slots["age_band"] == "13_15"
    assert driven.slots["answers_checked"] is None


def test_a_correction_that_says_nothing_shows_the_answers(drive: Drive) -> None:
    assert "utter_which_answer" in drive("action_correct_answer", text="thats wrong", act="correct_answer").said


def test_taking_back_a_danger_sign_says_that_a_doubt_stays(drive: Drive) -> None:
    driven = drive("action_take_back", act="not_so", entities={"indicator": "strangled"}, worry=STRANGLED)
    assert driven.said == ["utter_struck_flag"]
    assert driven.slots["struck"] == ["strangled"]


def test_taking_back_another_sign_takes_it_back(drive: Drive) -> None:
    driven = drive("action_take_back", act="not_so", entities={"indicator": "hungry_often"}, struck=["a"])
    assert driven.said == ["utter_struck_one"]
    assert driven.slots["struck"] == ["a", "hungry_often"]


def test_taking_back_what_is_no_sign_changes_nothing(drive: Drive) -> None:
    driven = drive("action_take_back", act="not_so", entities={"indicator": "made_up"})
    assert (driven.said, driven.slots) == ([], {})


def test_the_answers_so_far_are_shown(drive: Drive) -> None:
    (card,) = drive("action_show_answers", act="show_answers", trend="worse").responses
    assert card["custom"]["kind"] == "table"


def test_starting_again_empties_every_answer(drive: Drive) -> None:
    held = {"worry": STRANGLED, "struck": ["a"], "additions": ["b"], "trend": "same"}
    driven = drive("action_start_again", act="start_again", **held)
    assert driven.said == ["utter_started_again"]
    assert all(driven.slots[slot] is None for slot in ("worry", "struck", "additions", "trend"))
    assert all(driven.slots[turn] is False for turn in ("leaves_now", "wants_person"))


def test_a_danger_sign_taken_back_outlasts_starting_again_and_a_new_worry(drive: Drive) -> None:
    held = {"worry": f"{HUNGRY}. {STRANGLED}", "struck": ["hungry_often", "strangled"]}
    again = drive("action_start_again", act="start_again", **held)
    afresh = drive("action_change_answer", act="change_answer", entities={"question": "worry"}, **held)
    assert again.slots["struck"] == afresh.slots["struck"] == ["strangled"]


@pytest.mark.parametrize(
    ("action", "act"), [("action_add_something", "add_something"), ("action_acknowledge", "thank")]
)
def test_what_was_taken_back_counts_again_when_it_is_said_again(drive: Drive, action: str, act: str) -> None:
    driven = drive(action, text="he is always hungry after all", act=act, worry=HUNGRY, struck=["a", "hungry_often"])
    assert driven.slots["struck"] == ["a"]


def test_a_correction_can_say_again_what_was_taken_back(drive: Drive) -> None:
    text = "no he is always hungry, and she was not strangled"
    driven = drive("action_correct_answer", text=text, act="correct_answer", worry=HUNGRY, struck=["hungry_often"])
    assert driven.slots["struck"] == ["strangled"]


def test_stopping_gives_the_reference(drive: Drive) -> None:
    (said,) = drive("action_stop_for_now", act="stop_for_now").responses
    assert said["reference"] == "REF-c1"


# showing and asking


def test_what_was_understood_is_shown(drive: Drive) -> None:
    driven = drive("action_ask_understood", text=HUNGRY, act="describe_concern", worry=HUNGRY)
    assert driven.said == ["card", "utter_ask_understood"]


def test_a_worry_nothing_was_read_from_is_said_to_be_so(drive: Drive) -> None:
    driven = drive("action_ask_understood", worry="something is off about home")
    assert driven.said == ["utter_nothing_understood", "utter_ask_understood"]


def test_answers_are_shown_before_anything_is_worked_out(drive: Drive) -> None:
    assert drive("action_ask_answers_checked", worry=HUNGRY).said == ["card", "utter_ask_answers_checked"]


def test_the_reference_is_shown(drive: Drive) -> None:
    (said,) = drive("action_ask_reference_kept").responses
    assert (said["response"], said["reference"]) == ("utter_ask_reference_kept", "REF-c1")


def test_an_addition_while_waiting_is_confirmed(drive: Drive) -> None:
    drive("action_hand_over", act="ask_person", worry=HUNGRY)
    waiting = {"form": "waiting_form", "text": "he is still here", "act": "describe_concern"}
    assert drive("action_ask_answered", asked="answered", **waiting).said == ["utter_ask_answered"]
    assert drive("action_ask_answered").said == ["utter_waiting"]


def test_where_no_desk_answers_nobody_is_told_to_wait(drive: Drive) -> None:
    drive("action_hand_over", act="ask_person", child_area="other")
    for asked in ("answered", None):
        driven = drive("action_ask_answered", asked=asked, text="and now", act="give_answer", child_area="other")
        assert driven.said == ["utter_desk_not_here"]


# outcomes


def test_an_assessment_is_shown_and_stored(drive: Drive) -> None:
    driven = drive("action_assess", worry=HUNGRY, age_band="5_9")
    assert driven.said == ["card"]
    assert drive.records.latest_assessment("c1") is not None


def test_an_area_we_do_not_hold_is_said_first(drive: Drive) -> None:
    driven = drive("action_assess", child_area="other", worry=HUNGRY)
    assert driven.said == ["utter_area_not_held", "card"]
    assert drive.records.latest_assessment("c1")["outcome"] == "person"


def test_a_hard_exit_says_the_route_and_why_and_keeps_the_words(drive: Drive) -> None:
    driven = drive("action_hard_exit", act="raise_red_flag", entities={"words": STRANGLED})
    assert driven.said[0] == "utter_exit_front_door_now"
    assert "utter_exit_because" in driven.said
    assert driven.slots["worry"] == STRANGLED
    assert driven.slots["leaves_now"] is True
    assert drive.records.latest_assessment("c1")["exit"] == "front_door_now"


def test_a_flag_beside_a_worry_is_an_addition_to_it(drive: Drive) -> None:
    driven = drive("action_hard_exit", act="raise_red_flag", entities={"words": STRANGLED}, worry=HUNGRY)
    assert driven.slots["additions"] == [STRANGLED]
    assert "worry" not in driven.slots


def test_a_red_flag_told_again_after_it_was_taken_back_is_answered(drive: Drive) -> None:
    again = {"entities": {"words": f"he says again that {STRANGLED}"}, "act": "raise_red_flag"}
    driven = drive("action_hard_exit", worry=STRANGLED, struck=["strangled", "hungry_often"], **again)
    assert driven.said[0] == "utter_exit_front_door_now", "said again, it is no longer taken back"
    assert driven.slots["struck"] == ["hungry_often"]


def test_a_red_flag_said_while_waiting_makes_the_case_urgent_before_anybody_rings(drive: Drive) -> None:
    calm = {"worry": HUNGRY, "age_band": "5_9", "in_danger": "no", "about_staff": "no", "goes_home": "this_week"}
    drive("action_hand_over", act="ask_person", **calm)
    before = drive.records.case_of("c1")
    drive("action_hard_exit", act="raise_red_flag", entities={"words": STRANGLED}, form="waiting_form", **calm)
    after = drive.records.case_of("c1")
    assert before.urgency != "red"
    assert after.urgency == "red"
    assert after.due_at < before.due_at


def test_a_red_flag_alone_puts_nothing_in_the_queue(drive: Drive) -> None:
    drive("action_hard_exit", act="raise_red_flag", entities={"words": STRANGLED}, form="consultation_form")
    assert drive.records.case_of("c1") is None


def test_danger_now_comes_before_every_other_route(drive: Drive) -> None:
    driven = drive("action_hard_exit", in_danger="yes", about_staff="yes")
    assert driven.said[0] == "utter_exit_999"


def test_ringing_gets_its_help_and_changes_nothing(drive: Drive) -> None:
    driven = drive("action_after_exit", worry=STRANGLED, disputes_exit=False)
    assert (driven.said, driven.slots) == (["utter_ringing_now"], {})


def test_a_disputed_sign_becomes_a_doubt(drive: Drive) -> None:
    driven = drive("action_after_exit", worry=STRANGLED, disputes_exit=True, leaves_now=True)
    assert driven.said == ["utter_misunderstood"]
    assert "strangled" in driven.slots["struck"]
    assert driven.slots["leaves_now"] is False


def test_handing_over_puts_it_in_the_queue_and_says_when(drive: Drive) -> None:
    driven = drive("action_hand_over", act="ask_person", worry=HUNGRY)
    assert driven.said == ["utter_handed_over"]
    assert driven.responses[0]["due"]
    assert drive.records.consultation("c1").stage is Stage.WAITING


def test_where_no_desk_answers_the_numbers_are_said(drive: Drive) -> None:
    driven = drive("action_hand_over", act="ask_person", child_area="other")
    assert driven.said == ["utter_desk_not_here"]
    assert drive.records.case_of("c1") is None


def test_the_end_says_whom_to_ring(drive: Drive) -> None:
    (said,) = drive("action_finish", act="thank").responses
    assert said["response"] == "utter_finished"
    assert said["front_door_line"]


# not following


@pytest.mark.parametrize("action", ["action_not_followed", "action_default_fallback"])
def test_twice_it_asks_again_and_then_a_person_comes(drive: Drive, action: str) -> None:
    form = {"text": "qwzx", "act": "nlu_fallback", "form": "consultation_form"}
    first, second, third = (drive(action, not_followed=times, **form) for times in (None, 1, 2))
    assert [first.said, second.said, third.said] == [
        ["utter_rephrase"],
        ["utter_rephrase_with_person"],
        ["utter_stuck_hand_over"],
    ]
    assert first.next == second.next == third.next == ["consultation_form"]
    assert third.slots["wants_person"] is True


def test_at_an_exit_the_exits_own_question_comes_back(drive: Drive) -> None:
    driven = drive("action_not_followed", text="what a day", act="nlu_fallback", form="exit_form")
    assert (driven.said, driven.next) == ([], ["exit_form"])


def test_at_an_exit_too_a_person_comes_after_three(drive: Drive) -> None:
    driven = drive("action_not_followed", text="qw", act="nlu_fallback", form="exit_form", not_followed=2)
    assert (driven.said, driven.next) == (["utter_stuck_at_exit"], ["exit_form"])
    assert (driven.slots["ringing"], driven.slots["wants_person"]) == ("cannot", True)


def test_who_waits_is_not_asked_for_the_reference_for_ever(drive: Drive) -> None:
    asked = {"text": "qw", "act": "nlu_fallback", "form": "waiting_form", "asked": "reference_kept"}
    first, second = (drive("action_not_followed", not_followed=times, **asked) for times in (None, 1))
    assert first.slots == {"not_followed": 1}
    assert second.slots["reference_kept"] == "unknown"
    assert second.said == ["utter_reference_later"]


def test_what_was_followed_begins_the_count_anew(drive: Drive) -> None:
    assert drive("action_why", act="ask_why", asked="injury", not_followed=2).slots == {"not_followed": None}


@pytest.mark.parametrize("question", ["reference_kept", "answers_checked", "understood", "child_area"])
def test_asking_again_does_not_begin_the_count_anew(drive: Drive, question: str) -> None:
    """Or it would ask for ever."""
    assert "not_followed" not in drive(f"action_ask_{question}", text="qw", act="nlu_fallback", not_followed=2).slots


# the forms


def _form(drive: Drive, asked: str, text: str, act: str = "give_answer", **slots: Any) -> Driven:
    drive.slots.setdefault(asked, None)
    return drive("validate_consultation_form", form="consultation_form", asked=asked, text=text, act=act, **slots)


def test_a_button_fills_its_slot(drive: Drive) -> None:
    driven = drive("validate_consultation_form", form="consultation_form", asked="trend", entities={"trend": "worse"})
    assert driven.slots["trend"] == "worse"
    assert drive.records.consultation("c1").facts.answers["trend"] == "worse"


def test_a_button_fills_nothing_that_is_no_question(drive: Drive) -> None:
    forged = {"leaves_now": False, "struck": ["strangled"], "wants_person": False, "not_followed": 0}
    driven = drive("validate_consultation_form", form="consultation_form", asked="trend", entities=forged)
    assert not set(driven.slots) & set(forged)


def test_words_fill_the_open_question(drive: Drive) -> None:
    assert _form(drive, "trend", "much worse").slots["trend"] == "worse"


def test_a_danger_in_an_answer_ends_the_form(drive: Drive) -> None:
    driven = _form(drive, "in_danger", "yes")
    assert driven.slots["leaves_now"] is True
    assert driven.slots["requested_slot"] is None


def test_a_digression_fills_nothing(drive: Drive) -> None:
    assert "trend" not in _form(drive, "trend", "why do you ask", "ask_why").slots


def test_what_was_taken_back_counts_again_in_an_answer(drive: Drive) -> None:
    drive.slots["struck"] = ["hungry_often"]
    driven = _form(drive, "household", "nan and two boys, both always hungry", worry=HUNGRY)
    assert driven.slots["struck"] == []
    assert drive.records.consultation("c1").facts.indicators["hungry_often"] is Status.PRESENT


@pytest.mark.parametrize("text", ["No. Bruises on his body.", "no bruises, marks on her"])
def test_a_no_with_harm_beside_it_is_kept_and_asked_again(drive: Drive, text: str) -> None:
    driven = _form(drive, "injury", text, "deny")
    assert "injury" not in driven.slots
    assert driven.slots["additions"] == [text]
    assert _form(drive, "injury", "no bruises", "deny").slots["injury"] == "none"


def test_no_effect_on_school_rules_out_no_fear_of_going_home(drive: Drive) -> None:
    drive.slots["effect"] = None
    told = "often hungry. no impact on his attendance"
    assert "effect" not in _form(drive, "worry", told, "describe_concern").slots
    corrected = drive("action_correct_answer", text=told, act="correct_answer", effect="frightened_to_go_home")
    assert "effect" not in corrected.slots


def test_what_is_not_understood_fills_nothing(drive: Drive) -> None:
    assert "in_danger" not in _form(drive, "in_danger", "no one is with him and he is bleeding").slots


def test_words_of_a_child_are_kept_whole(drive: Drive) -> None:
    text = "nothing makes sense, she said mum is never home"
    assert _form(drive, "child_said", text).slots["child_said"] == text


def test_a_concern_in_an_answer_that_became_a_tick_is_kept(drive: Drive) -> None:
    text = "not asked. mum drinks most evenings"
    driven = _form(drive, "child_wants", text)
    assert text in (driven.slots.get("additions") or []) or driven.slots.get("child_wants") == text


def test_a_concern_said_at_a_free_text_question_taken_as_unknown_is_kept(drive: Drive) -> None:
    driven = _form(drive, "household", "dont know", "unsure")
    assert driven.slots["household"] == "unknown"
    driven = _form(drive, "household", "dont know, always hungry", "unsure")
    kept = (driven.slots.get("additions") or []) + [driven.slots.get("household")]
    assert "dont know, always hungry" in kept


@pytest.mark.parametrize("asked", ["understood", "answers_checked"])
def test_a_yes_with_more_to_say_is_no_mere_yes(drive: Drive, asked: str) -> None:
    driven = _form(drive, asked, "yes and mum drinks most evenings", "affirm", worry=HUNGRY)
    assert driven.slots[asked] is None
    assert driven.slots["additions"] == ["yes and mum drinks most evenings"]
    assert _form(drive, asked, "yes", "affirm", worry=HUNGRY).slots[asked] == "yes"


def test_a_worry_is_kept_and_read_for_answers(drive: Drive) -> None:
    driven = _form(drive, "worry", "yr 4 boy always hungry", "describe_concern", age_band=None)
    assert driven.slots["worry"] == "yr 4 boy always hungry"
    assert driven.slots["age_band"] == "5_9"


def test_an_answer_found_in_passing_overwrites_none(drive: Drive) -> None:
    assert "age_band" not in _form(drive, "worry", "yr 4 boy always hungry", age_band="13_15").slots


@pytest.mark.parametrize(
    ("text", "act", "ringing"),
    [
        ("ringing them now", "ringing_now", "ringing"),
        ("no answer", "cannot_ring", "cannot"),
        ("you misunderstood", "you_misunderstood", "misunderstood"),
        ("get me a person", "ask_person", "cannot"),
        ("what a day", "nlu_fallback", None),
        ("i havent rung", "nlu_fallback", None),
        ("i havent rung", "ringing_now", None),
    ],
)
def test_the_exit_asks_until_it_knows(drive: Drive, text: str, act: str, ringing: str | None) -> None:
    driven = drive("validate_exit_form", form="exit_form", asked="ringing", text=text, act=act, ringing=None)
    assert driven.slots.get("ringing") == ringing
    if ringing:
        assert driven.slots["wants_person"] is (ringing == "cannot")
        assert driven.slots["disputes_exit"] is (ringing == "misunderstood")


@pytest.mark.parametrize(
    ("text", "act", "view"),
    [
        ("I agree", "agree_view", "agree"),
        ("think its higher", "think_higher", "higher"),
        ("i dont agree at all", "nlu_fallback", None),
        ("i dont agree at all", "disagree", "disagree"),
        ("i dont agree at all", "agree_view", None),
        ("yes but its more serious than that", "affirm", "higher"),
        ("yes fine, but mum worries me", "affirm", None),
        ("fine by me", "agree_view", "agree"),
    ],
)
def test_a_view_leads_to_a_person_unless_it_agrees(drive: Drive, text: str, act: str, view: str | None) -> None:
    driven = drive("validate_view_form", form="view_form", asked="view", text=text, act=act, view=None)
    assert driven.slots.get("view") == view
    if view:
        assert driven.slots["wants_person"] is (view != "agree")


def test_a_reason_is_kept_in_the_dsls_words(drive: Drive) -> None:
    driven = drive("validate_view_form", form="view_form", asked="view_reason", text="two years of it", view="higher")
    assert driven.slots["view_reason"] == "two years of it"


def test_the_end_takes_the_reference_and_a_plain_no(drive: Drive) -> None:
    kept = drive("validate_ending_form", form="ending_form", asked="reference_kept", text="got it", act="nlu_fallback")
    assert kept.slots["reference_kept"] == "yes"
    end = {"form": "ending_form", "asked": "anything_else", "act": "nlu_fallback"}
    assert drive("validate_ending_form", text="thats all", **end).slots["anything_else"] == "no"
    more = drive("validate_ending_form", text="there is nothing left in the fridge", **end)
    assert more.slots.get("anything_else") is None


def test_the_record_knows_that_the_reference_is_kept_and_then_it_is_asked_no_more(drive: Drive) -> None:
    assert drive.records.reference_mark("c1") is None
    drive("validate_ending_form", form="ending_form", asked="reference_kept", text="got it", act="nlu_fallback")
    assert drive.records.reference_mark("c1") is ReferenceMark.KEPT
    again = drive("validate_ending_form", form="ending_form", asked="", text="and then", act="nlu_fallback")
    assert again.slots["requested_slot"] == "anything_else"


@pytest.mark.parametrize("form", ["ending_form", "waiting_form"])
def test_a_reference_that_the_page_has_asked_for_is_not_asked_for_again(drive: Drive, form: str) -> None:
    first = drive(f"validate_{form}", form=form, asked="", text="and then", act="nlu_fallback")
    assert "requested_slot" not in first.slots, "the form's own order holds: the reference comes first"
    drive.records.mark_reference("c1", ReferenceMark.LATER, NOW)
    then = drive(f"validate_{form}", form=form, asked="", text="and then", act="nlu_fallback")
    assert then.slots["requested_slot"] in ("anything_else", "answered")


def test_a_wrong_reference_is_said_to_be_wrong(drive: Drive) -> None:
    driven = drive(
        "validate_ending_form", form="ending_form", asked="reference_kept", text="7K2M-9QXC-W4TD-XB0N-5X"
    )
    assert driven.said == ["utter_reference_does_not_match"]
    assert driven.slots.get("reference_kept") is None


def test_while_waiting_a_concern_is_kept_for_the_duty_worker(drive: Drive) -> None:
    driven = drive("validate_waiting_form", form="waiting_form", asked="answered", text=HUNGRY, act="describe_concern")
    assert driven.slots["additions"] == [HUNGRY]
    assert driven.slots.get("answered") is None, "the form waits on"


# all of them


def test_every_response_that_an_action_says_can_be_filled_with_what_it_gives(drive: Drive) -> None:
    """Rasa leaves an unfilled blank standing in the text; our wording refuses."""
    tried = 0
    for action in every_action(make_at_hand(drive.records)):
        slots = {"worry": STRANGLED, "in_danger": "yes", "trend": "worse"}
        asked = {"validate_exit_form": "ringing", "validate_view_form": "view"}.get(action.name(), "in_danger")
        act = "ask_consent" if action.name() == "action_answer_question" else "greet"
        for response in drive(action.name(), act=act, text="well", asked=asked, **slots).responses:
            if response.get("response"):
                blanks = {name: value for name, value in response.items() if isinstance(value, str)}
                assert wording().say(response["response"], **blanks)
                tried += 1
    assert tried >= 12, "most actions say something"


# findable without a name


def test_vaguer_words_are_put_in_by_button(drive: Drive) -> None:
    driven = drive("action_use_vaguer", act="use_vaguer", entities={"rule": "twins"}, worry="the twins are hungry")
    assert driven.said == ["utter_vaguer_used"]
    assert driven.slots == {"worry": "siblings are hungry"}
    assert "rule" not in driven.slots


@pytest.mark.parametrize("rule", ["twins", "no_such_rule", ""])
def test_without_words_to_change_nothing_changes_and_it_is_said(drive: Drive, rule: str) -> None:
    driven = drive("action_use_vaguer", act="use_vaguer", entities={"rule": rule}, worry=HUNGRY)
    assert driven.said == ["utter_vaguer_not_used"]
    assert driven.slots == {}


# the child's area


def _titles(driven: Driven) -> list[str]:
    return [button["title"] for button in driven.responses[-1]["buttons"]]


def test_the_schools_own_council_is_offered_first_and_the_others_behind_it(drive: Drive) -> None:
    driven = drive("action_ask_child_area", child_area=None)
    assert driven.said == ["utter_which_council"]
    assert _titles(driven) == ["Kent", "Another council", "Not sure", "Why do you ask?"]


def test_who_lives_elsewhere_is_shown_every_other_council_and_a_way_out(drive: Drive) -> None:
    driven = drive("action_ask_child_area", entities={"child_area": "elsewhere"}, child_area=None)
    assert driven.said == ["utter_which_other_council"]
    titles = _titles(driven)
    assert {"Medway", "Hampshire", "Northumberland", "It is not in this list", "Not sure"} <= set(titles)
    assert not {"Kent", "Another council"} & set(titles)
    assert not any("England" in title for title in titles), "England is no council"


def test_living_elsewhere_is_no_answer_yet(drive: Drive) -> None:
    elsewhere = {"entities": {"child_area": "elsewhere"}, "child_area": None}
    driven = drive("validate_consultation_form", form="consultation_form", asked="child_area", **elsewhere)
    assert driven.slots["child_area"] is None
    assert drive.records.consultation("c1").area == "kent"


@pytest.mark.parametrize(
    ("text", "act", "area"),
    [
        ("Bucks", "give_answer", "buckinghamshire"),
        ("northumberland county council", "give_answer", "northumberland"),
        ("medway", "ask_other_area", "medway"),
        ("we are in kent but she lives in medway", "describe_concern", "medway"),
        ("trafford", "out_of_scope", "trafford"),
    ],
)
def test_a_council_that_is_typed_is_the_answer_and_is_told_of(drive: Drive, text: str, act: str, area: str) -> None:
    driven = _form(drive, "child_area", text, act, child_area=None)
    assert driven.slots["child_area"] == area
    assert driven.said == ["card"]


@pytest.mark.parametrize("text", ["what would it be in Medway?", "kent or medway"])
def test_what_does_not_say_which_council_is_asked_again(drive: Drive, text: str) -> None:
    driven = _form(drive, "child_area", text, "ask_other_area", child_area=None)
    assert driven.slots.get("child_area") is None


def test_a_council_that_is_not_held_is_said_to_be_so_at_once(drive: Drive) -> None:
    answered = {"entities": {"child_area": "other"}, "child_area": None}
    driven = drive("validate_consultation_form", form="consultation_form", asked="child_area", **answered)
    assert driven.said == ["utter_area_not_held_yet"]


def test_an_area_that_is_known_is_not_told_of_again(drive: Drive) -> None:
    answered = {"entities": {"trend": "worse"}}
    assert drive("validate_consultation_form", form="consultation_form", asked="trend", **answered).said == []


# who is who, and another area


def test_who_to_ring_is_said_and_shown(drive: Drive) -> None:
    driven = drive("action_answer_question", text="who do i ring", act="ask_who_to_ring")
    assert driven.said == ["utter_about_ask_who_to_ring", "card"]
    card = driven.responses[1]["custom"]
    assert "03000 411111" in str(card["sections"][0])


def test_who_to_ring_without_a_pack_is_still_said(drive: Drive) -> None:
    asked = {"text": "who do i ring", "act": "ask_who_to_ring", "child_area": "other"}
    assert drive("action_answer_question", **asked).said == ["utter_about_ask_who_to_ring"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("consultation_form", ["utter_about_other_area_later", "card"]),
        ("view_form", ["utter_about_other_area", "card"]),
        ("ending_form", ["utter_about_other_area", "card"]),
        ("exit_form", ["utter_about_other_area_at_exit"]),
    ],
)
def test_another_area_is_answered_as_far_as_it_can_be(drive: Drive, form: str, said: list[str]) -> None:
    asked = {"text": "what would it be in medway", "act": "ask_other_area", "form": form, "worry": HUNGRY}
    driven = drive("action_answer_question", **asked)
    assert driven.said == said
    assert driven.slots["other_area"] == "medway"
    assert any("01634 334466" in str(response) for response in driven.responses)


def test_before_the_questions_are_done_no_level_is_named_elsewhere_either(drive: Drive) -> None:
    asked = {"text": "and in bucks?", "act": "ask_other_area", "form": "consultation_form", "worry": HUNGRY}
    assert "most consistent" not in str(drive("action_answer_question", **asked).responses)


@pytest.mark.parametrize("text", ["what would other councils say", "what would it be in kent", "and in england"])
def test_another_area_that_is_not_named_is_asked_for(drive: Drive, text: str) -> None:
    driven = drive("action_answer_question", text=text, act="ask_other_area", form="view_form")
    assert driven.said == ["utter_about_ask_other_area"]
    assert "other_area" not in driven.slots
