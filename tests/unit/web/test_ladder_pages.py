"""The pages of disagreement: without a script, in every stage, for whom they are for, and never without 999."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import yaml

from bot.consultation import Stage
from bot.desk.duty.ladder import About
from bot.knowledge.model import Pack
from bot.web.app import create_app
from tests.at_the_desk import wording
from tests.fakes_ladder import FakeLadders, make_disagreeing, pack_with
from tests.fakes_web import NOW, RASA_TOKEN
from tests.testshire import make_knowledge
from tests.unit.web.visitor import Visitor, in_words, main_of

PAGE, DESK = "/consultations/c0001/disagree", "/duty/disagreements"
OPENS = {"act": "open", "about": "level", "stage": "1"}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    """Kent and Buckinghamshire, with invented ladders: four stages with times but for the last, and none."""
    kent = pack_with(make_knowledge(tmp_path_factory.mktemp("k")), ("1", "2", "5", ""), NOW.date())
    return {"kent": kent, "buckinghamshire": replace(kent, escalation=())}


class OnTheLadder(Visitor):
    """A visitor at doors behind which disagreements are kept."""

    def __init__(self, packs: dict[str, Pack], base_url: str = "http://testserver") -> None:
        super().__init__(base_url=base_url)
        self.now = self.house.clock()
        self.kept = FakeLadders()
        given = {"clock": lambda: self.now, "base_url": base_url, "rasa_token": RASA_TOKEN}
        behind = make_disagreeing(self.house.records, self.kept, packs)
        self.app = create_app(self.house, wording().say, **given, disagreeing=behind)
        transport = httpx.ASGITransport(self.app, client=("192.0.2.7", 1234))
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, headers={"Origin": base_url})

    def one(self):
        """Return the disagreement that is kept."""
        (one,) = self.kept.held.values()
        return one

    def acts(self, act: str, at: str = PAGE, stage: int = 1, **values: str) -> httpx.Response:
        return self.post(at, data={"act": act, "disagreement": self.one().id, "stage": str(stage), **values})


@pytest.fixture
def dana(packs):
    """A DSL of Kent with a consultation, in a browser in which a duty worker has signed in too."""
    visitor = OnTheLadder(packs)
    visitor.as_dsl().as_worker().opened()
    yield visitor
    visitor.close()


@pytest.fixture
def opened(dana: OnTheLadder) -> OnTheLadder:
    assert dana.post(PAGE, data=OPENS).headers["location"] == PAGE
    return dana


def in_stage(visitor: Visitor, stage: Stage) -> None:
    kept = visitor.house.kept["c0001"]
    kept.consultation = replace(kept.consultation, stage=stage)


# the DSL's page


@pytest.mark.parametrize("stage", Stage)
def test_the_button_is_there_and_answers_in_every_stage(dana: OnTheLadder, stage: Stage) -> None:
    in_stage(dana, stage)
    for page in ("/consultations/c0001", "/consultations/c0001/outcome"):
        assert f'href="{PAGE}"' in dana.get(page).text, page
    assert dana.get(PAGE).status_code == 200
    assert dana.post(PAGE, data=OPENS).status_code == 303
    assert dana.one().is_open
    assert "Where it stands" in dana.get(PAGE).text
    assert dana.house.kept["c0001"].consultation.stage is stage


def test_it_needs_no_script_and_names_999_and_that_anybody_may_refer(dana: OnTheLadder) -> None:
    page = dana.get(PAGE).text
    assert "<script" not in main_of(page)
    words = in_words(page)
    assert "In danger ring 999" in words
    assert "Anybody may refer at any time, whatever the level." in words
    assert "03000 411111" in words, "the area's own number"


def test_every_stage_is_shown_with_role_days_source_and_a_text_to_send(dana: OnTheLadder) -> None:
    page = dana.get(PAGE).text
    words = in_words(page)
    for number, (role, days) in enumerate(
        [("you and the worker who decided", "1"), ("the two managers", "2"), ("the heads of both", "5")], start=1
    ):
        assert f"Stage {number}: {role} Time: {days} working days (working days: {days})" in words
    assert "Stage 4: the partnership Time: not published. No clock runs here" in words
    assert words.count("act within 24 hours. That is not this council’s own rule.") == 1
    assert words.count("checked 2 Nov 2026") >= 4
    assert len(re.findall(r"<textarea[^>]*readonly>Challenge of a decision", page)) == 4


def test_practice_has_no_way_to_it(dana: OnTheLadder) -> None:
    kept = dana.house.kept["c0001"]
    kept.consultation = replace(kept.consultation, practice="hungry")
    assert PAGE not in dana.get("/consultations/c0001").text
    assert dana.get(PAGE).status_code == 404
    assert dana.post(PAGE, data=OPENS).status_code == 404


@pytest.mark.parametrize("about", About)
@pytest.mark.parametrize("stage", [1, 4])
def test_it_is_opened_about_one_thing_of_a_list_at_the_stage_that_is_chosen(dana, about: About, stage: int) -> None:
    dana.post(PAGE, data=OPENS | {"about": about.value, "stage": str(stage)})
    assert (dana.one().about, dana.one().at.number) == (about, stage)


def test_the_clock_is_shown_and_that_it_is_late(opened: OnTheLadder) -> None:
    assert "An answer is due by 23 November 2026, 10:00am." in in_words(opened.get(PAGE).text), "after the weekend"
    assert "It is late" not in opened.get(PAGE).text
    opened.now += timedelta(days=3, minutes=1)
    words = in_words(opened.get(PAGE).text)
    assert "It is late. Move up, or ring the front door." in words


def test_a_stage_without_a_time_has_no_clock_and_says_so(opened: OnTheLadder) -> None:
    opened.acts("moved_up", to="4")
    words = in_words(opened.get(PAGE).text.split("The stages")[0])
    assert "No clock runs here" in words
    assert "due by" not in words
    assert "This is the last stage." in words
    assert "In danger ring 999" in words


@pytest.mark.parametrize("act", ["changed", "kept", "withdrawn"])
def test_each_end_is_kept_and_it_can_be_opened_again(opened: OnTheLadder, act: str) -> None:
    assert opened.acts(act, text="ask sooner").status_code == 303
    assert opened.one().resolution == act
    page = in_words(opened.get(PAGE).text)
    assert "Open a disagreement" in page
    assert "Learnt: ask sooner" in page


def test_an_answer_of_the_desk_is_read_there(opened: OnTheLadder) -> None:
    opened.acts("answer", DESK, text="Zumbatron, we look again")
    page = in_words(opened.get(PAGE).text)
    assert "by Ann Field, duty social worker: [name], we look again" in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 422),
        ({"act": "canary"}, 422),
        (OPENS | {"about": "canary"}, 422),
        (OPENS | {"stage": "canary"}, 422),
        (OPENS | {"stage": "9"}, 409),
        (OPENS | {"stage": "0"}, 409),
        ({"act": "went_well", "text": " "}, 409),
        ({"act": "kept", "disagreement": "canary"}, 404),
    ],
)
def test_what_is_in_no_list_changes_nothing_and_the_refusal_names_999(dana, given: dict, status: int) -> None:
    answer = dana.post(PAGE, data=given)
    assert answer.status_code == status
    assert "999" in answer.text
    assert "canary" not in answer.text
    assert dana.kept.held == {}


def test_a_form_of_a_stage_that_is_over_is_refused_in_words(opened: OnTheLadder) -> None:
    opened.acts("moved_up")
    answer = opened.acts("moved_up")
    assert answer.status_code == 409
    assert "moved on" in answer.text
    assert opened.one().at.number == 2


def test_where_no_stages_are_held_there_is_a_text_and_whom_to_ask(packs) -> None:
    bea = OnTheLadder(packs)
    bea.as_dsl("bucks-1").opened()
    page = bea.get(PAGE)
    words = in_words(page.text)
    assert page.status_code == 200
    assert "We do not hold the stages of this council." in words
    assert "act within 24 hours" in words
    assert "999" in words
    assert "Challenge of a decision" in words
    assert bea.post(PAGE, data=OPENS).status_code == 409
    bea.close()


def test_somebody_elses_is_as_good_as_not_there(opened: OnTheLadder) -> None:
    opened.as_dsl("bucks-1")
    assert opened.get(PAGE).status_code == 404
    for given in (OPENS, {"act": "withdrawn", "disagreement": "d1", "stage": "1"}, {"act": "went_well", "text": "x"}):
        assert opened.post(PAGE, data=given).status_code == 404
    assert opened.one().is_open
    assert opened.kept.practice == []


# the desk's page


def test_the_desk_sees_stage_due_and_what_is_late(opened: OnTheLadder) -> None:
    words = in_words(opened.get(DESK).text)
    assert ": the level Stage 1: you and the worker who decided" in words
    assert "Due 23 November 2026, 10:00am." in words
    opened.now += timedelta(days=4)
    assert "Late by 1 day" in in_words(opened.get(DESK).text)


def test_the_page_is_reached_from_the_queue(opened: OnTheLadder) -> None:
    assert f'href="{DESK}"' in opened.get("/duty/").text


@pytest.mark.parametrize(("act", "words"), [("changed", "was changed"), ("kept", "was kept"), ("moved_up", "moved")])
def test_the_desk_records_what_came_of_it_and_the_dsl_is_told(opened: OnTheLadder, act: str, words: str) -> None:
    assert opened.acts(act, DESK, text="Zumbatron knew", to="3").headers["location"] == DESK
    assert opened.one().learning == "[name] knew"
    assert opened.one().steps[0].ended == act
    told = opened.house.kept["c0001"].messages[-1].utterance
    assert told.speaker == "service"
    assert words in told.text
    assert "999" in told.text


def test_the_desk_cannot_withdraw_it(opened: OnTheLadder) -> None:
    answer = opened.acts("withdrawn", DESK)
    assert answer.status_code == 409
    assert "Only the DSL can withdraw" in answer.text
    assert opened.one().is_open


def test_what_was_written_stays_with_the_worker_if_it_is_not_kept(opened: OnTheLadder) -> None:
    opened.acts("moved_up")
    answer = opened.acts("answer", DESK, stage=1, text="We look again")
    assert answer.status_code == 409
    assert ">We look again</textarea>" in answer.text


def test_another_areas_desk_sees_nothing_of_it(opened: OnTheLadder) -> None:
    opened.as_worker("cat")
    assert "Nothing is open." in opened.get(DESK).text
    for act in ("answer", "kept", "went_well"):
        assert opened.acts(act, DESK, text="hello").status_code == 404
    assert opened.one().at.answered_at is None


def test_good_practice_is_listed_for_the_manager_alone(opened: OnTheLadder) -> None:
    assert opened.post(PAGE, data={"act": "went_well", "text": "Zumbatron rang back"}).status_code == 303
    assert opened.acts("went_well", DESK, text="a clear account").status_code == 303
    assert "rang back" not in opened.get(DESK).text
    words = in_words(opened.as_worker("mel").get(DESK).text)
    assert "a school: [name] rang back" in words
    assert "the desk: a clear account" in words


def test_without_what_is_behind_it_both_pages_say_whom_to_ring(visitor: Visitor) -> None:
    visitor.as_dsl().as_worker().opened()
    for page in (PAGE, DESK):
        answer = visitor.get(page)
        assert answer.status_code == 503
        assert "999" in answer.text


# wording


def test_everything_said_of_a_disagreement_that_stands_alone_names_999() -> None:
    said = yaml.load(Path("nlu_data/responses/ladder.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"]
    labels = ("about_", "changed", "kept", "withdrawn", "moved_up")
    alone = {n: v[0]["text"] for n, v in said.items() if not n.removeprefix("utter_ladder_").startswith(labels)}
    assert len(alone) == 4
    assert [name for name, text in alone.items() if "999" not in text and "{in_danger}" not in text] == []
