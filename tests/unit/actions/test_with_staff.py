"""The talk of a DSL's colleague in the actions: fewer questions, no assessment, no desk, and the DSL at every end."""

import asyncio
from typing import Any

import pytest

from actions import every_action
from actions.running import runner
from bot.desk.ports import Role, UncleanWrite
from bot.desk.staff import talk
from tests.at_the_desk import make_at_hand, wording
from tests.calling import SLOTS, call_of
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords
from tests.fakes_staff import make_staff

HUNGRY = "always hungry and hides food in his bag"
STRANGLED = "his stepdad strangled him last night"
COLLEAGUE = "the teaching assistant grabbed him by the arm and shouted in his face"


class Talking:
    """Runs one action after another in the talk of a colleague, or of a DSL."""

    def __init__(self, role: Role = Role.SCHOOL_STAFF, **consultation: Any) -> None:
        self.records = FakeRecords()
        self.dsl = create_dsl(self.records)
        school = self.records.add_school("Elm Road Primary", "kent")
        self.records.dsl = self.records.add_dsl("Bea Example", school, "CODE-OF-BEA2-2222-3333")
        self.person = self.records.add_dsl("Class teacher", school, "CODE-OF-TOM2-2222-3333", role=role)
        create_consultation(self.records, self.person, **consultation)
        self.staff = make_staff(self.records)
        self.told: list[tuple[bool, str]] = []
        self.at_hand = make_at_hand(self.records, self._pass_on)
        self._run = runner(self.at_hand)
        self.is_refused = False

    def _pass_on(self, consultation_id: str, urgent: bool, words: str, now: Any) -> object:
        if self.is_refused:
            raise UncleanWrite("passed on")
        self.told.append((urgent, words))
        return self.staff.pass_on(consultation_id, urgent, words, now)

    def __call__(
        self,
        action: str,
        *,
        text: str = "",
        act: str = "answer",
        entities: dict[str, Any] | None = None,
        form: str | None = None,
        **slots: Any,
    ) -> "Answer":
        call = call_of(action, {**SLOTS, **slots}, text=text, act=act, entities=entities, form=form)
        return Answer(asyncio.run(self._run(call)).model_dump())


