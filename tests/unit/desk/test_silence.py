"""Silence is broken once, and only where a question is open and no person has it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Stage
from bot.desk.ports import Utterance
from bot.desk.silence import EVENT, Silence
from tests.at_the_desk import asks, make_counsel, wording
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

QUESTION = asks("Is it getting worse?", ("Yes", '/answer{"trend":"worse"}'))


class Quiet:
    """A consultation in which a question was asked at NOW."""

    def __init__(self) -> None:
        self.records = FakeRecords()
        self.consultation = create_consultation(self.records, create_dsl(self.records))
        self.silence = Silence(self.records, make_counsel(self.records), timedelta(minutes=15))

    def said(self, *utterances: Utterance) -> None:
        self.records.add_outgoing(self.consultation.id, utterances, NOW, unless_held=True)

    def look(self, minutes: int) -> int:
        return self.silence.look(NOW + timedelta(minutes=minutes))


@pytest.fixture
def quiet() -> Quiet:
    return Quiet()


def test_it_is_said_after_a_while_and_once(quiet: Quiet) -> None:
    quiet.said(QUESTION)
    assert [quiet.look(minutes) for minutes in (5, 20, 40)] == [0, 1, 0]
    last = quiet.records.messages(quiet.consultation.id)[-1].utterance
    assert last.speaker == "service"
    assert quiet.consultation.reference in last.text
    assert "999" in last.text
    assert quiet.records.times_noted(EVENT, quiet.consultation.id) == 1


def test_it_is_never_said_again_in_that_consultation(quiet: Quiet) -> None:
    quiet.said(QUESTION)
    assert quiet.look(20) == 1
    quiet.records.add_incoming(quiet.consultation.id, "client-1", Utterance("dsl", "yes"), NOW + timedelta(minutes=25))
    quiet.records.add_outgoing(quiet.consultation.id, [QUESTION], NOW + timedelta(minutes=25), unless_held=True)
    assert quiet.look(50) == 0


def test_hours_later_nobody_is_there_to_read_it(quiet: Quiet) -> None:
    quiet.said(QUESTION)
    assert quiet.look(200) == 0


def test_nothing_is_said_where_nothing_is_asked(quiet: Quiet) -> None:
    quiet.said(Utterance("assistant", "That is the end of this consultation."))
    assert quiet.look(20) == 0


def test_who_stopped_for_now_is_left_alone(quiet: Quiet) -> None:
    blanks = quiet.silence.counsel.numbers({})
    quiet.said(Utterance("assistant", wording().say("utter_stopped_for_now", reference="R", **blanks)), QUESTION)
    assert quiet.look(20) == 0


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.CLAIMED, Stage.CLOSED])
def test_who_has_a_person_is_left_alone(quiet: Quiet, stage: Stage) -> None:
    quiet.said(QUESTION)
    kept = quiet.records._kept[quiet.consultation.id]
    kept.consultation = replace(kept.consultation, stage=stage)
    assert quiet.look(20) == 0
