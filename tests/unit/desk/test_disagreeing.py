"""Disagreeing: open in every stage, each side by its own rules, a text for each stage, and who is told."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.consultation import Facts, RawText, Stage, Status
from bot.desk.duty.disagreeing import Disagreeing, Ending
from bot.desk.duty.ladder import About, MovedOn, NoLadder, NothingWritten, Resolution, TopOfTheLadder
from bot.desk.people import Person, Role
from bot.desk.ports import NotKept, Utterance
from bot.knowledge.model import Pack
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords
from tests.fakes_ladder import FakeLadders, make_disagreeing, pack_with
from tests.testshire import SLUG, make_knowledge

SENTENCE = "My Year 4 pupil hides bread under his jumper and Aunt Zumbatron laughs"
NOTHING = RawText("")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Pack]:
    """Testshire with three, four and five stages; the last of each has no time."""
    days = {n: (*("1", "2", "3", "5")[: n - 1], "") for n in (3, 4, 5)}
    return {n: pack_with(make_knowledge(tmp_path_factory.mktemp(str(n))), days[n], NOW.date()) for n in days}


class Two:
    """A DSL of Testshire with a consultation, somebody at its desk, and others who have no say."""

    def __init__(self, pack: Pack, stage: Stage = Stage.WITH_ASSISTANT) -> None:
        self.records, self.kept = FakeRecords(), FakeLadders()
        self.ann = create_dsl(self.records, area=SLUG)
        self.eve = create_dsl(self.records, code="EVES-CODE-2222-22222", area=SLUG)
        self.sam = create_worker(self.records, area=SLUG)
        self.lee = create_worker(self.records, "lee", "Lee Elsewhere", "kent")
        self.max = self.records.add_worker("max", "Max Boss", SLUG, "no hash", "NOSECRET", role=Role.MANAGER)
        told = Facts({"hungry_often": Status.PRESENT}, {"worry": SENTENCE})
        create_consultation(self.records, self.ann, area=SLUG, stage=stage, facts=told)
        self.records.add_incoming("c1", "m1", from_dsl(SENTENCE), NOW)
        self.desk: Disagreeing = make_disagreeing(self.records, self.kept, {SLUG: pack})

    def open(self, stage: int = 1, about: About = About.LEVEL):
        return asyncio.run(self.desk.open(self.ann, "c1", about, stage, NOW))

    def standing(self, who: Person | None = None):
        return asyncio.run(self.desk.standing(who or self.ann, "c1"))

    def ends(self, resolution: Resolution, stage: int = 1, learnt: str = "", to: int = 0, id: str = "d1"):
        ending = Ending(stage, resolution, RawText(learnt), to)
        return asyncio.run(self.desk.end(self.ann, "c1", id, ending, NOW))

    def resolves(self, who: Person, resolution: Resolution, stage: int = 1, learnt: str = "", to: int = 0):
        return asyncio.run(self.desk.resolve(who, "d1", Ending(stage, resolution, RawText(learnt), to), NOW))

    def answers(self, who: Person, text: str = "We look again", stage: int = 1):
        return asyncio.run(self.desk.answer(who, "d1", stage, RawText(text), NOW))

    def said(self) -> list[str]:
        return [m.utterance.text for m in self.records.messages("c1") if m.utterance.speaker == "service"]


@pytest.fixture
def two(packs: dict[int, Pack]) -> Two:
    return Two(packs[4])


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("rung", [1, 4])
def test_it_can_be_opened_in_every_stage_of_a_consultation_and_at_any_stage_of_the_ladder(packs, stage, rung) -> None:
    two = Two(packs[4], stage)
    opened = two.open(rung)
    assert opened.at.number == rung
    assert two.standing().open == opened
    assert two.records.consultation("c1").stage is stage, "who has the consultation stays who it was"


def test_one_that_is_open_is_not_opened_again(two: Two) -> None:
    first = two.open()
    assert two.open(3, About.ADVICE) == first
    assert len(two.kept.held) == 1


def test_after_an_end_it_can_be_opened_again_and_the_one_before_stays(two: Two) -> None:
    two.open()
    two.ends(Resolution.KEPT)
    assert two.open(2).id == "d2"
    assert [one.id for one in two.standing().before] == ["d1"]


def test_an_area_whose_stages_are_not_held_has_a_text_and_nothing_to_open(two: Two) -> None:
    create_consultation(two.records, two.ann, id="c2", area="other")
    standing = asyncio.run(two.desk.standing(two.ann, "c2"))
    assert standing.ladder.rungs == ()
    assert len(standing.letters) == 1
    assert "tell us the steps of your partnership" in standing.letters[0]
    with pytest.raises(NoLadder):
        asyncio.run(two.desk.open(two.ann, "c2", About.LEVEL, 1, NOW))


def test_where_the_childs_area_is_not_known_the_schools_ladder_stands_in(two: Two) -> None:
    for id, area in (("c2", None), ("c3", "unknown")):
        create_consultation(two.records, two.ann, id=id, area=area)
        assert asyncio.run(two.desk.standing(two.ann, id)).ladder.area == SLUG


def test_the_ladder_is_the_desks_that_has_the_case(two: Two) -> None:
    create_consultation(two.records, two.ann, id="c2", area=SLUG)
    two.records.hand_over(make_case(consultation_id="c2", area="kent"))
    assert asyncio.run(two.desk.standing(two.ann, "c2")).ladder.area == "kent"


def test_once_begun_it_goes_up_the_ladder_it_began_on_wherever_the_case_goes(two: Two) -> None:
    two.open()
    two.records.hand_over(make_case(area="kent"))
    assert two.standing().ladder.area == SLUG
    assert two.ends(Resolution.MOVED_UP).at.role == two.standing().ladder.rungs[1].role
    two.ends(Resolution.WITHDRAWN, stage=2)
    assert two.standing().ladder.area == "kent"


# whose it is


def test_another_dsls_is_as_good_as_not_there(two: Two) -> None:
    two.open()
    for who in (two.eve, two.sam, two.max, two.lee):
        for act in (
            two.desk.standing(who, "c1"),
            two.desk.open(who, "c1", About.LEVEL, 1, NOW),
            two.desk.end(who, "c1", "d1", Ending(1, Resolution.KEPT, NOTHING), NOW),
            two.desk.went_well(who, "c1", RawText("well done"), NOW),
        ):
            with pytest.raises(NotKept):
                asyncio.run(act)
    assert two.kept.held["d1"].is_open
    assert two.kept.practice == []


def test_an_own_consultation_opens_no_way_to_the_disagreement_of_another(two: Two) -> None:
    two.open()
    create_consultation(two.records, two.eve, id="c2", area=SLUG)
    with pytest.raises(NotKept):
        asyncio.run(two.desk.end(two.eve, "c2", "d1", Ending(1, Resolution.KEPT, NOTHING), NOW))


def test_another_areas_is_as_good_as_not_there_and_so_it_is_for_who_does_not_answer(two: Two) -> None:
    two.open()
    editor = two.records.add_worker("kim", "Kim", SLUG, "no hash", "NOSECRET", role=Role.KNOWLEDGE_EDITOR)
    for who in (two.lee, editor, two.ann):
        for act in (
            two.desk.answer(who, "d1", 1, RawText("hello"), NOW),
            two.desk.resolve(who, "d1", Ending(1, Resolution.KEPT, NOTHING), NOW),
            two.desk.went_well_at(who, "d1", RawText("well done"), NOW),
        ):
            with pytest.raises(NotKept):
                asyncio.run(act)
        assert asyncio.run(two.desk.open_ones(who, NOW)) == ()
    assert two.kept.held["d1"].at.answered_at is None


def test_practice_has_no_ladder(two: Two) -> None:
    create_consultation(two.records, two.ann, id="c2", area=SLUG, practice="a_case")
    with pytest.raises(NotKept):
        asyncio.run(two.desk.standing(two.ann, "c2"))
    with pytest.raises(NotKept):
        asyncio.run(two.desk.open(two.ann, "c2", About.LEVEL, 1, NOW))


# stage by stage


@pytest.mark.parametrize("stages", [3, 4, 5])
def test_a_disagreement_goes_up_every_stage_and_no_further(packs: dict[int, Pack], stages: int) -> None:
    two = Two(packs[stages])
    two.open()
    for stage in range(1, stages):
        assert two.ends(Resolution.MOVED_UP, stage).at.number == stage + 1
    with pytest.raises(TopOfTheLadder):
        two.ends(Resolution.MOVED_UP, stages)
    steps = two.kept.held["d1"].steps
    assert [step.due_at is None for step in steps] == [False] * (stages - 1) + [True], "no clock without a time"


def test_moving_up_may_leave_stages_out_where_the_risk_demands_it(two: Two) -> None:
    two.open()
    assert two.ends(Resolution.MOVED_UP, to=4).at.number == 4


def test_the_same_form_sent_twice_moves_up_once(two: Two) -> None:
    two.open()
    two.ends(Resolution.MOVED_UP)
    with pytest.raises(MovedOn):
        two.ends(Resolution.MOVED_UP)
    assert two.kept.held["d1"].at.number == 2


def test_an_answer_is_redacted_kept_and_told_in_the_conversation(two: Two) -> None:
    two.open()
    done = two.answers(two.sam, "Zumbatron will ring you today")
    assert done.at.answer == "[name] will ring you today"
    assert done.at.answered_by_name == "Sam Worker"
    assert "has answered your disagreement at stage 1" in two.said()[-1]
    assert "Zumbatron" not in str(two.kept.held) + str(two.said())


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_answer_with_nothing_in_it_is_none(two: Two, text: str) -> None:
    two.open()
    with pytest.raises(NothingWritten):
        two.answers(two.sam, text)


@pytest.mark.parametrize("resolution", [Resolution.CHANGED, Resolution.KEPT, Resolution.MOVED_UP])
def test_what_the_desk_records_is_told_to_the_dsl_with_999(two: Two, resolution: Resolution) -> None:
    two.open()
    done = two.resolves(two.max, resolution, learnt="Zumbatron was not asked")
    assert done.learning == "[name] was not asked"
    assert done.steps[0].ended is resolution
    assert "999" in two.said()[-1]


def test_what_a_dsl_learnt_is_redacted(two: Two) -> None:
    two.open()
    assert two.ends(Resolution.CHANGED, learnt="Zumbatron listened").learning == "[name] listened"


def test_the_desk_sees_the_open_ones_of_its_area_the_late_ones_first(two: Two) -> None:
    create_consultation(two.records, two.ann, id="c2", area=SLUG, designation="blue otter")
    two.open(2)
    asyncio.run(two.desk.open(two.ann, "c2", About.NO_ANSWER, 1, NOW))
    later = NOW.replace(day=24, hour=12)
    shown = asyncio.run(two.desk.open_ones(two.sam, later))
    assert [(one.designation, one.disagreement.at.is_late(later)) for one in shown] == [
        ("blue otter", True),
        ("amber heron", False),
    ]
    assert [rung.number for rung in shown[1].above] == [3, 4]
    two.ends(Resolution.WITHDRAWN, stage=2)
    assert [one.designation for one in asyncio.run(two.desk.open_ones(two.sam, later))] == ["blue otter"]


# good practice


def test_good_practice_of_either_side_is_redacted_and_listed_for_the_manager_alone(two: Two) -> None:
    two.open()
    asyncio.run(two.desk.went_well(two.ann, "c1", RawText("Zumbatron rang back in an hour"), NOW))
    asyncio.run(two.desk.went_well_at(two.sam, "d1", RawText("a clear account"), NOW))
    listed = asyncio.run(two.desk.good_practice(two.max))
    assert [one.side for one in listed] == ["desk", "dsl"]
    assert [one.words for one in listed] == ["a clear account", "[name] rang back in an hour"]
    assert asyncio.run(two.desk.good_practice(two.sam)) == ()
    assert asyncio.run(two.desk.good_practice(replace(two.max, area="kent"))) == ()


def test_good_practice_touches_no_clock_and_no_case(two: Two) -> None:
    two.records.hand_over(make_case(area=SLUG))
    opened, case = two.open(), two.records.case_of("c1")
    asyncio.run(two.desk.went_well(two.ann, "c1", RawText("a clear account"), NOW))
    asyncio.run(two.desk.went_well_at(two.sam, "d1", RawText("a clear account"), NOW))
    assert two.kept.held["d1"] == opened
    assert two.records.case_of("c1") == case
    assert two.said() == []


def test_good_practice_without_a_disagreement_can_be_told_by_the_dsl(two: Two) -> None:
    asyncio.run(two.desk.went_well(two.ann, "c1", RawText("quick"), NOW))
    assert len(two.kept.practice) == 1
    with pytest.raises(NothingWritten):
        asyncio.run(two.desk.went_well(two.ann, "c1", RawText("  "), NOW))


# the text to send


@pytest.mark.parametrize("stages", [3, 4, 5])
def test_each_stage_has_a_text_of_its_own_without_a_name_or_a_sentence_of_the_dsls(packs, stages: int) -> None:
    two = Two(packs[stages])
    letters = two.standing().letters
    assert len(letters) == stages
    for number, (letter, rung) in enumerate(zip(letters, two.standing().ladder.rungs, strict=True), start=1):
        assert rung.role in letter
        assert f"stage {number}" in letter
        assert two.records.consultation("c1").reference.replace("-", "") in letter.replace("-", "")
        assert "often hungry" in letter, "the sign that stands, in the words of the vocabulary"
        for theirs in (SENTENCE, "bread", "jumper", "Zumbatron", two.ann.name, two.ann.school, two.sam.name):
            assert theirs not in letter
    assert "It is the last stage." in letters[-1]
    assert all("After that we go to the next stage." in letter for letter in letters[:-1])
    assert "tell us by when you answer" in letters[-1], "no time is published there"


def test_whatever_a_dsl_said_their_words_are_in_no_text(two: Two) -> None:
    before = two.standing().letters
    for n, said in enumerate(("Zumbatron hit him with a belt", "he sleeps in the shed behind the chip shop")):
        two.records.add_incoming("c1", f"more-{n}", Utterance("dsl", said), NOW)
    assert two.standing().letters == before


def test_it_is_said_whether_a_desk_of_the_area_reads_it(packs: dict[int, Pack], tmp_path: Path) -> None:
    two = Two(packs[3])
    assert two.standing().is_read_here
    create_consultation(two.records, two.ann, id="c2", area="buckinghamshire")
    assert not asyncio.run(two.desk.standing(two.ann, "c2")).is_read_here