class Answer:
    """What an action answered."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.responses = answer["responses"]
        self.said = [response.get("response") or "card" for response in self.responses]
        self.slots = {event["name"]: event["value"] for event in answer["events"] if event["event"] == "slot"}
        self.next = [event["name"] for event in answer["events"] if event["event"] == "followup"]
        self.loops = [event["name"] for event in answer["events"] if event["event"] == "active_loop"]


@pytest.fixture
def talking() -> Talking:
    return Talking()


def _form(talking: Talking, asked: str, text: str, act: str = "give_answer", **slots: Any) -> Answer:
    slots = {asked: None, "requested_slot": asked, **slots}
    return talking("validate_consultation_form", form="consultation_form", text=text, act=act, **slots)


# questions


def test_the_first_words_say_999_and_take_the_schools_area(talking: Talking) -> None:
    answer = talking("action_open", act="open_consultation", child_area=None)
    assert answer.said == ["utter_staff_opening"]
    assert answer.slots["child_area"] == "kent"


@pytest.mark.parametrize(
    ("answered", "asked"),
    [
        ({}, "in_danger"),
        ({"in_danger": "no"}, "worry"),
        ({"in_danger": "no", "worry": HUNGRY}, "how_known"),
        ({"in_danger": "no", "worry": HUNGRY, "how_known": "i_saw"}, "how_often"),
        ({"in_danger": "no", "worry": HUNGRY, "how_known": "child_said"}, "child_said"),
        ({"in_danger": "no", "worry": HUNGRY, "how_known": "i_saw", "how_often": "daily"}, "answers_checked"),
    ],
)
def test_danger_is_asked_first_and_little_else(talking: Talking, answered: dict[str, str], asked: str) -> None:
    slots = {"how_often": None, **answered}
    assert talking("validate_consultation_form", form="consultation_form", **slots).slots["requested_slot"] == asked


def test_a_dsl_is_asked_as_before() -> None:
    answer = Talking(Role.DSL)("validate_consultation_form", form="consultation_form", in_danger="no")
    assert answer.slots["requested_slot"] == "goes_home"


def test_a_danger_ends_the_questions(talking: Talking) -> None:
    answer = _form(talking, "in_danger", "yes", "affirm")
    assert answer.slots["leaves_now"] is True
    assert answer.slots["requested_slot"] is None


@pytest.mark.parametrize(
    ("text", "act", "wish"),
    [
        ("yes", "affirm", talk.PASS_ON),
        ("Yes please, pass it on", "give_answer", talk.PASS_ON),
        ("ok send it to my DSL", "nlu_fallback", talk.PASS_ON),
        ("no", "deny", talk.NOT_NOW),
        ("not yet thanks", "nlu_fallback", talk.NOT_NOW),
        ("don't send it", "deny", talk.NOT_NOW),
    ],
)
def test_whether_to_pass_it_on_can_be_typed(talking: Talking, text: str, act: str, wish: str) -> None:
    answer = _form(talking, "answers_checked", text, act, worry=HUNGRY)
    assert answer.slots["answers_checked"] == wish
    assert "additions" not in answer.slots


@pytest.mark.parametrize(
    ("text", "act"), [("no, he has a bruise too", "deny"), ("pass it on that mum drinks", "give_answer")]
)
def test_what_tells_more_is_added_and_never_taken_for_an_answer(talking: Talking, text: str, act: str) -> None:
    answer = _form(talking, "answers_checked", text, act, worry=HUNGRY)
    assert answer.slots["additions"] == [text]
    assert answer.slots["answers_checked"] is None


# the note

NOTED = {"worry": HUNGRY, "additions": ["dirty clothes"], "how_known": "child_said", "child_said": "there is no tea"}


def test_the_note_is_shown_before_anything_is_passed_on(talking: Talking) -> None:
    answer = talking("action_ask_answers_checked", how_often="unknown", **NOTED)
    assert answer.said == ["card", "utter_staff_ask_pass_on"]
    rows = {row["label"]: row["value"] for row in answer.responses[0]["custom"]["rows"]}
    assert rows == {
        "Your worry": HUNGRY, "How you know": "The child said so", "The child's words": "there is no tea",
        "You added": "dirty clothes",
    }  # fmt: skip
    assert talking.told == []


def test_the_note_is_passed_on_and_nothing_is_worked_out(talking: Talking) -> None:
    answer = talking("action_assess", answers_checked="yes", how_often="daily", **NOTED)
    assert answer.said == ["utter_staff_passed_on"]
    assert answer.next == ["action_listen"]
    words = (
        f"{HUNGRY}\ndirty clothes\nHow you know: The child said so\nThe child's words: there is no tea\n"
        "How often or how long: Most days"
    )
    assert talking.told == [(False, words)]
    assert talking.staff.passed_on_to(talking.records.dsl, NOW)[0].words == words
    assert talking.records.latest_assessment("c1") is None


def test_not_now_passes_nothing_on(talking: Talking) -> None:
    assert talking("action_assess", answers_checked="not_now", **NOTED).said == ["utter_staff_not_now"]
    assert talking.told == []


def test_what_the_store_refuses_is_said_not_to_be_passed_on(talking: Talking) -> None:
    talking.is_refused = True
    assert talking("action_assess", answers_checked="yes", **NOTED).said == ["utter_staff_not_passed_on"]


def test_a_worry_told_anew_leaves_nothing_of_the_old_note(talking: Talking) -> None:
    answer = talking("action_change_answer", act="change_answer", entities={"question": "worry"}, **NOTED)
    assert (answer.slots["worry"], answer.slots["additions"], answer.slots["answers_checked"]) == (None, None, None)


def test_it_can_be_passed_on_after_all(talking: Talking) -> None:
    answer = talking("action_change_answer", act="change_answer", entities={"question": "answers_checked"}, **NOTED)
    assert answer.said == []
    assert answer.slots["answers_checked"] is None


# red flags


@pytest.mark.parametrize(
    ("told", "said"),
    [({"worry": STRANGLED}, "utter_staff_exit"), ({"in_danger": "yes"}, "utter_staff_exit_999")],
)
def test_a_red_flag_leads_to_the_dsl_and_is_not_assessed(talking: Talking, told: dict[str, str], said: str) -> None:
    answer = talking("action_hard_exit", form="consultation_form", **told)
    assert answer.said == [said]
    assert answer.slots["leaves_now"] is True
    assert talking.told == [], "only what they wish is passed on"
    assert talking.records.latest_assessment("c1") is None


def test_words_that_raise_a_flag_are_kept(talking: Talking) -> None:
    answer = talking("action_hard_exit", act="raise_red_flag", entities={"words": STRANGLED}, worry=None)
    assert answer.slots["worry"] == STRANGLED


@pytest.mark.parametrize(
    "told", [{"worry": COLLEAGUE}, {"about_staff": "yes"}, {"about_staff": "yes", "in_danger": "yes"}]
)
def test_a_worry_about_a_colleague_goes_to_the_head_and_ends_there(talking: Talking, told: dict[str, str]) -> None:
    answer = talking("action_hard_exit", form="consultation_form", **told)
    assert answer.said == ["utter_staff_exit_lado"]
    assert (answer.loops, answer.next) == ([None], ["action_listen"])
    assert talking.told == []


def test_the_teachers_own_duty_to_ring_the_police_is_told(talking: Talking) -> None:
    assert talk.exits(["police_101"]) == ["utter_staff_exit", "utter_exit_police_101"]


def test_the_dsl_is_asked_to_be_told_without_details(talking: Talking) -> None:
    assert talking("action_ask_ringing").said == ["utter_staff_ask_tell"]
    assert Talking(Role.DSL)("action_ask_ringing").said == ["utter_ask_ringing"]


@pytest.mark.parametrize(
    ("text", "act", "ringing"),
    [
        ("yes", "affirm", talk.TELL),
        ("yes please tell her", "affirm", talk.TELL),
        ("I have told her", "nlu_fallback", talk.TOLD),
        ("I have not told her", "nlu_fallback", ""),
        ("no", "deny", talk.LEFT),
        ("that is not what I meant", "you_misunderstood", talk.MISUNDERSTOOD),
        ("what a day", "nlu_fallback", ""),
    ],
)
def test_the_answer_after_a_red_flag_can_be_typed(talking: Talking, text: str, act: str, ringing: str) -> None:
    answer = talking("validate_exit_form", form="exit_form", text=text, act=act, requested_slot="ringing", ringing=None)
    assert answer.slots.get("ringing", "") == ringing
    if ringing:
        assert answer.slots["wants_person"] is False


@pytest.mark.parametrize(
    ("text", "act"), [("i cant reach her", "cannot_ring"), ("get me a social worker", "ask_person")]
)
def test_who_cannot_find_the_dsl_hears_whom_to_ring_and_is_asked_again(talking: Talking, text: str, act: str) -> None:
    answer = talking("validate_exit_form", form="exit_form", text=text, act=act, requested_slot="ringing", ringing=None)
    assert answer.said == ["utter_staff_no_dsl"]
    assert answer.slots["ringing"] is None, "so that it is asked again"
    assert "wants_person" not in answer.slots


def test_a_notice_that_is_wished_says_nothing_but_that_it_is_urgent(talking: Talking) -> None:
    assert talking("action_after_exit", ringing=talk.TELL, worry=STRANGLED).said == ["utter_staff_told_urgent"]
    assert talking.told == [(True, "")]


@pytest.mark.parametrize("ringing", [talk.TOLD, talk.LEFT])
def test_no_notice_is_sent_unasked(talking: Talking, ringing: str) -> None:
    answer = talking("action_after_exit", ringing=ringing, worry=STRANGLED)
    assert (answer.said, answer.next, talking.told) == (["utter_staff_exit_done"], ["action_listen"], [])


def test_a_sign_that_is_disputed_becomes_a_doubt(talking: Talking) -> None:
    answer = talking("action_after_exit", ringing="misunderstood", disputes_exit=True, worry=STRANGLED)
    assert answer.said == ["utter_staff_misunderstood"]
    assert answer.slots["struck"]


# a person, and what is answered along the way


def test_whoever_is_asked_for_it_is_the_dsl(talking: Talking) -> None:
    answer = talking("action_hand_over", act="ask_person", form="consultation_form", worry=HUNGRY)
    assert answer.said == ["utter_staff_person"]
    assert answer.next == ["consultation_form"]
    assert answer.slots["wants_person"] is False
    assert talking.records.case_of("c1") is None
    assert talking.records.latest_assessment("c1") is None


def test_who_does_not_agree_is_sent_to_the_dsl_then_to_the_head(talking: Talking) -> None:
    answer = talking("action_reconsider", text="i dont agree with her", act="disagree", worry=HUNGRY)
    assert "say so to your DSL, then to your head" in _words(answer)
    assert answer.next == ["action_listen"]
    assert not answer.slots


@pytest.mark.parametrize(("action", "act"), [("action_finish", "affirm"), ("action_not_followed", "nlu_fallback")])
def test_after_the_end_it_can_be_passed_on_after_all(talking: Talking, action: str, act: str) -> None:
    answer = talking(action, text="actually yes pass it on", act=act, worry=HUNGRY, answers_checked="not_now")
    assert (answer.said, answer.next) == ([], ["consultation_form"])
    assert answer.slots["answers_checked"] is None
    assert talking.told == []


@pytest.mark.parametrize("form", ["ending_form", "waiting_form"])
def test_nobody_waits_and_no_reference_is_asked_for(talking: Talking, form: str) -> None:
    assert talking(f"validate_{form}", form=form).next == ["action_finish"]
    assert talking("action_finish").said == ["utter_staff_finished"]


def test_what_is_not_followed_three_times_is_not_known_and_fetches_nobody(talking: Talking) -> None:
    asked = {"text": "qw", "act": "nlu_fallback", "form": "consultation_form", "requested_slot": "in_danger"}
    assert talking("action_not_followed", **asked).said == ["utter_rephrase"]
    third = talking("action_not_followed", **asked, not_followed=2)
    assert third.said == ["utter_staff_stuck"]
    assert third.slots["in_danger"] == "unknown"
    assert "wants_person" not in third.slots


def test_an_exit_asks_again_however_often(talking: Talking) -> None:
    answer = talking("action_not_followed", text="qw", act="nlu_fallback", form="exit_form", not_followed=5)
    assert (answer.said, answer.next) == ([], ["exit_form"])


def test_starting_again_keeps_the_area(talking: Talking) -> None:
    answer = talking("action_start_again", act="start_again", worry=HUNGRY)
    assert answer.slots["worry"] is None
    assert "child_area" not in answer.slots


def _words(answer: Answer) -> str:
    response = answer.responses[0]
    blanks = {name: value for name, value in response.items() if isinstance(value, str)}
    return wording().say(response["response"], **blanks)


DIGRESSIONS = (
    "ask_who_sees_this ask_what_is_this ask_level_meaning ask_consent ask_what_to_record ask_how_to_escalate "
    "ask_what_is_term ask_early_help ask_what_to_say_to_child ask_other_area ask_who_to_ring another_child "
    "staff_writing adult_at_risk medical_or_legal_advice came_back write_challenge out_of_scope child_writing"
).split()


@pytest.mark.parametrize("act", DIGRESSIONS)
def test_a_question_along_the_way_is_answered_without_a_desk_or_a_reference(talking: Talking, act: str) -> None:
    said = _words(talking("action_answer_question", act=act, worry=HUNGRY))
    assert "duty" not in said
    assert "eference" not in said or act == "came_back"
    assert "your answers come to" not in said


@pytest.mark.parametrize("act", ["greet", "thank", "goodbye", "frustrated", "abusive", "carry_on", "ringing_now"])
def test_manners_promise_no_desk(talking: Talking, act: str) -> None:
    assert "duty" not in _words(talking("action_acknowledge", text="well", act=act))


def test_every_action_is_without_a_desk_or_a_level_for_a_colleague() -> None:
    for action in every_action(make_at_hand(Talking().records)):
        talking = Talking()
        slots = {"worry": STRANGLED, "in_danger": "no", "requested_slot": "in_danger", "answers_checked": "yes"}
        talking(action.name(), act="greet", text="well", **slots)
        assert talking.records.latest_assessment("c1") is None, action.name()
        assert talking.records.case_of("c1") is None, action.name()
